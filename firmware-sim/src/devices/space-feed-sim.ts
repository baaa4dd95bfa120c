import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SourceLost, SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { happens, wait } from "../chance.ts";
import type { BaySensor } from "../hardware.ts";
import { BaySensorSim } from "./bay-sensor-sim.ts";

/** How often a sensor's message goes wrong; each a share of the messages. */
export interface SensorFaults {
  /** The radio loses it; only the next change or heartbeat repairs that. */
  readonly lost: number;
  /** Arrives 5 to 90 s late, after newer ones. */
  readonly late: number;
  /** Arrives twice. */
  readonly repeated: number;
  /** The sensor starts anew before it: another boot, its sequence from 0. */
  readonly reboots: number;
}

const noSensorFaults: SensorFaults = { lost: 0, late: 0, repeated: 0, reboots: 0 };

export interface SpaceFeedSimParts {
  readonly clock: Clock;
  readonly random: Random;
  /** How often a sensor repeats its state; missing: never. */
  readonly heartbeat?: Duration;
  /** Called when the edge has acknowledged a batch: by then it must be durable. */
  readonly onAcknowledged?: (batch: readonly SpaceObservation[]) => void;
}

/** Bay sensors and their broker in memory: what the edge does not acknowledge is sent again. */
export class SpaceFeedSim implements SpaceFeed {
  readonly name = "bay sensors";
  readonly #parts: SpaceFeedSimParts;
  readonly #sensors: BaySensorSim[] = [];
  #faults = noSensorFaults;
  #listener: (batch: readonly SpaceObservation[]) => void = () => {};
  #lostListener: (lost: SourceLost) => void = () => {};
  #running = false;
  #waiting: SpaceObservation[] = [];
  #dropped = 0;
  #isDelivering = false;
  #lastSeen: Instant | undefined;

  constructor(parts: SpaceFeedSimParts) {
    this.#parts = parts;
  }

  /** The sensor of a space; one for each space. */
  sensor(spaceId: string): BaySensor {
    const { clock, random, heartbeat } = this.#parts;
    const sensor = new BaySensorSim({
      spaceId,
      clock,
      random,
      ...(heartbeat === undefined ? {} : { heartbeat }),
      rebootShare: () => this.#faults.reboots,
      publish: (observation) => this.#publish(observation),
    });
    this.#sensors.push(sensor);
    return sensor;
  }

  setFaults(faults: Partial<SensorFaults>): void {
    this.#faults = { ...noSensorFaults, ...faults };
  }

  /** The sensor's last will: its connection is gone. */
  lose(spaceId: string): void {
    if (this.#running) {
      this.#lostListener({ sourceId: `bay-${spaceId}`, at: this.#parts.clock.now() });
    }
  }

  onObservations(listener: (batch: readonly SpaceObservation[]) => void): void {
    this.#listener = listener;
  }

  onLost(listener: (lost: SourceLost) => void): void {
    this.#lostListener = listener;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#deliverSoon(groupWithin);
  }

  async stop(): Promise<void> {
    this.#running = false;
  }

  report(): readonly DeviceReport[] {
    return this.#sensors.map((sensor) => ({
      id: sensor.sensorId,
      kind: "bay-sensor",
      make: "simulated bay sensor",
      state: this.#lastSeen === undefined ? "unknown" : "online",
      ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
      counters: { dropped: this.#dropped },
    }));
  }

  /** The way of one message from the sensor to the broker. */
  #publish(observation: SpaceObservation): void {
    const { clock, random } = this.#parts;
    if (happens(random, this.#faults.lost)) return;
    const delay = happens(random, this.#faults.late)
      ? wait(random, 5, 90)
      : wait(random, 0.05, 0.2);
    clock.after(delay, () => this.#arrive(observation));
    if (happens(random, this.#faults.repeated)) {
      clock.after(wait(random, 0.5, 60), () => this.#arrive(observation));
    }
  }

  #arrive(observation: SpaceObservation): void {
    this.#waiting.push(observation);
    if (this.#waiting.length > waitingLimit) {
      this.#waiting.shift();
      this.#dropped++;
    }
    this.#deliverSoon(groupWithin);
  }

  #deliverSoon(delay: Duration): void {
    if (this.#isDelivering || this.#waiting.length === 0) return;
    this.#isDelivering = true;
    this.#parts.clock.after(delay, () => {
      this.#isDelivering = false;
      if (!this.#deliver()) this.#deliverSoon(retryAfter);
      else this.#deliverSoon(groupWithin);
    });
  }

  /** @returns false when nothing was acknowledged and the same must be sent again */
  #deliver(): boolean {
    if (!this.#running) return false;
    const batch = this.#waiting.slice(0, groupLimit);
    try {
      this.#listener(batch);
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
    this.#waiting.splice(0, batch.length);
    this.#lastSeen = this.#parts.clock.now();
    this.#parts.onAcknowledged?.(batch);
    return true;
  }
}

const groupWithin = milliseconds(50);
const retryAfter = seconds(5);
const groupLimit = 500;
/** About an hour of a busy facility; then the oldest is lost, as in a sensor's own memory. */
const waitingLimit = 10_000;
