import type { AlarmKind } from "@gatehouse/shared/contracts/alarm-config";
import type { AlarmContact, SignalOutput } from "@gatehouse/shared/ports/alarm-contact";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";

/** A fire panel's or a security system's contact, in memory. */
export class AlarmContactSim implements AlarmContact {
  readonly name: string;
  readonly id: string;
  readonly kind: AlarmKind;
  readonly #clock: Clock;
  #listener: (active: boolean | undefined, at: Instant) => void = () => {};
  #active: boolean | undefined = false;
  #isRunning = false;

  constructor(clock: Clock, id: string, kind: AlarmKind) {
    this.name = `alarm ${id}`;
    this.id = id;
    this.kind = kind;
    this.#clock = clock;
  }

  async start(): Promise<void> {
    this.#isRunning = true;
    this.#listener(this.#active, this.#clock.now());
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
  }

  onAlarm(listener: (active: boolean | undefined, at: Instant) => void): void {
    this.#listener = listener;
  }

  set(active: boolean | undefined): void {
    if (active === this.#active) return;
    this.#active = active;
    if (this.#isRunning) this.#listener(active, this.#clock.now());
  }

  report(): readonly DeviceReport[] {
    const state = this.#active === undefined ? "offline" : "online";
    return [{ id: this.id, kind: "alarm", make: "simulated panel", state, counters: {} }];
  }
}

/** A siren or a guard's lamp, in memory. */
export class SignalOutputSim implements SignalOutput {
  readonly name: string;
  readonly id: string;
  readonly follows: AlarmKind;
  isActive = false;
  isDead = false;

  constructor(id: string, follows: AlarmKind) {
    this.name = `output ${id}`;
    this.id = id;
    this.follows = follows;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async set(active: boolean): Promise<void> {
    if (this.isDead) throw new Fault("wire-unreachable", `${this.id} does not answer`);
    this.isActive = active;
  }

  report(): readonly DeviceReport[] {
    const state = this.isDead ? "offline" : "online";
    return [{ id: this.id, kind: "output", make: "simulated relay", state, counters: {} }];
  }
}
