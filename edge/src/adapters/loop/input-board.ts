import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Instant, milliseconds } from "@gatehouse/shared/time";
import { keepSettings } from "../wire/board-settings.ts";
import type { ModbusBus } from "../wire/modbus-bus.ts";
import type { InputProfile } from "./input-profile.ts";

/** How often the contacts are looked at, in the facility's time. */
const lookEvery = milliseconds(100);
/** How often a board that does not answer is tried. */
const lookAgainEvery = milliseconds(500);
/** Looks in a row that may fail before the contacts count as not known; a lost connection counts at once. */
const missesMax = 2;

export type ChannelListener = (active: boolean | undefined, at: Instant) => void;

interface Channel {
  readonly number: number;
  readonly listeners: ChannelListener[];
  /** "untold": nothing was ever said about it. */
  last: boolean | undefined | "untold";
}

/**
 * An input board, polled once for all the lanes on it: its latches are cleared for all inputs at once, so two
 * pollers would rob each other of short pulses.
 */
export class InputBoard {
  readonly make: string;
  readonly #bus: ModbusBus;
  readonly #unit: number;
  readonly #profile: InputProfile;
  readonly #clock: Clock;
  readonly #channels = new Map<number, Channel>();
  readonly #counts = { looks: 0, missed_looks: 0, latched_pulses: 0 };
  #users = 0;
  /** Grows at each start, so that a look from before a stop does not go on looking. */
  #round = 0;
  #misses = 0;
  #isPrepared = false;
  #cancel: () => void = () => {};
  #health: { state: "unknown" | "online" | "offline"; lastSeen?: Instant; fault?: Fault } = {
    state: "unknown",
  };

  constructor(bus: ModbusBus, unit: number, profile: InputProfile, clock: Clock) {
    this.make = `${profile.make} at ${bus.address} unit ${unit}`;
    this.#bus = bus;
    this.#unit = unit;
    this.#profile = profile;
    this.#clock = clock;
  }

  get counters(): Readonly<Record<string, number>> {
    return { ...this.#counts, ...this.#bus.counters };
  }

  get health(): Readonly<{
    state: "unknown" | "online" | "offline";
    lastSeen?: Instant;
    fault?: Fault;
  }> {
    return this.#health;
  }

  /** Tells each change of one input once, in order; set before `start`. Numbers are as printed, from 0. */
  onChannel(number: number, listener: ChannelListener): void {
    const channel = this.#channels.get(number) ?? { number, listeners: [], last: "untold" };
    channel.listeners.push(listener);
    this.#channels.set(number, channel);
  }

  /** What was last told about an input; "untold" before the first look. */
  last(number: number): boolean | undefined | "untold" {
    const channel = this.#channels.get(number);
    return channel === undefined ? "untold" : channel.last;
  }

  /** Each lane starts and stops the board; it is polled while one of them runs. */
  start(): void {
    this.#users += 1;
    if (this.#users > 1) return;
    this.#round += 1;
    void this.#look(this.#round);
  }

  stop(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#cancel();
    for (const channel of this.#channels.values()) channel.last = "untold";
  }

  async #look(round: number): Promise<void> {
    this.#counts.looks += 1;
    try {
      if (!this.#isPrepared) await this.#prepare();
      await this.#readAndTell();
      this.#misses = 0;
      this.#health = { state: "online", lastSeen: this.#clock.now() };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#miss(error);
    }
    if (this.#users === 0 || round !== this.#round) return;
    this.#cancel = this.#clock.after(
      this.#health.state === "offline" ? lookAgainEvery : lookEvery,
      () => void this.#look(round),
    );
  }

  async #prepare(): Promise<void> {
    const { settings, latch } = this.#profile;
    await keepSettings(this.#bus, this.#unit, settings, [...this.#channels.keys()]);
    if (latch !== undefined) {
      await this.#clear(latch.clear_high);
      await this.#clear(latch.clear_low);
    }
    this.#isPrepared = true;
  }

  async #readAndTell(): Promise<void> {
    const { state, latch } = this.#profile;
    const channels = [...this.#channels.values()];
    const pulsed = new Set<Channel>();
    if (latch !== undefined) {
      const wentHigh = await this.#read("discrete", latch.high);
      const wentLow = await this.#read("discrete", latch.low);
      const rises = channels.filter(({ number, last }) => last === false && wentHigh.get(number));
      const dips = channels.filter(({ number, last }) => last === true && wentLow.get(number));
      if (rises.length > 0) await this.#clear(latch.clear_high);
      if (dips.length > 0) await this.#clear(latch.clear_low);
      for (const channel of [...rises, ...dips]) pulsed.add(channel);
    }
    const active = await this.#read(state.table, state.address);
    const before = channels.map(({ last }) => last);
    for (const channel of channels) {
      const now = active.get(channel.number) ?? false;
      if (pulsed.has(channel) && channel.last === now) {
        this.#counts.latched_pulses += 1;
        this.#tell(channel, !now);
      }
      this.#tell(channel, now);
    }
    if (latch === undefined) return;
    // The latch that says how an input came into its present state is old news, and would count as a pulse.
    const hasFallen = channels.some(({ last }, index) => before[index] === true && last === false);
    const hasRisen = channels.some(({ last }, index) => before[index] === false && last === true);
    if (hasFallen) await this.#clear(latch.clear_high);
    if (hasRisen) await this.#clear(latch.clear_low);
  }

  async #read(table: "coil" | "discrete", base: number): Promise<ReadonlyMap<number, boolean>> {
    const numbers = [...this.#channels.keys()];
    const first = Math.min(...numbers);
    const count = Math.max(...numbers) - first + 1;
    const bits =
      table === "coil"
        ? await this.#bus.readCoils(this.#unit, base + first, count)
        : await this.#bus.readDiscrete(this.#unit, base + first, count);
    return new Map(bits.map((bit, index) => [first + index, bit]));
  }

  #clear(coil: number): Promise<void> {
    return this.#bus.writeCoil(this.#unit, coil, true);
  }

  #miss(fault: Fault): void {
    this.#counts.missed_looks += 1;
    this.#misses += 1;
    if (this.#misses < missesMax && fault.code !== "wire-unreachable") return;
    this.#isPrepared = false;
    this.#health = { ...this.#health, state: "offline", fault };
    for (const channel of this.#channels.values()) this.#tell(channel, undefined);
  }

  #tell(channel: Channel, active: boolean | undefined): void {
    if (channel.last === active || this.#users === 0) return;
    channel.last = active;
    for (const listener of channel.listeners) listener(active, this.#clock.now());
  }
}
