/**
 * One attempt to take money (requirements D, Payment). `started` is written before anybody is asked. `unknown`: the
 * answer was lost; it is resolved by enquiry and never by charging again. `failed`: nothing was booked.
 * `accepted-offline`: let go without the bank's answer, charged later under the same id. `reversed`: taken back
 * whole, as if it had never been. `disputed`: a cardholder's bank has withdrawn it, until that is decided.
 */
export const paymentStatuses = [
  "started",
  "captured",
  "declined",
  "failed",
  "unknown",
  "accepted-offline",
  "part-refunded",
  "refunded",
  "reversed",
  "disputed",
  "charged-back",
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

const moves: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  started: ["captured", "declined", "failed", "unknown", "accepted-offline"],
  unknown: ["captured", "declined", "failed"],
  "accepted-offline": ["captured", "declined"],
  captured: ["part-refunded", "refunded", "reversed", "disputed"],
  "part-refunded": ["captured", "part-refunded", "refunded", "disputed"],
  refunded: ["captured", "part-refunded", "disputed"],
  disputed: ["captured", "part-refunded", "refunded", "reversed", "disputed", "charged-back"],
  "charged-back": ["disputed", "charged-back"],
  reversed: [],
  // A gateway can be paid after it has said that an offer was over: that money is there.
  declined: ["captured"],
  failed: ["captured"],
};

/**
 * Whether a payment may go from one status to another.
 *
 * Back from `refunded` and `part-refunded`: a bank can send a refund back days after it was done. `disputed` and
 * `charged-back` stay so when a refund that was on its way is told of.
 */
export const paymentMayBecome = (from: PaymentStatus, to: PaymentStatus): boolean =>
  moves[from].includes(to);

/** The money counts for what it pays; what of it was given back stands beside it. */
export const acceptedStatuses = [
  "captured",
  "accepted-offline",
  "part-refunded",
  "refunded",
  "disputed",
  "charged-back",
] as const satisfies readonly PaymentStatus[];

export const isAccepted = (status: PaymentStatus): boolean =>
  (acceptedStatuses as readonly PaymentStatus[]).includes(status);

/** How a payment that was captured is called by what of it was given back. */
export const statusByRefunds = ({
  amount,
  refunded,
}: {
  readonly amount: number;
  readonly refunded: number;
}): PaymentStatus =>
  refunded === 0 ? "captured" : refunded < amount ? "part-refunded" : "refunded";

/** A cardholder's bank holds the money, or has kept it: that says more than what was given back. */
export const isWithdrawn = (status: PaymentStatus): boolean =>
  status === "disputed" || status === "charged-back";

/** Nobody knows yet what came of it: nothing else is charged for the same until it is known. */
export const isUndecided = (status: PaymentStatus): boolean =>
  status === "started" || status === "unknown";
