import type { Minor } from "@gatehouse/shared/money";
import type {
  ChargeEnquiry,
  TerminalPaper,
  TerminalReceipt,
  TerminalTotals,
} from "@gatehouse/shared/ports/terminal";
import { earlier, type Instant, later, minutes } from "@gatehouse/shared/time";
import type { ZvtFields } from "./zvt-bmp.ts";
import { result } from "./zvt-codes.ts";
import { readPrinted, saysRefund, saysReversal } from "./zvt-lines.ts";
import { momentsOf, wholeSecond } from "./zvt-moments.ts";

/** A terminal's last receipt as it repeats it: from its status information, its printed lines, or both. */
export interface RepeatedReceipt extends Partial<Omit<TerminalReceipt, "printedAt">> {
  /** MMDD and HHMMSS in the terminal's local time. */
  readonly date?: string;
  readonly time?: string;
  readonly resultCode?: number;
  /** By its words. */
  readonly isReversal: boolean;
  readonly isRefund: boolean;
  readonly isEndOfDay: boolean;
  /** It names the trace of an earlier one: a reversal, most likely. */
  readonly refersToTrace?: true;
  readonly totals?: TerminalTotals;
}

/** What is printed fills what the status information leaves out. */
export function repeatedReceipt(
  status: ZvtFields | undefined,
  papers: readonly TerminalPaper[],
): RepeatedReceipt {
  const printed = readPrinted(papers.flatMap(({ lines }) => lines));
  const {
    unread: _unread,
    currency: _currency,
    statusByte: _statusByte,
    additionalText,
    ...told
  } = status ?? {};
  return {
    ...printed,
    ...told,
    isReversal: printed.isReversal || saysReversal(additionalText),
    isRefund: printed.isRefund || saysRefund(additionalText),
    isEndOfDay: printed.isEndOfDay || told.totals !== undefined,
    ...(papers.length > 0 && { papers }),
  };
}

/** The receipt of an approval, as it goes into the book. */
export function receiptOf(
  fields: ZvtFields | RepeatedReceipt,
  terminalId: string,
  receiptNumber: string,
): TerminalReceipt {
  const { traceNumber, amount, cardName, cardLastFour, date, time } = fields;
  const papers = "papers" in fields ? fields.papers : undefined;
  return {
    terminalId,
    receiptNumber,
    ...(traceNumber !== undefined && { traceNumber }),
    ...(amount !== undefined && { amount }),
    ...(cardName !== undefined && cardName !== "" && { cardName }),
    ...(cardLastFour !== undefined && { cardLastFour }),
    ...(date !== undefined && time !== undefined && { printedAt: `${date} ${time}` }),
    ...(papers !== undefined && { papers }),
  };
}

/** A request to a terminal whose answer was lost. */
export interface LostRequest {
  readonly amount: Minor;
  /** The receipt number known before it; undefined when the terminal had told none. */
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
export function judgeReceipt(charge: LostRequest, receipt: RepeatedReceipt): ChargeEnquiry {
  if (receipt.isEndOfDay) return judgeAfterEndOfDay(charge, receipt);
  const number = receipt.receiptNumber;
  if (number !== undefined && number === charge.since) return { kind: "not-booked" };
  const doubt = doubtAbout(charge, receipt);
  if (doubt !== undefined) return doubt;
  if (receipt.isReversal) return { kind: "not-booked" };
  if ((receipt.resultCode ?? result.approved) !== result.approved) return { kind: "not-booked" };
  if (receipt.isRefund || receipt.refersToTrace === true) {
    return undecided(`receipt ${number ?? ""} is of money that was given back`);
  }
  return { kind: "captured", receipt: ownReceipt(receipt) };
}

/** A charge before the end of day would be in its batch, and one after it would be the last receipt. */
function judgeAfterEndOfDay({ since }: LostRequest, { totals }: RepeatedReceipt): ChargeEnquiry {
  const isClosedBefore =
    totals?.toReceipt === "0000" || (since !== undefined && totals?.toReceipt === since);
  return isClosedBefore
    ? { kind: "not-booked" }
    : undecided("the terminal has had its end of day: compare the charge with its totals");
}

/** Why a newer receipt may not be the one that is looked for; undefined when nothing speaks against it. */
export function doubtAbout(
  lost: LostRequest,
  receipt: RepeatedReceipt,
): { readonly kind: "undecided"; readonly detail: string } | undefined {
  const { receiptNumber: number, terminalId, amount } = receipt;
  if (number === undefined) return undecided("the terminal's last receipt shows no number");
  if (lost.since !== undefined && stepsBetween(lost.since, number) > newestStep) {
    return undecided(`receipt ${number} is older than ${lost.since}: was the terminal replaced?`);
  }
  if (terminalId === undefined || terminalId !== lost.terminalId) {
    return undecided(`receipt ${number} does not name this terminal`);
  }
  if (amount !== lost.amount) {
    return undecided(`receipt ${number} is over ${amount ?? "no"} minor units, not ${lost.amount}`);
  }
  if (!isWithin(lost, receipt)) {
    return undecided(`receipt ${number} is not of the time when it was asked for`);
  }
  return undefined;
}

/** A receipt that nothing speaks against: it names its terminal and its number. */
export const ownReceipt = (receipt: RepeatedReceipt): TerminalReceipt =>
  receiptOf(receipt, receipt.terminalId ?? "", receipt.receiptNumber ?? "");

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
 * Without a receipt number from before, time alone tells this request from an earlier one over the same amount:
 * then the receipt must not be older than the request at all.
 */
function isWithin(lost: LostRequest, receipt: RepeatedReceipt): boolean {
  const from =
    lost.since === undefined
      ? wholeSecond(lost.startedAt)
      : earlier(lost.startedAt, clockTolerance);
  const to = later(later(lost.startedAt, longestPayment), clockTolerance);
  const moments = momentsOf(receipt, lost.startedAt, lost.timezone);
  return moments.some((at) => at >= from && at <= to);
}

export const undecided = (
  detail: string,
): { readonly kind: "undecided"; readonly detail: string } => ({ kind: "undecided", detail });
