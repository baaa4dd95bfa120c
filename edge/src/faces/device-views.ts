import type { DeviceView } from "@gatehouse/shared/contracts/control";
import { faultTable } from "@gatehouse/shared/fault";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { isoOf } from "@gatehouse/shared/time";

/** A device as it leaves the process: to the kiosk's page and to the command line alike. */
export function deviceView(report: DeviceReport): DeviceView {
  return {
    device_id: report.id,
    kind: report.kind,
    make: report.make,
    lane_id: report.laneId ?? null,
    state: report.state,
    last_seen: report.lastSeen === undefined ? null : isoOf(report.lastSeen),
    fault: report.fault ?? null,
    hint: report.fault === undefined ? null : faultTable[report.fault].hint,
    detail: report.detail ?? null,
    counters: { ...report.counters },
  };
}
