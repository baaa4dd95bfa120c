import type {
  CounterHour,
  SensorView,
  UnreadMessage,
} from "@gatehouse/shared/contracts/sensor-config";

/** What the faces may know of bay sensors and counters. */
export interface SensorsDesk {
  sensors(): readonly SensorView[];
  /** The last hours of every counted zone, newest first. */
  counters(): readonly CounterHour[];
  /** The last messages that nobody could read, newest first. */
  unread(): readonly UnreadMessage[];
}
