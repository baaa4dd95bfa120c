import { type Minor, minorUnits } from "@gatehouse/shared/money";
import type { TerminalTotals } from "@gatehouse/shared/ports/terminal";
import { withoutCardNumbers } from "./zvt-mask.ts";
import { textOf } from "./zvt-text.ts";
import { readTlvLength } from "./zvt-tlv.ts";
import { readTotals } from "./zvt-totals.ts";

/**
 * What a unit's data fields say. Of a card there is never more than the last four digits: tracks and TLV
 * containers are stepped over, and numbers are cut down while they are read.
 */
export interface ZvtFields {
  /** BMP 27; 0 is approved. */
  readonly resultCode?: number;
  readonly amount?: Minor;
  /** Four digits of ISO 4217, for example `0978`. */
  readonly currency?: string;
  readonly terminalId?: string;
  /** Four digits. */
  readonly receiptNumber?: string;
  readonly traceNumber?: string;
  /** HHMMSS and MMDD, the terminal's local time; there is no year. */
  readonly time?: string;
  readonly date?: string;
  readonly cardName?: string;
  readonly cardLastFour?: string;
  readonly additionalText?: string;
  /** BMP 19: after a registration what the terminal needs. */
  readonly statusByte?: number;
  /** BMP 60, of an end of day. */
  readonly totals?: TerminalTotals;
  /** BMP 37 is there: the receipt is of an earlier one's reversal. */
  readonly refersToTrace?: true;
  /** Set when reading stopped early: at an unknown field, whose length nobody knows, or at a cut one. */
  readonly unread?: {
    readonly bmp: number;
    readonly bytes: number;
    /** The beginning of it, in hex, without anything that may be of a card. */
    readonly raw: string;
  };
}

type Width = number | "ll" | "lll" | "tlv";

const widths: ReadonlyMap<number, Width> = new Map<number, Width>([
  [0x01, 1],
  [0x02, 1],
  [0x03, 1],
  [0x04, 6],
  [0x05, 1],
  [0x06, "tlv"],
  [0x0b, 3],
  [0x0c, 3],
  [0x0d, 2],
  [0x0e, 2],
  [0x17, 2],
  [0x19, 1],
  [0x22, "ll"],
  [0x23, "ll"],
  [0x24, "lll"],
  [0x27, 1],
  [0x29, 4],
  [0x2a, 15],
  [0x2d, "ll"],
  [0x37, 3],
  [0x3a, 2],
  [0x3b, 8],
  [0x3c, "lll"],
  [0x49, 2],
  [0x60, "lll"],
  [0x87, 2],
  [0x88, 3],
  [0x8a, 1],
  [0x8b, "ll"],
  [0x8c, 1],
  [0xa0, 1],
  [0xaa, 3],
  [0xba, 5],
]);

type Draft = { -readonly [K in keyof ZvtFields]: ZvtFields[K] };

/** How the fields we use are read; the others are only stepped over. The first of two equal fields counts. */
const readers: ReadonlyMap<number, (draft: Draft, value: Buffer) => void> = new Map<
  number,
  (draft: Draft, value: Buffer) => void
>([
  [0x04, (draft, value) => setDigits(draft, "amount", value, (text) => minorUnits(Number(text)))],
  [0x0b, (draft, value) => setDigits(draft, "traceNumber", value, asTheyAre)],
  [0x0c, (draft, value) => setDigits(draft, "time", value, asTheyAre)],
  [0x0d, (draft, value) => setDigits(draft, "date", value, asTheyAre)],
  [0x19, (draft, value) => void (draft.statusByte ??= value.readUInt8(0))],
  [0x22, (draft, value) => setLastFour(draft, value)],
  [0x27, (draft, value) => void (draft.resultCode ??= value.readUInt8(0))],
  [0x29, (draft, value) => setDigits(draft, "terminalId", value, asTheyAre)],
  [0x37, (draft) => void (draft.refersToTrace = true)],
  [0x3c, (draft, value) => void (draft.additionalText ??= withoutCardNumbers(textOf(value)))],
  [0x49, (draft, value) => setDigits(draft, "currency", value, asTheyAre)],
  [0x60, (draft, value) => setTotals(draft, value)],
  [0x87, (draft, value) => setDigits(draft, "receiptNumber", value, asTheyAre)],
  [0x8b, (draft, value) => void (draft.cardName ??= withoutCardNumbers(textOf(value)))],
]);

/**
 * Reads data fields (BMPs) in whatever order they come. Never throws: after an unknown or cut field the rest
 * is left alone and what was read so far is returned.
 */
export function readFields(data: Buffer): ZvtFields {
  const draft: Draft = {};
  let at = 0;
  while (at < data.length) {
    const bmp = data.readUInt8(at);
    const value = valueAt(data, at + 1, widths.get(bmp));
    if (value === undefined) {
      draft.unread = { bmp, bytes: data.length - at, raw: rawOf(data.subarray(at)) };
      break;
    }
    readers.get(bmp)?.(draft, value.bytes);
    at = value.end;
  }
  return draft;
}

/** The value of one LLVAR or LLLVAR field: each length byte is `Fx`, x one decimal digit. */
export function variableAt(
  data: Buffer,
  at: number,
  digits: 2 | 3,
): { bytes: Buffer; end: number } | undefined {
  let length = 0;
  for (let index = at; index < at + digits; index += 1) {
    const byte = data[index];
    if (byte === undefined || byte >> 4 !== 0xf || (byte & 0x0f) > 9) return undefined;
    length = length * 10 + (byte & 0x0f);
  }
  return slice(data, at + digits, length);
}

/** Digits as BCD, two a byte; `width` bytes, filled up with zeros on the left. */
export const bcd = (digits: string | number, width: number): Buffer =>
  Buffer.from(String(digits).padStart(width * 2, "0"), "hex");

function valueAt(data: Buffer, at: number, width: Width | undefined) {
  if (width === undefined) return undefined;
  if (width === "ll") return variableAt(data, at, 2);
  if (width === "lll") return variableAt(data, at, 3);
  if (width !== "tlv") return slice(data, at, width);
  const length = readTlvLength(data, at);
  return length && slice(data, length.end, length.value);
}

function slice(data: Buffer, start: number, length: number) {
  const end = start + length;
  return end > data.length ? undefined : { bytes: data.subarray(start, end), end };
}

const asTheyAre = (digits: string): string => digits;

/** A nibble above 9 is no digit: such a field is treated as if it were absent. */
function setDigits<K extends keyof Draft>(
  draft: Draft,
  key: K,
  value: Buffer,
  convert: (digits: string) => NonNullable<Draft[K]>,
): void {
  const digits = value.toString("hex");
  if (draft[key] === undefined && /^\d+$/.test(digits)) draft[key] = convert(digits);
}

/** In a masked number `E` stands for a hidden digit and `F` for padding. */
function setLastFour(draft: Draft, value: Buffer): void {
  const shown = value.toString("hex").replace(/f+$/, "").slice(-4);
  if (draft.cardLastFour === undefined && /^\d{4}$/.test(shown)) draft.cardLastFour = shown;
}

function setTotals(draft: Draft, value: Buffer): void {
  const totals = readTotals(value);
  if (draft.totals === undefined && totals !== undefined) draft.totals = totals;
}

const rawMax = 32;

/** A card's number, in digits or in letters that are digits, is a long row of decimal nibbles, or the cut-off start of one. */
const rawOf = (bytes: Buffer): string =>
  bytes
    .toString("hex", 0, rawMax)
    .replaceAll(/\d{9,}|\d{5,}$/g, (digits) => "*".repeat(digits.length));
