import type {
  MaintenanceView,
  PlanView,
  WorkAsked,
  WorkView,
} from "@gatehouse/shared/contracts/devices-at-office";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../database.ts";
import { isoOfDate, isoOrNull } from "../moments.ts";
import { planTermsOf } from "./plans.ts";
import { devices, maintenancePlans } from "../upkeep-schema.ts";

const openShown = 200;
const overShown = 50;
const equipmentShown = 1_000;

interface Row {
  readonly ticket_id: string;
  readonly equipment_id: string;
  readonly maintenance_type: string;
  readonly description: string;
  readonly status: WorkView["status"];
  readonly technician_id: string | null;
  readonly scheduled_at: Date | null;
  readonly opened_at: Date;
  readonly changed_at: Date;
  readonly done: string | null;
}

const columns = `ticket_id, equipment_id, maintenance_type, description, status, technician_id,
  scheduled_at, opened_at, changed_at, done`;
const isOver = "status in ('completed', 'cancelled')";

/** Work at a facility: what is to be done, what was, what was asked for, and what comes again. */
export async function readMaintenance(
  database: Database,
  facilityId: string,
  now: Instant,
): Promise<MaintenanceView> {
  const { pool, drizzle } = database;
  const [open, over, asked, plans, equipment] = await Promise.all([
    pool.query<Row>(
      `select ${columns} from work_orders where facility_id = $1 and not ${isOver}
       order by scheduled_at nulls last, opened_at limit ${openShown}`,
      [facilityId],
    ),
    pool.query<Row>(
      `select ${columns} from work_orders where facility_id = $1 and ${isOver}
       order by changed_at desc limit ${overShown}`,
      [facilityId],
    ),
    readAsked(database, facilityId),
    drizzle
      .select()
      .from(maintenancePlans)
      .where(eq(maintenancePlans.facilityId, facilityId))
      .orderBy(asc(maintenancePlans.nextOn), asc(maintenancePlans.planId)),
    drizzle
      .select({ device_id: devices.deviceId, kind: devices.kind })
      .from(devices)
      .where(and(eq(devices.facilityId, facilityId), eq(devices.configured, true)))
      .orderBy(asc(devices.kind), asc(devices.deviceId))
      .limit(equipmentShown),
  ]);
  return {
    as_of: isoOf(now),
    open: open.rows.map((row) => workOf(row, now)),
    over: over.rows.map((row) => workOf(row, now)),
    asked,
    plans: plans.map(planOf),
    equipment,
  };
}

/** Work on one device, the newest first. */
export async function readWorkOn(
  { pool }: Database,
  facilityId: string,
  deviceId: string,
  now: Instant,
): Promise<WorkView[]> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from work_orders where facility_id = $1 and equipment_id = $2
     order by opened_at desc limit ${overShown}`,
    [facilityId, deviceId],
  );
  return rows.map((row) => workOf(row, now));
}

/** Orders that are no ticket at the facility yet, or never will be. */
async function readAsked({ pool }: Database, facilityId: string): Promise<WorkAsked[]> {
  const { rows } = await pool.query<Omit<WorkAsked, "issued_at"> & { readonly issued_at: Date }>(
    `select number, body->>'ticket_id' as ticket_id, body->>'equipment_id' as equipment_id,
       body->>'maintenance_type' as maintenance_type, body->>'scheduled_at' as scheduled_at,
       issued_at, result, detail
     from directives where facility_id = $1 and kind = 'work-order'
       and (result is null or result <> 'applied') order by number desc limit ${overShown}`,
    [facilityId],
  );
  return rows.map((row) => ({ ...row, issued_at: isoOfDate(row.issued_at) }));
}

const workOf = (row: Row, now: Instant): WorkView => ({
  ...row,
  scheduled_at: isoOrNull(row.scheduled_at),
  opened_at: isoOfDate(row.opened_at),
  changed_at: isoOfDate(row.changed_at),
  is_overdue:
    row.scheduled_at !== null &&
    row.scheduled_at.getTime() < now &&
    row.status !== "completed" &&
    row.status !== "cancelled",
});

const planOf = (row: typeof maintenancePlans.$inferSelect): PlanView => ({
  plan_id: row.planId,
  ...planTermsOf(row),
});
