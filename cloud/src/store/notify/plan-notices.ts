import { type Instant, isoOf } from "@gatehouse/shared/time";
import { alertMessage } from "../../domain/notify/message.ts";
import { escalateAt, isTold, tellAt } from "../../domain/notify/rules.ts";
import type { ToldEvent } from "../../domain/notify/webhook-event.ts";
import type { Database } from "../database.ts";
import { type Audience, type AudienceRule, reachesFacility } from "./audience.ts";
import { eventDelivery } from "./plan-events.ts";
import { deliveryId, type NewDelivery, queueDeliveries } from "./queue.ts";

/** What is older than this is history: nobody is called for it. */
const recentDays = 7;
/** Open alerts that one round looks at; the newest first. */
const alertsMax = 5_000;

interface AlertRow {
  readonly facility_id: string;
  readonly organisation_id: string;
  readonly name: string;
  readonly locale: string;
  readonly timezone: string;
  readonly alert_id: string;
  readonly source: string;
  readonly alert_type: string;
  readonly subject: string;
  readonly severity: string;
  readonly details: unknown;
  readonly raised_at: Date;
  readonly resolved_at: Date | null;
  readonly is_acknowledged: boolean;
}

/**
 * Plans who is told of the alerts that are open: by the rules at once or after quiet hours, by their second part when
 * nobody has looked after one; and webhooks of head office's own alerts, which no ledger tells.
 *
 * @returns how many messages are new
 */
export async function planNotices(
  database: Database,
  audience: Audience,
  now: Instant,
): Promise<number> {
  const hears = audience.targets.some(({ events }) =>
    events.some((each) => each.startsWith("alert.")),
  );
  if (audience.rules.length === 0 && !hears) return 0;
  const { rows } = await database.pool.query<AlertRow>({
    name: "outbox-alerts",
    text: `select alert.facility_id, facility.organisation_id, facility.name, facility.locale,
         facility.timezone, alert.alert_id, alert.source, alert.alert_type,
         coalesce(alert.subject, '') as subject, coalesce(alert.severity, 'info') as severity,
         alert.details, alert.raised_at, alert.resolved_at,
         coalesce(alert.office_ack_at, alert.acknowledged_at) is not null as is_acknowledged
       from alerts as alert join facilities as facility using (facility_id)
       where alert.raised_at > $1 and alert.alert_type is not null
         and (alert.resolved_at is null or (alert.source = 'head-office' and alert.resolved_at > $2))
       order by alert.raised_at desc limit ${alertsMax}`,
    values: [daysBefore(now, recentDays), daysBefore(now, 1)],
  });
  const told = await readFirstTold(database, audience.rules, now);
  const planned = rows.flatMap((alert) => {
    const above = audience.above(alert.organisation_id);
    const rules = audience.rules.filter((rule) => reachesFacility(rule, alert.facility_id, above));
    return [
      ...rules.flatMap((rule) => noticesOf(audience, rule, alert, told, now)),
      ...ownEvents(audience, alert, above, now),
    ];
  });
  return queueDeliveries(database, planned);
}

const daysBefore = (now: Instant, days: number): Date => new Date(now - days * 86_400_000);

/** When the first ones were told of an alert, whichever rule it was. */
async function readFirstTold(
  { pool }: Database,
  rules: readonly AudienceRule[],
  now: Instant,
): Promise<ReadonlyMap<string, Date>> {
  if (rules.every(({ escalateAfterMin }) => escalateAfterMin === null)) return new Map();
  const { rows } = await pool.query<{ key: string; told_at: Date }>({
    name: "outbox-told",
    text: `select facility_id || ' ' || subject || ' ' || (body->>'raised_at') as key,
         min(queued_at) as told_at
       from deliveries where stage = 'first' and queued_at > $1 group by 1`,
    values: [daysBefore(now, recentDays)],
  });
  return new Map(rows.map(({ key, told_at }) => [key, told_at]));
}

function noticesOf(
  audience: Audience,
  rule: AudienceRule,
  alert: AlertRow,
  told: ReadonlyMap<string, Date>,
  now: Instant,
): NewDelivery[] {
  const facts = { type: alert.alert_type, severity: alert.severity };
  if (alert.resolved_at !== null || alert.raised_at < rule.since || !isTold(rule, facts)) return [];
  const at = tellAt(rule, facts, now, alert.timezone);
  const first = rule.targetIds.flatMap((id) => notice(audience, rule, alert, id, "first", now, at));
  const firstAt = told.get(keyOf(alert));
  const { escalateAfterMin } = rule;
  if (firstAt === undefined || escalateAfterMin === null || alert.is_acknowledged) return first;
  if (now < escalateAt(firstAt.getTime() as Instant, escalateAfterMin)) return first;
  // Whoever is called second is called also in quiet hours that the first message did not wait for.
  return [
    ...first,
    ...rule.escalateTo.flatMap((id) => notice(audience, rule, alert, id, "escalation", now, at)),
  ];
}

const keyOf = (alert: AlertRow): string =>
  `${alert.facility_id} ${alert.alert_id} ${alert.raised_at.toISOString()}`;

function notice(
  { targets }: Audience,
  { organisationId, ruleId }: AudienceRule,
  alert: AlertRow,
  targetId: string,
  stage: "first" | "escalation",
  now: Instant,
  at: Instant,
): NewDelivery[] {
  const target = targets.find(
    (each) => each.organisation_id === organisationId && each.target_id === targetId,
  );
  if (target === undefined) return [];
  if (target.facility_id !== null && target.facility_id !== alert.facility_id) return [];
  const raisedAt = alert.raised_at.toISOString();
  const facts = { type: alert.alert_type, severity: alert.severity, subject: alert.subject };
  const { locale, timezone } = alert;
  const where = { facility: alert.name || alert.facility_id, locale, timezone };
  return [
    {
      organisation_id: organisationId,
      // One target that several rules name is told once.
      delivery_id: deliveryId(targetId, alert.facility_id, alert.alert_id, raisedAt, stage),
      target_id: targetId,
      facility_id: alert.facility_id,
      event: "alert.notice",
      subject: alert.alert_id,
      rule_id: ruleId,
      stage,
      epoch: 0,
      seq: 0,
      body: {
        event: "alert.notice",
        facility_id: alert.facility_id,
        at: isoOf(now),
        raised_at: raisedAt,
        data: alertData(alert),
        message: alertMessage({ ...where, ...facts, raisedAt: alert.raised_at, stage }),
      },
      queued_at: isoOf(now),
      next_at: isoOf(at),
    },
  ];
}

const alertData = (alert: AlertRow): Readonly<Record<string, unknown>> => ({
  alert_id: alert.alert_id,
  alert_type: alert.alert_type,
  subject: alert.subject,
  severity: alert.severity,
  source: alert.source,
  details: alert.details,
});

/** What head office has found itself, for webhooks that hear of alerts. */
function ownEvents(
  { targets }: Audience,
  alert: AlertRow,
  above: ReadonlySet<string>,
  now: Instant,
): NewDelivery[] {
  if (alert.source !== "head-office") return [];
  const news = [
    { event: "alert.raised" as const, at: alert.raised_at },
    { event: "alert.resolved" as const, at: alert.resolved_at },
  ];
  return news.flatMap(({ event, at }) => {
    if (at === null) return [];
    const told: ToldEvent = { event, subject: alert.alert_id, data: alertData(alert) };
    return targets
      .filter(({ events, organisation_id, facility_id, created_at }) => {
        const own = { organisationId: organisation_id, facilityId: facility_id };
        const isNew = events.includes(event) && at >= created_at;
        return isNew && reachesFacility(own, alert.facility_id, above);
      })
      .map((target) => ({
        ...eventDelivery(target, alert.facility_id, told, at.toISOString(), now),
        delivery_id: deliveryId(
          target.target_id,
          alert.facility_id,
          alert.alert_id,
          alert.raised_at.toISOString(),
          event,
        ),
        epoch: 0,
        seq: 0,
      }));
  });
}
