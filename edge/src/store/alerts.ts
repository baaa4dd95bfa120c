import { and, desc, eq, type InferSelectModel, sql } from "drizzle-orm";
import type { Reader, Tx } from "./book.ts";
import { prepared, writerOf } from "./rows.ts";
import { alerts } from "./schema.ts";

export type Alert = InferSelectModel<typeof alerts>;

const rows = writerOf(alerts);
const statements = prepared((db) => ({
  find: db
    .select()
    .from(alerts)
    .where(eq(alerts.alertId, sql.placeholder("id")))
    .prepare(),
  open: db
    .select()
    .from(alerts)
    .where(eq(alerts.resolved, false))
    .orderBy(desc(alerts.timestamp))
    .prepare(),
  openOfType: db
    .select({ subject: alerts.subject })
    .from(alerts)
    .where(and(eq(alerts.resolved, false), eq(alerts.alertType, sql.placeholder("alertType"))))
    .prepare(),
  openAbout: db
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.resolved, false),
        eq(alerts.alertType, sql.placeholder("alertType")),
        eq(alerts.subject, sql.placeholder("subject")),
      ),
    )
    .prepare(),
}));

export const insertAlert = (tx: Tx, alert: Alert): void => rows.insert(tx, alert);
export const saveAlert = (tx: Tx, alert: Alert): void => rows.save(tx, alert);
export const findAlert = (reader: Reader, id: string): Alert | undefined =>
  statements(reader).find.get({ id });
/** Unresolved alerts, newest first. */
export const listOpenAlerts = (reader: Reader): Alert[] => statements(reader).open.all();
/** What the unresolved alerts of a type are about. */
export const subjectsOfOpen = (reader: Reader, alertType: string): Set<string> =>
  new Set(
    statements(reader)
      .openOfType.all({ alertType })
      .map(({ subject }) => subject),
  );
export const findOpenAlert = (
  reader: Reader,
  alertType: string,
  subject: string,
): Alert | undefined => statements(reader).openAbout.get({ alertType, subject });
