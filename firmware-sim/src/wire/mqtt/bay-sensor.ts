import { type BayState, topics } from "@gatehouse/shared/contracts/topics";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { isoOf, minutes, seconds } from "@gatehouse/shared/time";
import type { BaySensor } from "../../hardware.ts";
import { type DeviceAddress, DeviceLink } from "./device-link.ts";

export interface MqttBaySensorOptions extends DeviceAddress {
  readonly clock: Clock;
}

export type BaySensorFault = "none" | "duplicate" | "late" | "silent";

/**
 * A battery sensor under one space, on the facility's broker: tells its state at each connection and each change,
 * and repeats itself now and then. Until the first `set` its space is free.
 */
export class MqttBaySensor implements BaySensor {
  readonly name: string;
  readonly link: DeviceLink;
  readonly #options: MqttBaySensorOptions;
  #boot: string;
  #sequence = 0;
  #occupied = false;
  #fault: BaySensorFault = "none";
  #cancelHeartbeat: () => void = () => {};
  readonly #late = new Set<() => void>();

  constructor(options: MqttBaySensorOptions) {
    this.name = `bay sensor ${options.deviceId}`;
    this.#options = options;
    this.#boot = options.random.id();
    this.link = new DeviceLink(options);
    this.link.onConnected(() => this.#tell());
  }

  /** The sensor serves at once; the broker may come later. */
  start(): Promise<void> {
    this.link.on();
    this.#beat(heartbeat * this.#options.random.fraction());
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#cancelHeartbeat();
    for (const cancel of this.#late) cancel();
    this.#late.clear();
    await this.link.off();
  }

  set(occupied: boolean): void {
    if (occupied === this.#occupied) return;
    this.#occupied = occupied;
    this.#tell();
  }

  /** `late`: messages come after the later ones; `silent`: it measures and says nothing. */
  setFault(fault: BaySensorFault): void {
    this.#fault = fault;
  }

  /** A watchdog reset: a new boot, and the sequence begins again. */
  reboot(): void {
    this.#boot = this.#options.random.id();
    this.#sequence = 0;
    this.link.cut();
  }

  #beat(afterMs: number): void {
    this.#cancelHeartbeat = this.#options.clock.after(seconds(afterMs / 1000), () => {
      this.#tell();
      this.#beat(heartbeat);
    });
  }

  #tell(): void {
    if (this.#fault === "silent") return;
    this.#sequence += 1;
    const state: BayState = {
      boot: this.#boot,
      seq: this.#sequence,
      occupied: this.#occupied,
      at: isoOf(this.#options.clock.now()),
      confidence: 0.97,
      battery_pct: 92,
    };
    const payload = JSON.stringify(state);
    if (this.#fault === "late" && this.#sequence % 2 === 1) this.#sendLater(payload);
    else this.#send(payload);
    if (this.#fault === "duplicate") this.#send(payload);
  }

  #send(payload: string): void {
    this.link.send(topics.bayState(this.#options.deviceId), payload);
  }

  #sendLater(payload: string): void {
    const cancel = this.#options.clock.after(lateness, () => {
      this.#late.delete(cancel);
      this.#send(payload);
    });
    this.#late.add(cancel);
  }
}

const heartbeat = minutes(5);
const lateness = seconds(10);
