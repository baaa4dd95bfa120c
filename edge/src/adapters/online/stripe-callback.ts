import { jsonIn, refusal } from "./callback-parts.ts";
import type { OnlineCallback } from "@gatehouse/shared/online-news";
import type { CallbackReading } from "@gatehouse/shared/ports/online-gateway";
import type { Instant } from "@gatehouse/shared/time";
import Stripe from "stripe";
import { z } from "zod";
import {
  newsOfDispute,
  newsOfIntent,
  newsOfRefund,
  newsOfSession,
  paidIntent,
  reasonOf,
} from "./stripe-news.ts";
import {
  ChargeOfEvent,
  Dispute,
  Event,
  Intent,
  Refund,
  Session,
  type StripeMetadata,
} from "./stripe-objects.ts";

/** An older signature is a replay; Stripe signs every new attempt to deliver anew. */
const oldestS = 300;

/** The library throws something else at an element without a value. */
const headerShape = /^[a-z0-9]{1,8}=[^,]+(,[a-z0-9]{1,8}=[^,]+)*$/;

type Told = Pick<OnlineCallback, "news" | "paymentId" | "offerRef" | "chargeRef">;

/**
 * Believes an event that one of `secrets` signed and that is at most 300 s old, and says what it means.
 *
 * @param facilityId an account may serve several facilities; what belongs to another one is `none`
 */
export function readStripeCallback(
  webhooks: Stripe.Webhooks,
  secrets: readonly string[],
  facilityId: string,
  body: Uint8Array,
  header: string | undefined,
  receivedAt: Instant,
): CallbackReading {
  if (header === undefined) return refusal("unsigned", "no stripe-signature");
  if (!headerShape.test(header)) return refusal("bad-signature", "not a signature header");
  const verified = (tolerance: number): boolean =>
    secrets.some((secret) => isSigned(webhooks, { body, header, secret, tolerance, receivedAt }));
  // 0 switches the age off: only to name what is wrong with a callback that is refused anyway.
  if (!verified(oldestS)) {
    return verified(0)
      ? refusal("too-old", `signed more than ${oldestS} s before it arrived`)
      : refusal("bad-signature", "no secret of ours signed it");
  }
  const event = Event.safeParse(jsonIn(body));
  if (!event.success) return refusal("unreadable", z.prettifyError(event.error));
  const { id, created, type, data } = event.data;
  const told = meaningOf(type, data.object, facilityId);
  if (told === undefined) return refusal("unreadable", `${type} without what its manual says`);
  const callback = { eventId: id, toldAt: created * 1000, type, ...told };
  return { kind: "callback", callback };
}

interface Signed {
  readonly body: Uint8Array;
  readonly header: string;
  readonly secret: string;
  readonly tolerance: number;
  readonly receivedAt: Instant;
}

function isSigned(
  webhooks: Stripe.Webhooks,
  { body, header, secret, tolerance, receivedAt }: Signed,
): boolean {
  try {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    webhooks.constructEvent(bytes, header, secret, tolerance, undefined, receivedAt);
    return true;
  } catch (error) {
    // A good signature over something that is no JSON is read, and refused, later.
    if (error instanceof SyntaxError) return true;
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    if (error instanceof Error && error.message.includes("thin event")) return true;
    throw error;
  }
}

/** @returns undefined when the object is not what its type promises */
function meaningOf(type: string, object: unknown, facilityId: string): Told | undefined {
  const readers: readonly [prefix: string, read: (type: string, object: unknown) => Meaning][] = [
    ["checkout.session.", ofSession],
    ["payment_intent.", ofIntent],
    ["charge.dispute.", ofDispute],
    ["charge.refund.", ofRefund],
    ["charge.refunded", ofCharge],
    ["refund.", ofRefund],
  ];
  const read = readers.find(([prefix]) => type.startsWith(prefix))?.[1];
  if (read === undefined) return { news: { kind: "none" } };
  const meaning = read(type, object);
  if (meaning === undefined) return undefined;
  const { metadata, ...told } = meaning;
  const isElsewhere = metadata.facility_id !== undefined && metadata.facility_id !== facilityId;
  return isElsewhere ? { news: { kind: "none" } } : { ...told, ...paymentIdOf(metadata) };
}

type Meaning = (Told & { readonly metadata: StripeMetadata }) | undefined;

function ofSession(type: string, object: unknown): Meaning {
  const session = Session.safeParse(object).data;
  if (session === undefined) return undefined;
  const metadata = {
    ...session.metadata,
    payment_id: session.client_reference_id ?? session.metadata.payment_id,
  };
  const news = newsOfSession(session);
  const isFailed = type.endsWith("async_payment_failed") && news.kind !== "paid";
  return {
    metadata,
    offerRef: session.id,
    news: isFailed ? { kind: "failed", reason: "the bank refused it" } : news,
  };
}

function ofIntent(type: string, object: unknown): Meaning {
  const intent = Intent.safeParse(object).data;
  if (intent === undefined) return undefined;
  const { metadata } = intent;
  const told = { metadata, chargeRef: intent.id };
  if (type === "payment_intent.succeeded") return { ...told, news: paidIntent(intent) };
  if (type === "payment_intent.payment_failed") {
    return { ...told, news: { kind: "attempt-failed", reason: reasonOf(intent) } };
  }
  return { ...told, news: newsOfIntent(intent) };
}

function ofRefund(_type: string, object: unknown): Meaning {
  const refund = Refund.safeParse(object).data;
  if (refund === undefined) return undefined;
  const news = newsOfRefund(refund);
  return { metadata: refund.metadata, chargeRef: news.chargeRef, news };
}

/** Also for a part, and without saying which refunds: they are asked for. */
function ofCharge(_type: string, object: unknown): Meaning {
  const charge = ChargeOfEvent.safeParse(object).data;
  if (charge === undefined) return undefined;
  const chargeRef = charge.payment_intent ?? charge.id;
  return { metadata: charge.metadata, chargeRef, news: { kind: "look" } };
}

function ofDispute(_type: string, object: unknown): Meaning {
  const dispute = Dispute.safeParse(object).data;
  if (dispute === undefined) return undefined;
  const news = newsOfDispute(dispute);
  return { metadata: {}, chargeRef: news.chargeRef, news };
}

const paymentIdOf = ({ payment_id: paymentId }: StripeMetadata): { paymentId?: string } =>
  paymentId === undefined ? {} : { paymentId };
