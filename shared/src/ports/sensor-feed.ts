import type { Instant } from "../time.ts";
import type { SpaceFeed } from "./space-feed.ts";

/** What a sensor says of itself beside its space. Counts are those since the daemon started. */
export interface SensorHealth {
  readonly sensorId: string;
  readonly make: string;
  /** Undefined: it has not spoken yet. */
  readonly lastSeen: Instant | undefined;
  /** The number of the space that it watches, or the zone that it counts for. */
  readonly space?: string;
  readonly zoneId?: string;
  /** 0–100. */
  readonly batteryPercent?: number;
  readonly batteryVolts?: number;
  /** Whether the sensor itself, or its site's limit, says that the battery must be changed; unknown before it has. */
  readonly batteryLow?: boolean;
  readonly temperatureC?: number;
  /** Of its last message: dBm and dB. */
  readonly rssi?: number;
  readonly snr?: number;
  readonly lostFrames: number;
  readonly restarts: number;
  readonly firmware?: string;
  /** Why it cannot be believed now. */
  readonly trouble?: string;
}

/** Vehicles that a counter saw since its message before. */
export interface VehicleCount {
  readonly sensorId: string;
  readonly zoneId: string;
  /** Orders and names the message with `at`: the same one twice counts once. */
  readonly sequence: number;
  readonly into: number;
  readonly out: number;
  readonly at: Instant;
}

/** A message that nobody could read. */
export interface UnreadMessage {
  readonly at: Instant;
  /** Who brought it. */
  readonly from: string;
  readonly sensorId: string | undefined;
  readonly why: string;
  /** Shortened. */
  readonly payload: string;
}

/** A feed of sensors, which tell how they are, and some of which count. */
export interface SensorFeed extends SpaceFeed {
  /** Called after each message of a sensor with what is known of it. One listener a feed; set before `start`. */
  onHealth(listener: (health: SensorHealth) => void): void;
  /** When the listener returns, the counts are durable. It throws a Fault `disk-full` when they are not. */
  onCounts(listener: (counts: readonly VehicleCount[]) => void): void;
  /** How every sensor of the feed is, in the order of the configuration. */
  health(): readonly SensorHealth[];
  /** The last messages that could not be read, newest first; a bounded few. */
  unread(): readonly UnreadMessage[];
}
