import type { EndOfDayEnquiry, GiveBackEnquiry } from "@gatehouse/shared/ports/terminal";
import { earlier, minutes } from "@gatehouse/shared/time";
import { result } from "./zvt-codes.ts";
import { momentsOf } from "./zvt-moments.ts";
import {
  doubtAbout,
  type LostRequest,
  ownReceipt,
  type RepeatedReceipt,
  undecided,
} from "./zvt-receipt.ts";

/**
 * Decides what became of a reversal whose answer was lost, from the terminal's last receipt.
 *
 * @param reversed the receipt number of the charge; some terminals print it on the reversal's receipt again
 */
export function judgeReversal(
  lost: LostRequest,
  reversed: string,
  receipt: RepeatedReceipt,
): GiveBackEnquiry {
  const number = receipt.receiptNumber;
  const isReversal = receipt.isReversal || receipt.refersToTrace === true;
  const isOfThisCharge = number === reversed && isReversal;
  if (number === undefined || isOfThisCharge) {
    return judgeNewer({ ...lost, since: number }, receipt, isReversal);
  }
  if (number === lost.since) return { kind: "not-done" };
  return judgeNewer(lost, receipt, isReversal);
}

/** Decides what became of a refund whose answer was lost, from the terminal's last receipt. */
export function judgeRefund(lost: LostRequest, receipt: RepeatedReceipt): GiveBackEnquiry {
  const number = receipt.receiptNumber;
  if (number !== undefined && number === lost.since) return { kind: "not-done" };
  // A refund that was reversed again was given to nobody, but which of them is it?
  return judgeNewer(lost, receipt, receipt.isRefund && !receipt.isReversal);
}

function judgeNewer(
  lost: LostRequest,
  receipt: RepeatedReceipt,
  isOfItsKind: boolean,
): GiveBackEnquiry {
  if (receipt.isEndOfDay) return undecided("the terminal has had its end of day");
  const doubt = doubtAbout(lost, receipt);
  if (doubt !== undefined) return doubt;
  if ((receipt.resultCode ?? result.approved) !== result.approved) return { kind: "not-done" };
  return isOfItsKind
    ? { kind: "done", receipt: ownReceipt(receipt) }
    : undecided(`receipt ${receipt.receiptNumber ?? ""} does not say that money was given back`);
}

/** How far a terminal's clock may be off. */
const clockTolerance = minutes(10);

/** Decides whether an end of day whose answer was lost has taken place. */
export function judgeEndOfDay(
  { startedAt, timezone }: Pick<LostRequest, "startedAt" | "timezone">,
  receipt: RepeatedReceipt,
): EndOfDayEnquiry {
  if (!receipt.isEndOfDay) return { kind: "not-done" };
  const moments = momentsOf(receipt, startedAt, timezone);
  if (moments.length === 0) return undecided("the terminal's last end of day shows no time");
  const from = earlier(startedAt, clockTolerance);
  // An end of day of this morning or of last year is an earlier one.
  if (!moments.some((at) => at >= from && at - from < dayLong)) return { kind: "not-done" };
  const { totals, papers = [] } = receipt;
  return { kind: "done", papers, ...(totals !== undefined && { totals }) };
}

const dayLong = minutes(24 * 60);
