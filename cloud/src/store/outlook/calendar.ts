import type { EventTold, HolidayTold } from "@gatehouse/shared/contracts/reports/outlook";
import { and, asc, desc, eq, gte } from "drizzle-orm";
import type { Queries } from "../database.ts";
import { events, holidays } from "../outlook-schema.ts";
import type { ReportDesk } from "../reports/desk.ts";

/** More than a facility has in years; more are not read. */
const eventsMax = 1_000;

/** The public holidays that are kept here, and those that the tariffs sent last name. */
export async function readHolidays(desk: ReportDesk): Promise<HolidayTold[]> {
  const [kept, named] = await Promise.all([
    desk.database.drizzle
      .select({ day: holidays.day, name: holidays.name })
      .from(holidays)
      .where(eq(holidays.facilityId, desk.facilityId))
      .orderBy(asc(holidays.day)),
    // A tariff was checked by its contract when it was sent.
    desk.database.pool.query<{ day: string }>({
      name: "outlook-tariff-holidays",
      text: `select distinct day from (
           select distinct on (body ->> 'tariff_id') body from directives
           where facility_id = $1 and kind = 'tariff' order by body ->> 'tariff_id', number desc
         ) as newest, jsonb_array_elements_text(coalesce(body -> 'holidays', '[]')) as day
         order by day`,
      values: [desk.facilityId],
    }),
  ]);
  const known = new Set(kept.map(({ day }) => day));
  return [
    ...kept.map((each) => ({ ...each, from: "kept" as const })),
    ...named.rows
      .filter(({ day }) => !known.has(day))
      .map(({ day }) => ({ day, name: "", from: "tariff" as const })),
  ].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** The events that end after a moment, the newest first. */
export async function readEvents(
  { database, facilityId }: ReportDesk,
  endAfter: Date,
): Promise<EventTold[]> {
  const rows = await database.drizzle
    .select()
    .from(events)
    .where(and(eq(events.facilityId, facilityId), gte(events.endsAt, endAfter)))
    .orderBy(desc(events.beginsAt))
    .limit(eventsMax);
  return rows.map(({ eventId, name, beginsAt, endsAt, expectedPercent }) => ({
    event_id: eventId,
    name,
    begins_at: beginsAt.toISOString(),
    ends_at: endsAt.toISOString(),
    expected_percent: expectedPercent,
  }));
}

/** Keeps a holiday. @returns the name that the day had before */
export async function keepHoliday(
  { drizzle }: Queries,
  facilityId: string,
  { day, name }: { readonly day: string; readonly name: string },
): Promise<string | undefined> {
  const [before] = await drizzle
    .select({ name: holidays.name })
    .from(holidays)
    .where(and(eq(holidays.facilityId, facilityId), eq(holidays.day, day)));
  await drizzle
    .insert(holidays)
    .values({ facilityId, day, name })
    .onConflictDoUpdate({ target: [holidays.facilityId, holidays.day], set: { name } });
  return before?.name;
}

/** @returns its name; undefined where no such day is kept */
export async function dropHoliday(
  { drizzle }: Queries,
  facilityId: string,
  day: string,
): Promise<string | undefined> {
  const [gone] = await drizzle
    .delete(holidays)
    .where(and(eq(holidays.facilityId, facilityId), eq(holidays.day, day)))
    .returning({ name: holidays.name });
  return gone?.name;
}

/** @returns false where an event has this id already */
export async function keepEvent(
  { drizzle }: Queries,
  facilityId: string,
  event: EventTold,
): Promise<boolean> {
  const kept = await drizzle
    .insert(events)
    .values({
      facilityId,
      eventId: event.event_id,
      name: event.name,
      beginsAt: new Date(event.begins_at),
      endsAt: new Date(event.ends_at),
      expectedPercent: event.expected_percent,
    })
    .onConflictDoNothing()
    .returning({ eventId: events.eventId });
  return kept.length > 0;
}

/** @returns its name; undefined where there is none of this id */
export async function dropEvent(
  { drizzle }: Queries,
  facilityId: string,
  eventId: string,
): Promise<string | undefined> {
  const [gone] = await drizzle
    .delete(events)
    .where(and(eq(events.facilityId, facilityId), eq(events.eventId, eventId)))
    .returning({ name: events.name });
  return gone?.name;
}
