import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { hours, minutes } from "@gatehouse/shared/time";
import { happens } from "../chance.ts";
import type { BaySensor } from "../hardware.ts";
import type { HeardFrame } from "./envelopes.ts";
import { sensorFrames, type SimulatedMake } from "./sensor-frames.ts";

export interface LoraSensorParts {
  /** 16 lower-case hex digits. */
  readonly devEui: string;
  readonly make: SimulatedMake;
  readonly clock: Clock;
  readonly random: Random;
  /** How likely a frame is lost on the air, 0–1. */
  readonly lossShare?: number;
  /** Whoever the gateways tell. */
  readonly hear: (frame: HeardFrame) => void;
}

/** A LoRaWAN bay sensor: joins at its start, speaks at each change and now and then; on the air a frame may get lost. */
export class LoraSensor implements BaySensor {
  readonly name: string;
  readonly #parts: LoraSensorParts;
  #address = "";
  #count = 0;
  #occupied = false;
  #on = false;
  #cancel: () => void = () => {};

  constructor(parts: LoraSensorParts) {
    this.name = `LoRaWAN sensor ${parts.devEui}`;
    this.#parts = parts;
  }

  start(): Promise<void> {
    this.#on = true;
    this.join();
    // After a join it asks for an answer, and repeats its first frame until there is one.
    this.#tell(false, 0);
    this.#beat();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#on = false;
    this.#cancel();
    return Promise.resolve();
  }

  set(occupied: boolean): void {
    if (occupied === this.#occupied) return;
    this.#occupied = occupied;
    if (this.#on) this.#tell(true);
  }

  /** A new session: a new address, and its frames are counted from 0. */
  join(): void {
    const { random } = this.#parts;
    this.#address = Math.floor(random.fraction() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
    this.#count = 0;
  }

  #beat(): void {
    const { clock, random } = this.#parts;
    const pause = minutes((heartbeat / minutes(1)) * (0.75 + random.fraction() / 2));
    this.#cancel = clock.after(pause, () => {
      this.#tell(false);
      this.#beat();
    });
  }

  #tell(changed: boolean, lossShare = this.#parts.lossShare ?? 0): void {
    const { devEui, make, clock, random, hear } = this.#parts;
    const moment = { occupied: this.#occupied, changed, temperatureC: 14, count: this.#count };
    const fCnt = this.#count;
    this.#count += 1;
    if (happens(random, lossShare)) return;
    hear({
      ...sensorFrames[make](moment),
      devEui,
      devAddr: this.#address,
      fCnt,
      at: clock.now(),
      gateways: [{ rssi: -70 - Math.floor(random.fraction() * 45), snr: 7.5 }],
      frameId: random.id(),
    });
  }
}

const heartbeat = hours(1);
