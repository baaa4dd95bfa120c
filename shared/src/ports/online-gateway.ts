import type { Minor } from "../money.ts";
import type {
  CallbackRefusal,
  OnlineCallback,
  OnlineNews,
  RefundState,
  SavedMeans,
} from "../online-news.ts";
import type { Instant } from "../time.ts";

export interface OfferRequest {
  /** Ours, in the book before it is asked for: the same id never makes a second offer. */
  readonly paymentId: string;
  readonly amount: Minor;
  /** ISO 4217 letters. */
  readonly currency: string;
  /** What the driver reads on the gateway's page. */
  readonly description: string;
  /** As it stands in the book; asked again, it is the same request. */
  readonly offeredAt: Instant;
  /** Until when we want it to be payable. A gateway may keep it longer: `expire` ends it. */
  readonly expiresAt: Instant;
  /** Where the gateway sends the driver's phone afterwards; that proves nothing. */
  readonly returnUrl: string;
  /** Our id of a holder who agreed that the means is kept for later charges (permits, subscriptions). */
  readonly keepMeansOf?: string;
}

export interface Offer {
  /** The gateway's name for the offer. */
  readonly offerRef: string;
  /** The page where the driver pays. */
  readonly url: string;
}

/** What a gateway knows of a payment now: where the payment stands comes first, its refunds and disputes follow. */
export interface OnlineAnswer {
  /** Ours, as the gateway gives it back. */
  readonly paymentId?: string;
  readonly news: readonly OnlineNews[];
}

export interface RefundRequest {
  /** Ours, in the book before it is asked for. */
  readonly refundId: string;
  readonly paymentId: string;
  readonly chargeRef: string;
  readonly amount: Minor;
  readonly currency: string;
}

export interface RefundAnswer {
  readonly state: RefundState;
  /** Left out when the gateway would not even take the request. */
  readonly refundRef?: string;
  readonly reason?: string;
}

export interface SavedCharge extends SavedMeans {
  readonly paymentId: string;
  readonly amount: Minor;
  readonly currency: string;
  readonly description: string;
}

/** `pending`: a bank takes days, and a callback will tell; `needs-driver`: the holder must confirm or give other means. */
export type SavedChargeAnswer =
  | { readonly kind: "captured"; readonly chargeRef: string; readonly lastFour?: string }
  | { readonly kind: "pending"; readonly chargeRef: string }
  | { readonly kind: "declined" | "needs-driver"; readonly reason: string };

export type CallbackReading =
  | { readonly kind: "callback"; readonly callback: OnlineCallback }
  | { readonly kind: "refusal"; readonly reason: CallbackRefusal; readonly detail: string };

/**
 * A service where drivers pay on its own page.
 *
 * Every call throws Fault `gateway-unreachable` when surely nothing was booked (ask again later), `gateway-refused`
 * when surely nothing was booked and asking again helps nobody (key, account, amount), and, where it changes
 * something, `gateway-answer-lost` when nobody knows: **the same request is asked again with the same id**, which
 * books it once or tells what was booked. A gateway remembers ids for an hour at least.
 */
export interface OnlineGateway {
  /** The id in our configuration. */
  readonly name: string;
  /** Makes the page where this payment can be paid, once for one `paymentId`. */
  offer(request: OfferRequest): Promise<Offer>;
  /** Asks what became of an offer, or of a charge. Changes nothing. */
  enquire(about: EnquiredRef): Promise<OnlineAnswer>;
  /** Ends an offer, if it is still open; `enquire` tells whether somebody was faster. */
  expire(offerRef: string): Promise<void>;
  /** Gives money back, once for one `refundId`. */
  refund(request: RefundRequest): Promise<RefundAnswer>;
  /** @returns undefined when the gateway knows of no such refund (yet) */
  enquireRefund(request: RefundRequest): Promise<RefundAnswer | undefined>;
  /** Charges a means that its holder left with the gateway, without the holder, once for one `paymentId`. */
  chargeSaved(charge: SavedCharge): Promise<SavedChargeAnswer>;
  /**
   * Reads a callback: a hint that is believed only where it is signed. Never throws.
   *
   * @param body the bytes as they arrived
   * @param headers names in lower case
   * @param receivedAt when it arrived, at our door or at head office's, which hands it on later
   */
  readCallback(
    body: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    receivedAt: Instant,
  ): CallbackReading;
}

/** One of the gateway's own names is enough. */
export type EnquiredRef =
  | { readonly offerRef: string; readonly chargeRef?: undefined }
  | { readonly chargeRef: string; readonly offerRef?: undefined };
