import type { FaultCode } from "../fault.ts";
import type { Instant } from "../time.ts";

export type DeviceKind =
  | "gate"
  | "lane-inputs"
  | "alarm"
  | "output"
  | "plate-camera"
  | "bay-sensor"
  | "counter"
  | "network-server"
  | "sign"
  | "terminal"
  | "vision"
  | "broker"
  | "cloud-link"
  | "push-server"
  | "plate-list"
  | "printer"
  | "ticket-scanner";

/** What a device says about itself; `gatehouse devices` and the kiosk show it as it is. */
export interface DeviceReport {
  readonly id: string;
  readonly kind: DeviceKind;
  /** Make and address as a technician knows them, for example "Waveshare 8ch at 10.0.0.5:4196". */
  readonly make: string;
  readonly laneId?: string;
  readonly state: "online" | "stale" | "offline" | "unknown";
  readonly lastSeen?: Instant;
  readonly fault?: FaultCode;
  readonly detail?: string;
  /** Counts since start, named in snake_case: `timeouts`, `refused_bad_json`, … */
  readonly counters: Readonly<Record<string, number>>;
}

/** Anything that can be asked how it is. Cheap: it reads memory only. */
export interface Reporting {
  report(): readonly DeviceReport[];
}
