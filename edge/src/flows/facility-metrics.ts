import type { KioskState } from "@gatehouse/shared/contracts/kiosk";
import type { Metric } from "./counters.ts";

const severities = ["info", "warning", "critical"] as const;

/** Lanes' phases, open alerts by how bad they are, and what waits for head office, for Prometheus. */
export function facilityMetrics({
  lanes,
  alerts,
  sync,
}: Pick<KioskState, "lanes" | "alerts" | "sync">): Metric[] {
  return [
    ...lanes.map(({ lane_id, state }) => ({
      name: "lane_phase",
      labels: { lane_id, phase: state },
      value: 1,
    })),
    ...severities.map((severity) => ({
      name: "alerts",
      labels: { severity },
      value: alerts.filter((alert) => alert.severity === severity).length,
    })),
    { name: "sync_queue_length", labels: {}, value: sync.queued },
  ];
}
