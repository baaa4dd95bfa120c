import type { DeviceRecord } from "@gatehouse/shared/contracts/registry";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { deviceState } from "../domain/device.ts";
import type { DeviceLife } from "./device-life.ts";

/** A device as it leaves the registry. */
export function deviceRecord({ row, messagesPerMinute }: DeviceLife): DeviceRecord {
  const { standing, health } = row;
  const since = standing === "approved" ? row.healthSince : row.standingSince;
  return {
    device_id: row.deviceId,
    kind: row.kind,
    make: row.make,
    lane_id: row.laneId,
    state: deviceState(standing, health),
    state_since: isoOf(since as Instant),
    standing,
    standing_since: isoOf(row.standingSince as Instant),
    standing_by: row.standingBy,
    standing_reason: row.standingReason,
    configured: row.configured,
    first_seen: isoOf(row.firstSeen as Instant),
    last_seen: row.lastSeen === null ? null : isoOf(row.lastSeen as Instant),
    battery_pct: row.batteryPercent,
    firmware: row.firmware,
    clock_skew_ms: row.clockSkewMs,
    messages_per_minute: Math.round(messagesPerMinute * 100) / 100,
    usual_interval_s:
      row.usualIntervalMs === null ? null : Math.round(row.usualIntervalMs / 100) / 10,
    detail: row.detail,
    counters: row.counters as Record<string, number>,
  };
}

/** Those that need somebody first; within a state by id. */
export function worstFirst(records: readonly DeviceRecord[]): DeviceRecord[] {
  const rank = (record: DeviceRecord): number => order.indexOf(record.state);
  return records.toSorted((a, b) => rank(a) - rank(b) || (a.device_id < b.device_id ? -1 : 1));
}

const order: readonly DeviceRecord["state"][] = [
  "quarantined",
  "new",
  "offline",
  "stale",
  "approved",
  "online",
  "retired",
];
