import type { DoorVisitor } from "@gatehouse/shared/ports/device-door";
import { isShutOut } from "../domain/device.ts";
import { consequenceOf, misconductOf } from "../domain/device-conduct.ts";
import type { DeviceLife } from "./device-life.ts";
import type { OpenAlerts } from "./open-alerts.ts";

type ConductAlert = "device-new" | "device-quarantined" | "device-misconduct";

/**
 * Looks at what the doors refused of each device within the last minutes: who reaches for another's topics or floods
 * us is quarantined; whoever is new, shut out by rule, or merely suspicious, is an alert until people have acted.
 *
 * @param quarantine does it, for a reason
 */
export function lookAtConduct(
  alerts: OpenAlerts,
  lives: ReadonlyMap<string, DeviceLife>,
  visitors: readonly DoorVisitor[],
  quarantine: (life: DeviceLife, reason: string) => void,
): void {
  const due = new Set<string>();
  const raise = (type: ConductAlert, subject: string, reason: string): void => {
    due.add(`${type} ${subject}`);
    const severity = type === "device-new" ? "info" : "warning";
    alerts.raise({ type, subject, severity, details: { reason } });
  };
  for (const { id, refused } of visitors) {
    const life = lives.get(id);
    const misconduct = life && misconductOf(life.conduct.take(refused));
    if (life === undefined || misconduct === undefined || isShutOut(life.row.standing)) continue;
    const isOfLane = life.row.laneId !== null;
    if (consequenceOf(misconduct, { isOfLane }) === "alert") {
      raise("device-misconduct", id, misconduct);
    } else {
      quarantine(life, misconduct);
      raise("device-quarantined", id, misconduct);
    }
  }
  for (const { row } of lives.values()) {
    if (row.standing === "new") raise("device-new", row.deviceId, "not-configured");
    if (row.standing === "quarantined")
      raise("device-quarantined", row.deviceId, row.standingReason);
  }
  // Misconduct that has ended is for people to resolve: somebody tried something.
  for (const type of ["device-new", "device-quarantined"]) {
    for (const subject of alerts.subjectsOf(type)) {
      if (!due.has(`${type} ${subject}`)) alerts.clear(type, subject);
    }
  }
}
