import { and, desc, eq, inArray, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { maintenanceLogs } from "./device-schema.ts";
import { prepared, writerOf } from "./rows.ts";

export type TicketRow = InferSelectModel<typeof maintenanceLogs>;

const rows = writerOf(maintenanceLogs);
const isLive = inArray(maintenanceLogs.status, ["open", "assigned", "scheduled"]);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(maintenanceLogs)
    .where(eq(maintenanceLogs.logId, sql.placeholder("id")))
    .prepare(),
  latest: db
    .select()
    .from(maintenanceLogs)
    .orderBy(desc(maintenanceLogs.openedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  live: db
    .select()
    .from(maintenanceLogs)
    .where(isLive)
    .orderBy(desc(maintenanceLogs.openedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  of: db
    .select()
    .from(maintenanceLogs)
    .where(eq(maintenanceLogs.equipmentId, sql.placeholder("equipmentId")))
    .orderBy(desc(maintenanceLogs.openedAt))
    .limit(sql.placeholder("limit"))
    .prepare(),
  liveOf: db
    .select({ id: maintenanceLogs.logId })
    .from(maintenanceLogs)
    .where(
      and(
        isLive,
        eq(maintenanceLogs.equipmentId, sql.placeholder("equipmentId")),
        eq(maintenanceLogs.maintenanceType, sql.placeholder("type")),
      ),
    )
    .prepare(),
  ofAlert: db
    .select({ id: maintenanceLogs.logId })
    .from(maintenanceLogs)
    .where(eq(maintenanceLogs.alertId, sql.placeholder("alertId")))
    .prepare(),
}));

/** @returns false when a ticket of this id, or of this alert, is there already */
export const insertTicket = (tx: Tx, row: TicketRow): boolean => rows.insertNew(tx, row);
export const saveTicket = (tx: Tx, row: TicketRow): void => rows.save(tx, row);
export const findTicket = (reader: Reader, id: string): TicketRow | undefined =>
  statements(reader).find.get({ id });
/** Newest first. @param all also those that are over */
export const listTickets = (reader: Reader, all: boolean, limit: number): TicketRow[] =>
  (all ? statements(reader).latest : statements(reader).live).all({ limit });
/** Of one device, newest first, those that are over among them. */
export const ticketsOf = (reader: Reader, equipmentId: string, limit: number): TicketRow[] =>
  statements(reader).of.all({ equipmentId, limit });
/** Whether work of a kind on a device is already on its way. */
export const isTicketLive = (reader: Reader, equipmentId: string, type: string): boolean =>
  statements(reader).liveOf.get({ equipmentId, type }) !== undefined;
/** Whether an alert has opened a ticket already. */
export const isAlertTicketed = (reader: Reader, alertId: string): boolean =>
  statements(reader).ofAlert.get({ alertId }) !== undefined;
