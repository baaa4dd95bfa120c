import type {
  CounterHour,
  SensorView,
  UnreadMessage,
} from "@gatehouse/shared/contracts/sensor-config";
import type { SensorFeed, SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { SensorHealthFlow } from "./sensor-health.ts";
import type { SensorsDesk } from "./sensors-desk.ts";
import type { ZoneCounters } from "./zone-counters.ts";

/** Joins the sensors' feeds to what is done with their news, and tells how they are. */
export class Sensors implements SensorsDesk {
  readonly #feeds: readonly SensorFeed[];
  readonly #counters: ZoneCounters;

  constructor(feeds: readonly SensorFeed[], health: SensorHealthFlow, counters: ZoneCounters) {
    this.#feeds = feeds;
    this.#counters = counters;
    for (const feed of feeds) {
      feed.onHealth((each) => health.hear(each));
      feed.onCounts((counts) => counters.take(counts));
    }
  }

  sensors(): readonly SensorView[] {
    return this.#feeds.flatMap((feed) => feed.health().map(sensorView));
  }

  counters(): readonly CounterHour[] {
    return this.#counters.latest().map(({ zoneId, hour, into, out, occupiedChange }) => ({
      zone_id: zoneId,
      hour: isoOf(hour as Instant),
      counted_in: into,
      counted_out: out,
      occupied_change: occupiedChange,
      drift: occupiedChange === null ? null : into - out - occupiedChange,
    }));
  }

  unread(): readonly UnreadMessage[] {
    return this.#feeds.flatMap((feed) =>
      feed.unread().map(({ at, from, sensorId, why, payload }) => ({
        at: isoOf(at),
        from,
        sensor_id: sensorId ?? null,
        why,
        payload,
      })),
    );
  }
}

const sensorView = (health: SensorHealth): SensorView => ({
  sensor_id: health.sensorId,
  make: health.make,
  space: health.space ?? null,
  zone_id: health.zoneId ?? null,
  last_seen: health.lastSeen === undefined ? null : isoOf(health.lastSeen),
  battery_pct: health.batteryPercent ?? null,
  battery_v: health.batteryVolts ?? null,
  battery_low: health.batteryLow ?? false,
  temperature_c: health.temperatureC ?? null,
  rssi_dbm: health.rssi ?? null,
  snr_db: health.snr ?? null,
  lost_frames: health.lostFrames,
  restarts: health.restarts,
  firmware: health.firmware ?? null,
  trouble: health.trouble ?? null,
});
