import {
  DailyReport,
  DwellReport,
  FlowReport,
  HourlyOccupancy,
  SpaceUtilization,
  StaffAnalytics,
  TakingHours,
  UserAnalytics,
  WeekPattern,
} from "@gatehouse/shared/contracts/reports/analytics";
import { FigureReport, OutcomeReport } from "@gatehouse/shared/contracts/reports/figures";
import { RevenueReport, VehicleAnalytics } from "@gatehouse/shared/contracts/reports/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithPostgres } from "../embedded.ts";
import { tellTown, type Town } from "./town.ts";
import type { TownFacility } from "./town-history.ts";

const days = { from: "2026-10-19", to: "2026-10-27" };
const query = new URLSearchParams(days).toString();

describeWithPostgres("the analytics of a town", () => {
  let made: Town;
  let town: readonly TownFacility[];

  beforeAll(async () => {
    made = await tellTown();
    town = made.facilities;
  }, 300_000);
  afterAll(() => made.postgres.stop());

  const facilityAt = (at: number): TownFacility => {
    const facility = town[at];
    if (facility === undefined) throw new RangeError("the town has three facilities");
    return facility;
  };
  const figures = async (facility: TownFacility, path: string) => {
    const report = FigureReport.parse(await made.look(facility, path));
    return new Map(report.figures.map((figure) => [figure.name, figure]));
  };

  test("a day's hours are 25 where clocks are set back, and its report sums them up", async () => {
    const berlin = facilityAt(0);
    const day = "2026-10-25";
    const { hourly_data } = HourlyOccupancy.parse(
      await made.look(berlin, `hourly-occupancy?date=${day}`),
    );
    expect(hourly_data.map(({ hour }) => hour)).toEqual([
      0,
      1,
      2,
      2,
      ...Array.from({ length: 21 }, (_, index) => index + 3),
    ]);
    const daily = DailyReport.parse(await made.look(berlin, `daily?date=${day}`));
    expect(daily.hourly_data).toEqual(hourly_data);
    const [raw] = await made.raw(berlin).ask<{ entries: number; exits: number; cars: number }>(
      `select count(*) filter (where (entry at time zone $2)::date = $3)::integer as entries,
         count(*) filter (where (exit at time zone $2)::date = $3)::integer as exits,
         count(*) filter (where (entry at time zone $2)::date = $3 and class = 'car')::integer as cars
       from ends`,
      day,
    );
    expect(daily.summary).toMatchObject({
      total_vehicles: raw?.entries,
      entries: raw?.entries,
      exits: raw?.exits,
      vehicle_observations: null,
      max_occupancy: await made.raw(berlin).peakOf(day),
    });
    expect(daily.summary.vehicle_types["car"]).toBe(raw?.cars);
    const { total_revenue_minor } = RevenueReport.parse(
      await made.look(berlin, `revenue?from=${day}&to=${day}`),
    );
    expect(daily.revenue_minor).toBe(total_revenue_minor);
    expect(daily.revenue_minor).toBeGreaterThan(0);
    expect(daily.peak_hour?.avg_occupancy_rate).toBe(
      Math.max(...hourly_data.map(({ avg_occupancy_rate }) => avg_occupancy_rate ?? 0)),
    );
  });

  test.each([0, 1, 2])("an average week counts every entry in its hour (%i)", async (at) => {
    const facility = facilityAt(at);
    const week = WeekPattern.parse(await made.look(facility, "week?days=9"));
    const raw = await made.raw(facility).ask<{ weekday: number; hour: number; entries: number }>(
      `select extract(isodow from entry at time zone $2)::integer as weekday,
         extract(hour from entry at time zone $2)::integer as hour, count(*)::integer as entries
       from ends where (entry at time zone $2)::date between $3 and $4
       group by 1, 2 order by 1, 2`,
      week.period.from,
      week.period.to,
    );
    const told = week.hours
      .map(({ weekday, hour, average_entries, hours_counted }) => ({
        weekday,
        hour,
        entries: Math.round((average_entries ?? 0) * hours_counted),
      }))
      .filter(({ entries }) => entries > 0);
    expect(told).toEqual(raw);
    expect(raw.length).toBeGreaterThan(20);
  });

  test.each([0, 1])("an average week is as full as its days were (%i)", async (at) => {
    const facility = facilityAt(at);
    const week = WeekPattern.parse(await made.look(facility, "week?days=9"));
    const sums = new Map<string, number[]>();
    for (let day = 19; day <= 27; day += 1) {
      const date = `2026-10-${day}`;
      const answer = await made.look(facility, `hourly-occupancy?date=${date}`);
      const weekday = new Date(date).getUTCDay() || 7;
      for (const { hour, avg_occupancy_rate } of HourlyOccupancy.parse(answer).hourly_data) {
        const key = `${weekday} ${hour}`;
        if (avg_occupancy_rate !== null)
          sums.set(key, [...(sums.get(key) ?? []), avg_occupancy_rate]);
      }
    }
    for (const { weekday, hour, avg_occupancy } of week.hours) {
      const shares = sums.get(`${weekday} ${hour}`) ?? [];
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      expect(avg_occupancy ?? Number.NaN, `${weekday} ${hour}`).toBeCloseTo(mean, 3);
    }
  });

  test("a day's takings by the hour sum up to its revenue", async () => {
    const berlin = facilityAt(0);
    for (const date of ["2026-10-25", "2026-10-26"]) {
      const { hours } = TakingHours.parse(await made.look(berlin, `taking-hours?date=${date}`));
      const revenue = RevenueReport.parse(
        await made.look(berlin, `revenue?from=${date}&to=${date}`),
      );
      const sum = (of: (hour: (typeof hours)[number]) => number): number =>
        hours.reduce((total, hour) => total + of(hour), 0);
      expect(sum(({ taken_minor }) => taken_minor)).toBe(revenue.total_revenue_minor);
      expect(sum(({ payments }) => payments)).toBe(revenue.transaction_count);
      expect(hours.filter(({ taken_minor }) => taken_minor > 0).length).toBeGreaterThan(3);
    }
  });

  test.each([0, 1, 2])("how long vehicles stay is what the raw lines say (%i)", async (at) => {
    const facility = facilityAt(at);
    const dwell = DwellReport.parse(await made.look(facility, `dwell?${query}`));
    const lengths = await made.raw(facility).lengths(days.from, days.to);
    expect(dwell).toMatchObject({
      vehicles: lengths.vehicles,
      average_dwell_seconds: lengths.mean,
      median_dwell_seconds: lengths.median,
      p90_dwell_seconds: lengths.p90,
    });
    const stays = await made.raw(facility).stays(days.from, days.to);
    const count = stays.reduce((sum, row) => sum + row.stays, 0);
    expect(dwell.space_stays).toBe(count);
    expect(dwell.average_space_stay_seconds).toBe(
      Math.round(stays.reduce((sum, { seconds }) => sum + seconds, 0) / count),
    );
  });

  test("who comes and goes sums up by lane and by day, and what people did is counted once", async () => {
    const berlin = facilityAt(0);
    const flow = FlowReport.parse(await made.look(berlin, `flow?${query}`));
    for (const rows of [flow.by_lane, flow.by_day]) {
      expect(rows.reduce((sum, { entries }) => sum + entries, 0)).toBe(flow.entries);
      expect(rows.reduce((sum, { exits }) => sum + exits, 0)).toBe(flow.exits);
    }
    expect(flow.by_lane.find(({ lane_id }) => lane_id === "entry-2")?.exits).toBe(0);

    const { staff } = StaffAnalytics.parse(await made.look(berlin, `staff?${query}`));
    const raw = await made.raw(berlin).ask<{ person: string; count: number }>(
      `select body -> 'actor' ->> 'id' as person, count(*) as count from lines
       where type = 'lane-decided' and body -> 'actor' ->> 'kind' = 'attendant'
         and body ->> 'kind' = 'open' and (at at time zone $2)::date between $3 and $4
       group by 1 order by 1`,
      days.from,
      days.to,
    );
    const opened = staff.flatMap(({ person, acts }) =>
      acts.filter(({ act }) => act === "opened").map(({ count }) => ({ person, count })),
    );
    expect(opened).toEqual(raw);
  });

  test.each([0, 1, 2])("the people who park are told apart by their plates (%i)", async (at) => {
    const facility = facilityAt(at);
    const users = UserAnalytics.parse(await made.look(facility, `users?${query}`));
    const raw = await made.raw(facility).vehicles(days.from, days.to);
    expect(users).toMatchObject({
      visits: raw.visits,
      vehicles: raw.vehicles,
      new_vehicles: raw.fresh,
      returning_vehicles: raw.vehicles - raw.fresh,
      permit_visits: raw.permits,
    });
    expect(raw.permits).toBeGreaterThan(0);
    expect(users.by_visits.reduce((sum, { vehicles }) => sum + vehicles, 0)).toBe(users.vehicles);
  });

  test("a vehicle's visits and expenses are its own, less what it was given back", async () => {
    const berlin = facilityAt(0);
    const [most] = await made.raw(berlin).ask<{ plate: string; visits: number }>(
      `select body ->> 'plate' as plate, count(*) as visits
       from lines join ends on ends.id = body ->> 'session_id' and (entry is not null or exit is not null)
       where type = 'session-pending' group by 1 order by 2 desc, 1 limit 1`,
    );
    const plate = most?.plate ?? "";
    const vehicle = VehicleAnalytics.parse(
      await made.look(berlin, `vehicle?plate=${plate.slice(0, 2)}-${plate.slice(2).toLowerCase()}`),
    );
    expect(vehicle).toMatchObject({ vehicle_number: plate, total_visits: most?.visits });
    const paid = vehicle.payment_methods.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
    expect(vehicle.total_expense_minor).toBe(paid);
  });

  test("advice on prices goes by the time that was observed, and none is given about what was not", async () => {
    const berlin = facilityAt(0);
    const use = SpaceUtilization.parse(await made.look(berlin, "space-utilization?days=10"));
    // One of the days has 25 hours.
    expect(use.observed_seconds).toBe((24 * 10 + 1) * 3600);
    const rates = use.utilization.map(({ utilization_rate }) => utilization_rate);
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    const advised = new Map(use.recommendations.map((row) => [row.space_id, row.recommendation]));
    const adviceFor = (rate: number): string | undefined => {
      if (rate > 0.9) return "increase_price";
      return rate < 0.3 ? "decrease_price" : undefined;
    };
    // A rate that is shown as a bound may lie on either side of it.
    const clear = use.utilization.filter(
      ({ utilization_rate: rate }) => rate !== 0.9 && rate !== 0.3,
    );
    expect(clear.map(({ space_id }) => advised.get(space_id))).toEqual(
      clear.map(({ utilization_rate }) => adviceFor(utilization_rate)),
    );
    const india = facilityAt(2);
    await made.office.rows("delete from zone_hours where facility_id = $1", [
      india.plan.facilityId,
    ]);
    const none = SpaceUtilization.parse(await made.look(india, "space-utilization"));
    expect(none).toMatchObject({ observed_seconds: 0, recommendations: [] });
  });

  test("there are twelve key figures, the time to decide at a gate and five of success, each with its meaning, and null says why", async () => {
    const berlin = facilityAt(0);
    const kpis = await figures(berlin, `kpis?${query}`);
    const success = await figures(berlin, `success?${query}`);
    expect([kpis.size, success.size]).toEqual([13, 5]);
    for (const { value, why_none, definition } of [...kpis.values(), ...success.values()]) {
      expect(definition).not.toBe("");
      expect(why_none === null).toBe(value !== null);
    }
    const [raw] = await made
      .raw(berlin)
      .ask<{ taken: number; declined: number; took: number; asked: number }>(
        `select count(*) filter (where type = 'payment-captured') as taken,
         count(*) filter (where type = 'payment-declined') as declined,
         count(*) filter (where type = 'gate-answered' and body ->> 'result' = 'accepted') as took,
         count(*) filter (where type = 'gate-commanded') as asked
       from lines where (at at time zone $2)::date between $3 and $4`,
        days.from,
        days.to,
      );
    const share = (part = 0, whole = 0): number => Math.round((10_000 * part) / whole) / 100;
    const attempts = (raw?.taken ?? 0) + (raw?.declined ?? 0);
    expect(kpis.get("payment_processing_success")?.value).toBe(share(raw?.taken, attempts));
    expect(success.get("payment_failures")?.value).toBe(share(raw?.declined, attempts));
    expect(success.get("availability")?.value).toBe(share(raw?.took, raw?.asked));
    const use = kpis.get("space_utilization_rate")?.value ?? 0;
    const occupied = await made.raw(berlin).occupied(days.from, days.to);
    expect(use).toBe(
      share(
        occupied.reduce((sum, row) => sum + row.occupied, 0),
        occupied.reduce((sum, { seconds }) => sum + seconds, 0),
      ),
    );
  });

  test("every business outcome is a report with its definition and its evidence", async () => {
    const report = OutcomeReport.parse(await made.look(facilityAt(0), `outcomes?${query}`));
    expect(report.outcomes).toHaveLength(17);
    for (const { name, definition, columns, rows } of report.outcomes) {
      expect(definition).not.toBe("");
      for (const row of rows) expect([name, row.length]).toEqual([name, columns.length]);
    }
    const rows = (name: string) => report.outcomes.find((each) => each.name === name)?.rows ?? [];
    const passed = rows("entrance-design").reduce((sum, [, count]) => sum + Number(count), 0);
    const [raw] = await made.raw(facilityAt(0)).ask<{ passed: number }>(
      `select count(*) as passed from lines where type = 'passage-ended'
         and (at at time zone $2)::date between $3 and $4`,
      days.from,
      days.to,
    );
    expect(passed).toBe(raw?.passed);
    expect(rows("capacity-planning")).toHaveLength(9);
    expect(rows("revenue-forecast")).toHaveLength(7);
  });

  test.each([0, 1, 2])(
    "what stays were charged by their length is in the raw lines (%i)",
    async (at) => {
      const facility = facilityAt(at);
      const { outcomes } = OutcomeReport.parse(await made.look(facility, `outcomes?${query}`));
      const raw = await made.raw(facility).charged(days.from, days.to);
      const hours = new Map([1, 2, 4, 8, 24].map((most) => [most, `${most >> 1}–${most}`]));
      hours.set(24, "8–24");
      expect(outcomes.find(({ name }) => name === "duration-fees")?.rows).toEqual(
        raw.map((row) => [hours.get(row.hours) ?? "24+", row.stays, row.charged, row.average]),
      );
      expect(raw.length).toBeGreaterThan(3);
    },
  );

  test.each([
    ["revenue?from=2026-10-20&to=2026-10-19", "to"],
    ["revenue?from=2026-10-20", "to"],
    ["revenue?from=2020-01-01&to=2026-10-19", "from"],
    ["daily?date=yesterday", "date"],
    ["peak-hours?days=0", "days"],
    ["sessions?cursor=nonsense", "cursor"],
    ["payment-list?hour=25&by=stolen", "by"],
  ])("what cannot be answered says what to write: %s", async (path, where) => {
    const { plan } = facilityAt(0);
    await expect(made.look(facilityAt(0), path)).rejects.toThrow(
      new RegExp(`^Error: 422|422 .*"path":"${where}"`),
    );
    await expect(
      made.office.look(`/v1/facilities/nowhere/reports/dashboard?${plan.facilityId}`),
    ).rejects.toThrow(/404/);
  });
});
