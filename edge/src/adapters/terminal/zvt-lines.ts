import { type Minor, minorUnits } from "@gatehouse/shared/money";
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
}

/** The text of a `06 D1`: an attribute byte, then the line. */
export const printedLine = (data: Buffer): string => textOf(data.subarray(1));

/** The lines (tag 07) of a `06 D3`, which carries one TLV container (BMP 06). */
export function printedBlock(data: Buffer): string[] {
  if (data[0] !== 0x06) return [];
  const [container] = readTlv(data);
  return container === undefined ? [] : valuesOf(readTlv(container.value), 0x07).map(textOf);
}

/** Words of a receipt for money given back, in the languages these terminals print. */
const reversalWords = /storno|stornier|reversal|reversed|rückbuchung|annull|annulation/i;

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
  };
}

export const saysReversal = (text: string | undefined): boolean => reversalWords.test(text ?? "");

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
