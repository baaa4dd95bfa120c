import type { Period } from "@gatehouse/shared/contracts/reports/report";
import { sumBy } from "../../domain/reports/revenue.ts";
import type { ReportDesk } from "./desk.ts";
import { type EventDay, readEventDays, readLaneHours } from "./observed.ts";
import type { OutcomeTables } from "./outcome-table.ts";

/** Alerts that somebody responsible for safety should look at. */
const ofSecurity: ReadonlySet<string> = new Set([
  "gate-opened-unexplained",
  "tailgate",
  "held-open",
  "stood-open",
  "passed-unidentified",
  "security-alarm",
  "fire-alarm",
  "deny-listed-vehicle-inside",
  "two-under-one-plate",
  "device-quarantined",
]);

const rowsOf = (events: readonly EventDay[]): (string | number)[][] =>
  events.map(({ day, name, count }) => [day, name, count]);

/** The outcomes that are about what went against the rules. */
export async function ruleTables(desk: ReportDesk, period: Period): Promise<OutcomeTables> {
  const [events, lanes] = await Promise.all([
    readEventDays(desk, period),
    readLaneHours(desk, period),
  ]);
  const byHand = sumBy(lanes, ({ by_hand }) => by_hand);
  const isFraud = (name: string): boolean => name.startsWith("fraud-");
  const guarded = events.filter(
    ({ topic, name }) => topic === "alert" && (ofSecurity.has(name) || isFraud(name)),
  );
  return {
    "overstay-detection": {
      columns: ["day", "kind", "count"],
      rows: events
        .filter(({ name }) => name === "overstay")
        .map(({ day, topic, count }) => [day, topic, count]),
    },
    "enforcement-alerts": {
      columns: ["day", "violation", "count"],
      rows: rowsOf(events.filter(({ topic }) => topic === "violation")),
    },
    "security-monitoring": {
      columns: ["day", "what", "count"],
      rows: [...rowsOf(guarded), [`${period.from}/${period.to}`, "opened by hand", byHand]],
    },
  };
}
