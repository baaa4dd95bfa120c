import type { Statement } from "./statement.ts";

/*
 * Sessions, payments and stays change after they were counted: a stay that was taken to be over goes on, two sessions
 * turn out to be of one vehicle. So what a row counts for is taken away as it was and added as it is: the sums always
 * are what the rows say, whichever way they came to say it.
 */

/** What counts of a session, as it was (null: it is new) and as it is. */
export const sessionReturning = returning([
  "state",
  "entry_at",
  "exit_at",
  "entry_lane_id",
  "exit_lane_id",
  "vehicle_class",
  "duration_s",
  "permit_id",
]);

export const paymentReturning = returning([
  "state",
  "method",
  "purpose",
  "entry_lane_id",
  "zone_id",
  "amount_minor",
  "captured_on",
  "reversed_on",
  "charged_back_on",
  "processed_at",
]);

export const stayReturning = returning(["space_id", "exit_time", "duration_seconds"]);

export interface Returning {
  readonly names: readonly string[];
  readonly sql: string;
}

function returning(names: readonly string[]): Returning {
  const both = names.map((name) => `old.${name} as old_${name}, new.${name} as new_${name}`);
  return { names, sql: `returning ${both.join(", ")}` };
}

/** Each row that changed in what counts: once as it was with `sign` −1, once as it is with 1. */
function moves(told: string, { names }: Returning): string {
  const side = (which: string): string => names.map((name) => `t.${which}_${name}`).join(", ");
  return `select v.* from ${told} as t, lateral (values
       (1, ${side("new")}), (-1, ${side("old")})) as v(sign, ${names.join(", ")})
     where (${side("new")}) is distinct from (${side("old")})`;
}

/** Which rows a statement changes: those of `sessions_told`, `payments_told`, `stays_told`. */
export interface RowsTold {
  readonly sessions: boolean;
  readonly payments: boolean;
  readonly stays: boolean;
}

/** Adds what the rows of this statement count for to the sums that reports read. `timezone`: the facility's. */
export function addRowRollups(statement: Statement, told: RowsTold, timezone: string): void {
  const zone = (): string => statement.bind(timezone, "text");
  if (told.sessions) addSessions(statement, zone());
  if (told.payments) addPayments(statement, zone());
  if (told.sessions || told.payments) addHours(statement, told, zone());
  if (told.stays) addStays(statement, zone());
}

/** On conflict every sum grows by what is told. */
export const growing = (table: string, names: readonly string[]): string =>
  names.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(", ");

function addSessions(statement: Statement, zone: string): void {
  statement.add(
    "session_moves",
    `select * from (${moves("sessions_told", sessionReturning)}) as moved
     where state in ('open', 'settled', 'closed', 'closed-unpaid', 'closed-assumed')`,
  );
  statement.add(
    "session_events",
    `select sign as entries, case when permit_id is not null then sign else 0 end as permits,
       0 as exits, 0 as measured, 0::bigint as stayed_s, sign as net, entry_at as at,
       coalesce(entry_lane_id, '') as lane_id,
       coalesce(vehicle_class, 'unknown') as vehicle_class
     from session_moves where entry_at is not null
     union all
     select 0, 0, sign, case when is_measured then sign else 0 end,
       case when is_measured then sign * coalesce(duration_s, 0) else 0 end,
       case when entry_at is not null then -sign else 0 end,
       exit_at, coalesce(exit_lane_id, ''), coalesce(vehicle_class, 'unknown')
     from (select *, entry_at is not null and state <> 'closed-assumed' as is_measured
       from session_moves) as moved
     where exit_at is not null and state like 'closed%'`,
  );
  const sums = ["entries", "permits", "exits", "measured", "stayed_s"];
  statement.add(
    "flow_told",
    `insert into flow_days (facility_id, day, lane_id, vehicle_class, ${sums.join(", ")})
     select turn.facility_id, (at at time zone ${zone})::date, lane_id, vehicle_class,
       ${sums.map((name) => `sum(${name})`).join(", ")}
     from turn, session_events group by 1, 2, 3, 4
     on conflict (facility_id, day, lane_id, vehicle_class) do update set
       ${growing("flow_days", sums)}`,
  );
}

/** What happened in each minute: vehicles that came and went, and revenue that was taken. */
function addHours(statement: Statement, told: RowsTold, zone: string): void {
  const moments = [
    ...(told.sessions
      ? ["select at, entries, exits, net, 0::bigint as taken from session_events"]
      : []),
    ...(told.payments
      ? [
          `select processed_at as at, 0 as entries, 0 as exits, 0 as net, sign * amount_minor as taken
           from payment_moves where captured_on is not null and processed_at is not null
             and purpose is distinct from 'top-up' and method is distinct from 'nil'`,
        ]
      : []),
  ];
  statement.add(
    "minutes_told",
    // Hours are sought for minutes, not for every moment: that is dear, and moments are many.
    `select hour, (date_part('epoch', at - hour) / 60)::integer as minute, entries, exits, net, taken
     from (select *, date_trunc('hour', at, ${zone}) as hour
       from (select date_bin('1 minute', at, '2000-01-01 00:00Z') as at, sum(entries) as entries,
           sum(exits) as exits, sum(net) as net, sum(taken) as taken
         from (${moments.join(" union all ")}) as moment group by 1 offset 0) as each) as counted`,
  );
  const sums = ["entries", "exits", "taken_minor"];
  statement.add(
    "hours_told",
    `insert into facility_hours (facility_id, hour, ${sums.join(", ")}, net_by_minute)
     select turn.facility_id, told.hour, told.entries, told.exits, told.taken, array(
       select coalesce(moved.net, 0)::integer from generate_series(0, 59) as each(minute)
       left join unnest(told.minutes, told.nets) as moved(minute, net) using (minute)
       order by minute)
     from turn, (
       select hour, sum(entries) as entries, sum(exits) as exits, coalesce(sum(taken), 0) as taken,
         array_agg(minute) as minutes, array_agg(net) as nets
       from minutes_told group by hour) as told
     on conflict (facility_id, hour) do update set
       ${growing("facility_hours", sums)},
       net_by_minute = array(select was.net + now.net
         from unnest(facility_hours.net_by_minute) with ordinality as was(net, minute)
         join unnest(excluded.net_by_minute) with ordinality as now(net, minute) using (minute)
         order by minute)`,
  );
}

function addPayments(statement: Statement, zone: string): void {
  statement.add("payment_moves", moves("payments_told", paymentReturning));
  const sums = [
    "payments",
    "taken_minor",
    "reversals",
    "reversed_minor",
    "charge_backs",
    "charged_back_minor",
    "declined",
  ];
  const part = (day: string, where: string, count: string, minor?: string): string =>
    `select ${day} as day, method, purpose, entry_lane_id, zone_id,
       ${sums.map((name) => (name === count ? "sign" : name === minor ? "sign * amount_minor" : "0")).join(", ")}
     from payment_moves where ${where}`;
  statement.add(
    "takings_told",
    `insert into taking_days (facility_id, day, method, purpose, lane_id, zone_id, ${sums.join(", ")})
     select turn.facility_id, day, coalesce(method, ''), coalesce(purpose, 'stay'),
       coalesce(entry_lane_id, ''), coalesce(zone_id, ''),
       ${sums.map((name) => `sum(${name})`).join(", ")}
     from turn, (
       ${part("captured_on", "captured_on is not null", "payments", "taken_minor")}
       union all ${part("reversed_on", "reversed_on is not null and captured_on is not null", "reversals", "reversed_minor")}
       union all ${part("charged_back_on", "charged_back_on is not null", "charge_backs", "charged_back_minor")}
       union all ${part(`(processed_at at time zone ${zone})::date`, "state = 'declined' and processed_at is not null", "declined")}
     ) as part(day, method, purpose, entry_lane_id, zone_id, ${sums.join(", ")})
     group by 1, 2, 3, 4, 5, 6
     on conflict (facility_id, day, method, purpose, lane_id, zone_id) do update set
       ${growing("taking_days", sums)}`,
  );
}

function addStays(statement: Statement, zone: string): void {
  statement.add(
    "space_stays_counted",
    `insert into space_stay_days (facility_id, day, space_id, stays, stayed_s)
     select turn.facility_id, (exit_time at time zone ${zone})::date, space_id, sum(sign),
       sum(sign * duration_seconds)
     from turn, (${moves("stays_told", stayReturning)}) as moved
     where space_id is not null group by 1, 2, 3
     on conflict (facility_id, day, space_id) do update set
       ${growing("space_stay_days", ["stays", "stayed_s"])}`,
  );
}
