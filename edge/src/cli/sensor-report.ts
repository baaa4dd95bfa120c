import {
  type SensorView,
  SensorsData,
  UnreadData,
} from "@gatehouse/shared/contracts/sensor-config";
import { ageText } from "./age.ts";
import { table } from "./table.ts";
import { plain, shape, type Terminal, type Tone } from "./terminal.ts";

/** Every sensor, worst first, then the last hours of the counters. */
export function sensorLines(data: unknown, terminal: Terminal): string[] {
  const { now, sensors, counters } = SensorsData.parse(data);
  const sorted = sensors.toSorted((a, b) => order.indexOf(toneOf(a)) - order.indexOf(toneOf(b)));
  const rows = sorted.map((sensor) => {
    const tone = toneOf(sensor);
    return [
      { tone, text: `${shape(tone)} ${sensor.sensor_id}` },
      sensor.space ?? sensor.zone_id ?? "–",
      sensor.make,
      ageText(sensor.last_seen, now),
      batteryText(sensor),
      number(sensor.temperature_c, "°C"),
      number(sensor.rssi_dbm, "dBm"),
      String(sensor.lost_frames),
      sensor.trouble ?? "–",
    ];
  });
  const hours = counters.map((hour) => [
    hour.zone_id,
    hour.hour,
    String(hour.counted_in),
    String(hour.counted_out),
    hour.drift === null ? "–" : String(hour.drift),
  ]);
  return [
    "",
    table(
      terminal,
      ["sensor", "at", "make", "seen", "battery", "temperature", "radio", "lost", "trouble"],
      rows,
    ),
    ...(hours.length === 0
      ? []
      : ["", table(terminal, ["zone", "hour", "in", "out", "drift"], hours)]),
  ];
}

const order: readonly Tone[] = ["bad", "warn", "unknown", "ok"];

function toneOf({ last_seen, battery_low, trouble }: SensorView): Tone {
  if (trouble !== null) return "bad";
  if (battery_low) return "warn";
  return last_seen === null ? "unknown" : "ok";
}

const number = (value: number | null, unit: string): string =>
  value === null ? "–" : `${value} ${unit}`;

function batteryText({ battery_pct, battery_v, battery_low }: SensorView): string {
  const level = battery_pct === null ? number(battery_v, "V") : number(battery_pct, "%");
  return battery_low ? `${level} low` : level;
}

/** What nobody could read, newest first, with the payload as it came. */
export function unreadLines(data: unknown): string[] {
  const { messages } = UnreadData.parse(data);
  return messages.flatMap(({ at, from, sensor_id, why, payload }) => [
    "",
    plain(`${at} from ${from}${sensor_id === null ? "" : `, sensor ${sensor_id}`}: ${why}`),
    plain(payload),
  ]);
}
