import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { busyShare, handlingRate, lanesNeeded, waitingS } from "../../domain/reports/queue.ts";
import { groupBy, sumBy } from "../../domain/reports/revenue.ts";
import { daysIn, type ReportDesk } from "./desk.ts";
import { type LaneHour, readLaneHours } from "./observed.ts";
import type { OutcomeTables } from "./outcome-table.ts";

const round = (value: number): number => Math.round(100 * value) / 100;

/** Mean time of a passage in seconds; undefined where none was timed. */
function serviceOf(rows: readonly LaneHour[]): number | undefined {
  const served = sumBy(rows, (row) => row.served);
  return served === 0 ? undefined : sumBy(rows, ({ served_ms }) => served_ms) / served / 1000;
}

/** The outcomes that are about lanes. */
export async function laneTables(desk: ReportDesk, period: Period): Promise<OutcomeTables> {
  const hours = await readLaneHours(desk, period);
  const byLane = [...groupBy(hours, ({ lane_id }) => lane_id)];
  return {
    "entrance-design": {
      columns: ["lane", "passages", "seconds_a_passage", "could_take_in_an_hour"],
      rows: byLane.map(([lane, rows]) => {
        const service = serviceOf(rows);
        return [
          desk.laneName(lane),
          sumBy(rows, ({ passages }) => passages),
          service === undefined ? null : round(service),
          service === undefined ? null : Math.floor(handlingRate(service)),
        ];
      }),
    },
    "bottleneck-detection": {
      columns: ["lane", "busiest_hour", "vehicles", "busy_share", "waiting_seconds"],
      rows: byLane.map(([lane, rows]) => {
        const service = serviceOf(rows);
        const [busiest] = rows.toSorted((a, b) => b.passages - a.passages);
        if (service === undefined || busiest === undefined)
          return [desk.laneName(lane), null, null, null, null];
        const load = { perHour: busiest.passages, serviceS: service };
        const waiting = waitingS(load);
        return [
          desk.laneName(lane),
          busiest.hour,
          busiest.passages,
          round(busyShare(load)),
          waiting === undefined ? null : round(waiting),
        ];
      }),
    },
    "staff-scheduling": {
      columns: ["hour", "entries_in_an_hour", "lanes_needed"],
      rows: staffRows(desk, period, hours),
    },
  };
}

function staffRows(desk: ReportDesk, period: Period, hours: readonly LaneHour[]) {
  const isEntry = new Map(
    desk.layout.lanes.map(({ lane_id, direction }) => [lane_id, direction !== "exit"]),
  );
  const entries = hours.filter(({ lane_id }) => isEntry.get(lane_id) === true);
  const service = serviceOf(entries);
  const byHour = groupBy(entries, ({ hour_of_day }) => `${hour_of_day}`);
  return Array.from({ length: 24 }, (_, hour) => {
    const rows = byHour.get(`${hour}`) ?? [];
    const perHour = sumBy(rows, ({ passages }) => passages) / daysIn(period);
    const needed = service === undefined ? null : lanesNeeded({ perHour, serviceS: service });
    return [hour, round(perHour), needed];
  });
}
