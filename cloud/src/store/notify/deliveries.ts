import type { DeliveryPage, DeliveryView } from "@gatehouse/shared/contracts/notify";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, eq, ne } from "drizzle-orm";
import { testMessage } from "../../domain/notify/message.ts";
import type { Database } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { deliveries, targets } from "../notify-schema.ts";
import { audited, type Asking, type Outcome } from "../people/audited.ts";
import { Conditions, readPage } from "../reports/keyset.ts";
import { deliveryId } from "./queue.ts";

const pageSize = 50;

interface Row {
  readonly delivery_id: string;
  readonly target_id: string;
  readonly target_name: string | null;
  readonly kind: string | null;
  readonly facility_id: string;
  readonly event: string;
  readonly subject: string;
  readonly stage: string;
  readonly state: DeliveryView["state"];
  readonly attempts: number;
  readonly queued_at: Date;
  readonly next_at: Date;
  readonly tried_at: Date | null;
  readonly answer_code: number | null;
  readonly answer: string | null;
}

export interface DeliveriesAsked {
  readonly state?: string | undefined;
  readonly target?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Messages of an organisation, the newest first. @returns undefined where the cursor is none of ours */
export async function readDeliveries(
  database: Database,
  organisationId: string,
  { state, target, cursor }: DeliveriesAsked,
): Promise<DeliveryPage | undefined> {
  const where = new Conditions(organisationId)
    .fix("message.organisation_id = $1")
    .add("message.state = ?", state)
    .add("message.target_id = ?", target);
  const page = await readPage<Row>(
    database,
    {
      columns: `message.delivery_id, message.target_id, target.name as target_name, target.kind,
        message.facility_id, message.event, message.subject, message.stage, message.state,
        message.attempts, message.queued_at, message.next_at, message.tried_at,
        message.answer_code, message.answer`,
      table: `deliveries as message left join targets as target
        on target.organisation_id = message.organisation_id and target.target_id = message.target_id`,
      where,
      at: "message.queued_at",
      id: "message.delivery_id",
      order: "desc",
    },
    { cursor, limit: pageSize },
  );
  if (page === undefined) return undefined;
  return {
    deliveries: page.rows.map(viewOf),
    next_cursor: page.nextCursor,
  };
}

const viewOf = (row: Row): DeliveryView => ({
  delivery_id: row.delivery_id,
  target_id: row.target_id,
  target_name: row.target_name ?? "",
  kind: row.kind ?? "",
  facility_id: row.facility_id,
  event: row.event,
  subject: row.subject,
  stage: row.stage,
  state: row.state,
  attempts: row.attempts,
  queued_at: isoOfDate(row.queued_at),
  next_at: isoOfDate(row.next_at),
  tried_at: isoOrNull(row.tried_at),
  answer_code: row.answer_code,
  answer: row.answer,
});

/** Sends a message once more, with the same id: a receiver that has it already can tell. */
export function sendAgain(
  database: Database,
  organisationId: string,
  id: string,
  asking: Asking,
): Promise<Outcome<"no-such-delivery">> {
  return audited(database, organisationId, "delivery-sent-again", asking, async (tx) => {
    const rows = await tx
      .update(deliveries)
      .set({ state: "waiting", attempts: 0, nextAt: new Date(asking.now) })
      .where(
        and(
          eq(deliveries.organisationId, organisationId),
          eq(deliveries.deliveryId, id),
          ne(deliveries.state, "waiting"),
        ),
      )
      .returning({ targetId: deliveries.targetId, event: deliveries.event });
    const [row] = rows;
    if (row === undefined) return { refused: "no-such-delivery" };
    return { subject: { kind: "delivery", id }, after: { target: row.targetId, event: row.event } };
  });
}

/** A test message, on its way like any other. */
export function sendTest(
  database: Database,
  { organisationId, targetId }: { readonly organisationId: string; readonly targetId: string },
  locale: string,
  asking: Asking,
): Promise<Outcome<"no-such-target">> {
  return audited(database, organisationId, "target-tested", asking, async (tx) => {
    const [target] = await tx
      .select({ facilityId: targets.facilityId })
      .from(targets)
      .where(and(eq(targets.organisationId, organisationId), eq(targets.targetId, targetId)));
    if (target === undefined) return { refused: "no-such-target" };
    const now = new Date(asking.now);
    const id = deliveryId(targetId, "test", asking.requestId ?? isoOf(asking.now));
    await tx
      .insert(deliveries)
      .values({
        organisationId,
        deliveryId: id,
        targetId,
        facilityId: target.facilityId ?? "",
        event: "test",
        subject: "",
        ruleId: null,
        stage: "test",
        epoch: 0,
        seq: 0,
        body: testBody(target.facilityId, locale, asking.now),
        state: "waiting",
        queuedAt: now,
        nextAt: now,
      })
      .onConflictDoNothing();
    return { subject: { kind: "target", id: targetId }, result: { delivery_id: id } };
  });
}

const testBody = (facilityId: string | null, locale: string, now: Instant) => ({
  event: "test",
  facility_id: facilityId,
  at: isoOf(now),
  data: {},
  message: testMessage(locale),
});
