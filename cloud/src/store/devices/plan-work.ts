import type { WorkOrder } from "@gatehouse/shared/contracts/directive";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { localClock } from "@gatehouse/shared/local-clock";
import { and, eq } from "drizzle-orm";
import { dayOf } from "../../domain/day.ts";
import type { Database } from "../database.ts";
import { issueDirectives } from "../directives.ts";
import { maintenancePlans } from "../upkeep-schema.ts";

const dayMs = 86_400_000;
/** Work of a plan is ordered so long before its day, for nine in the morning. */
const aheadDays = 7;
const hour = 9;

interface Due {
  readonly facility_id: string;
  readonly plan_id: string;
  readonly timezone: string;
  readonly equipment_id: string;
  readonly maintenance_type: string;
  readonly description: string;
  readonly technician_id: string | null;
  readonly every_days: number;
  readonly next_on: string;
}

/**
 * Gives facilities the work orders of their plans a week before their day. An order and the plan's next day are written
 * together, and an order's ticket bears the plan and its day: however often it is sent, it is one ticket.
 *
 * @returns how many were given
 */
export async function issueDueWork(database: Database, now: Instant): Promise<number> {
  const until = new Date(now + (aheadDays + 1) * dayMs).toISOString().slice(0, 10);
  const { rows } = await database.pool.query<Due>({
    name: "plans-due",
    text: `select plan.facility_id, plan_id, timezone, equipment_id, maintenance_type, description,
         technician_id, every_days, to_char(next_on, 'YYYY-MM-DD') as next_on
       from maintenance_plans as plan join facilities using (facility_id)
       where plan.is_active and facilities.is_active and next_on <= $1`,
    values: [until],
  });
  let issued = 0;
  for (const due of rows) {
    const horizon = Date.parse(dayOf(now, due.timezone)) + aheadDays * dayMs;
    if (Date.parse(due.next_on) > horizon) continue;
    if (await issue(database, due, now)) issued += 1;
  }
  return issued;
}

function issue({ drizzle }: Database, due: Due, now: Instant): Promise<boolean> {
  return drizzle.transaction(async (tx) => {
    // Whoever is second finds the plan moved on.
    const moved = await tx
      .update(maintenancePlans)
      .set({ nextOn: nextAfter(due, now) })
      .where(
        and(
          eq(maintenancePlans.facilityId, due.facility_id),
          eq(maintenancePlans.planId, due.plan_id),
          eq(maintenancePlans.nextOn, due.next_on),
        ),
      )
      .returning({ planId: maintenancePlans.planId });
    if (moved.length === 0) return false;
    const { facility_id: facilityId, plan_id, next_on, equipment_id, technician_id } = due;
    const body: WorkOrder = {
      ticket_id: `plan-${plan_id}-${next_on}`,
      equipment_id,
      maintenance_type: due.maintenance_type,
      description: due.description,
      scheduled_at: isoOf(morningOf(next_on, due.timezone)),
      asked_by: "head-office",
      ...(technician_id === null ? {} : { technician_id }),
    };
    await issueDirectives({ drizzle: tx }, facilityId, [{ kind: "work-order", body }], now);
    return true;
  });
}

/** The plan's next day in its own rhythm; days that were missed while head office stood still are one order. */
function nextAfter({ next_on, every_days, timezone }: Due, now: Instant): string {
  const step = every_days * dayMs;
  const today = Date.parse(dayOf(now, timezone));
  const begin = Date.parse(next_on);
  const steps = Math.max(1, Math.ceil((today - begin) / step));
  return new Date(begin + steps * step).toISOString().slice(0, 10);
}

/** Nine in the morning of a day at the facility. */
function morningOf(day: string, timezone: string): Instant {
  const local = Date.parse(day) + hour * 3_600_000;
  const clock = localClock(timezone);
  const near = (local - clock.at(local as Instant).offset) as Instant;
  return (local - clock.at(near).offset) as Instant;
}
