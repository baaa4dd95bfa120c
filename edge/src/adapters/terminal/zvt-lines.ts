import { type Minor, minorUnits } from "@gatehouse/shared/money";
import type { TerminalPaper } from "@gatehouse/shared/ports/terminal";
import { textOf } from "./zvt-text.ts";
import { readTlv, valuesOf } from "./zvt-tlv.ts";

/** What a printed receipt says, as far as it says it without ambiguity. */
export interface PrintedReceipt {
  readonly receiptNumber?: string;
  readonly traceNumber?: string;
  readonly amount?: Minor;
  readonly terminalId?: string;
  /** MMDD and HHMMSS. */
  readonly date?: string;
  readonly time?: string;
  readonly isReversal: boolean;
  readonly isRefund: boolean;
  readonly isEndOfDay: boolean;
}

/** The text of a `06 D1`: an attribute byte, then the line. */
export const printedLine = (data: Buffer): string => textOf(data.subarray(1));

/** Whose paper a `06 D3` is for, by its tag 1F07. */
const readers: ReadonlyMap<number, TerminalPaper["for"]> = new Map([
  [0x01, "merchant"],
  [0x02, "customer"],
  [0x03, "administration"],
]);

/** The lines (tag 07) of a `06 D3`, which carries one TLV container (BMP 06). */
export function printedBlock(data: Buffer): TerminalPaper {
  const [container] = data[0] === 0x06 ? readTlv(data) : [];
  const objects = container === undefined ? [] : readTlv(container.value);
  const [reader] = valuesOf(objects, 0x1f07);
  return {
    for: readers.get(reader?.[0] ?? 0) ?? "unmarked",
    lines: valuesOf(objects, 0x07).map(textOf),
  };
}

/** Words of a receipt for money given back, in the languages these terminals print. */
const reversalWords = /storno|stornier|reversal|reversed|rückbuchung|annull|annulation/i;
const refundWords = /gutschrift|refund|credit note|remboursement|rimborso/i;
const endOfDayWords =
  /kassenschnitt|tagesabschluss|end of day|end-of-day|kassenabschluss|z-bericht/i;

/**
 * Reads a printed receipt. Layouts differ by maker and language, so a value counts only when every line that
 * names it names the same one.
 */
export function readPrinted(lines: readonly string[]): PrintedReceipt {
  const text = lines.join("\n");
  const receipt = only(
    text,
    /(?:beleg|receipt|\bbon|\bBNr)[ .-]*(?:nr|no|number|nummer|#)?[ .:]*(\d{1,4})\b(?![.:,]?\d)/gi,
  );
  const trace = only(text, /(?:\bTA|trace)[ .-]*(?:nr|no|number)?[ .:]*(\d{1,6})\b/gi);
  const terminal = only(text, /terminal[ -]*(?:id|nr|no)?[ .:]*(\d{8})\b/gi);
  const amount = only(
    text,
    /(?:betrag|summe|gesamt|amount|total)[^\d\n]*((?:\d{1,3}(?:[.' ]\d{3})+|\d{1,7})[.,]\d{2})(?!\d)/gi,
  );
  const date = only(text, /\b(\d{1,2}\.\d{1,2}\.)(?:\d{4}|\d{2})\b/g);
  const time = only(text, /\b(\d{1,2}:\d{2}(?::\d{2})?)(?![\d:])/g);
  return {
    ...(receipt !== undefined && { receiptNumber: receipt.padStart(4, "0") }),
    ...(trace !== undefined && { traceNumber: trace.padStart(6, "0") }),
    ...(terminal !== undefined && { terminalId: terminal }),
    ...(amount !== undefined && { amount: minorUnits(Number(amount.replace(/\D/g, ""))) }),
    ...(date !== undefined && { date: monthDay(date) }),
    ...(time !== undefined && { time: hourMinuteSecond(time) }),
    isReversal: reversalWords.test(text),
    isRefund: refundWords.test(text),
    isEndOfDay: endOfDayWords.test(text),
  };
}

export const saysReversal = (text: string | undefined): boolean => reversalWords.test(text ?? "");
export const saysRefund = (text: string | undefined): boolean => refundWords.test(text ?? "");

/** The one distinct value that the pattern's first group finds; undefined for none and for several. */
function only(text: string, pattern: RegExp): string | undefined {
  const found = new Set(Array.from(text.matchAll(pattern), (match) => match[1] ?? ""));
  return found.size === 1 ? [...found][0] : undefined;
}

const monthDay = (dayMonth: string): string => {
  const [day = "", month = ""] = dayMonth.split(".");
  return month.padStart(2, "0") + day.padStart(2, "0");
};

const hourMinuteSecond = (clock: string): string => {
  const [hour = "", minute = "", second = "00"] = clock.split(":");
  return hour.padStart(2, "0") + minute + second;
};
