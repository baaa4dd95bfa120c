import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import type { WebhookEvent } from "@gatehouse/shared/contracts/notify";

/** What a webhook is told of a line. */
export interface ToldEvent {
  readonly event: WebhookEvent;
  /** What it is about: the id of a session, a payment, an alert. */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The types of lines of which webhooks are told, each with the member of its body that it is about. */
const told = {
  "session-opened": ["session.opened", "session_id"],
  "session-closed": ["session.closed", "session_id"],
  "payment-captured": ["payment.captured", "payment_id"],
  "payment-declined": ["payment.declined", "payment_id"],
  "payment-reversed": ["payment.reversed", "payment_id"],
  "payment-disputed": ["payment.disputed", "payment_id"],
  "refund-changed": ["payment.refunded", "payment_id"],
  "alert-raised": ["alert.raised", "alert_id"],
  "alert-acknowledged": ["alert.acknowledged", "alert_id"],
  "alert-resolved": ["alert.resolved", "alert_id"],
  "violation-changed": ["violation.changed", "violation_id"],
  "debt-changed": ["debt.changed", "note_id"],
  "device-state-changed": ["device.changed", "device_id"],
  "ticket-changed": ["work-order.changed", "ticket_id"],
  "directive-applied": ["tariff.applied", "number"],
  "shift-closed": ["shift.closed", "shift_id"],
} as const satisfies Partial<Record<LedgerFact["type"], readonly [WebhookEvent, string]>>;

/** The lines that are looked for. */
export const toldTypes: readonly string[] = Object.keys(told);

const isTold = (type: string): type is keyof typeof told => Object.hasOwn(told, type);

/** What a line is told as; undefined for one that nobody outside need know. */
export function eventOf(fact: LedgerFact): ToldEvent | undefined {
  if (!isTold(fact.type)) return undefined;
  // Only a tariff that is in force and a refund that went are news.
  if (fact.type === "directive-applied")
    if (fact.body.kind !== "tariff" || fact.body.result !== "applied") return undefined;
  if (fact.type === "refund-changed" && fact.body.status !== "done") return undefined;
  const [event, key] = told[fact.type];
  const data: Readonly<Record<string, unknown>> = fact.body;
  return { event, subject: String(data[key]), data };
}

const personal: ReadonlySet<string> = new Set(["plate", "raw_plate", "from_plate", "read_plate"]);

/** The same without number plates, however deep they stand. */
export function withoutPlates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlates);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !personal.has(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutPlates(each)]));
}
