import type { StaffAnalytics, UserAnalytics } from "@gatehouse/shared/contracts/reports/analytics";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { groupBy } from "../../domain/reports/revenue.ts";
import { percentOf, type ReportDesk } from "./desk.ts";

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

interface Users {
  readonly visits: number;
  readonly vehicles: number;
  readonly new_vehicles: number;
  readonly permit_visits: number;
  readonly once: number;
  readonly few: number;
  readonly some: number;
  readonly many: number;
}

/** The vehicles that came on these days; those whose plate nobody could read count as visits alone. */
export async function readUsers(desk: ReportDesk, period: Period): Promise<UserAnalytics> {
  const [users, classes] = await Promise.all([readVisits(desk, period), readClasses(desk, period)]);
  const { visits, vehicles, new_vehicles, permit_visits, once, few, some, many } = users;
  return {
    about: desk.about,
    period,
    visits,
    vehicles,
    new_vehicles,
    returning_vehicles: vehicles - new_vehicles,
    average_visits: vehicles === 0 ? 0 : Math.round((100 * visits) / vehicles) / 100,
    permit_visits,
    permit_share: percentOf(permit_visits, visits),
    by_visits: [
      { visits: "1", vehicles: once },
      { visits: "2–4", vehicles: few },
      { visits: "5–9", vehicles: some },
      { visits: "10+", vehicles: many },
    ],
    by_class: classes,
  };
}

const came = `facility_id = $1
  and state in ('open', 'settled', 'closed', 'closed-unpaid', 'closed-assumed')
  and entry_at >= ($2::date)::timestamp at time zone $4
  and entry_at < ($3::date + 1)::timestamp at time zone $4`;

async function readVisits(desk: ReportDesk, { from, to }: Period): Promise<Users> {
  const { rows } = await desk.database.pool.query<Users>({
    name: "report-user-visits",
    text: `with came as (select plate, permit_id from sessions where ${came}),
       vehicles as (select plate, count(*) as visits from came where plate <> '' group by plate)
       select (select count(*) from came) as visits, count(*) as vehicles,
         count(*) filter (where not exists (select from sessions as before
           where before.facility_id = $1 and before.plate = vehicles.plate
             and before.entry_at < ($2::date)::timestamp at time zone $4
             and before.state not in ('pending', 'cancelled', 'superseded'))) as new_vehicles,
         (select count(*) from came where permit_id is not null) as permit_visits,
         count(*) filter (where visits = 1) as once,
         count(*) filter (where visits between 2 and 4) as few,
         count(*) filter (where visits between 5 and 9) as some,
         count(*) filter (where visits >= 10) as many
       from vehicles`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("a count has one row");
  return row;
}

async function readClasses(
  desk: ReportDesk,
  { from, to }: Period,
): Promise<UserAnalytics["by_class"]> {
  const { rows } = await desk.database.pool.query<UserAnalytics["by_class"][number]>({
    name: "report-user-classes",
    text: `select vehicle_class, sum(entries) as visits from flow_days
       where facility_id = $1 and day between $2 and $3
       group by vehicle_class having sum(entries) > 0 order by 2 desc, 1`,
    values: [desk.facilityId, from, to],
  });
  return rows;
}
