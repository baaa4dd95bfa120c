/** What became of a refund. `failed` may follow `done`: a bank can send money back days later. */
export type RefundState = "pending" | "done" | "failed";

/**
 * How far a dispute (chargeback) is. `inquiry`: a bank asks, no money has moved; `open`: the money is withdrawn;
 * `won`: it is ours again, or never left; `lost`: it is gone.
 */
export type DisputeStage = "inquiry" | "open" | "won" | "lost";

/** One refund as its gateway knows it; a charge can have several. */
export interface RefundNews {
  readonly kind: "refund";
  /** The gateway's name for it. */
  readonly refundRef: string;
  /** Ours, where we asked for it; left out when a person did at the gateway's own desk. */
  readonly refundId?: string;
  readonly chargeRef: string;
  readonly amount: number;
  readonly currency: string;
  readonly state: RefundState;
  readonly reason?: string;
}

export interface DisputeNews {
  readonly kind: "dispute";
  readonly disputeRef: string;
  readonly chargeRef: string;
  readonly amount: number;
  readonly currency: string;
  readonly stage: DisputeStage;
}

export interface PaidNews {
  readonly kind: "paid";
  /** The gateway's name for the money that it took: what refunds and disputes speak of. */
  readonly chargeRef: string;
  /** Minor units as the gateway says; it counts only where it is what we asked for. */
  readonly amount: number;
  /** ISO 4217, capital letters. */
  readonly currency: string;
  readonly lastFour?: string;
  /** For example `apple_pay`. */
  readonly wallet?: string;
  /** Tokens to charge the same means again, where the driver agreed to that. */
  readonly saved?: SavedMeans;
}

/** Tokens only; the gateway alone knows the card behind them. */
export interface SavedMeans {
  readonly customerRef: string;
  readonly meansRef: string;
}

/**
 * One thing that a gateway says about a payment of ours, in a callback or in an answer. Amounts are whole minor units,
 * not yet checked against the book.
 *
 * `attempt-failed`: the driver may try again on the same page; `failed`: nobody can pay this offer any more.
 */
export type OnlineNews =
  | { readonly kind: "open" | "processing" | "expired" }
  | { readonly kind: "attempt-failed" | "failed"; readonly reason: string }
  | PaidNews
  | RefundNews
  | DisputeNews;

/** A callback whose signature was good. */
export interface OnlineCallback {
  /** The gateway's own id of the event; it is delivered more than once. */
  readonly eventId: string;
  /** When the gateway says that it happened, milliseconds UTC, by its clock. */
  readonly toldAt: number;
  /** The gateway's own word for the kind of event. */
  readonly type: string;
  /** Ours, where the gateway gives it back. */
  readonly paymentId?: string;
  readonly offerRef?: string;
  readonly chargeRef?: string;
  /** `look`: something has changed, the gateway is asked what; `none`: nothing that concerns us. */
  readonly news: OnlineNews | { readonly kind: "look" } | { readonly kind: "none" };
}

/** Why a callback was not believed. */
export type CallbackRefusal =
  | "unsigned"
  | "bad-signature"
  /** Its signature is good and its time is too long ago: a replay, or our clock is fast. */
  | "too-old"
  /** Signed, and not what the gateway's manual describes. */
  | "unreadable";
