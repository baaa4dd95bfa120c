import { type DeviceTold, devicesToldMax } from "@gatehouse/shared/contracts/registry";
import { type Duration, hours, type Instant, isoOf, later, minutes } from "@gatehouse/shared/time";
import { below, happens } from "./chance.ts";
import type { PlannedDevice } from "./device-plan.ts";
import type { Past } from "./past.ts";
import type { Alerting } from "./alerting.ts";
import type { Upkeep } from "./upkeep.ts";

const lowBattery_pct = 15;
const day = hours(24);
/** The one that nobody has approved is known since some days when the history begins. */
const knownFor = 40 * day;
/** Somebody must decide about those that nobody knows. */
const strangers: Readonly<Partial<Record<string, readonly [string, "info" | "warning"]>>> = {
  new: ["device-new", "info"],
  quarantined: ["device-quarantined", "warning"],
};

interface Life {
  readonly device: PlannedDevice;
  state: DeviceTold["state"];
  since: Instant;
  lastSeen: Instant;
  batteryPct: number | null;
  isLowTold: boolean;
}

/** The days of a facility's devices: they are told each day, fall silent and come back, and their batteries run down. */
export class DeviceDays {
  readonly #past: Past;
  readonly #alerting: Alerting;
  readonly #upkeep: Upkeep;
  readonly #lives: Life[];

  constructor(past: Past, alerting: Alerting, upkeep: Upkeep, begin: Instant) {
    this.#past = past;
    this.#alerting = alerting;
    this.#upkeep = upkeep;
    this.#lives = past.plan.devices.map((device) => ({
      device,
      state: device.standing === "approved" ? "online" : device.standing,
      since: (begin - knownFor - below(past.random, knownFor)) as Instant,
      lastSeen: (begin - (device.standing === "retired" ? knownFor : minutes(2))) as Instant,
      batteryPct: device.batteryPct,
      isLowTold: false,
    }));
    this.#tell(begin, this.#lives);
    for (const { deviceId, standing } of past.plan.devices) {
      const [type, severity] = strangers[standing] ?? [];
      if (type === undefined || severity === undefined) continue;
      alerting.raise(begin, type, deviceId, severity, { reason: "not-configured" });
    }
  }

  /** A day begins: who falls silent in it, whose battery is low, and how all of them are. */
  tellDay(at: Instant): void {
    const { random } = this.#past;
    for (const life of this.#lives) {
      const { device, batteryPct } = life;
      if (life.state === "online") life.lastSeen = later(at, minutes(-below(random, 12)));
      if (batteryPct !== null) life.batteryPct = Math.max(0, batteryPct - device.batteryPerDay);
      if (!life.isLowTold && life.batteryPct !== null && life.batteryPct < lowBattery_pct)
        this.#runLow(at, life);
      if (life.state === "online" && happens(random, device.silentShare))
        this.#past.agenda.plan(later(at, minutes(below(random, 1440))), (now) =>
          this.#fallSilent(now, life),
        );
    }
    this.#tell(at, this.#lives);
  }

  #fallSilent(at: Instant, life: Life): void {
    const { random, agenda } = this.#past;
    if (life.state !== "online") return;
    this.#become(at, life, "offline");
    const { deviceId, kind } = life.device;
    // Mostly an hour or some, now and then days.
    const away = Math.round(hours(0.5 * Math.exp(6 * random.fraction()))) as Duration;
    const isSensor = kind === "bay-sensor";
    const raised = isSensor
      ? this.#alerting.raise(later(at, hours(1)), "sensor-silent", deviceId, "warning", {
          space: deviceId.replace("bay-", ""),
        })
      : away > day
        ? this.#alerting.raise(later(at, day), "device-gone", deviceId, "warning", { kind })
        : undefined;
    if (raised !== undefined && away > hours(12))
      this.#upkeep.repair(later(at, hours(12)), deviceId, isSensor ? "sensor" : "device", away);
    agenda.plan(later(at, Math.max(away, hours(1.1)) as Duration), (now) => {
      this.#become(now, life, "online");
      if (raised !== undefined) this.#alerting.resolve(now, raised, { kind: "system" });
    });
  }

  #runLow(at: Instant, life: Life): void {
    const { random, agenda } = this.#past;
    const { deviceId } = life.device;
    life.isLowTold = true;
    const raised = this.#alerting.raise(at, "sensor-battery-low", deviceId, "warning", {
      battery_pct: Math.round(life.batteryPct ?? 0),
    });
    const until = (3 + below(random, 12)) * day;
    this.#upkeep.repair(later(at, hours(1)), deviceId, "battery", until as Duration);
    agenda.plan(later(at, until as Duration), (now) => {
      life.batteryPct = 100;
      life.isLowTold = false;
      this.#alerting.resolve(now, raised, { kind: "system" });
      this.#tell(now, [life]);
    });
  }

  #become(at: Instant, life: Life, state: "online" | "offline"): void {
    if (state === "offline") life.lastSeen = later(at, minutes(-10));
    else life.lastSeen = at;
    life.state = state;
    life.since = at;
    this.#tell(at, [life]);
  }

  #tell(at: Instant, lives: readonly Life[]): void {
    for (let first = 0; first < lives.length; first += devicesToldMax) {
      const devices = lives.slice(first, first + devicesToldMax).map(toldOf);
      this.#past.ledger.write(at, "devices-told", { devices });
    }
  }
}

const toldOf = ({ device, state, since, lastSeen, batteryPct }: Life): DeviceTold => ({
  device_id: device.deviceId,
  kind: device.kind,
  make: device.make,
  lane_id: device.laneId,
  state,
  state_since: isoOf(since),
  standing: device.standing,
  configured: device.standing === "approved",
  last_seen: isoOf(lastSeen),
  battery_pct: batteryPct === null ? null : Math.round(batteryPct),
  firmware: device.firmware,
});
