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
import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import Stripe from "stripe";
import type { z } from "zod";
import { toStripe } from "./stripe-amount.ts";
import { readStripeCallback } from "./stripe-callback.ts";
import { sessionParams } from "./stripe-checkout.ts";
import { type StripeAccess, StripeClient } from "./stripe-client.ts";
import {
  cardOf,
  newsOfDispute,
  newsOfIntent,
  newsOfRefund,
  newsOfSession,
  reasonOf,
} from "./stripe-news.ts";
import { Dispute, Intent, Refund, Session, type StripeIntent } from "./stripe-objects.ts";

export interface StripeOptions extends StripeAccess {
  readonly id: string;
  /** Goes into the metadata: one account may serve several facilities. */
  readonly facilityId: string;
  readonly callbackSecrets: readonly string[];
}

/** So many refunds or disputes of one charge are read; nobody has more. */
const listLimit = 100;

/**
 * Stripe: hosted Checkout, refunds, and saved means, through its official library.
 * Wallets (Apple Pay, Google Pay) come with Checkout.
 */
export class StripeGateway implements OnlineGateway {
  readonly name: string;
  readonly #options: StripeOptions;
  readonly #client: StripeClient;

  constructor(options: StripeOptions) {
    this.name = options.id;
    this.#options = options;
    this.#client = new StripeClient(options);
  }

  async offer(request: OfferRequest): Promise<Offer> {
    const { paymentId, keepMeansOf } = request;
    const customer =
      keepMeansOf === undefined ? undefined : await this.#customerOf(paymentId, keepMeansOf);
    const params = sessionParams(request, this.#metadata(paymentId), customer);
    const session = made(
      Session,
      await this.#client.change((stripe) =>
        stripe.checkout.sessions.create(params, { idempotencyKey: `offer:${paymentId}` }),
      ),
    );
    if (session.url === undefined)
      throw new Fault("gateway-refused", "Stripe gave no page to pay on");
    return { offerRef: session.id, url: session.url };
  }

  async enquire({ offerRef, chargeRef }: EnquiredRef): Promise<OnlineAnswer> {
    if (chargeRef !== undefined) return this.#enquireCharge(chargeRef);
    const session = told(
      Session,
      await this.#client.read((stripe) =>
        stripe.checkout.sessions.retrieve(offerRef, {
          expand: ["payment_intent.latest_charge"],
        }),
      ),
    );
    const paymentId = session.client_reference_id ?? session.metadata.payment_id;
    const { payment_intent: intent } = session;
    return {
      ...(paymentId === undefined ? {} : { paymentId }),
      news: [
        newsOfSession(session),
        ...(typeof intent === "object" ? await this.#aftermath(intent) : []),
      ],
    };
  }

  async expire(offerRef: string): Promise<void> {
    try {
      await this.#client.change((stripe) => stripe.checkout.sessions.expire(offerRef));
    } catch (error) {
      // It is paid or expired already: `enquire` tells.
      if (!isRefusal(error, 400)) throw error;
    }
  }

  async refund(request: RefundRequest): Promise<RefundAnswer> {
    const { refundId, paymentId, chargeRef, amount, currency } = request;
    try {
      const answer = await this.#client.change((stripe) =>
        stripe.refunds.create(
          {
            payment_intent: chargeRef,
            amount: toStripe(amount, currency),
            metadata: { ...this.#metadata(paymentId), refund_id: refundId },
          },
          { idempotencyKey: `refund:${refundId}` },
        ),
      );
      return answerOf(made(Refund, answer));
    } catch (error) {
      // More than is left of the charge, a dispute, no balance: an answer, not a fault.
      if (!isRefusal(error, 400)) throw error;
      return { state: "failed", reason: reasonIn(error) };
    }
  }

  async enquireRefund({ refundId, chargeRef }: RefundRequest): Promise<RefundAnswer | undefined> {
    const refunds = await this.#refundsOf(chargeRef);
    const found = refunds.find(({ metadata }) => metadata.refund_id === refundId);
    return found === undefined ? undefined : answerOf(found);
  }

  async chargeSaved(charge: SavedCharge): Promise<SavedChargeAnswer> {
    const { paymentId, amount, currency, customerRef, meansRef, description } = charge;
    try {
      const answer = await this.#client.change((stripe) =>
        stripe.paymentIntents.create(
          {
            amount: toStripe(amount, currency),
            currency: currency.toLowerCase(),
            customer: customerRef,
            payment_method: meansRef,
            description,
            off_session: true,
            confirm: true,
            metadata: this.#metadata(paymentId),
            expand: ["latest_charge"],
          },
          { idempotencyKey: `saved:${paymentId}` },
        ),
      );
      return outcomeOf(made(Intent, answer));
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeCardError)) throw error;
      const reason = error.decline_code ?? error.code ?? "declined";
      const needsDriver = error.code === "authentication_required";
      return { kind: needsDriver ? "needs-driver" : "declined", reason };
    }
  }

  readCallback(
    body: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
    receivedAt: Instant,
  ): CallbackReading {
    const { callbackSecrets, facilityId } = this.#options;
    const header = headers["stripe-signature"];
    const { webhooks } = this.#client;
    return readStripeCallback(webhooks, callbackSecrets, facilityId, body, header, receivedAt);
  }

  #metadata(paymentId: string): { payment_id: string; facility_id: string } {
    return { payment_id: paymentId, facility_id: this.#options.facilityId };
  }

  async #customerOf(paymentId: string, holderId: string): Promise<string> {
    const params = { metadata: { holder_id: holderId, facility_id: this.#options.facilityId } };
    const idempotencyKey = `customer:${paymentId}`;
    const answer = await this.#client.change((stripe) =>
      stripe.customers.create(params, { idempotencyKey }),
    );
    return answer.id;
  }

  async #enquireCharge(chargeRef: string): Promise<OnlineAnswer> {
    const intent = told(
      Intent,
      await this.#client.read((stripe) =>
        stripe.paymentIntents.retrieve(chargeRef, { expand: ["latest_charge"] }),
      ),
    );
    const { payment_id: paymentId } = intent.metadata;
    return {
      ...(paymentId === undefined ? {} : { paymentId }),
      news: [newsOfIntent(intent), ...(await this.#aftermath(intent))],
    };
  }

  /** Refunds and disputes of a charge, asked for only where it says that it has any. */
  async #aftermath(intent: StripeIntent): Promise<OnlineAnswer["news"]> {
    const charge = intent.latest_charge;
    if (charge === undefined) return [];
    // A refund that failed is no longer in the sum, so all are asked for once one was ever made.
    const refunds = await this.#refundsOf(intent.id);
    const disputes = charge.disputed ? await this.#disputesOf(intent.id) : [];
    return [...refunds.map(newsOfRefund), ...disputes.map(newsOfDispute)];
  }

  async #refundsOf(chargeRef: string): Promise<z.infer<typeof Refund>[]> {
    const page = await this.#client.read((stripe) =>
      stripe.refunds.list({ payment_intent: chargeRef, limit: listLimit }),
    );
    return page.data.map((refund) => told(Refund, refund));
  }

  async #disputesOf(chargeRef: string): Promise<z.infer<typeof Dispute>[]> {
    const page = await this.#client.read((stripe) =>
      stripe.disputes.list({ payment_intent: chargeRef, limit: listLimit }),
    );
    return page.data.map((dispute) => told(Dispute, dispute));
  }
}

/** What a change brought. @throws Fault `gateway-answer-lost`: it may be done, and the answer is not readable */
function made<T>(contract: z.ZodType<T>, answer: unknown): T {
  return checked(contract, answer, "gateway-answer-lost");
}

/** What a question brought. @throws Fault `gateway-unreachable`: the answer is not readable */
function told<T>(contract: z.ZodType<T>, answer: unknown): T {
  return checked(contract, answer, "gateway-unreachable");
}

function checked<T>(contract: z.ZodType<T>, answer: unknown, code: FaultCode): T {
  const { success, data } = contract.safeParse(answer);
  if (success) return data as T;
  throw new Fault(code, "Stripe answers something its manual does not describe");
}

function answerOf(refund: z.infer<typeof Refund>): RefundAnswer {
  const { state, refundRef, reason } = newsOfRefund(refund);
  return { state, refundRef, ...(reason === undefined ? {} : { reason }) };
}

function outcomeOf(intent: StripeIntent): SavedChargeAnswer {
  const { status, id: chargeRef } = intent;
  if (status === "succeeded") {
    const { lastFour } = cardOf(intent.latest_charge);
    return { kind: "captured", chargeRef, ...(lastFour === undefined ? {} : { lastFour }) };
  }
  if (status === "processing" || status === "requires_capture")
    return { kind: "pending", chargeRef };
  if (status === "requires_action") return { kind: "needs-driver", reason: "must be confirmed" };
  return { kind: "declined", reason: reasonOf(intent) };
}

function isRefusal(error: unknown, status: number): error is Fault {
  if (!(error instanceof Fault) || error.code !== "gateway-refused") return false;
  return (
    error.cause instanceof Stripe.errors.StripeInvalidRequestError &&
    error.cause.statusCode === status
  );
}

function reasonIn({ cause }: Fault): string {
  const { code, message } = cause as InstanceType<typeof Stripe.errors.StripeError>;
  return code ?? message.slice(0, 200);
}
