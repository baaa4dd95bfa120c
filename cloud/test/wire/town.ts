import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Instant } from "@gatehouse/shared/time";
import { Headquarters } from "../../src/headquarters.ts";
import { checkAnswer } from "../checked-answers.ts";
import { startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, TestOffice } from "../head-office.ts";
import { silentLog } from "../silent-log.ts";
import { RawFigures } from "./raw-figures.ts";
import { tellPast, type TownFacility, townFacility } from "./town-history.ts";

/** The tables of sums that a town fills; no camera of it counts vehicles. */
export const townSums = [
  "facility_hours",
  "flow_days",
  "taking_days",
  "zone_hours",
  "space_days",
  "space_stay_days",
  "lane_hours",
  "staff_days",
  "event_days",
] as const;

/** Two weeks around the end of summer time in Europe (25 October 2026), up to an hour of the last day. */
const begin = Date.UTC(2026, 9, 14, 0) as Instant;
const hours = 24 * 14 + 14;
const now = Date.UTC(2026, 9, 28, 14, 5) as Instant;

/** Head office with two facilities whose past it was told. */
export interface Town {
  readonly postgres: TestPostgres;
  readonly office: TestOffice;
  readonly facilities: readonly TownFacility[];
  /** A report of one of them. */
  readonly look: (facility: TownFacility, path: string) => Promise<unknown>;
  readonly raw: (facility: TownFacility) => RawFigures;
}

/** Berlin, which sets its clocks back, New York, which does not yet, and India, whose hours begin at half past. */
export async function tellTown(): Promise<Town> {
  const postgres = await startPostgres();
  const facilities = [0, 3, 6].map((number) => townFacility(number, begin, 0.3));
  const ids = facilities.map(({ plan }) => plan.facilityId);
  const clock = new VirtualClock(now);
  const headquarters = new Headquarters({
    database: postgres.database,
    clock,
    random: new SeededRandom(1),
    log: silentLog,
    tokens: TestOffice.tokens(ids),
    key: officeKey,
    onAnswer: checkAnswer,
  });
  const made = { clock, headquarters };
  const office = await new TestOffice(postgres.database, ids, made).begin();
  for (const facility of facilities) await tellPast(office, facility, hours);
  return {
    postgres,
    office,
    facilities,
    look: ({ plan }, path) => office.look(`/v1/facilities/${plan.facilityId}/reports/${path}`),
    raw: ({ plan }) => new RawFigures(office, plan.facilityId, plan.card.timezone),
  };
}
