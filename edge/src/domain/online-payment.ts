import { type Minor, minorUnits } from "@gatehouse/shared/money";
import { type OnlineFacts, type RefundFact, toldAmount } from "./online-facts.ts";

/** What we asked a gateway to collect, as it stands in the book: a callback never says what is owed. */
export interface OnlineAsk {
  readonly amount: Minor;
  /** ISO 4217 letters. */
  readonly currency: string;
}

/**
 * Where a payment stands. `mismatched`: money was taken, and not what we asked for; it pays nothing until a person has
 * looked.
 */
export type OnlineState =
  | "open"
  | "processing"
  | "paid"
  | "failed"
  | "expired"
  | "mismatched"
  | "part-refunded"
  | "refunded"
  | "dispute-open"
  | "dispute-won"
  | "dispute-lost";

/** Why a person should look at a payment. */
export type OnlineReview =
  /** The gateway took another amount or currency than we asked for, or told two. */
  | "amount-mismatch"
  /** More than one charge for one payment: the second is owed back. */
  | "paid-twice"
  /** Somebody refunded at the gateway's own desk. */
  | "refund-not-ours"
  /** A refund came back: the driver still waits for the money. */
  | "refund-failed"
  | "disputed";

export interface OnlineCharge {
  readonly chargeRef: string;
  readonly amount: Minor;
  /** What can still be given back: less refunds that are done or on their way, and what a bank took back. */
  readonly refundable: Minor;
}

export interface OnlineRefund extends RefundFact {
  readonly refundRef: string;
}

/** What a gateway's facts mean for one payment. It depends on the facts alone, not on how they were learnt. */
export interface OnlineView {
  readonly state: OnlineState;
  /** What counts as payment: nothing, or the amount asked for, once, however many charges there are. */
  readonly counted: Minor;
  /** What was taken on top of it and is owed back. */
  readonly surplus: Minor;
  /** What has gone back to the driver. */
  readonly refunded: Minor;
  /** What banks hold or have taken back in disputes. */
  readonly withdrawn: Minor;
  /** The good ones, by name. */
  readonly charges: readonly OnlineCharge[];
  /** Those of good charges, by name: done, on their way, or failed. */
  readonly refunds: readonly OnlineRefund[];
  readonly reviews: readonly OnlineReview[];
}

/**
 * Reads a payment's facts against what was asked.
 *
 * `counted + surplus − refunded − withdrawn` is what we hold of the driver's money.
 */
export function viewOf(ask: OnlineAsk, facts: OnlineFacts): OnlineView {
  const right = toldAmount(ask.amount, ask.currency);
  const all = Object.entries(facts.charges).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const good = all.filter(([, { told }]) => told.includes(right));
  const refunds = Object.entries(facts.refunds)
    .map(([refundRef, refund]) => ({ refundRef, ...refund }))
    .filter(({ chargeRef, currency }) => isOf(good, chargeRef) && currency === ask.currency)
    .toSorted((a, b) => (a.refundRef < b.refundRef ? -1 : 1));
  const disputes = Object.values(facts.disputes).filter(
    ({ chargeRef, currency }) => isOf(good, chargeRef) && currency === ask.currency,
  );
  const held = disputes.filter(({ stage }) => stage === "open" || stage === "lost");
  const done = refunds.filter(({ state }) => state === "done");
  const charges = good.map(([chargeRef]) => {
    const back = sum(
      refunds.filter((one) => one.chargeRef === chargeRef && one.state !== "failed"),
    );
    const gone = sum(held.filter((one) => one.chargeRef === chargeRef));
    const refundable = minorUnits(Math.max(0, ask.amount - back - gone));
    return { chargeRef, amount: ask.amount, refundable };
  });
  const view = {
    counted: good.length > 0 ? ask.amount : minorUnits(0),
    surplus: minorUnits(Math.max(0, good.length - 1) * ask.amount),
    refunded: sum(done),
    withdrawn: sum(held),
    charges,
    refunds,
  };
  const reviews: OnlineReview[] = [];
  if (all.some(([, { told }]) => told.length > 1 || told[0] !== right)) {
    reviews.push("amount-mismatch");
  }
  if (view.surplus > 0) reviews.push("paid-twice");
  if (done.some(({ refundId }) => refundId === undefined)) reviews.push("refund-not-ours");
  if (refunds.some(({ state }) => state === "failed")) reviews.push("refund-failed");
  if (disputes.some(({ stage }) => stage === "open" || stage === "inquiry")) {
    reviews.push("disputed");
  }
  const state = good.length > 0 ? afterPaid(view, facts) : beforePaid(facts, all.length > 0);
  return { state, ...view, reviews };
}

/** What has changed between two views: only this is booked, and all of it, in one transaction with the facts. */
export interface OnlineChange {
  /** The amount asked for, once in a payment's life; otherwise 0. */
  readonly counted: number;
  readonly surplus: number;
  /** Negative when a refund that was done came back. */
  readonly refunded: number;
  /** Negative when a dispute was won. */
  readonly withdrawn: number;
  /** Reasons to look that were not there before. */
  readonly reviews: readonly OnlineReview[];
}

/** The changes of all steps add up to the last view: whatever the order, the same is booked. */
export function changeBetween(before: OnlineView, after: OnlineView): OnlineChange {
  return {
    counted: after.counted - before.counted,
    surplus: after.surplus - before.surplus,
    refunded: after.refunded - before.refunded,
    withdrawn: after.withdrawn - before.withdrawn,
    reviews: after.reviews.filter((review) => !before.reviews.includes(review)),
  };
}

/** How a capture is divided: what the session still owes, and what comes too late and is owed back. */
export interface Allotment {
  readonly settles: Minor;
  readonly credit: Minor;
}

/**
 * Divides what a change brought in. A session that was settled otherwise meanwhile (another card, cash, a free exit)
 * owes nothing: all of a late payment is credit then, to be refunded.
 *
 * @param due what the session owes in this very transaction, never negative
 */
export function allotCapture({ counted, surplus }: OnlineChange, due: Minor): Allotment {
  const settles = minorUnits(Math.min(counted, due));
  return { settles, credit: minorUnits(counted + surplus - settles) };
}

function afterPaid(
  view: Pick<OnlineView, "counted" | "surplus" | "refunded">,
  { disputes }: OnlineFacts,
): OnlineState {
  const stages = Object.values(disputes).map(({ stage }) => stage);
  if (stages.some((stage) => stage === "open" || stage === "inquiry")) return "dispute-open";
  if (stages.includes("lost")) return "dispute-lost";
  if (view.refunded >= view.counted + view.surplus) return "refunded";
  if (view.refunded > 0) return "part-refunded";
  return stages.includes("won") ? "dispute-won" : "paid";
}

function beforePaid({ ended, standing }: OnlineFacts, isCharged: boolean): OnlineState {
  if (isCharged) return "mismatched";
  if (ended !== undefined) return ended.kind;
  return standing?.kind === "processing" ? "processing" : "open";
}

const isOf = (charges: readonly [string, unknown][], chargeRef: string): boolean =>
  charges.some(([ref]) => ref === chargeRef);

const sum = (parts: readonly { readonly amount: number }[]): Minor =>
  minorUnits(parts.reduce((total, { amount }) => total + amount, 0));
