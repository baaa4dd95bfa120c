/*
 * ZVT over TCP: the bare protocol unit, as spoken on port 20007. Facts from public clients (Portalum.Zvt,
 * EVerest/zvt, kotlin-zvt-library); the makers' own documents were not at hand.
 */

/** One protocol unit: class and instruction as one 16-bit number, and its data. */
export interface Apdu {
  readonly control: number;
  readonly data: Buffer;
}

export const control = {
  statusEnquiry: 0x05_01,
  intermediateStatus: 0x04_ff,
  statusInformation: 0x04_0f,
  registration: 0x06_00,
  authorisation: 0x06_01,
  completion: 0x06_0f,
  /** From the terminal: the command has failed or was cancelled. */
  abort: 0x06_1e,
  turnover: 0x06_10,
  repeatReceipt: 0x06_20,
  reversal: 0x06_30,
  refund: 0x06_31,
  endOfDay: 0x06_50,
  /** From us: cancel what is running. */
  cancel: 0x06_b0,
  printLine: 0x06_d1,
  printTextBlock: 0x06_d3,
} as const;

export const reply = {
  accepted: Buffer.from([0x80, 0x00, 0x00]),
  notSupported: Buffer.from([0x84, 0x83, 0x00]),
  /** To an approval: the goods could not be issued, the terminal reverses by itself. */
  goodsNotIssued: Buffer.from([0x84, 0x66, 0x00]),
} as const;

/** An acknowledge's verdict: 0 is accepted, anything else the refusal's code; undefined when it is none. */
export function acknowledgeOf({ control: field }: Apdu): number | undefined {
  const kind = field >> 8;
  if (kind === 0x80) return 0;
  return kind === 0x84 ? field & 0xff : undefined;
}

/** From 255 bytes on the length takes the long form, `FF` and 16 bits with the low one first. */
export function encodeApdu(field: number, data: Buffer = Buffer.alloc(0)): Buffer {
  const head = [field >> 8, field & 0xff];
  const length =
    data.length < longForm ? [data.length] : [longForm, data.length & 0xff, data.length >> 8];
  return Buffer.concat([Buffer.from([...head, ...length]), data]);
}

/** Cuts a byte stream into units, however TCP has split and joined them. Holds at most one unfinished unit. */
export class ApduStream {
  #pending: Buffer = Buffer.alloc(0);

  /** @returns the units that are whole now, in order */
  push(bytes: Buffer): Apdu[] {
    let rest = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const whole: Apdu[] = [];
    for (let next = readApdu(rest); next !== undefined; next = readApdu(rest)) {
      whole.push(next.apdu);
      rest = rest.subarray(next.size);
    }
    this.#pending = Buffer.from(rest);
    return whole;
  }
}

const longForm = 0xff;

function readApdu(bytes: Buffer): { apdu: Apdu; size: number } | undefined {
  if (bytes.length < 3) return undefined;
  const isLong = bytes.readUInt8(2) === longForm;
  if (isLong && bytes.length < 5) return undefined;
  const start = isLong ? 5 : 3;
  const size = start + (isLong ? bytes.readUInt16LE(3) : bytes.readUInt8(2));
  if (bytes.length < size) return undefined;
  return { apdu: { control: bytes.readUInt16BE(0), data: bytes.subarray(start, size) }, size };
}
