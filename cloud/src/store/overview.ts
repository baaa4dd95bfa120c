import {
  type FacilitySummary,
  type Overview,
  overviewMax,
} from "@gatehouse/shared/contracts/office";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { and, between, count, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Reach } from "../domain/people/rights.ts";
import { dayOf } from "../domain/day.ts";
import { byProblem, standingOf } from "../domain/standing.ts";
import type { Database } from "./database.ts";
import { visibleFacilities } from "./people/visible-facilities.ts";
import { instantOrNone, isoOrNull } from "./moments.ts";
import {
  alerts,
  facilities,
  facilityDays,
  facilityStates,
  sessions,
  watermarks,
} from "./schema.ts";

/**
 * The facilities whose name or id holds `search`, the ones with problems first, and how all of them stand; of those
 * alone that a right reaches.
 */
export async function readOverview(
  database: Database,
  now: Instant,
  reaches: readonly Reach[],
  search = "",
): Promise<Overview> {
  const all = await readSummaries(database, now, { where: visibleFacilities(reaches) });
  const counts = { fault: 0, attention: 0, unknown: 0, ok: 0 };
  for (const { level } of all) counts[level] += 1;
  const wanted = search.toLowerCase();
  const found = all.filter(
    ({ name, facility_id }) =>
      name.toLowerCase().includes(wanted) || facility_id.toLowerCase().includes(wanted),
  );
  const facilities = found.toSorted(byProblem).slice(0, overviewMax);
  return { as_of: isoOf(now), counts, found: found.length, facilities };
}

/** Counts come from what ingest keeps up to date; nothing here grows with a facility's history. */
export async function readSummaries(
  { drizzle }: Database,
  now: Instant,
  {
    facilityId,
    where,
  }: { readonly facilityId?: string | undefined; readonly where?: SQL | undefined },
): Promise<FacilitySummary[]> {
  const inside = drizzle
    .select({ facilityId: sessions.facilityId, inside: count().as("inside") })
    .from(sessions)
    .where(
      and(
        inArray(sessions.state, ["open", "settled"]),
        facilityId === undefined ? undefined : eq(sessions.facilityId, facilityId),
      ),
    )
    .groupBy(sessions.facilityId)
    .as("inside");
  const ofSeverity = (severity: string) =>
    sql<number>`count(*) filter (where ${alerts.severity} = ${severity})`;
  const open = drizzle
    .select({
      facilityId: alerts.facilityId,
      critical: ofSeverity("critical").as("critical"),
      warning: ofSeverity("warning").as("warning"),
      info: ofSeverity("info").as("info"),
    })
    .from(alerts)
    .where(
      and(
        isNull(alerts.resolvedAt),
        facilityId === undefined ? undefined : eq(alerts.facilityId, facilityId),
      ),
    )
    .groupBy(alerts.facilityId)
    .as("open");
  const [rows, days] = await Promise.all([
    drizzle
      .select({
        facility: facilities,
        state: facilityStates,
        mark: watermarks,
        inside: inside.inside,
        critical: open.critical,
        warning: open.warning,
        info: open.info,
      })
      .from(facilities)
      .innerJoin(facilityStates, eq(facilityStates.facilityId, facilities.facilityId))
      .leftJoin(
        watermarks,
        and(
          eq(watermarks.facilityId, facilities.facilityId),
          eq(watermarks.epoch, facilityStates.epoch),
        ),
      )
      .leftJoin(inside, eq(inside.facilityId, facilities.facilityId))
      .leftJoin(open, eq(open.facilityId, facilities.facilityId))
      .where(
        and(
          eq(facilities.isActive, true),
          facilityId === undefined ? undefined : eq(facilities.facilityId, facilityId),
          where,
        ),
      ),
    readDays(drizzle, now, facilityId),
  ]);
  return rows.map((row) => summaryOf(row, days, now));
}

type Row = {
  readonly facility: typeof facilities.$inferSelect;
  readonly state: typeof facilityStates.$inferSelect;
  readonly mark: typeof watermarks.$inferSelect | null;
  readonly inside: number | null;
  readonly critical: number | null;
  readonly warning: number | null;
  readonly info: number | null;
};

type DayRow = typeof facilityDays.$inferSelect;

function summaryOf(row: Row, days: ReadonlyMap<string, DayRow>, now: Instant): FacilitySummary {
  const { facility, state, mark } = row;
  const { facilityId, timezone } = facility;
  const day = dayOf(now, timezone);
  const sums = days.get(`${facilityId} ${day}`);
  const told = {
    ledger: {
      epoch: mark?.epoch ?? 0,
      written: state.writtenSeq === null ? null : Math.max(state.writtenSeq, mark?.ackedSeq ?? 0),
      acked: mark?.ackedSeq ?? 0,
      last_hash: mark?.lastHash ?? null,
      set_aside: state.linesSetAside,
    },
    alerts_open: {
      critical: Number(row.critical ?? 0),
      warning: Number(row.warning ?? 0),
      info: Number(row.info ?? 0),
    },
    directives: { latest: facility.directivesLatest, applied: state.directivesThrough },
  };
  const standing = standingOf({
    ...told,
    now,
    heardAt: instantOrNone(state.lastBatchAt),
    refusedAt: instantOrNone(state.lastRefusalAt),
    skewMs: state.skewMs ?? undefined,
  });
  return {
    facility_id: facilityId,
    name: facility.name,
    timezone,
    currency: facility.currency,
    locale: facility.locale,
    version: state.version,
    ...standing,
    heard_at: isoOrNull(state.lastBatchAt),
    facts_until: isoOrNull(state.lastLineAt),
    ...told,
    spaces: {
      free: state.spacesFree,
      occupied: state.spacesOccupied,
      unknown: state.spacesUnknown,
      out_of_service: state.spacesOutOfService,
    },
    sessions_open: Number(row.inside ?? 0),
    today: {
      day,
      captured_minor: sums?.capturedMinor ?? 0,
      payments: sums?.paymentsCaptured ?? 0,
      entries: sums?.entries ?? 0,
      exits: sums?.exits ?? 0,
    },
  };
}

/** Today is another day in another zone: three days hold every facility's own. */
async function readDays(
  drizzle: Database["drizzle"],
  now: Instant,
  facilityId: string | undefined,
): Promise<ReadonlyMap<string, DayRow>> {
  const dayMs = 86_400_000;
  const utcDay = (shift: number): string => dayOf((now + shift * dayMs) as Instant, "UTC");
  const rows = await drizzle
    .select()
    .from(facilityDays)
    .where(
      and(
        between(facilityDays.day, utcDay(-1), utcDay(1)),
        facilityId === undefined ? undefined : eq(facilityDays.facilityId, facilityId),
      ),
    );
  return new Map(rows.map((row) => [`${row.facilityId} ${row.day}`, row]));
}
