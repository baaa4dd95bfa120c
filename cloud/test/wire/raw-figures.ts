import type { TestOffice } from "../head-office.ts";

/*
 * The figures once more, from the raw lines alone: nothing here is shared with the reports or with what ingest keeps.
 * A session's end is its last `session-closed`, unless it was reopened after that or never counted.
 */

const lines = `lines as materialized (
  select epoch, seq, line ->> 'type' as type, (line ->> 'at')::timestamptz as at, line -> 'body' as body
  from (select epoch, seq, text::jsonb as line from ledger_lines
    where facility_id = $1 and $2::text is not null offset 0) as each)`;

const sessions = `visits as materialized (
  select body ->> 'session_id' as id,
    max((body ->> 'entry_at')::timestamptz) filter (where type = 'session-opened') as entry,
    max(body ->> 'lane_id') filter (where type = 'session-pending') as lane,
    max(body ->> 'vehicle_class') filter (where type = 'session-pending') as class,
    bool_or(type = 'session-superseded') as was_merged,
    max(array[epoch, seq]) filter (where type = 'session-closed') as closed_at,
    max(array[epoch, seq]) filter (where type = 'session-flagged'
      and body ->> 'flag' in ('reopened', 'orphan-exit')) as reopened_at
  from lines where type like 'session-%' group by 1),
ends as materialized (
  select v.*, case when v.closed_at > coalesce(v.reopened_at, array[0::bigint, 0])
      then (c.body ->> 'exit_at')::timestamptz end as exit,
    (c.body ->> 'duration_s')::bigint as duration_s, c.body ->> 'outcome' as outcome
  from visits v left join lines c on array[c.epoch, c.seq] = v.closed_at
  where not v.was_merged)`;

/** Every payment that was taken for a stay, a penalty or a renewal: its two lines are found by its id. */
const takings = `select min(body ->> 'method') filter (where type = 'payment-started') as method,
    sum((body ->> 'amount_minor')::bigint) filter (where type = 'payment-captured') as minor,
    min(at) filter (where type = 'payment-captured') as taken
  from lines where type in ('payment-started', 'payment-captured')
  group by body ->> 'payment_id'
  having min(body ->> 'purpose') filter (where type = 'payment-started') <> 'top-up'
    and min(body ->> 'method') filter (where type = 'payment-started') <> 'nil'`;

interface Lengths {
  readonly vehicles: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

export class RawFigures {
  readonly #office: Pick<TestOffice, "rows">;
  readonly #facilityId: string;
  readonly #timezone: string;

  constructor(office: Pick<TestOffice, "rows">, facilityId: string, timezone: string) {
    this.#office = office;
    this.#facilityId = facilityId;
    this.#timezone = timezone;
  }

  ask<T>(sql: string, ...values: readonly unknown[]): Promise<T[]> {
    return this.#office.rows<T>(`with ${lines}, ${sessions} ${sql}`, [
      this.#facilityId,
      this.#timezone,
      ...values,
    ]);
  }

  /** Entries, exits and the most inside at the end of a minute, by each hour that has any. */
  hours(): Promise<{ hour: Date; entries: number; exits: number }[]> {
    return this.ask(`select date_trunc('hour', at, $2) as hour,
        count(*) filter (where is_entry)::integer as entries,
        count(*) filter (where not is_entry)::integer as exits
      from (select entry as at, true as is_entry from ends where entry is not null
        union all select exit, false from ends where exit is not null) as moved
      group by 1 order by 1`);
  }

  /** How many were inside at the end of each minute of a day; the largest of them. */
  async peakOf(day: string): Promise<number> {
    const [row] = await this.ask<{ peak: number }>(
      `select max(inside)::integer as peak from (
         select count(*) as inside
         from generate_series($3::date::timestamp at time zone $2,
           ($3::date + 1)::timestamp at time zone $2 - interval '1 minute', interval '1 minute') as minute(at)
         join ends on entry < minute.at + interval '1 minute'
           and (exit is null or exit >= minute.at + interval '1 minute')
         group by minute.at) as counted`,
      day,
    );
    return row?.peak ?? 0;
  }

  entriesByHour(from: string, to: string): Promise<{ hour: number; entries: number }[]> {
    return this.ask(
      `select extract(hour from entry at time zone $2)::integer as hour, count(*)::integer as entries
       from ends where (entry at time zone $2)::date between $3 and $4 group by 1 order by 1`,
      from,
      to,
    );
  }

  endsByDay(from: string, to: string): Promise<{ day: string; entries: number; exits: number }[]> {
    return this.ask(
      `select to_char(day, 'YYYY-MM-DD') as day, count(*) filter (where is_entry)::integer as entries,
         count(*) filter (where not is_entry)::integer as exits
       from (select (entry at time zone $2)::date as day, true as is_entry from ends where entry is not null
         union all select (exit at time zone $2)::date, false from ends where exit is not null) as moved
       where day between $3 and $4 group by 1 order by 1`,
      from,
      to,
    );
  }

  /** Of the stays that ended on some days and whose whole length is known. */
  async lengths(from: string, to: string): Promise<Lengths> {
    const [row] = await this.ask<Lengths>(
      `select count(*)::integer as vehicles, round(avg(duration_s))::integer as mean,
         percentile_disc(0.5) within group (order by duration_s)::integer as median,
         percentile_disc(0.9) within group (order by duration_s)::integer as p90
       from ends where entry is not null and exit is not null and outcome <> 'closed-assumed'
         and (exit at time zone $2)::date between $3 and $4`,
      from,
      to,
    );
    return row ?? { vehicles: 0, mean: null, median: null, p90: null };
  }

  /** What the stays that ended on some days were charged, by how many hours they lasted: (0, 1], (1, 2], (2, 4]… */
  charged(
    from: string,
    to: string,
  ): Promise<{ hours: number; stays: number; charged: number; average: number }[]> {
    return this.ask(
      `select hours, count(*)::integer as stays, sum(minor)::bigint as charged,
         round(avg(minor))::integer as average
       from (select (select min(most) from unnest(array[1, 2, 4, 8, 24, 9999]) as most
             where ends.duration_s <= most * 3600) as hours,
           (c.body ->> 'total_minor')::bigint as minor
         from ends join lines as c on array[c.epoch, c.seq] = ends.closed_at
         where exit is not null and outcome in ('closed', 'closed-unpaid')
           and (exit at time zone $2)::date between $3 and $4) as stay
       group by 1 order by 1`,
      from,
      to,
    );
  }

  /** Who came in on some days, told apart by their plates. */
  async vehicles(
    from: string,
    to: string,
  ): Promise<{ visits: number; vehicles: number; fresh: number; permits: number }> {
    const [row] = await this.ask<{
      visits: number;
      vehicles: number;
      fresh: number;
      permits: number;
    }>(
      `select coalesce(sum(n), 0)::integer as visits, count(*)::integer as vehicles,
         count(*) filter (where not was_here)::integer as fresh,
         coalesce(sum(with_permit), 0)::integer as permits
       from (select plate, count(*) filter (where day between $3 and $4) as n,
           count(permit) filter (where day between $3 and $4) as with_permit,
           coalesce(bool_or(day < $3), false) as was_here
         from (select (entry at time zone $2)::date as day, body ->> 'plate' as plate,
             body ->> 'permit_id' as permit
           from ends join lines on type = 'session-pending' and body ->> 'session_id' = id
           where entry is not null) as came
         group by plate) as vehicles where n > 0`,
      from,
      to,
    );
    return row ?? { visits: 0, vehicles: 0, fresh: 0, permits: 0 };
  }

  /** The sessions whose vehicles are inside. */
  inside(): Promise<{ id: string }[]> {
    return this.ask(
      "select id from ends where exit is null and (entry is not null or reopened_at is not null) order by id",
    );
  }

  takingsByDay(from: string, to: string): Promise<{ day: string; minor: number }[]> {
    return this.ask(
      `select to_char((taken at time zone $2)::date, 'YYYY-MM-DD') as day, sum(minor)::bigint as minor
       from (${takings}) as payment where (taken at time zone $2)::date between $3 and $4
       group by 1 order by 1`,
      from,
      to,
    );
  }

  /** What was taken in each hour that had any. */
  takingsByHour(): Promise<{ hour: Date; minor: number }[]> {
    return this.ask(`select date_trunc('hour', taken, $2) as hour, sum(minor)::bigint as minor
      from (${takings}) as payment where taken is not null group by 1 order by 1`);
  }

  takings(from: string, to: string): Promise<{ method: string; minor: number; count: number }[]> {
    return this.ask(
      `select method, sum(minor)::bigint as minor, count(*) as count
       from (${takings}) as payment where (taken at time zone $2)::date between $3 and $4
       group by 1 order by 2 desc, 1`,
      from,
      to,
    );
  }

  async givenBack(from: string, to: string): Promise<Record<string, number>> {
    const rows = await this.ask<{ kind: string; minor: number }>(
      `select type as kind, sum((body ->> 'amount_minor')::bigint)::bigint as minor from lines
       where (type = 'payment-reversed' or (type = 'refund-changed' and body ->> 'status' = 'done')
           or (type = 'payment-disputed' and body ->> 'state' = 'lost'))
         and (at at time zone $2)::date between $3 and $4
       group by 1`,
      from,
      to,
    );
    return Object.fromEntries(rows.map(({ kind, minor }) => [kind, minor]));
  }

  /** Seconds occupied and seconds there were, by hour of the day; an hour that is told twice counts as it was first. */
  occupied(
    from: string,
    to: string,
  ): Promise<{ hour: number; occupied: number; seconds: number }[]> {
    return this.ask(
      `select extract(hour from hour at time zone $2)::integer as hour,
         sum((zone.value ->> 'occupied_s')::bigint)::bigint as occupied,
         sum((zone.value ->> 'spaces')::bigint * 3600)::bigint as seconds
       from (select distinct on (body ->> 'hour') (body ->> 'hour')::timestamptz as hour, body -> 'zones' as zones
         from lines where type = 'occupancy-hour' and body -> 'zones' <> '{}'
         order by body ->> 'hour', epoch, seq) as told, lateral jsonb_each(zones) as zone
       where (hour at time zone $2)::date between $3 and $4
       group by 1 order by 1`,
      from,
      to,
    );
  }

  spaces(from: string, to: string): Promise<{ space_id: string; occupied: number }[]> {
    return this.ask(
      `select space.key as space_id, sum(space.value::bigint)::bigint as occupied
       from (select distinct on (body ->> 'hour') (body ->> 'hour')::timestamptz as hour, body -> 'spaces' as spaces
         from lines where type = 'occupancy-hour' order by body ->> 'hour', epoch, seq) as told,
         lateral jsonb_each_text(spaces) as space
       where (hour at time zone $2)::date between $3 and $4
       group by 1 order by 1`,
      from,
      to,
    );
  }

  stays(from: string, to: string): Promise<{ space_id: string; stays: number; seconds: number }[]> {
    return this.ask(
      `select body ->> 'space_id' as space_id, count(*)::integer as stays,
         sum((body ->> 'duration_seconds')::bigint)::bigint as seconds
       from lines where type = 'space-stay-closed'
         and ((body ->> 'exit_time')::timestamptz at time zone $2)::date between $3 and $4
       group by 1 order by 1`,
      from,
      to,
    );
  }
}
