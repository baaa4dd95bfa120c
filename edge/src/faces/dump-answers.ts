import type { ControlAnswer, StatusData, SyncData } from "@gatehouse/shared/contracts/control";
import { DumpData } from "@gatehouse/shared/contracts/dump";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf } from "@gatehouse/shared/time";
import type { Desk } from "../flows/desk.ts";
import { healthy } from "./control-outcome.ts";
import { deviceView } from "./device-views.ts";

/** More devices that are well are only counted. */
const wellMost = 300;

/** `gatehouse dump`: everything that helps to find out from afar what is wrong. */
export function dumpAnswer(
  desk: Desk,
  clock: Clock,
  { status, sync }: { readonly status: StatusData; readonly sync: SyncData },
): ControlAnswer {
  const { support } = desk;
  const views = desk.devices().map(deviceView);
  const unwell = views.filter(({ state, fault }) => state !== "online" || fault !== null);
  const well = views.filter((view) => !unwell.includes(view));
  const checks = desk.doctor().map((check) => ({ ...check }));
  const failed = checks.filter(({ ok }) => !ok).length;
  const data = DumpData.parse({
    made_at: isoOf(clock.now()),
    facility_id: status.facility_id,
    versions: support.versions(),
    status: support.withheld(status),
    checks: support.withheld(checks),
    sync: support.withheld(sync),
    devices: support.withheld([...unwell, ...well.slice(0, wellMost)]),
    devices_left_out: Math.max(0, well.length - wellMost),
    counters: desk.metrics(),
    log: support.log(),
    config: support.config(),
  });
  const verdict =
    failed === 0
      ? `${status.facility_id} is well, as it says itself.`
      : `${failed} of ${checks.length} checks failed at ${status.facility_id}.`;
  return healthy(verdict, data);
}
