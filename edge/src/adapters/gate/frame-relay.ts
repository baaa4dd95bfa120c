import type { PlainWire } from "../wire/plain-wire.ts";
import type { FrameGateProfile } from "./gate-profile.ts";
import type { Relay } from "./relay.ts";

/** A relay on a serial line that takes frames and never answers. The number is as printed on the board, from 1. */
export class FrameRelay implements Relay {
  readonly make: string;
  readonly timesItself = false;
  readonly echoes = false;
  readonly #wire: PlainWire;
  readonly #on: Uint8Array;
  readonly #off: Uint8Array;

  constructor(wire: PlainWire, profile: FrameGateProfile, relay: number) {
    this.make = `${profile.make} at ${wire.address}, relay ${relay}`;
    this.#wire = wire;
    this.#on = frames[profile.frame](relay, true);
    this.#off = frames[profile.frame](relay, false);
  }

  get counters(): Readonly<Record<string, number>> {
    return this.#wire.counters;
  }

  async prepare(): Promise<void> {}

  forget(): void {}

  close(handed: () => void): Promise<void> {
    return this.#wire.send(this.#on, handed);
  }

  latch(handed: () => void): Promise<void> {
    return this.close(handed);
  }

  release(): Promise<void> {
    return this.#wire.send(this.#off);
  }
}

const frames: Record<FrameGateProfile["frame"], (relay: number, on: boolean) => Uint8Array> = {
  lcus: (relay, on) => {
    const head = [0xa0, relay, on ? 1 : 0];
    return Uint8Array.from([...head, head.reduce((sum, byte) => sum + byte) & 0xff]);
  },
  at: (relay, on) => Buffer.from(`AT+CH${relay}=${on ? 1 : 0}\r\n`, "ascii"),
};
