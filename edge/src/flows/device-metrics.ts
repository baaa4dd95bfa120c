import { elapsed, type Instant } from "@gatehouse/shared/time";
import { deviceState } from "../domain/device.ts";
import { messagesIn } from "../domain/device-course.ts";
import type { Metric } from "./counters.ts";
import type { DeviceLife } from "./device-life.ts";

/** So many devices have rows of their own: lanes' first, then by id. The others are only counted by state. */
const ownRows = 500;

/** Devices for Prometheus: counted by kind and state, and a few rows for each of a bounded number. */
export function deviceMetrics(lives: readonly DeviceLife[], now: Instant): Metric[] {
  const counts = new Map<string, Metric>();
  for (const { row } of lives) {
    const labels = { kind: row.kind, state: deviceState(row.standing, row.health) };
    const key = `${labels.kind} ${labels.state}`;
    const value = (counts.get(key)?.value ?? 0) + 1;
    counts.set(key, { name: "devices", labels, value });
  }
  const first = lives
    .filter(({ row }) => row.standing !== "retired")
    .toSorted(({ row: a }, { row: b }) => {
      const [lanesFirst, byId] = [
        Number(b.laneId !== null) - Number(a.laneId !== null),
        a.deviceId,
      ];
      return lanesFirst || (byId < b.deviceId ? -1 : 1);
    })
    .slice(0, ownRows);
  return [...counts.values(), ...first.flatMap((life) => rowsOf(life, now))];
}

function rowsOf({ row, messagesPerMinute }: DeviceLife, now: Instant): Metric[] {
  const labels = { device_id: row.deviceId, kind: row.kind };
  const metric = (name: string, value: number | null | undefined): Metric[] =>
    value === null || value === undefined ? [] : [{ name: `device_${name}`, labels, value }];
  const isUp = deviceState(row.standing, row.health) === "online";
  const age = row.lastSeen === null ? null : elapsed(row.lastSeen as Instant, now) / 1000;
  return [
    ...metric("up", Number(isUp)),
    ...metric("last_seen_age_seconds", age),
    ...metric("battery_percent", row.batteryPercent),
    ...metric("clock_skew_seconds", row.clockSkewMs === null ? null : row.clockSkewMs / 1000),
    ...metric("messages_total", messagesIn(row.counters as Record<string, number>)),
    ...metric("messages_per_minute", messagesPerMinute),
  ];
}
