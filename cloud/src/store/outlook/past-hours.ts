import type { Instant } from "@gatehouse/shared/time";
import { type CivilHour, hoursFrom } from "../../domain/forecast/civil-hours.ts";
import { knownHours } from "../../domain/forecast/known-hours.ts";
import type { Series } from "../../domain/forecast/series.ts";
import type { ReportDesk } from "../reports/desk.ts";
import { shiftDay } from "../reports/desk.ts";
import { readInsideHours } from "../reports/inside.ts";

const hourMs = 3_600_000;
/** So far back a forecast learns; older weeks count next to nothing in it. */
const learntDays = 112;

/** What a forecast learns from: hour by hour, up to the last whole hour that is told. */
export interface PastHours {
  readonly occupancy: Series;
  /** In whole minor units. */
  readonly revenue: Series;
  /** What `occupancy` counts: spaces occupied on average, or vehicles inside where no sensor tells of spaces. */
  readonly occupancyOf: "spaces" | "vehicles";
}

/** The last hours of a facility. */
export async function readPastHours(desk: ReportDesk): Promise<PastHours> {
  const from = shiftDay(desk.today, -learntDays);
  const [moved, spaces, takings, count, begun] = await Promise.all([
    readMoved(desk, from),
    readOccupied(desk, from),
    readTakings(desk, from),
    readSpaceCount(desk),
    readBegin(desk),
  ]);
  const hours = hoursUntilNow(desk);
  const toldOf = (hour: CivilHour) => spaces.get(Math.floor(hour.start / hourMs));
  const takenIn = ({ start }: CivilHour): number => takings.get(start) ?? 0;
  const known = knownHours(
    hours.map((hour) => ({
      ...hour,
      isTold: toldOf(hour) !== undefined,
      hasMoved: moved.has(hour.start) || takenIn(hour) > 0,
      isCovered: hour.start >= begun,
    })),
  );
  const ifKnown = <T>(place: number, value: T): T | undefined =>
    known[place] === true ? value : undefined;
  const isOfSpaces = spaces.size > 0;
  const inside = isOfSpaces ? new Map<number, number>() : await readInside(desk, from);
  const lastTold = hours.findLast((hour) => toldOf(hour) !== undefined);
  const told = lastTold === undefined ? undefined : toldOf(lastTold)?.spaces;
  const occupied = (hour: CivilHour): number | undefined =>
    isOfSpaces ? toldOf(hour)?.occupied : inside.get(hour.start);
  return {
    occupancyOf: isOfSpaces ? "spaces" : "vehicles",
    occupancy: {
      hours,
      values: hours.map((hour, place) => ifKnown(place, occupied(hour))),
      // More vehicles than spaces can be inside, on the way or in the aisles.
      capacity: isOfSpaces ? (told ?? count) : undefined,
    },
    revenue: {
      hours,
      values: hours.map((hour, place) => ifKnown(place, takenIn(hour))),
      capacity: undefined,
    },
  };
}

/** The hours that are over, as far as the facility has told: neither the one that runs nor those still to come. */
function hoursUntilNow({ about, now, timezone }: ReportDesk): CivilHour[] {
  const until = Math.min(now, Date.parse(about.facts_until ?? about.as_of));
  const count = Math.max(0, Math.ceil((until - now) / hourMs) + learntDays * 24);
  const begin = (now - learntDays * 24 * hourMs) as Instant;
  return hoursFrom(begin, count + 1, timezone).filter(({ start }) => start + hourMs <= until);
}

/** When the hours began in which a vehicle came or went. */
async function readMoved(desk: ReportDesk, from: string): Promise<ReadonlySet<number>> {
  const { rows } = await desk.database.pool.query<{ at: Date }>({
    name: "outlook-moved",
    text: `select hour as at from facility_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $3
         and entries + exits > 0`,
    values: [desk.facilityId, from, desk.timezone],
  });
  return new Set(rows.map(({ at }) => at.getTime()));
}

/** Vehicles inside as each hour ended, by when it began. */
async function readInside(desk: ReportDesk, from: string): Promise<ReadonlyMap<number, number>> {
  const hours = await readInsideHours(desk, { from, to: desk.today });
  return new Map(hours.map(({ hour, insideAtEnd }) => [Date.parse(hour), insideAtEnd]));
}

interface Occupied {
  /** Spaces occupied on average. */
  readonly occupied: number;
  readonly spaces: number;
}

/** By the hour of the clock (whole hours since 1970), as the facility tells it. */
async function readOccupied(
  desk: ReportDesk,
  from: string,
): Promise<ReadonlyMap<number, Occupied>> {
  const { rows } = await desk.database.pool.query<{ at: Date; occupied_s: number; spaces: number }>(
    {
      name: "outlook-occupied",
      text: `select hour as at, sum(occupied_s)::bigint as occupied_s, sum(spaces)::integer as spaces
       from zone_hours
       where facility_id = $1 and hour >= (($2::date)::timestamp at time zone $3) - interval '1 hour'
       group by hour`,
      values: [desk.facilityId, from, desk.timezone],
    },
  );
  return new Map(
    rows.map(({ at, occupied_s, spaces }) => [
      Math.floor(at.getTime() / hourMs),
      { occupied: Math.min(spaces, occupied_s / 3600), spaces },
    ]),
  );
}

/** Revenue by the moment at which an hour of civil time begins. */
async function readTakings(desk: ReportDesk, from: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await desk.database.pool.query<{ at: Date; minor: number }>({
    name: "outlook-takings",
    text: `select hour as at, taken_minor as minor from facility_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $3 and taken_minor <> 0`,
    values: [desk.facilityId, from, desk.timezone],
  });
  return new Map(rows.map(({ at, minor }) => [at.getTime(), minor]));
}

async function readSpaceCount(desk: ReportDesk): Promise<number> {
  const { rows } = await desk.database.pool.query<{ count: number }>({
    name: "outlook-space-count",
    text: "select count(*) as count from spaces where facility_id = $1",
    values: [desk.facilityId],
  });
  return rows[0]?.count ?? 0;
}

/** When the facility began to tell anything that sums hold. */
async function readBegin(desk: ReportDesk): Promise<number> {
  const { rows } = await desk.database.pool.query<{ at: Date | null }>({
    name: "outlook-begin",
    text: `select least(
         (select min(hour) from facility_hours where facility_id = $1),
         (select min(hour) from zone_hours where facility_id = $1)) as at`,
    values: [desk.facilityId],
  });
  return rows[0]?.at?.getTime() ?? Number.POSITIVE_INFINITY;
}
