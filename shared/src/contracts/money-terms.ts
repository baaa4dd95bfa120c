/** The words of money that contracts, ledger and pages share. */

/** How something is paid. `nil`: by nobody, given up with a reason; `validation`: by a merchant. */
export const paymentMethods = [
  "card",
  "cash",
  "online",
  "stored-value",
  "validation",
  "on-file",
  "nil",
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** What is paid. */
export const paymentPurposes = ["stay", "violation", "top-up", "renewal"] as const;
export type PaymentPurpose = (typeof paymentPurposes)[number];

export const refundStatuses = [
  "requested",
  "started",
  "done",
  "refused",
  "failed",
  "unknown",
] as const;

export const disputeStates = ["opened", "won", "lost"] as const;
export type DisputeState = (typeof disputeStates)[number];

export const documentKinds = ["receipt", "invoice", "refund", "shift-report", "debt-note"] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What happens to a drawer in a shift. */
export const shiftMoves = ["open", "drop", "pay-in", "pay-out", "relief", "count"] as const;

export const violationTypes = [
  "overstay",
  "unauthorised",
  "wrong-space-type",
  "no-payment",
] as const;
export type ViolationType = (typeof violationTypes)[number];

/** Requirements D, Violation. */
export const penaltyStatuses = [
  "detected",
  "review",
  "issued",
  "due",
  "escalated",
  "paid",
  "waived",
  "disputed",
] as const;
export type PenaltyStatus = (typeof penaltyStatuses)[number];

export const validationKinds = ["minutes", "amount", "percent", "all"] as const;
export type ValidationKind = (typeof validationKinds)[number];
export const validationStates = ["issued", "used", "revoked", "expired"] as const;

/** Of a permit that is paid by the period. `paused`: it holds as far as it is paid, and nothing is asked for. */
export const subscriptionStates = ["active", "past-due", "paused", "cancelled"] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];
