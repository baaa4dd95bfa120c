import type { Instant } from "@gatehouse/shared/time";
import { type CivilHour, civilHour } from "../../domain/forecast/civil-hours.ts";
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
  const period = { from: shiftDay(desk.today, -learntDays), to: desk.today };
  const [inside, spaces, takings, count, begun] = await Promise.all([
    readInsideHours(desk, period),
    readOccupied(desk, period.from),
    readTakings(desk, period.from),
    readSpaceCount(desk),
    readBegin(desk),
  ]);
  const until = Date.parse(desk.about.facts_until ?? desk.about.as_of);
  // Neither the hour that runs nor those that are still to come from the facility are over.
  const over = inside.filter(({ hour }) => Date.parse(hour) + hourMs <= until);
  const hours = over.map(({ hour }) => civilHour(Date.parse(hour) as Instant, desk.timezone));
  const toldOf = (hour: CivilHour) => spaces.get(Math.floor(hour.start / hourMs));
  const takenIn = ({ start }: CivilHour): number => takings.get(start) ?? 0;
  const known = knownHours(
    hours.map((hour, place) => ({
      ...hour,
      isTold: toldOf(hour) !== undefined,
      hasMoved: (over[place]?.entries ?? 0) + (over[place]?.exits ?? 0) > 0 || takenIn(hour) > 0,
      isCovered: hour.start >= begun,
    })),
  );
  const ifKnown = <T>(place: number, value: T): T | undefined =>
    known[place] === true ? value : undefined;
  const occupancyOf = hours.some((hour) => toldOf(hour) !== undefined) ? "spaces" : "vehicles";
  const occupied = (hour: CivilHour, place: number): number | undefined =>
    occupancyOf === "spaces" ? toldOf(hour)?.occupied : Math.max(0, over[place]?.insideAtEnd ?? 0);
  const lastTold = hours.findLast((hour) => toldOf(hour) !== undefined);
  const told = lastTold === undefined ? undefined : toldOf(lastTold)?.spaces;
  return {
    occupancyOf,
    occupancy: {
      hours,
      values: hours.map((hour, place) => ifKnown(place, occupied(hour, place))),
      // More vehicles than spaces can be inside, on the way or in the aisles.
      capacity: occupancyOf === "spaces" ? (told ?? count) : undefined,
    },
    revenue: {
      hours,
      values: hours.map((hour, place) => ifKnown(place, takenIn(hour))),
      capacity: undefined,
    },
  };
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
    text: `select date_trunc('hour', processed_at, $3) as at, sum(amount_minor)::bigint as minor
       from payments
       where facility_id = $1 and captured_on >= $2::date and processed_at is not null
         and purpose is distinct from 'top-up' and method is distinct from 'nil'
       group by 1`,
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
