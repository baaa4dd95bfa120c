import type { StaffAnalytics, UserAnalytics } from "@gatehouse/shared/contracts/reports/analytics";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { groupBy, sumBy } from "../../domain/reports/revenue.ts";
import { beginOf, endOf, percentOf, type ReportDesk } from "./desk.ts";

/** What the people who work there did. */
export async function readStaff(desk: ReportDesk, period: Period): Promise<StaffAnalytics> {
  const values = [desk.facilityId, period.from, period.to];
  const [acts, shifts] = await Promise.all([
    desk.database.pool.query<{ person: string; act: string; count: number; amount_minor: number }>({
      name: "report-staff-acts",
      text: `select person, act, sum(count) as count, sum(minor)::bigint as amount_minor
         from staff_days where facility_id = $1 and day between $2 and $3
         group by person, act order by person, act`,
      values,
    }),
    desk.database.pool.query<{ operator: string; shifts: number; difference: number }>({
      name: "report-staff-shifts",
      text: `select operator, count(*) as shifts,
           coalesce(sum(counted_minor - expected_minor), 0)::bigint as difference
         from shifts
         where facility_id = $1 and state = 'closed'
           and closed_at >= ($2::date)::timestamp at time zone $4
           and closed_at < ($3::date + 1)::timestamp at time zone $4
         group by operator`,
      values: [...values, desk.timezone],
    }),
  ]);
  const byPerson = groupBy(acts.rows, ({ person }) => person);
  const ofShift = new Map(shifts.rows.map((row) => [row.operator, row]));
  const people = [...new Set([...byPerson.keys(), ...ofShift.keys()])].toSorted();
  return {
    about: desk.about,
    period,
    staff: people.map((person) => ({
      person,
      acts: (byPerson.get(person) ?? []).map(({ person: _, ...act }) => act),
      shifts: ofShift.get(person)?.shifts ?? 0,
      cash_difference_minor: ofShift.get(person)?.difference ?? 0,
    })),
  };
}

interface Vehicles {
  readonly visits: number;
  readonly vehicles: number;
  readonly once: number;
  readonly few: number;
  readonly some: number;
  readonly many: number;
}

/** The vehicles that came on these days; those whose plate nobody could read count as visits alone. */
export async function readUsers(desk: ReportDesk, period: Period): Promise<UserAnalytics> {
  const [came, returning, classes] = await Promise.all([
    readVehicles(desk, period),
    readReturning(desk, period),
    readClasses(desk, period),
  ]);
  const { visits, vehicles, once, few, some, many } = came;
  const permitVisits = sumBy(classes, ({ permits }) => permits);
  return {
    about: desk.about,
    period,
    visits,
    vehicles,
    new_vehicles: vehicles - returning,
    returning_vehicles: returning,
    average_visits: vehicles === 0 ? 0 : Math.round((100 * visits) / vehicles) / 100,
    permit_visits: permitVisits,
    permit_share: percentOf(permitVisits, visits),
    by_visits: [
      { visits: "1", vehicles: once },
      { visits: "2–4", vehicles: few },
      { visits: "5–9", vehicles: some },
      { visits: "10+", vehicles: many },
    ],
    by_class: classes.map(({ vehicle_class, visits: of }) => ({ vehicle_class, visits: of })),
  };
}

/** SQL: sessions that are visits. */
const isVisit = "state not in ('pending', 'cancelled', 'superseded')";
const inPeriod = `entry_at >= ${beginOf("$2", "$4")} and entry_at < ${endOf("$3", "$4")}`;

/*
 * Both go through every visit of these days, in the index by plate alone. They have no name, so that PostgreSQL plans
 * them with the days that are asked for: one plan for a day as well as for a year takes six times as long.
 */

async function readVehicles(desk: ReportDesk, { from, to }: Period): Promise<Vehicles> {
  const { rows } = await desk.database.pool.query<Vehicles>(
    `select coalesce(sum(visits), 0)::bigint as visits,
       count(*) filter (where plate <> '') as vehicles,
       count(*) filter (where plate <> '' and visits = 1) as once,
       count(*) filter (where plate <> '' and visits between 2 and 4) as few,
       count(*) filter (where plate <> '' and visits between 5 and 9) as some,
       count(*) filter (where plate <> '' and visits >= 10) as many
     from (select plate, count(*) as visits from sessions
       where facility_id = $1 and ${isVisit} and ${inPeriod} group by plate) as vehicles`,
    [desk.facilityId, from, to, desk.timezone],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("a count has one row");
  return row;
}

/** How many of them had been here before. */
async function readReturning(desk: ReportDesk, { from, to }: Period): Promise<number> {
  const { rows } = await desk.database.pool.query<{ count: number }>(
    `select count(distinct plate) as count from sessions as came
     where facility_id = $1 and ${isVisit} and ${inPeriod} and plate <> ''
       and exists (select from sessions as before
         where before.facility_id = $1 and before.plate = came.plate
           and before.entry_at < ${beginOf("$2", "$4")} and before.${isVisit})`,
    [desk.facilityId, from, to, desk.timezone],
  );
  return rows[0]?.count ?? 0;
}

interface ClassVisits {
  readonly vehicle_class: string;
  readonly visits: number;
  /** Of them, those with a permit. */
  readonly permits: number;
}

async function readClasses(desk: ReportDesk, { from, to }: Period): Promise<ClassVisits[]> {
  const { rows } = await desk.database.pool.query<ClassVisits>({
    name: "report-user-classes",
    text: `select vehicle_class, sum(entries) as visits, sum(permits) as permits from flow_days
       where facility_id = $1 and day between $2 and $3
       group by vehicle_class having sum(entries) > 0 order by 2 desc, 1`,
    values: [desk.facilityId, from, to],
  });
  return rows;
}
