import type {
  CallbackReading,
  EnquiredRef,
  Offer,
  OfferRequest,
  OnlineAnswer,
  OnlineGateway,
  RefundAnswer,
  RefundRequest,
  SavedCharge,
  SavedChargeAnswer,
} from "@gatehouse/shared/ports/online-gateway";
import { Fault } from "@gatehouse/shared/fault";
import type { Minor } from "@gatehouse/shared/money";
import { decimalText } from "./decimal-amount.ts";
import { readMollieCallback } from "./mollie-callback.ts";
import {
  Customer,
  lastFourOf,
  type MolliePayment,
  type MollieRefund,
  newsOfChargeback,
  newsOfPayment,
  newsOfRefund,
  Payment,
  Refund,
  RefundList,
  reasonOf,
} from "./mollie-objects.ts";
import { type MollieAccess, MollieWire, refusalIn } from "./mollie-wire.ts";

export interface MollieOptions extends MollieAccess {
  readonly id: string;
  /** Goes into the metadata: one account may serve several facilities. */
  readonly facilityId: string;
  readonly callbackSecrets: readonly string[];
}

/** Longer descriptions are refused. */
const descriptionMax = 255;

/**
 * Mollie: payments on its hosted page, refunds, chargebacks and recurring charges, over its API version 2
 * (docs.mollie.com/reference: payments, refunds, customers; `Idempotency-Key`), with signed "next-gen" webhooks set up
 * in its dashboard for `payment.*`, `refund.*` and `chargeback.*`.
 *
 * It ends a page when its means of payment says so; `expiresAt` is ours to keep, through `expire`.
 */
export class MollieGateway implements OnlineGateway {
  readonly name: string;
  readonly #options: MollieOptions;
  readonly #wire: MollieWire;

  constructor(options: MollieOptions) {
    this.name = options.id;
    this.#options = options;
    this.#wire = new MollieWire(options);
  }

  async offer(request: OfferRequest): Promise<Offer> {
    const { paymentId, returnUrl, keepMeansOf } = request;
    const customerId =
      keepMeansOf === undefined ? undefined : await this.#customerOf(paymentId, keepMeansOf);
    const body = {
      ...this.#sale(request),
      redirectUrl: returnUrl,
      cancelUrl: returnUrl,
      ...(customerId === undefined ? {} : { customerId, sequenceType: "first" }),
    };
    const payment = await this.#wire.post("/payments", Payment, body, `offer-${paymentId}`);
    const url = payment._links?.checkout?.href;
    if (url === undefined) throw new Fault("gateway-refused", "Mollie gave no page to pay on");
    return { offerRef: payment.id, url };
  }

  async enquire({ offerRef, chargeRef }: EnquiredRef): Promise<OnlineAnswer> {
    const id = encodeURIComponent(offerRef ?? chargeRef);
    const payment = await this.#wire.get(`/payments/${id}?embed=refunds,chargebacks`, Payment);
    const { payment_id: paymentId } = payment.metadata;
    return {
      ...(paymentId === undefined ? {} : { paymentId }),
      news: [
        newsOfPayment(payment),
        ...(payment._embedded?.refunds ?? []).map(newsOfRefund),
        ...(payment._embedded?.chargebacks ?? []).map(newsOfChargeback),
      ],
    };
  }

  async expire(offerRef: string): Promise<void> {
    try {
      await this.#wire.delete(`/payments/${encodeURIComponent(offerRef)}`);
    } catch (error) {
      // It is paid, or somebody is paying now: `enquire` tells.
      if (refusalIn(error)?.status !== 422) throw error;
    }
  }

  async refund(request: RefundRequest): Promise<RefundAnswer> {
    const { refundId, paymentId, chargeRef, amount, currency } = request;
    const body = {
      amount: amountOf(amount, currency),
      metadata: { ...this.#metadata(paymentId), refund_id: refundId },
    };
    try {
      const path = `/payments/${encodeURIComponent(chargeRef)}/refunds`;
      return answerOf(await this.#wire.post(path, Refund, body, `refund-${refundId}`));
    } catch (error) {
      // More than is left, or not to be refunded: an answer, not a fault.
      const refusal = refusalIn(error);
      if (refusal?.status !== 422) throw error;
      return { state: "failed", reason: refusal.words };
    }
  }

  async enquireRefund({ refundId, chargeRef }: RefundRequest): Promise<RefundAnswer | undefined> {
    const path = `/payments/${encodeURIComponent(chargeRef)}/refunds?limit=250`;
    const list = await this.#wire.get(path, RefundList);
    const found = list._embedded.refunds.find(({ metadata }) => metadata.refund_id === refundId);
    return found === undefined ? undefined : answerOf(found);
  }

  async chargeSaved(charge: SavedCharge): Promise<SavedChargeAnswer> {
    const body = {
      ...this.#sale(charge),
      customerId: charge.customerRef,
      mandateId: charge.meansRef,
      sequenceType: "recurring",
    };
    try {
      const key = `saved-${charge.paymentId}`;
      return outcomeOf(await this.#wire.post("/payments", Payment, body, key));
    } catch (error) {
      // The mandate is revoked or has run out: only its holder can give another.
      const refusal = refusalIn(error);
      const isMandate = refusal?.field === "mandateId" || refusal?.field === "customerId";
      if (refusal?.status !== 422 || !isMandate) throw error;
      return { kind: "needs-driver", reason: refusal.words };
    }
  }

  readCallback(
    body: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
  ): CallbackReading {
    const { callbackSecrets, facilityId } = this.#options;
    return readMollieCallback(callbackSecrets, facilityId, body, headers["x-mollie-signature"]);
  }

  #sale(sale: Pick<OfferRequest, "paymentId" | "amount" | "currency" | "description">) {
    return {
      amount: amountOf(sale.amount, sale.currency),
      description: sale.description.slice(0, descriptionMax),
      metadata: this.#metadata(sale.paymentId),
    };
  }

  #metadata(paymentId: string): { payment_id: string; facility_id: string } {
    return { payment_id: paymentId, facility_id: this.#options.facilityId };
  }

  async #customerOf(paymentId: string, holderId: string): Promise<string> {
    const body = { metadata: { holder_id: holderId, facility_id: this.#options.facilityId } };
    const made = await this.#wire.post("/customers", Customer, body, `customer-${paymentId}`);
    return made.id;
  }
}

const amountOf = (amount: Minor, currency: string): { currency: string; value: string } => ({
  currency,
  value: decimalText(amount, currency),
});

function answerOf(refund: MollieRefund): RefundAnswer {
  const { state, refundRef } = newsOfRefund(refund);
  return { state, refundRef };
}

function outcomeOf(payment: MolliePayment): SavedChargeAnswer {
  const { status, id: chargeRef } = payment;
  if (status === "paid") return { kind: "captured", chargeRef, ...lastFourOf(payment) };
  if (status === "open" || status === "pending" || status === "authorized") {
    return { kind: "pending", chargeRef };
  }
  return { kind: "declined", reason: reasonOf(payment) };
}
