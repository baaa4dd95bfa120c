import { z } from "zod";

/* What we read of Stripe's objects, in answers and in events, whatever version of its API wrote them. */

const whole = z.number().int();
/** Absent, null and left out are the same to us. */
const maybe = <T>(schema: z.ZodType<T>) =>
  schema.nullish().transform((value) => value ?? undefined);
const ref = z.string().min(1).max(255);
/** An object, or only its id where it is not expanded. */
const refOrObject = z
  .union([ref, z.looseObject({ id: ref })])
  .nullish()
  .transform((value) => (typeof value === "string" ? value : value?.id));
const Metadata = z
  .object({
    payment_id: z.string().optional(),
    refund_id: z.string().optional(),
    facility_id: z.string().optional(),
  })
  .nullish()
  .transform((value) => value ?? {});

const Charge = z.object({
  id: ref,
  amount_refunded: whole.default(0),
  disputed: z.boolean().default(false),
  payment_method_details: maybe(
    z.object({
      card: maybe(
        z.object({
          last4: maybe(z.string()),
          wallet: maybe(z.object({ type: z.string() })),
        }),
      ),
    }),
  ),
});
export type StripeCharge = z.infer<typeof Charge>;

export const Intent = z.object({
  object: z.literal("payment_intent"),
  id: ref,
  status: z.string(),
  amount: whole,
  amount_received: whole.default(0),
  currency: z.string(),
  metadata: Metadata,
  customer: refOrObject,
  payment_method: refOrObject,
  setup_future_usage: maybe(z.string()),
  latest_charge: maybe(z.union([ref.transform(() => undefined), Charge])),
  last_payment_error: maybe(
    z.object({
      code: maybe(z.string()),
      decline_code: maybe(z.string()),
      message: maybe(z.string()),
    }),
  ),
});
export type StripeIntent = z.infer<typeof Intent>;

export const Session = z.object({
  object: z.literal("checkout.session"),
  id: ref,
  url: maybe(z.string()),
  status: maybe(z.enum(["open", "complete", "expired"])),
  payment_status: z.enum(["paid", "unpaid", "no_payment_required"]),
  amount_total: maybe(whole),
  currency: maybe(z.string()),
  client_reference_id: maybe(z.string()),
  metadata: Metadata,
  payment_intent: maybe(z.union([ref, Intent])),
});
export type StripeSession = z.infer<typeof Session>;

export const Refund = z.object({
  object: z.literal("refund"),
  id: ref,
  amount: whole,
  currency: z.string(),
  status: maybe(z.string()),
  failure_reason: maybe(z.string()),
  metadata: Metadata,
  payment_intent: refOrObject,
  charge: refOrObject,
});
export type StripeRefund = z.infer<typeof Refund>;

export const Dispute = z.object({
  object: z.literal("dispute"),
  id: ref,
  amount: whole,
  currency: z.string(),
  status: z.string(),
  payment_intent: refOrObject,
  charge: refOrObject,
});
export type StripeDispute = z.infer<typeof Dispute>;

/** A charge in an event: only whose it is. */
export const ChargeOfEvent = z.object({
  object: z.literal("charge"),
  id: ref,
  metadata: Metadata,
  payment_intent: refOrObject,
});

export const Event = z.object({
  object: z.literal("event"),
  id: ref,
  /** Unix seconds. */
  created: whole,
  type: z.string().max(100),
  data: z.object({ object: z.looseObject({ object: z.string() }) }),
});

/** What Stripe wrote back to us of ours. */
export type StripeMetadata = z.infer<typeof Metadata>;
