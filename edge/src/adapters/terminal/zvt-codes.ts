/** Result codes of BMP 27, of `06 1E` and of a refusal `84 xx`, where they are not of the bank. */
const meanings: ReadonlyMap<number, string> = new Map([
  [0x00, "all is well"],
  [0x64, "the card cannot be read"],
  [0x65, "no card data"],
  [0x66, "processing error"],
  [0x6b, "the terminal is not registered"],
  [0x6c, "cancelled by key or timeout"],
  [0x6e, "the card is blocked"],
  [0x6f, "the terminal does not take this currency"],
  [0x71, "not enough credit"],
  [0x77, "end of day is not possible"],
  [0x78, "the card has expired"],
  [0x79, "the card is not valid yet"],
  [0x7a, "unknown card"],
  [0x7d, "communication error"],
  [0x83, "the terminal does not support this"],
  [0x9a, "protocol error"],
  [0x9b, "no line to the bank"],
  [0x9c, "the terminal is busy, please wait"],
  [0xa0, "the receiver is not ready"],
  [0xa1, "no answer from the bank"],
  [0xa3, "no connection"],
  [0xb1, "the terminal's memory is full"],
  [0xb2, "the terminal's journal is full: run end of day"],
  [0xb4, "already reversed"],
  [0xb5, "reversal is not possible"],
  [0xb8, "pre-authorisation error"],
  [0xc2, "the terminal asks for a diagnosis"],
  [0xc3, "above the highest amount allowed"],
  [0xc5, "means of payment not supported"],
  [0xc8, "the amount is too small"],
  [0xcc, "the terminal's printer is not ready"],
  [0xdc, "a card is still inserted"],
  [0xe4, "the terminal must be activated"],
  [0xf0, "an end-of-day batch is open"],
  [0xfc, "initialisation is needed"],
  [0xff, "system error"],
]);

export const result = {
  approved: 0x00,
  notRegistered: 0x6b,
  cancelled: 0x6c,
  notSupported: 0x83,
  protocolError: 0x9a,
  alreadyReversed: 0xb4,
} as const;

/** The terminal is at work on something: the same command may be accepted later. */
export const isBusy = (code: number): boolean => code === 0x9c || code === 0xa0;

/** Codes after which the terminal does the same again only once somebody has seen to it. */
const forPerson: ReadonlySet<number> = new Set([
  0x6b, 0xb1, 0xb2, 0xc2, 0xcc, 0xe4, 0xf0, 0xfc, 0xff,
]);

export function adviceOf(code: number): "again" | "person" | "none" {
  if (isBusy(code)) return "again";
  return forPerson.has(code) ? "person" : "none";
}

export const codeText = (code: number): string => code.toString(16).padStart(2, "0").toUpperCase();

export function meaningOf(code: number): string {
  if (code >= 0x01 && code <= 0x63) return "declined by the bank";
  return meanings.get(code) ?? `result ${codeText(code)}`;
}

/** What the terminal must have done before it takes payments, from the status byte of a registration. */
export function needsOf(statusByte: number): string[] {
  const needs: readonly [number, string][] = [
    [0x01, "initialisation"],
    [0x02, "diagnosis"],
    [0x04, "an OPT action"],
  ];
  return needs.filter(([bit]) => (statusByte & bit) !== 0).map(([, need]) => need);
}

/** What the display shows meanwhile (`04 FF`). It proves nothing: "approved" there is no approval. */
const displays: ReadonlyMap<number, string> = new Map([
  [0x00, "confirm the amount"],
  [0x01, "look at the PIN pad"],
  [0x04, "waiting for the bank"],
  [0x05, "reversing by itself"],
  [0x06, "sending bookings"],
  [0x07, "card not admitted"],
  [0x0a, "insert the card"],
  [0x0b, "remove the card"],
  [0x0e, "please wait"],
  [0x0f, "end of day, by itself"],
  [0x15, "wrong PIN"],
  [0x18, "too many wrong PINs"],
  [0x1c, "approved"],
  [0x1d, "declined"],
  [0x5e, "contactless, finished"],
]);

export const displayOf = (status: number): string =>
  displays.get(status) ?? `display ${codeText(status)}`;

/** Intermediate status (`04 FF`): the terminal reverses by itself. */
export const reversing = 0x05;
