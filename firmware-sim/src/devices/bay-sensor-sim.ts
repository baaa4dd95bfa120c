import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { type Duration, milliseconds } from "@gatehouse/shared/time";
import { happens } from "../chance.ts";
import type { BaySensor } from "../hardware.ts";

export interface BaySensorSimParts {
  readonly spaceId: string;
  readonly clock: Clock;
  readonly random: Random;
  /** How often it repeats its state, give or take a quarter; missing: never. */
  readonly heartbeat?: Duration;
  /** How likely it starts anew before a message. */
  readonly rebootShare: () => number;
  readonly publish: (observation: SpaceObservation) => void;
}

/** A sensor under one space: speaks at its start, at each change and at each heartbeat. */
export class BaySensorSim implements BaySensor {
  readonly name: string;
  readonly sensorId: string;
  readonly #parts: BaySensorSimParts;
  #boot = 1;
  #sequence = 0;
  #occupied = false;
  #on = false;

  constructor(parts: BaySensorSimParts) {
    this.#parts = parts;
    this.sensorId = `bay-${parts.spaceId}`;
    this.name = this.sensorId;
  }

  async start(): Promise<void> {
    this.#on = true;
    this.#tell();
    this.#beat();
  }

  async stop(): Promise<void> {
    this.#on = false;
  }

  set(occupied: boolean): void {
    this.#occupied = occupied;
    if (this.#on) this.#tell();
  }

  #beat(): void {
    const { heartbeat, random, clock } = this.#parts;
    if (heartbeat === undefined) return;
    clock.after(milliseconds(heartbeat * (0.75 + random.fraction() / 2)), () => {
      if (!this.#on) return;
      this.#tell();
      this.#beat();
    });
  }

  #tell(): void {
    const { spaceId, clock, random, rebootShare, publish } = this.#parts;
    if (happens(random, rebootShare())) {
      this.#boot++;
      this.#sequence = 0;
    }
    publish({
      spaceId,
      source: "sensor",
      sourceId: this.sensorId,
      boot: `${this.sensorId}-${this.#boot}`,
      sequence: this.#sequence++,
      occupied: this.#occupied,
      confidence: 1,
      at: clock.now(),
    });
  }
}
