/** One unit of ZVT as the terminal reads and writes it: class and instruction, then data. */
export interface ZvtUnit {
  readonly control: number;
  readonly data: Buffer;
}

/** Takes bytes one by one, so that no cut between them matters. */
export class ZvtUnitReader {
  #head: number[] = [];
  #data: number[] = [];

  take(bytes: Uint8Array): ZvtUnit[] {
    const units: ZvtUnit[] = [];
    for (const byte of bytes) {
      if (this.#missing() === undefined) this.#head.push(byte);
      else this.#data.push(byte);
      if (this.#missing() !== 0) continue;
      units.push({
        control: (this.#head[0] ?? 0) * 256 + (this.#head[1] ?? 0),
        data: Buffer.from(this.#data),
      });
      this.#head = [];
      this.#data = [];
    }
    return units;
  }

  /** Data bytes still to come; undefined while the head is not whole. */
  #missing(): number | undefined {
    const [, , short, low, high] = this.#head;
    if (short === undefined) return undefined;
    if (short !== 0xff) return short - this.#data.length;
    return low === undefined || high === undefined
      ? undefined
      : low + high * 256 - this.#data.length;
  }
}

export function zvtUnit(control: number, data: Buffer, isLong = false): Buffer {
  const length =
    isLong || data.length > 0xfe ? [0xff, data.length % 256, data.length >> 8] : [data.length];
  return Buffer.concat([Buffer.from([control >> 8, control % 256, ...length]), data]);
}

/** `hex` may hold spaces. */
export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

/** A number as `width` bytes of binary-coded decimals. */
export const decimals = (value: number | string, width: number): Buffer =>
  hex(String(value).padStart(width * 2, "0"));

export const ascii = (text: string): Buffer => Buffer.from(text, "latin1");

/** LLVAR (2) and LLLVAR (3): a length of so many bytes, each `F` and a decimal digit, then the content. */
export function variable(content: Buffer, digits: 2 | 3): Buffer {
  const length = String(content.length).padStart(digits, "0").replaceAll(/./g, "f$&");
  return Buffer.concat([hex(length), content]);
}

/** A masked card number: `E` hides a digit. */
export const maskedNumber = (lastFour: string): Buffer => hex(`eeeeeeeeeeee${lastFour}`);

/** The fields of a command that this terminal understands, by tag; undefined when they cannot be read. */
export function commandFields(data: Buffer): ReadonlyMap<number, Buffer> | undefined {
  const fields = new Map<number, Buffer>();
  let rest = data;
  while (rest.length > 0) {
    const tag = rest[0] ?? 0;
    const width = tag === 0x06 ? containerWidth(rest) : commandWidths.get(tag);
    if (width === undefined || rest.length < 1 + width) return undefined;
    fields.set(tag, rest.subarray(1, 1 + width));
    rest = rest.subarray(1 + width);
  }
  return fields;
}

const commandWidths: ReadonlyMap<number, number> = new Map([
  [0x01, 1],
  [0x02, 1],
  [0x03, 1],
  [0x04, 6],
  [0x19, 1],
  [0x49, 2],
  [0x87, 2],
]);

/** Length byte(s) and content of a TLV container that begins after its tag. */
function containerWidth(bytes: Buffer): number | undefined {
  const [, first, second, third] = bytes;
  if (first === undefined) return undefined;
  if (first < 0x80) return 1 + first;
  if (first === 0x81 && second !== undefined) return 2 + second;
  return first === 0x82 && second !== undefined && third !== undefined
    ? 3 + second * 256 + third
    : undefined;
}
