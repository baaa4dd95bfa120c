import type { Minor } from "@gatehouse/shared/money";
import type { ChargeEnquiry, TerminalReceipt } from "@gatehouse/shared/ports/terminal";
import { earlier, type Instant, later, milliseconds, minutes } from "@gatehouse/shared/time";
import { Temporal } from "temporal-polyfill";
import type { ZvtFields } from "./zvt-bmp.ts";
import { result } from "./zvt-codes.ts";
import { readPrinted, saysReversal } from "./zvt-lines.ts";

/** A terminal's last receipt as it repeats it: from its status information, its printed lines, or both. */
export interface RepeatedReceipt extends Partial<Omit<TerminalReceipt, "printedAt">> {
  /** MMDD and HHMMSS in the terminal's local time. */
  readonly date?: string;
  readonly time?: string;
  readonly resultCode?: number;
  readonly isReversal: boolean;
}

/** What is printed fills what the status information leaves out. */
export function repeatedReceipt(
  status: ZvtFields | undefined,
  lines: readonly string[],
): RepeatedReceipt {
  const { isReversal, ...printed } = readPrinted(lines);
  const {
    tlv: _tlv,
    unread: _unread,
    currency: _currency,
    statusByte: _statusByte,
    additionalText,
    ...told
  } = status ?? { tlv: [] };
  return { ...printed, ...told, isReversal: isReversal || saysReversal(additionalText) };
}

/** The receipt of an approval, as it goes into the book. */
export function receiptOf(
  fields: ZvtFields | RepeatedReceipt,
  terminalId: string,
  receiptNumber: string,
): TerminalReceipt {
  const { traceNumber, amount, cardName, cardLastFour, date, time } = fields;
  return {
    terminalId,
    receiptNumber,
    ...(traceNumber !== undefined && { traceNumber }),
    ...(amount !== undefined && { amount }),
    ...(cardName !== undefined && cardName !== "" && { cardName }),
    ...(cardLastFour !== undefined && { cardLastFour }),
    ...(date !== undefined && time !== undefined && { printedAt: `${date} ${time}` }),
  };
}

export interface LostCharge {
  readonly amount: Minor;
  /** The receipt number known before the charge; undefined when the terminal had told none. */
  readonly since: string | undefined;
  readonly startedAt: Instant;
  /** The terminal that now answers. */
  readonly terminalId: string | undefined;
  /** The zone of the terminal's own clock. */
  readonly timezone: string;
}

/**
 * Decides what became of a charge whose answer was lost, from the terminal's last receipt. Only a receipt
 * that agrees in number, amount, terminal and time is the charge's own; what cannot be told is left to a person.
 */
export function judgeReceipt(charge: LostCharge, receipt: RepeatedReceipt): ChargeEnquiry {
  const number = receipt.receiptNumber;
  if (number === undefined) return undecided("the terminal's last receipt shows no number");
  const step = charge.since === undefined ? undefined : stepsBetween(charge.since, number);
  if (step === 0) return { kind: "not-booked" };
  if (step !== undefined && step > newestStep) {
    return undecided(
      `receipt ${number} is older than ${charge.since ?? ""}: was the terminal replaced?`,
    );
  }
  if (receipt.terminalId === undefined || receipt.terminalId !== charge.terminalId) {
    return undecided(`receipt ${number} does not name this terminal`);
  }
  if (receipt.amount !== charge.amount) {
    return undecided(
      `receipt ${number} is over ${receipt.amount ?? "no"} minor units, not ${charge.amount}`,
    );
  }
  if (!isWithin(charge, receipt)) {
    return undecided(`receipt ${number} is not of the time of the charge`);
  }
  if (receipt.isReversal) return { kind: "not-booked" };
  if ((receipt.resultCode ?? result.approved) !== result.approved) return { kind: "not-booked" };
  return { kind: "captured", receipt: receiptOf(receipt, receipt.terminalId, number) };
}

/** Receipt numbers run from 0001 to 9999 and begin again: 0 is the same, beyond `newestStep` is older. */
export function stepsBetween(since: string, number: string): number {
  return (((Number(number) - Number(since)) % receiptCycle) + receiptCycle) % receiptCycle;
}

const receiptCycle = 9999;
const newestStep = 5000;

/** How far a terminal's clock may be off. */
const clockTolerance = minutes(10);
/** No terminal waits longer than this for a card, a PIN and the bank. */
const longestPayment = minutes(15);

/**
 * Without a receipt number from before, time alone tells this charge from an earlier one of the same amount:
 * then the receipt must not be older than the charge at all.
 */
function isWithin(charge: LostCharge, receipt: RepeatedReceipt): boolean {
  const from =
    charge.since === undefined
      ? wholeSecond(charge.startedAt)
      : earlier(charge.startedAt, clockTolerance);
  const to = later(later(charge.startedAt, longestPayment), clockTolerance);
  return instantsOf(receipt, charge).some((at) => at >= from && at <= to);
}

const wholeSecond = (at: Instant): Instant => earlier(at, milliseconds(at % 1000));

/**
 * The moments a printed local time can mean: the year is not told (the charge's own or a neighbour), and in
 * the hour that a zone lives twice there are two.
 */
function instantsOf({ date, time }: RepeatedReceipt, charge: LostCharge): Instant[] {
  if (date === undefined || time === undefined) return [];
  const started = Temporal.Instant.fromEpochMilliseconds(charge.startedAt);
  const { year } = started.toZonedDateTimeISO(charge.timezone);
  return [year - 1, year, year + 1].flatMap((each) =>
    (["earlier", "later"] as const).flatMap((disambiguation) => {
      const local = localTime(each, date, time);
      const at = local?.toZonedDateTime(charge.timezone, { disambiguation });
      return at === undefined ? [] : [at.epochMilliseconds as Instant];
    }),
  );
}

function localTime(year: number, date: string, time: string): Temporal.PlainDateTime | undefined {
  const pair = (text: string, index: number): number => Number(text.slice(index, index + 2));
  const parts = {
    year,
    month: pair(date, 0),
    day: pair(date, 2),
    hour: pair(time, 0),
    minute: pair(time, 2),
    second: pair(time, 4),
  };
  try {
    return Temporal.PlainDateTime.from(parts, { overflow: "reject" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const undecided = (detail: string): ChargeEnquiry => ({ kind: "undecided", detail });
