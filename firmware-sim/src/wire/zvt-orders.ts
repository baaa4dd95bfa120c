import { commandFields } from "./zvt-bytes.ts";
import type { Printing } from "./zvt-printing.ts";

export const code = {
  notRegistered: 0x6b,
  wrongCurrency: 0x6f,
  notPossible: 0x83,
  protocolError: 0x9a,
  pleaseWait: 0x9c,
} as const;

export interface Registration {
  /** Three bytes, hex. */
  readonly password: string;
  /** Four digits; the terminal's own where it is left out. */
  readonly currency: string | undefined;
  readonly printing: Printing;
  readonly hasContainer: boolean;
}

/** Password, configuration byte, then the currency without a tag: a tagged one makes no sense. */
export function registrationOf(data: Buffer): Registration | undefined {
  const bare = data.subarray(4);
  const hasCurrency = bare.length >= 2 && bare[0] !== 0x03 && bare[0] !== 0x06;
  const fields = commandFields(hasCurrency ? bare.subarray(2) : bare);
  const config = data[3];
  if (config === undefined || bare[0] === 0x49 || fields === undefined) return undefined;
  const container = fields.get(0x06)?.toString("hex");
  return {
    password: data.toString("hex", 0, 3),
    currency: hasCurrency ? bare.toString("hex", 0, 2) : undefined,
    printing: printingOf(config, container),
    hasContainer: container !== undefined,
  };
}

/** Bit 80: papers come as print lines. Who permits `06 D3`, wrapped or bare, gets blocks instead. */
function printingOf(config: number, container = ""): Printing {
  const isForRegister = (config & 0x82) === 0x82;
  if (!isForRegister) return "none";
  return container.includes("06d3") ? "blocks" : "lines";
}

/** What a command that moves money asks for. */
export interface Order {
  readonly kind: "payment" | "reversal" | "refund" | "end of day";
  /** Three bytes, hex; an authorisation needs none. */
  readonly password: string | undefined;
  readonly amountMinor: number;
  readonly currency: string | undefined;
  /** Four digits, of a reversal. */
  readonly receipt: string;
}

const kinds: ReadonlyMap<number, Order["kind"]> = new Map([
  [0x0601, "payment"],
  [0x0630, "reversal"],
  [0x0631, "refund"],
  [0x0650, "end of day"],
]);

export const orderKindOf = (control: number): Order["kind"] | undefined => kinds.get(control);

/** @returns undefined when the command cannot be read */
export function orderOf(kind: Order["kind"], data: Buffer): Order | undefined {
  const hasPassword = kind !== "payment";
  if (hasPassword && data.length < 3) return undefined;
  const fields = commandFields(hasPassword ? data.subarray(3) : data);
  if (fields === undefined) return undefined;
  const amount = fields.get(0x04)?.toString("hex") ?? "";
  const receipt = fields.get(0x87)?.toString("hex") ?? "";
  const needsAmount = kind === "payment" || kind === "refund";
  if (needsAmount && !/^\d{12}$/.test(amount)) return undefined;
  if (kind === "reversal" && !/^\d{4}$/.test(receipt)) return undefined;
  return {
    kind,
    password: hasPassword ? data.toString("hex", 0, 3) : undefined,
    amountMinor: needsAmount ? Number(amount) : 0,
    currency: fields.get(0x49)?.toString("hex"),
    receipt,
  };
}
