import { Layout } from "@gatehouse/shared/contracts/layout";
import type { FacilityDetail, SpaceCounts } from "@gatehouse/shared/contracts/office";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { lineSubject } from "../domain/line-subject.ts";
import type { Database } from "./database.ts";
import { readMoney } from "./facility-money.ts";
import { isoOfDate, isoOrNull } from "./moments.ts";
import { readSummaries } from "./overview.ts";
import { layouts } from "./report-schema.ts";
import {
  alerts,
  directives,
  facilityStates,
  ledgerLines,
  setAsideLines,
  spaces,
} from "./schema.ts";

const linesShown = 30;
const alertsShown = 50;
const setAsideShown = 50;
const directivesShown = 20;
const zonesShown = 200;

/** One facility closely; undefined when there is none with this id. */
export async function readFacility(
  database: Database,
  facilityId: string,
  now: Instant,
): Promise<FacilityDetail | undefined> {
  const [summary] = await readSummaries(database, now, { facilityId });
  if (summary === undefined) return undefined;
  const [zones, money, openAlerts, lines, aside, issued, batches] = await Promise.all([
    readZones(database, facilityId),
    readMoney(database, facilityId, summary.today.day),
    readAlerts(database, facilityId),
    readLines(database, facilityId),
    readSetAside(database, facilityId),
    readDirectives(database, facilityId),
    readBatches(database, facilityId),
  ]);
  return {
    as_of: isoOf(now),
    summary,
    zones,
    money,
    alerts: openAlerts,
    lines,
    set_aside: aside,
    directives: issued,
    batches,
  };
}

async function readZones(
  { drizzle }: Database,
  facilityId: string,
): Promise<FacilityDetail["zones"]> {
  const withStatus = (status: string) =>
    sql<number>`count(*) filter (where ${spaces.status} = ${status})`;
  const [rows, told] = await Promise.all([
    drizzle
      .select({
        zone_id: spaces.zoneId,
        level: spaces.level,
        free: withStatus("free"),
        occupied: withStatus("occupied"),
        unknown: withStatus("unknown"),
        out_of_service: withStatus("out-of-service"),
      })
      .from(spaces)
      .where(eq(spaces.facilityId, facilityId))
      .groupBy(spaces.level, spaces.zoneId)
      .orderBy(asc(spaces.level), asc(spaces.zoneId))
      .limit(zonesShown),
    drizzle
      .select({ layout: layouts.layout })
      .from(layouts)
      .where(eq(layouts.facilityId, facilityId)),
  ]);
  const layout = Layout.safeParse(told[0]?.layout).data;
  const names = new Map(layout?.zones.map(({ zone_id, name }) => [zone_id, name]));
  return rows.map(({ zone_id, level, ...counts }) => ({
    zone_id,
    name: names.get(zone_id) ?? zone_id,
    level,
    spaces: numbered(counts),
  }));
}

const numbered = (counts: SpaceCounts): SpaceCounts => ({
  free: Number(counts.free),
  occupied: Number(counts.occupied),
  unknown: Number(counts.unknown),
  out_of_service: Number(counts.out_of_service),
});

const severityRank = sql`case ${alerts.severity} when 'critical' then 0 when 'warning' then 1 else 2 end`;

async function readAlerts(
  { drizzle }: Database,
  facilityId: string,
): Promise<FacilityDetail["alerts"]> {
  const rows = await drizzle
    .select()
    .from(alerts)
    .where(and(eq(alerts.facilityId, facilityId), isNull(alerts.resolvedAt)))
    .orderBy(severityRank, desc(alerts.seenAt))
    .limit(alertsShown);
  return rows.map((row) => ({
    alert_id: row.alertId,
    source: row.source === "head-office" ? "head-office" : "edge",
    alert_type: row.alertType ?? "unknown",
    subject: row.subject ?? "",
    severity: row.severity ?? "info",
    raised_at: isoOrNull(row.raisedAt),
  }));
}

async function readLines(
  { drizzle }: Database,
  facilityId: string,
): Promise<FacilityDetail["lines"]> {
  const rows = await drizzle
    .select()
    .from(ledgerLines)
    .where(eq(ledgerLines.facilityId, facilityId))
    .orderBy(desc(ledgerLines.epoch), desc(ledgerLines.seq))
    .limit(linesShown);
  return rows.map(({ epoch, seq, type, at, hash, text }) => ({
    epoch,
    seq,
    type,
    at: isoOrNull(at),
    subject: lineSubject(text),
    hash,
  }));
}

async function readSetAside(
  { drizzle }: Database,
  facilityId: string,
): Promise<FacilityDetail["set_aside"]> {
  const { epoch, seq, reason, detail, setAsideAt } = setAsideLines;
  const rows = await drizzle
    .select({ epoch, seq, reason, detail, setAsideAt })
    .from(setAsideLines)
    .where(eq(setAsideLines.facilityId, facilityId))
    .orderBy(desc(epoch), desc(seq))
    .limit(setAsideShown);
  return rows.map(({ setAsideAt: at, ...row }) => ({ ...row, set_aside_at: isoOfDate(at) }));
}

async function readDirectives(
  { drizzle }: Database,
  facilityId: string,
): Promise<FacilityDetail["directives"]> {
  const rows = await drizzle
    .select()
    .from(directives)
    .where(eq(directives.facilityId, facilityId))
    .orderBy(desc(directives.number))
    .limit(directivesShown);
  return rows.map(({ number, kind, issuedAt, result, resultAt }) => ({
    number,
    kind,
    issued_at: isoOfDate(issuedAt),
    result,
    result_at: isoOrNull(resultAt),
  }));
}

async function readBatches(
  { drizzle }: Database,
  facilityId: string,
): Promise<FacilityDetail["batches"]> {
  const [state] = await drizzle
    .select()
    .from(facilityStates)
    .where(eq(facilityStates.facilityId, facilityId));
  return {
    accepted: state?.batchesAccepted ?? 0,
    lines_stored: state?.linesStored ?? 0,
    lines_repeated: state?.linesRepeated ?? 0,
    with_hole: state?.batchesWithHole ?? 0,
    refused: state?.batchesRefused ?? 0,
    last_refusal: state?.lastRefusal ?? null,
    last_refusal_at: isoOrNull(state?.lastRefusalAt ?? null),
  };
}
