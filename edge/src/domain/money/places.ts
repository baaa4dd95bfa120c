import type { PaymentMethod, PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import type { Account } from "./chart.ts";
import { credit, debit, type Entry, entry, type Posting } from "./entry.ts";

/** An account, and what it is about there. */
export interface AccountPlace {
  readonly account: Account;
  readonly subject: string | null;
}

/** A payment as far as the books are concerned. */
export interface BookedPayment {
  readonly paymentId: string;
  readonly method: PaymentMethod;
  /** The terminal, gateway, drawer, account of stored value or merchant that it came from. */
  readonly place: string | null;
  readonly purpose: PaymentPurpose;
  readonly sessionId: string | null;
  readonly subjectId: string | null;
}

const accountOf = {
  card: "card-clearing",
  cash: "drawer",
  online: "online-clearing",
  "on-file": "online-clearing",
  "stored-value": "stored-value",
  validation: "merchant-receivable",
  nil: "write-offs",
} as const satisfies Record<PaymentMethod, Account>;

/** Where the money of a payment lies once it is captured. */
export const takenInto = ({ method, place }: BookedPayment): AccountPlace => ({
  account: accountOf[method],
  subject: method === "nil" ? null : place,
});

/** What a payment lessens: the debt of a stay, of a violation, of a renewal; a top-up becomes stored value. */
export const paysFor = ({ purpose, sessionId, subjectId }: BookedPayment): AccountPlace =>
  purpose === "top-up"
    ? { account: "stored-value", subject: subjectId }
    : { account: "receivable", subject: purpose === "stay" ? sessionId : subjectId };

/** Money that moves from one place to another, with whatever belongs to the same fact. */
export const moveEntry = (
  kind: string,
  into: AccountPlace,
  from: AccountPlace,
  minor: number,
  more: readonly Posting[] = [],
): Entry =>
  entry(kind, [
    debit(into.account, into.subject, minor),
    credit(from.account, from.subject, minor),
    ...more,
  ]);

/** A payment let go without the bank's answer: its money is still to be charged. */
export const offlinePlace = (paymentId: string): AccountPlace => ({
  account: "offline-clearing",
  subject: paymentId,
});

export const disputedPlace = (paymentId: string): AccountPlace => ({
  account: "disputed",
  subject: paymentId,
});
