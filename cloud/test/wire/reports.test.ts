import {
  ActiveSessions,
  DashboardSummary,
  PaymentAnalytics,
  PaymentPage,
  PeakHours,
  PeakOccupancy,
  RevenueReport,
  SessionPage,
  SlotUsage,
  ZoneOccupancy,
} from "@gatehouse/shared/contracts/reports/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { differencesOf } from "../../../scripts/populate/differences.ts";
import { describeWithPostgres } from "../embedded.ts";
import { tellTown, type Town, townSums } from "./town.ts";
import type { TownFacility } from "./town-history.ts";

const days = { from: "2026-10-18", to: "2026-10-28" };

describeWithPostgres("the numbers of a town", () => {
  let made: Town;
  let town: readonly TownFacility[];

  beforeAll(async () => {
    made = await tellTown();
    town = made.facilities;
  }, 300_000);
  afterAll(() => made.postgres.stop());

  const look: Town["look"] = (facility, path) => made.look(facility, path);
  const raw: Town["raw"] = (facility) => made.raw(facility);
  const query = (period: { from: string; to: string }): string =>
    new URLSearchParams(period).toString();

  test.each([0, 1, 2])(
    "entries and exits of every hour are those of the raw lines (%i)",
    async (at) => {
      const facility = town[at]!;
      const held = await made.office.rows<{ hour: Date; entries: number; exits: number }>(
        `select hour, entries, exits from facility_hours
       where facility_id = $1 and (entries <> 0 or exits <> 0) order by hour`,
        [facility.plan.facilityId],
      );
      expect(held).toEqual(await raw(facility).hours());
      expect(held.length).toBeGreaterThan(150);
    },
  );

  test.each([0, 1, 2])("the revenue of every hour is that of the raw lines (%i)", async (at) => {
    const facility = town[at]!;
    const held = await made.office.rows<{ hour: Date; minor: number }>(
      `select hour, taken_minor as minor from facility_hours
       where facility_id = $1 and taken_minor <> 0 order by hour`,
      [facility.plan.facilityId],
    );
    expect(held).toEqual(await raw(facility).takingsByHour());
    expect(held.length).toBeGreaterThan(100);
  });

  test.each([0, 1, 2])("the most inside on each day is that of the raw lines (%i)", async (at) => {
    const facility = town[at]!;
    const occupancy = PeakOccupancy.parse(await look(facility, "peak-occupancy?days=3"));
    const peaks = await Promise.all(
      ["2026-10-25", "2026-10-26", "2026-10-27"].map((day) => raw(facility).peakOf(day)),
    );
    const highest = Math.max(...occupancy.hourly_breakdown.map(({ max_inside }) => max_inside));
    expect(highest).toBe(Math.max(...peaks));
    expect(highest).toBeGreaterThan(3);
  });

  test.each([0, 1, 2])(
    "revenue, its parts and what went back are those of the raw lines (%i)",
    async (at) => {
      const facility = town[at]!;
      const report = RevenueReport.parse(await look(facility, `revenue?${query(days)}`));
      const takings = await raw(facility).takings(days.from, days.to);
      expect(
        report.by_payment_method.map(({ payment_method, amount_minor, count }) => ({
          method: payment_method,
          minor: amount_minor,
          count,
        })),
      ).toEqual(takings);
      const total = takings.reduce((sum, { minor }) => sum + minor, 0);
      expect(report.total_revenue_minor).toBe(total);
      expect(report.total_revenue).toBe(total / 100);
      const sum = (rows: readonly { revenue_minor: number }[]): number =>
        rows.reduce((all, { revenue_minor }) => all + revenue_minor, 0);
      expect(sum(report.by_zone)).toBe(total);
      expect(sum(report.by_day)).toBe(total);
      const back = await raw(facility).givenBack(days.from, days.to);
      expect(report.given_back).toMatchObject({
        refunded_minor: back["refund-changed"] ?? 0,
        reversed_minor: back["payment-reversed"] ?? 0,
        charged_back_minor: back["payment-disputed"] ?? 0,
      });
      expect(report.not_revenue).toMatchObject(
        [
          { purpose: "top-up", amount_minor: 5000 },
          { purpose: "stay", payment_method: "nil", amount_minor: 5000 },
        ].toSorted((a, b) => (a.purpose < b.purpose ? 1 : -1)),
      );
    },
  );

  test.each([0, 1, 2])(
    "peaks by entries and by occupancy are two reports, both from the raw lines (%i)",
    async (at) => {
      const facility = town[at]!;
      const entries = PeakHours.parse(await look(facility, "peak-hours?days=10"));
      const byHour = Array<number>(24).fill(0);
      const hourOf = new Intl.DateTimeFormat("en", {
        hour: "numeric",
        hourCycle: "h23",
        timeZone: facility.plan.card.timezone,
      });
      const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone: facility.plan.card.timezone });
      for (const { hour, entries: n } of await raw(facility).hours()) {
        const day = dayOf.format(hour);
        if (day < entries.period.from || day > entries.period.to) continue;
        byHour[Number(hourOf.format(hour))]! += n;
      }
      expect(entries.hourly_breakdown.map((each) => each.entries)).toEqual(byHour);
      expect(entries.peak_hours.map((each) => each.entries)).toEqual(
        byHour.toSorted((a, b) => b - a).slice(0, 5),
      );

      const occupancy = PeakOccupancy.parse(await look(facility, "peak-occupancy?days=10"));
      const raws = await raw(facility).occupied(occupancy.period.from, occupancy.period.to);
      expect(occupancy.hourly_breakdown.map(({ avg_occupancy }) => avg_occupancy)).toEqual(
        raws.map(({ occupied, seconds }) => Math.round((10_000 * occupied) / seconds) / 10_000),
      );
      expect(occupancy.basis).not.toBe(entries.basis);
    },
  );

  test("the day on which clocks are set back has 25 hours, and the hour that comes twice is two", async () => {
    const berlin = town[0]!;
    const occupancy = PeakOccupancy.parse(await look(berlin, "peak-occupancy?days=3"));
    const observed = occupancy.hourly_breakdown.map(({ hours_observed }) => hours_observed);
    expect(occupancy.period).toEqual({ from: "2026-10-25", to: "2026-10-27" });
    expect(observed[2]).toBe(4);
    expect(observed.reduce((sum, n) => sum + n, 0)).toBe(25 + 24 + 24);
  });

  test.each([0, 1, 2])(
    "every space's time and stays are those of the raw lines, and its share of the revenue sums up (%i)",
    async (at) => {
      const facility = town[at]!;
      const usage = SlotUsage.parse(await look(facility, `slots?${query(days)}`));
      const used = usage.slots
        .filter(({ occupied_seconds }) => occupied_seconds > 0)
        .map(({ slot_id, occupied_seconds }) => ({ space_id: slot_id, occupied: occupied_seconds }))
        .toSorted((a, b) => (a.space_id < b.space_id ? -1 : 1));
      expect(used).toEqual(
        (await raw(facility).spaces(days.from, days.to)).filter(({ occupied }) => occupied > 0),
      );
      const stays = new Map(
        (await raw(facility).stays(days.from, days.to)).map((row) => [row.space_id, row.stays]),
      );
      for (const slot of usage.slots)
        expect(slot.total_sessions).toBe(stays.get(slot.slot_id) ?? 0);
      const report = RevenueReport.parse(await look(facility, `revenue?${query(days)}`));
      expect(usage.slots.reduce((sum, { revenue_minor }) => sum + revenue_minor, 0)).toBe(
        report.total_revenue_minor,
      );
    },
  );

  test.each([0, 1, 2])(
    "the dashboard is the present day of the raw lines, and says how fresh it is (%i)",
    async (at) => {
      const facility = town[at]!;
      const board = DashboardSummary.parse(await look(facility, "dashboard"));
      const figures = raw(facility);
      const [today] = await figures.ask<{
        entries: number;
        exits: number;
        inside: number;
        users: number;
      }>(
        `select count(*) filter (where (entry at time zone $2)::date = $3)::integer as entries,
         count(*) filter (where (exit at time zone $2)::date = $3)::integer as exits,
         count(*) filter (where exit is null and (entry is not null or reopened_at is not null))::integer as inside,
         count(distinct (select body ->> 'plate' from lines
           where type = 'session-pending' and body ->> 'session_id' = id))
           filter (where (entry at time zone $2)::date = $3)::integer as users
       from ends`,
        board.day,
      );
      expect(board).toMatchObject({
        entries_today: today!.entries,
        completed_sessions: today!.exits,
        active_sessions: today!.inside,
        users_today: today!.users,
        peak_inside_today: await figures.peakOf(board.day),
      });
      const taken = (await figures.takings(board.day, board.day)).reduce(
        (sum, { minor }) => sum + minor,
        0,
      );
      expect(board.revenue_today_minor).toBe(taken);
      expect(board.about).toMatchObject({ lines_to_come: 0, set_aside: 0 });
      const zones = ZoneOccupancy.parse(await look(facility, "zones"));
      expect(zones.zones.map(({ zone_name }) => zone_name)).toEqual([
        "Ground Floor",
        "First Floor",
        "Roof",
      ]);
      expect(zones.zones.reduce((sum, { occupied_slots }) => sum + occupied_slots, 0)).toBe(
        board.occupied_slots,
      );
    },
  );

  test.each([0, 1, 2])(
    "each number opens to just the sessions and payments that it counts, page by page (%i)",
    async (at) => {
      const facility = town[at]!;
      const report = RevenueReport.parse(await look(facility, `revenue?${query(days)}`));
      let taken = 0;
      let notRevenue = 0;
      for (let path: string | undefined = report.opens["total_revenue"]; path !== undefined;) {
        const page = PaymentPage.parse(await made.office.look(path));
        for (const { amount_minor, purpose, payment_method } of page.payments) {
          if (purpose === "top-up" || payment_method === "nil") notRevenue += amount_minor ?? 0;
          else taken += amount_minor ?? 0;
        }
        const [bare = ""] = path.split("&cursor=");
        path = page.next_cursor === null ? undefined : `${bare}&cursor=${page.next_cursor}`;
      }
      expect(taken).toBe(report.total_revenue_minor);
      expect(notRevenue).toBe(10_000);

      const peaks = PeakHours.parse(await look(facility, "peak-hours?days=10"));
      const [peak] = peaks.peak_hours;
      const filter = new URLSearchParams({ ...peaks.period, hour: `${peak!.hour}`, limit: "7" });
      const seen = new Set<string>();
      for (let cursor: string | null = ""; cursor !== null;) {
        const page: SessionPage = SessionPage.parse(
          await look(facility, `sessions?${filter}${cursor === "" ? "" : `&cursor=${cursor}`}`),
        );
        for (const { session_id } of page.sessions) {
          expect(seen.has(session_id)).toBe(false);
          seen.add(session_id);
        }
        cursor = page.next_cursor;
      }
      expect(seen.size).toBe(peak!.entries);
    },
  );

  test.each([0, 1, 2])(
    "the vehicles inside and the sessions that ended last are those of the raw lines (%i)",
    async (at) => {
      const facility = town[at]!;
      const active = ActiveSessions.parse(await look(facility, "sessions/active?limit=500"));
      const inside = await raw(facility).inside();
      expect(active.sessions.map(({ session_id }) => session_id).toSorted()).toEqual(
        inside.map(({ id }) => id),
      );
      expect(active.active_sessions).toBe(inside.length);
      const zoneOf = (id: string) =>
        active.sessions.find(({ session_id }) => session_id === id)?.zone_name;
      expect([zoneOf("kept"), zoneOf("still-there")]).toEqual(["Ground Floor", "Roof"]);
      const waits = active.sessions.map(({ duration_seconds }) => duration_seconds ?? 0);
      expect(waits).toEqual(waits.toSorted((a, b) => b - a));

      const ended = SessionPage.parse(await look(facility, "sessions/completed"));
      const last = await raw(facility).ask<{ exit: Date }>(
        "select exit from ends where exit is not null order by exit desc limit 100",
      );
      expect(ended.sessions.map(({ exit_time }) => exit_time)).toEqual(
        last.map(({ exit }) => exit.toISOString()),
      );
    },
  );

  test("how payments went is what the raw lines say", async () => {
    const facility = town[0]!;
    const went = PaymentAnalytics.parse(await look(facility, `payments?${query(days)}`));
    const [counts] = await raw(facility).ask<{ started: number; declined: number }>(
      `select count(*) filter (where type = 'payment-started') as started,
         count(*) filter (where type = 'payment-declined') as declined
       from lines where (at at time zone $2)::date between $3 and $4`,
      days.from,
      days.to,
    );
    const sum = went.by_status.reduce((all, { count }) => all + count, 0);
    expect(sum).toBe(counts!.started);
    expect(went.by_status.find(({ status }) => status === "declined")?.count).toBe(
      counts!.declined,
    );
    expect(went.recent_payments).toHaveLength(10);
  });

  test("as a whole they say what the raw lines say, and one sum that is wrong is found", async () => {
    const found: unknown[] = [];
    for (const facility of town)
      found.push(
        await differencesOf({ look: (path) => look(facility, path), raw: raw(facility) }, 10),
      );
    expect(found).toEqual([[], [], []]);

    const facility = town[1]!;
    const addToOne = (minor: number): Promise<unknown> =>
      made.office.rows(
        `update taking_days set taken_minor = taken_minor + $2 where (facility_id, day, method, purpose, lane_id) =
           (select facility_id, day, method, purpose, lane_id from taking_days
            where facility_id = $1 and day = '2026-10-26' and method = 'card' order by lane_id limit 1)`,
        [facility.plan.facilityId, minor],
      );
    await addToOne(1);
    const sources = { look: (path: string) => look(facility, path), raw: raw(facility) };
    const wrong = await differencesOf(sources, 10);
    expect(wrong.map(({ figure }) => figure)).toEqual([
      "revenue by method",
      "revenue",
      "revenue by zone, together",
      "revenue by day",
    ]);
    await addToOne(-1);
  });

  test("sums that an older program made are made anew with the next batch, and are the same", async () => {
    const facility = town[0]!;
    const { facilityId, card } = facility.plan;
    const sums = async (): Promise<unknown[]> => {
      const all: unknown[] = [];
      for (const table of townSums) {
        // What was counted and taken away again leaves a row of nothing.
        const rows = await made.office.rows<Record<string, unknown>>(
          `select * from ${table} where facility_id = $1 order by ${table}`,
          [facilityId],
        );
        all.push(rows.filter((row) => Object.values(row).some((value) => Number(value) > 0)));
      }
      return all;
    };
    const before = await sums();
    for (const table of townSums)
      await made.office.rows(`delete from ${table} where facility_id = $1`, [facilityId]);
    // Sums are made anew without a new revision.
    await made.office.rows("update facility_states set rolled_up_as = '' where facility_id = $1", [
      facilityId,
    ]);
    const batch = {
      facility_id: facilityId,
      epoch: 2,
      first_seq: 3,
      lines: [],
      spaces_through: 0,
      spaces: [],
      sent_at: "2026-10-28T14:05:00.000Z",
      directives_through: 0,
      version: "0.2.0",
      facility: card,
    };
    await made.office.send(batch);
    expect(await sums()).toEqual(before);
    expect(before.every((rows) => Array.isArray(rows) && rows.length > 0)).toBe(true);
  });
});
