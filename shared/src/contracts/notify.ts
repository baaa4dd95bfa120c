import { z } from "zod";
import { tiers } from "./alerts/tiers.ts";
import { identifier } from "./topics.ts";

/*
 * Whom an organisation tells of what: targets (a webhook, mail addresses, a gateway of short messages), rules that send
 * alerts to them, and the messages themselves.
 */

const instant = z.iso.datetime();
const id = z.string().min(1).max(64);
/** The same request twice is one change. */
const request = { request_id: z.string().min(8).max(64) };
const name = z.string().trim().min(1, "give it a name").max(80);

/** What a webhook may be told as it happens: from the lines of the ledgers, and head office's own alerts. */
export const webhookEvents = [
  "session.opened",
  "session.closed",
  "payment.captured",
  "payment.declined",
  "payment.reversed",
  "payment.refunded",
  "payment.disputed",
  "alert.raised",
  "alert.acknowledged",
  "alert.resolved",
  "violation.changed",
  "debt.changed",
  "device.changed",
  "work-order.changed",
  "tariff.applied",
  "shift.closed",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export const targetKinds = ["webhook", "email", "sms"] as const;
export type TargetKind = (typeof targetKinds)[number];

const address = z
  .url({ protocol: /^https?$/, error: "write an address such as https://example.com/hook" })
  .max(500);
const phone = z
  .string()
  .trim()
  .regex(/^\+[1-9][0-9]{6,14}$/, "write the number with its country: +491701234567");

const WebhookSettings = z.strictObject({ url: address });
const EmailSettings = z.strictObject({
  to: z.array(z.email("write an e-mail address").max(200)).min(1).max(20),
});
/** Any gateway that takes a POST: `{to}` and `{text}` in the template become the number and the message. */
const SmsSettings = z.strictObject({
  url: address,
  to: z.array(phone).min(1).max(20),
  content_type: z.enum(["application/json", "application/x-www-form-urlencoded"]),
  template: z
    .string()
    .min(1)
    .max(2000)
    .refine((text) => text.includes("{to}") && text.includes("{text}"), {
      error: "the template must hold {to} and {text}",
    }),
});

const told = {
  name,
  /** Of one facility alone. */
  facility_id: identifier.nullable().default(null),
  is_active: z.boolean().default(true),
};
/** A secret of theirs: an API key of a gateway of short messages, sent as the Authorization header. */
const authorization = z.string().min(1).max(1000).optional();

/** `POST /api/notify/{organisation}/targets` and `…/targets/{target_id}`: the whole of it each time. */
export const TargetOrder = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      ...request,
      ...told,
      kind: z.literal("webhook"),
      settings: WebhookSettings,
      /** What it is told without a rule. */
      events: z.array(z.enum(webhookEvents)).max(webhookEvents.length).default([]),
      /** Number plates leave head office only where this says so. */
      with_plates: z.boolean().default(false),
    }),
    z.strictObject({ ...request, ...told, kind: z.literal("email"), settings: EmailSettings }),
    z.strictObject({
      ...request,
      ...told,
      kind: z.literal("sms"),
      settings: SmsSettings,
      authorization,
    }),
  ],
  { error: "write kind: webhook, email or sms" },
);
export type TargetOrder = z.infer<typeof TargetOrder>;

/** Its answer. `secret` is shown once: what a webhook checks signatures with. */
export const TargetMade = z.object({ target_id: id, secret: z.string().nullable() });
export type TargetMade = z.infer<typeof TargetMade>;

/** `POST …/targets/{target_id}/rotate`: a new secret; the old one signs too for a day. */
export const Asked = z.strictObject(request);
export type Asked = z.infer<typeof Asked>;

export const TargetView = z.object({
  target_id: id,
  organisation_id: id,
  kind: z.enum(targetKinds),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  events: z.array(z.string()),
  facility_id: z.string().nullable(),
  with_plates: z.boolean(),
  is_active: z.boolean(),
  /** Why head office stopped sending there by itself. */
  stopped_why: z.string().nullable(),
  failing_since: instant.nullable(),
  /** Until when the secret before the present one signs too. */
  previous_until: instant.nullable(),
  waiting: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  last_delivered_at: instant.nullable(),
});
export type TargetView = z.infer<typeof TargetView>;

const clockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, "write HH:MM");
const targetIds = z.array(id).max(20);

const rule = {
  name,
  /** Of one facility alone; null: of all of the organisation and below. */
  facility_id: identifier.nullable().default(null),
  tiers: z.array(z.enum(tiers)).max(tiers.length),
  /** Types of alerts besides those of the tiers. */
  types: z.array(z.string().min(1).max(60)).max(100),
  target_ids: targetIds.min(1, "choose who is told"),
  /** Messages wait until its end, in the facility's own time. */
  quiet: z.strictObject({ from: clockTime, until: clockTime }).nullable().default(null),
  critical_breaks_quiet: z.boolean().default(true),
  /** Who is told next when nobody has looked after the alert by then. */
  escalate: z
    .strictObject({ after_min: z.number().int().min(1).max(1440), target_ids: targetIds.min(1) })
    .nullable()
    .default(null),
  is_active: z.boolean().default(true),
};

/** `POST /api/notify/{organisation}/rules` and `…/rules/{rule_id}`: the whole of it each time. */
export const RuleOrder = z
  .strictObject({ ...request, ...rule })
  .refine(({ tiers: chosen, types }) => chosen.length + types.length > 0, {
    error: "choose tiers or types of alerts",
    path: ["tiers"],
  });
export type RuleOrder = z.infer<typeof RuleOrder>;
export const RuleMade = z.object({ rule_id: id });
export type RuleMade = z.infer<typeof RuleMade>;

export const RuleView = z.object({ ...rule, rule_id: id, organisation_id: id });
export type RuleView = z.infer<typeof RuleView>;

/** `GET /api/notify/{organisation}`: what the organisation has set, without its secrets. */
export const NotifyView = z.object({
  organisation_id: id,
  targets: z.array(TargetView),
  rules: z.array(RuleView),
  /** Whether mail can be sent at all: whoever runs head office names its server. */
  can_mail: z.boolean(),
});
export type NotifyView = z.infer<typeof NotifyView>;

export const deliveryStates = ["waiting", "delivered", "failed", "dropped"] as const;
export const DeliveryView = z.object({
  delivery_id: z.string(),
  target_id: z.string(),
  target_name: z.string(),
  kind: z.string(),
  facility_id: z.string(),
  event: z.string(),
  subject: z.string(),
  stage: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int().nonnegative(),
  queued_at: instant,
  next_at: instant,
  tried_at: instant.nullable(),
  answer_code: z.number().int().nullable(),
  answer: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** `GET /api/notify/{organisation}/deliveries?state=&target=&cursor=`: the newest first. */
export const DeliveryPage = z.object({
  deliveries: z.array(DeliveryView),
  next_cursor: z.string().nullable(),
});
export type DeliveryPage = z.infer<typeof DeliveryPage>;
