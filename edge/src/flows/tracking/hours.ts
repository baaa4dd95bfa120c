import { hours, type Instant, isoOf, minutes } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import { readCursor, saveNote } from "../../store/notes.ts";
import { listHoursEnded } from "../../store/tracking.ts";
import { vehiclesDuring } from "../../store/tracking-reports.ts";
import { rateOf } from "./reports.ts";

const cursor = "camera-hours-told";
/** By then an hour's last sums are in the book. */
const settledAfter = minutes(2);
/** So much is told at once, and a wall clock that has been further ahead than this was wrong. */
const atOnce = hours(48);

/** Tells head office what each camera saw in each hour that is over: one line of the ledger. */
export function tellHours(tx: Tx, now: Instant): void {
  const until = now - settledAfter;
  const done = readCursor(tx, cursor);
  if (done === 0 || done > until + atOnce) return saveNote(tx, cursor, until);
  const through = Math.min(until, done + atOnce);
  const ended = through > done ? listHoursEnded(tx, done, through) : [];
  if (ended.length === 0 && through < done + hours(1)) return;
  for (const row of ended) {
    const { cameraId, hourStart: from, hourEnd: to } = row;
    tx.append(now, {
      type: "camera-flow-hour",
      body: {
        camera_id: cameraId,
        hour: isoOf(from as Instant),
        entries: row.entries,
        exits: row.exits,
        vehicles: vehiclesDuring(tx, { cameraId, from, to }).length,
        vehicle_observations: row.vehicleObservations,
        occupancy_rate: rateOf([row]),
        max_occupied: row.maxOccupied,
      },
    });
  }
  saveNote(tx, cursor, through);
}
