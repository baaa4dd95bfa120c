import type { ZoneOccupancy } from "@gatehouse/shared/contracts/reports/services";
import { percentOf, type ReportDesk } from "./desk.ts";

interface Row {
  readonly zone_id: string;
  readonly level: string;
  readonly total: number;
  readonly occupied: number;
  readonly free: number;
  readonly in_service: number;
}

/** Each zone as it is now. */
export async function readZoneOccupancy(desk: ReportDesk): Promise<ZoneOccupancy> {
  const [zones, byLane] = await Promise.all([readZones(desk), readInsideByLane(desk)]);
  const isKnown = [...byLane.keys()].every((lane) => desk.zoneOfLane.has(lane));
  const inZone = (zoneId: string): number =>
    [...byLane].reduce((sum, [lane, n]) => sum + (desk.zoneOfLane.get(lane) === zoneId ? n : 0), 0);
  return {
    about: desk.about,
    zones: zones.map(({ zone_id, level, total, occupied, free, in_service }) => ({
      zone_id,
      zone_name: desk.zoneName(zone_id),
      slot__zone__name: desk.zoneName(zone_id),
      level,
      total_slots: total,
      occupied_slots: occupied,
      available_slots: free,
      occupancy_rate: percentOf(occupied, in_service),
      active_sessions: isKnown ? inZone(zone_id) : occupied,
      active_sessions_basis: isKnown ? "lanes" : "spaces",
    })),
  };
}

async function readZones(desk: ReportDesk): Promise<Row[]> {
  const { rows } = await desk.database.pool.query<Row>({
    name: "report-zones",
    text: `select zone_id, min(level) as level, count(*) as total,
         count(*) filter (where status = 'occupied') as occupied,
         count(*) filter (where status = 'free') as free,
         count(*) filter (where status <> 'out-of-service') as in_service
       from spaces where facility_id = $1 group by zone_id order by min(level), zone_id`,
    values: [desk.facilityId],
  });
  return rows;
}

async function readInsideByLane(desk: ReportDesk): Promise<ReadonlyMap<string, number>> {
  const { rows } = await desk.database.pool.query<{ lane_id: string; inside: number }>({
    name: "report-inside-by-lane",
    text: `select coalesce(entry_lane_id, '') as lane_id, count(*) as inside from sessions
       where facility_id = $1 and state in ('open', 'settled') group by 1`,
    values: [desk.facilityId],
  });
  return new Map(rows.map(({ lane_id, inside }) => [lane_id, inside]));
}
