import { jsonIn, refusal } from "./callback-parts.ts";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { OnlineCallback } from "@gatehouse/shared/online-news";
import type { CallbackReading } from "@gatehouse/shared/ports/online-gateway";
import { z } from "zod";
import {
  Chargeback,
  Event,
  newsOfChargeback,
  newsOfPayment,
  newsOfRefund,
  Payment,
  Refund,
} from "./mollie-objects.ts";

type Told = Pick<OnlineCallback, "news" | "paymentId" | "offerRef" | "chargeRef">;

/**
 * Believes an event that one of `secrets` signed: `X-Mollie-Signature` is the HMAC-SHA256 of the body in hex, with or
 * without `sha256=` before it. No time is signed, so a replay is known by its event id alone.
 *
 * @param facilityId an account may serve several facilities; what belongs to another one is `none`
 */
export function readMollieCallback(
  secrets: readonly string[],
  facilityId: string,
  body: Uint8Array,
  header: string | undefined,
): CallbackReading {
  if (header === undefined) return refusal("unsigned", "no x-mollie-signature");
  if (!secrets.some((secret) => isSigned(body, header, secret))) {
    return refusal("bad-signature", "no secret of ours signed it");
  }
  const event = Event.safeParse(jsonIn(body));
  if (!event.success) return refusal("unreadable", z.prettifyError(event.error));
  const { id, type, createdAt, entityId, _embedded } = event.data;
  const told = meaningOf(type, entityId, _embedded?.entity, facilityId);
  if (told === undefined) return refusal("unreadable", `${type} without what its manual says`);
  const callback = { eventId: id, toldAt: Date.parse(createdAt), type, ...told };
  return { kind: "callback", callback };
}

function isSigned(body: Uint8Array, header: string, secret: string): boolean {
  const given = Buffer.from(header.trim().replace(/^sha256=/, ""), "hex");
  const right = createHmac("sha256", secret).update(body).digest();
  return given.length === right.length && timingSafeEqual(given, right);
}

/** @returns undefined when the entity is not what the type promises */
function meaningOf(
  type: string,
  entityId: string,
  entity: unknown,
  facilityId: string,
): Told | undefined {
  if (type.startsWith("payment.")) return ofPayment(entityId, entity, facilityId);
  if (type.startsWith("refund.")) {
    const refund = Refund.safeParse(entity).data;
    if (refund === undefined) return undefined;
    return { chargeRef: refund.paymentId, news: newsOfRefund(refund) };
  }
  if (type.startsWith("chargeback.")) {
    const chargeback = Chargeback.safeParse(entity).data;
    if (chargeback === undefined) return undefined;
    return { chargeRef: chargeback.paymentId, news: newsOfChargeback(chargeback) };
  }
  return { news: { kind: "none" } };
}

function ofPayment(entityId: string, entity: unknown, facilityId: string): Told | undefined {
  if (entity === undefined) return { chargeRef: entityId, news: { kind: "look" } };
  const payment = Payment.safeParse(entity).data;
  if (payment === undefined) return undefined;
  const { payment_id: paymentId, facility_id: facility } = payment.metadata;
  if (facility !== undefined && facility !== facilityId) return { news: { kind: "none" } };
  return {
    offerRef: payment.id,
    chargeRef: payment.id,
    ...(paymentId === undefined ? {} : { paymentId }),
    news: newsOfPayment(payment),
  };
}
