import type { Advice, AdviceReport } from "@gatehouse/shared/contracts/reports/advice";
import type { Period } from "@gatehouse/shared/contracts/reports/report";
import type { LaneSlot, OpensSessions, SpaceRate, ZoneSlot } from "../../domain/advice/facts.ts";
import { bottleneckAdvice, entranceAdvice, staffAdvice } from "../../domain/advice/lanes.ts";
import { balanceAdvice, deadSpaceAdvice } from "../../domain/advice/layout.ts";
import { offPeakAdvice, priceAdvice } from "../../domain/advice/prices.ts";
import { daysIn, daysOver, reportAddress, type ReportDesk } from "../reports/desk.ts";
import { readObservedSeconds, readSpaceUse } from "../reports/slots.ts";

/** So much of each kind at most: the strongest. */
const eachMax = 6;
const daySeconds = 86_400;
/** Less says nothing. */
const leastDays = 7;

/** What head office advises from the last days that are over. */
export async function readAdvice(desk: ReportDesk, days: number): Promise<AdviceReport> {
  const period = daysOver(desk, days);
  const [zones, lanes, spaces, observed] = await Promise.all([
    readZoneSlots(desk, period),
    readLaneSlots(desk, period),
    readSpaceUse(desk, period),
    readObservedSeconds(desk, period),
  ]);
  const known = {
    days: Math.floor(observed / daySeconds),
    share: Math.min(1, Math.round((100 * observed) / (daysIn(period) * daySeconds)) / 100),
  };
  const confidence = confidenceOf(known);
  const rates = spaces.map(({ space_id, space_type, zone_id, occupied_s }): SpaceRate => ({
    spaceId: space_id,
    spaceType: space_type ?? "",
    zoneName: zone_id === null ? "" : desk.zoneName(zone_id),
    rate: observed === 0 ? 0 : Math.min(1, occupied_s / observed),
  }));
  const opens: OpensSessions = ({ hour, lane }) =>
    reportAddress(desk, "sessions", {
      by: "entry",
      ...period,
      hour: hour === undefined ? undefined : String(hour),
      lane,
    });
  const advice: Advice[] = [
    bottleneckAdvice(lanes, opens),
    priceAdvice(zones, rates),
    offPeakAdvice(zones),
    staffAdvice(lanes, opens),
    balanceAdvice(rates),
    deadSpaceAdvice(rates),
    entranceAdvice(lanes, opens),
  ].flatMap((each) => each.slice(0, eachMax));
  return {
    about: desk.about,
    period,
    known,
    confidence,
    advice: confidence === "too-little" ? [] : advice,
  };
}

/** How far advice can be trusted: by how many days are told, and how much of the time. */
function confidenceOf({ days, share }: AdviceReport["known"]): AdviceReport["confidence"] {
  if (days < leastDays) return "too-little";
  if (days >= 28 && share >= 0.9) return "high";
  return days >= 14 && share >= 0.7 ? "medium" : "low";
}

/** SQL: the hour of the week on clocks there, from 0 (Monday, midnight). */
const slotOf = (hour: string): string =>
  `((extract(isodow from ${hour} at time zone $4)::integer - 1) * 24
     + extract(hour from ${hour} at time zone $4)::integer)`;

async function readZoneSlots(desk: ReportDesk, { from, to }: Period): Promise<ZoneSlot[]> {
  const { rows } = await desk.database.pool.query<{
    zone_id: string;
    slot: number;
    occupied_s: number;
    space_s: number;
  }>({
    name: "advice-zone-slots",
    text: `select zone_id, ${slotOf("hour")} as slot, sum(occupied_s)::bigint as occupied_s,
         (sum(spaces) * 3600)::bigint as space_s
       from zone_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $4
         and hour < ($3::date + 1)::timestamp at time zone $4
       group by 1, 2 order by 1, 2`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return rows.map(({ zone_id, slot, occupied_s, space_s }) => ({
    zoneId: zone_id,
    zoneName: desk.zoneName(zone_id),
    slot,
    occupiedS: occupied_s,
    spaceS: space_s,
  }));
}

async function readLaneSlots(desk: ReportDesk, { from, to }: Period): Promise<LaneSlot[]> {
  const entries = new Set(
    desk.layout.lanes.flatMap(({ lane_id, direction }) => (direction === "exit" ? [] : [lane_id])),
  );
  const { rows } = await desk.database.pool.query<{
    lane_id: string;
    slot: number;
    weeks: number;
    passages: number;
    most: number;
    served: number;
    served_ms: number;
  }>({
    name: "advice-lane-slots",
    // An hour in which nothing passed has no row: it is divided by the hours of its name that there were.
    text: `select lane_id, ${slotOf("hour")} as slot, ceil(($3::date - $2::date + 1) / 7.0)::integer as weeks,
         sum(passages)::integer as passages, max(passages) as most, sum(served)::integer as served,
         sum(served_ms)::bigint as served_ms
       from lane_hours
       where facility_id = $1 and hour >= ($2::date)::timestamp at time zone $4
         and hour < ($3::date + 1)::timestamp at time zone $4
       group by 1, 2 order by 1, 2`,
    values: [desk.facilityId, from, to, desk.timezone],
  });
  return rows.map(({ lane_id, slot, weeks, passages, most, served, served_ms }) => ({
    laneId: lane_id,
    laneName: desk.laneName(lane_id),
    isEntry: entries.has(lane_id),
    slot,
    hours: weeks,
    passages,
    most,
    served,
    servedMs: served_ms,
  }));
}
