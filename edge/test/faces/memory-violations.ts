import { detectViolation } from "@gatehouse/edge/flows/money/violation-writing";
import { ViolationsDesk } from "@gatehouse/edge/flows/money/violations-desk";
import { Book } from "@gatehouse/edge/store/book";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";

/** The desk of violations over a book in memory, with an overstay that waits for its review where a plate is named. */
export function memoryViolations(clock: Clock, plate?: string): ViolationsDesk {
  const book = new Book(":memory:");
  const deps = { random: new SeededRandom(1), currency: "EUR", timezone: "Europe/Berlin" };
  if (plate !== undefined)
    book.write((tx) => void detectViolation(tx, deps, found(clock, plate), clock.now()));
  return new ViolationsDesk({ ...deps, book, clock, changed: () => {} });
}

function found(clock: Clock, plate: string) {
  const { overstay } = ViolationRules.parse({ overstay: { penalty_minor: 2000 } });
  const session = {
    session_id: "session-1",
    plate,
    raw_plate: plate,
    vehicle_class: "car",
    entry_lane: "entry-1",
    entry_at: isoOf(clock.now()),
    exit_lane: null,
    exit_at: null,
    owed_minor: 0,
  };
  const finding = "stood 4 h 12 min, 4 h 00 min are allowed";
  const rest = { stay: null, reads: [], pictures: [], lines: [] };
  const evidence = { finding, duration_s: 15_120, session, ...rest };
  return { type: "overstay" as const, subject: "session-1", terms: overstay, evidence };
}
