import type { FigureReport } from "@gatehouse/shared/contracts/reports/figures";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { type FigureFacts, keyFigures, successFigures } from "../../domain/reports/figures.ts";
import { isRevenue, sumBy } from "../../domain/reports/revenue.ts";
import { readRatings } from "../ratings.ts";
import { daysIn, type ReportDesk, shiftDay } from "./desk.ts";
import { readFlowDays, readLaneHours } from "./observed.ts";
import { readSpaceUse } from "./slots.ts";
import { readTakingRows, readZoneSeconds } from "./takings.ts";

/** The key figures of some days. */
export async function readKeyFigures(desk: ReportDesk, period: Period): Promise<FigureReport> {
  return { about: desk.about, period, figures: keyFigures(await readFacts(desk, period)) };
}

/** The success metrics of some days. */
export async function readSuccess(desk: ReportDesk, period: Period): Promise<FigureReport> {
  return { about: desk.about, period, figures: successFigures(await readFacts(desk, period)) };
}

async function readFacts(desk: ReportDesk, period: Period): Promise<FigureFacts> {
  const days = daysIn(period);
  const earlier = { from: shiftDay(period.from, -days), to: shiftDay(period.from, -1) };
  const [zones, zonesBefore, flow, takings, lanes, spaces, technical, ratings] = await Promise.all([
    readZoneSeconds(desk, period),
    readZoneSeconds(desk, earlier),
    readFlowDays(desk, period),
    readTakingRows(desk, period),
    readLaneHours(desk, period),
    readSpaceUse(desk, period),
    readTechnical(desk, period),
    readRatings(desk, period),
  ]);
  const devices = Object.values(desk.layout.devices);
  const seconds = (rows: typeof zones) => ({
    occupiedS: sumBy(rows, ({ occupied_s }) => occupied_s),
    spaceS: sumBy(rows, ({ space_s }) => space_s),
  });
  const stays = takings.filter(({ method }) => method !== "nil");
  return {
    days,
    ...seconds(zones),
    before: seconds(zonesBefore),
    measured: sumBy(flow, ({ measured }) => measured),
    stayedS: sumBy(flow, ({ stayed_s }) => stayed_s),
    spaceStays: sumBy(spaces, (space) => space.stays),
    spaceStayedS: sumBy(spaces, ({ stayed_s }) => stayed_s),
    revenueMinor: sumBy(takings.filter(isRevenue), ({ taken_minor }) => taken_minor),
    payments: sumBy(stays, ({ payments }) => payments),
    declined: sumBy(stays, ({ declined }) => declined),
    onlinePayments: sumBy(
      stays.filter(({ method }) => method === "online"),
      ({ payments }) => payments,
    ),
    commands: sumBy(lanes, ({ commands }) => commands),
    accepted: sumBy(lanes, ({ accepted }) => accepted),
    passages: sumBy(lanes, ({ passages }) => passages),
    timed: sumBy(lanes, ({ timed }) => timed),
    latencyMs: sumBy(lanes, ({ latency_ms }) => latency_ms),
    sensors: desk.layout.devices["sensor"],
    devices: devices.length === 0 ? undefined : sumBy(devices, (count) => count),
    ...technical,
    ...ratings,
  };
}

type Technical = Pick<
  FigureFacts,
  | "spaces"
  | "sensorSilentS"
  | "faulty"
  | "faults"
  | "workDue"
  | "workDone"
  | "reservationsOver"
  | "reservationsUsed"
  | "requests"
  | "requestMs"
>;

/** Alerts about people and money are no faults of a device. */
const ofDevice = "alert_type ~ '^(sensor|gate|loop|device|camera|barrier|disk|alarm-contact)'";

async function readTechnical(desk: ReportDesk, { from, to }: Period): Promise<Technical> {
  const { rows } = await desk.database.pool.query<Technical>({
    name: "report-technical",
    text: `with bounds as (
         select ($2::date)::timestamp at time zone $4 as first,
           least(($3::date + 1)::timestamp at time zone $4, $5::timestamptz) as past),
       told as (
         select *, greatest(raised_at, first) as since, least(coalesce(resolved_at, past), past) as until
         from alerts, bounds where facility_id = $1 and source = 'edge' and ${ofDevice}
           and raised_at < past and coalesce(resolved_at, past) > first),
       reserved as (
         select distinct on (body ->> 'reservation_id') body ->> 'reservation_id' as id,
           (body ->> 'reserved_until')::timestamptz as until, body ->> 'status' as status
         from directives where facility_id = $1 and kind = 'reservation'
         order by body ->> 'reservation_id', number desc),
       ended as (
         select reserved.* from reserved, bounds
         where until >= first and until < past and status is distinct from 'cancelled')
       select (select count(*) from spaces where facility_id = $1) as spaces,
         coalesce((select sum(extract(epoch from until - since)) from told
           where alert_type = 'sensor-silent'), 0)::bigint as "sensorSilentS",
         (select count(distinct subject) from told
           where resolved_at is null and severity <> 'info') as faulty,
         (select count(*) from told, bounds as b
           where raised_at >= b.first and severity <> 'info') as faults,
         (select count(*) from work_orders, bounds where facility_id = $1
           and scheduled_at >= first and scheduled_at < past and status <> 'cancelled') as "workDue",
         (select count(*) from work_orders, bounds where facility_id = $1
           and scheduled_at >= first and scheduled_at < past and status = 'completed') as "workDone",
         (select count(*) from ended) as "reservationsOver",
         (select count(*) from ended where exists (select from sessions
           where facility_id = $1 and reservation_id = ended.id
             and state not in ('cancelled', 'superseded'))) as "reservationsUsed",
         (select coalesce(sum(requests), 0)::bigint from request_hours, bounds
           where facility_id = $1 and hour >= first and hour < past) as requests,
         (select coalesce(sum(total_ms), 0)::bigint from request_hours, bounds
           where facility_id = $1 and hour >= first and hour < past) as "requestMs"`,
    values: [desk.facilityId, from, to, desk.timezone, new Date(desk.now)],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("a count has one row");
  return row;
}
