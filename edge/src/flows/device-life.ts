import { withoutCardNumbers } from "@gatehouse/shared/card-numbers";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { DoorVisitor } from "@gatehouse/shared/ports/device-door";
import type { SensorHealth } from "@gatehouse/shared/ports/sensor-feed";
import { type Instant } from "@gatehouse/shared/time";
import { standingWhenNamed } from "../domain/device.ts";
import { ConductWindow } from "../domain/device-conduct.ts";
import { ClockSkew, messagesIn, totalsAfter, UsualInterval } from "../domain/device-course.ts";
import type { DeviceRow } from "../store/devices.ts";

/** What a device says of itself, in its own words. */
const wordsOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : withoutCardNumbers(text);

/** Over so many looks, one a minute, messages are averaged. */
const rateLooks = 10;

/** One device as the registry knows it: its row, and what is only worth remembering while we run. */
export class DeviceLife {
  row: DeviceRow;
  /** What of the row is not yet saved: `now`: it changed for people; `some-time`: counts and last seen. */
  unsaved: "no" | "some-time" | "now" = "no";
  /** Monotonic time of the last save. */
  savedAt = -Infinity;
  readonly skew = new ClockSkew();
  readonly interval: UsualInterval;
  readonly conduct = new ConductWindow();
  #counted: Readonly<Record<string, number>> = {};
  readonly #messages: number[] = [];

  constructor(row: DeviceRow) {
    this.row = row;
    this.interval = new UsualInterval(row.usualIntervalMs ?? undefined);
  }

  /** The device's own report, and what is known of it as a sensor. */
  hear(report: DeviceReport, sensor: SensorHealth | undefined, now: Instant): void {
    const { row } = this;
    const lastSeen = report.lastSeen ?? (report.state === "online" ? now : row.lastSeen);
    if (report.lastSeen !== undefined && report.lastSeen !== row.lastSeen)
      this.interval.hear(report.lastSeen);
    // Before a device has spoken to a new daemon, what the one before saw of it still holds.
    const isUnheard = report.state === "unknown" && row.health === "offline";
    const health = isUnheard ? row.health : report.state;
    const standing = standingWhenNamed(row.standing);
    const named = standing !== row.standing;
    this.#change({
      kind: report.kind,
      make: report.make,
      laneId: report.laneId ?? null,
      configured: true,
      health,
      ...(health === row.health ? {} : { healthSince: now }),
      lastSeen,
      detail: wordsOf(report.detail) ?? report.fault ?? null,
      batteryPercent:
        sensor?.batteryPercent ?? report.counters["battery_pct"] ?? row.batteryPercent,
      firmware: wordsOf(sensor?.firmware) ?? row.firmware,
      clockSkewMs: report.counters["clock_skew_ms"] ?? this.skew.value ?? row.clockSkewMs,
      ...(named ? { standing, ...byConfiguration(now) } : {}),
    });
    this.#count(report.counters);
  }

  /** A device that only a door knows: it came with a password, and tells nothing of itself. */
  visit(visitor: DoorVisitor, isNamed: boolean, now: Instant): void {
    const health = visitor.isInside ? "online" : "offline";
    const standing = isNamed ? standingWhenNamed(this.row.standing) : this.row.standing;
    this.#change({
      configured: isNamed,
      ...(standing === this.row.standing ? {} : { standing, ...byConfiguration(now) }),
      health,
      ...(health === this.row.health ? {} : { healthSince: now }),
      lastSeen: visitor.lastSeen ?? this.row.lastSeen,
    });
    this.#count({ messages: visitor.messages });
  }

  /** The configuration names it no longer, and nobody has heard of it. */
  vanish(now: Instant): void {
    if (this.row.configured || this.row.health !== "offline")
      this.#change({ configured: false, health: "offline", healthSince: now });
  }

  /** What people, or a rule, have made of it. */
  become(change: Partial<DeviceRow>): void {
    this.#change(change);
  }

  /** Its word about a space changed. */
  changed(at: Instant): void {
    this.row = { ...this.row, lastChange: at };
    this.#later();
  }

  get messagesPerMinute(): number {
    const [first = 0] = this.#messages;
    const last = this.#messages.at(-1) ?? 0;
    return (last - first) / Math.max(1, this.#messages.length - 1);
  }

  #count(counters: Readonly<Record<string, number>>): void {
    const counted = totalsAfter(this.row.counters as typeof counters, this.#counted, counters);
    this.#counted = counters;
    this.#messages.push(messagesIn(counted));
    if (this.#messages.length > rateLooks + 1) this.#messages.shift();
    const usual = this.interval.value ?? this.row.usualIntervalMs;
    this.row = { ...this.row, counters: counted, usualIntervalMs: usual };
    this.#later();
  }

  #change(change: Partial<DeviceRow>): void {
    const after = { ...this.row, ...change };
    const matters = worthSaving.some((key) => after[key] !== this.row[key]);
    this.row = after;
    if (matters) this.unsaved = "now";
    else this.#later();
  }

  #later(): void {
    if (this.unsaved === "no") this.unsaved = "some-time";
  }
}

/** What a person would miss after a crash. */
const worthSaving = [
  "kind",
  "make",
  "laneId",
  "configured",
  "standing",
  "health",
  "firmware",
] as const satisfies readonly (keyof DeviceRow)[];

const byConfiguration = (now: Instant) => ({
  standingSince: now,
  standingBy: "facility.yaml",
  standingReason: "the configuration names it",
});

/** A device that was never known before. @param named the configuration names it */
export const newDevice = (deviceId: string, named: boolean, now: Instant): DeviceRow => ({
  deviceId,
  kind: "client",
  make: "a client of the broker",
  laneId: null,
  standing: named ? "approved" : "new",
  ...(named
    ? byConfiguration(now)
    : { standingSince: now, standingBy: "system", standingReason: "it came with its password" }),
  configured: named,
  health: "unknown",
  healthSince: now,
  firstSeen: now,
  lastSeen: null,
  batteryPercent: null,
  firmware: null,
  clockSkewMs: null,
  usualIntervalMs: null,
  lastChange: null,
  detail: null,
  counters: {},
});
