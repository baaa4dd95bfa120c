import { elapsed, hours, type Instant } from "@gatehouse/shared/time";
import type { DeviceLife } from "./device-life.ts";
import type { OpenAlerts } from "./open-alerts.ts";

/** A device that has been away for so long does not come back by itself. */
const goneAfter = hours(24);

/** Raises an alert about each configured device that has been away for a day, and ends it when it is back. */
export function lookAtGone(alerts: OpenAlerts, lives: Iterable<DeviceLife>, now: Instant): void {
  for (const { row } of lives) {
    const { deviceId, kind } = row;
    const isAway = row.configured && row.standing === "approved" && row.health === "offline";
    if (!isAway) alerts.clear("device-gone", deviceId);
    else if (elapsed(row.healthSince as Instant, now) >= goneAfter)
      alerts.raise({
        type: "device-gone",
        subject: deviceId,
        severity: "warning",
        details: { kind },
      });
  }
}
