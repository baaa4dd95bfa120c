import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Instant } from "@gatehouse/shared/time";

/** How a camera's list is doing, counted request by request. */
export class MirrorReport {
  readonly #id: string;
  readonly #laneId: string;
  readonly #make: string;
  readonly #clock: Clock;
  readonly #counters: Record<string, number> = {};
  #lastSeen: Instant | undefined;
  #fault: FaultCode | undefined;
  #detail: string | undefined;

  constructor(id: string, laneId: string, make: string, clock: Clock) {
    this.#id = id;
    this.#laneId = laneId;
    this.#make = make;
    this.#clock = clock;
  }

  /** Runs one request and counts what becomes of it. @throws what it throws */
  async counted<T>(what: "lists" | "searches" | "writes" | "removals", ask: () => Promise<T>) {
    try {
      const answer: T = await ask();
      this.#count(what);
      this.#lastSeen = this.#clock.now();
      this.#fault = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#count(`failed_${what}`);
      this.#fault = error.code;
      this.#detail = error.message;
      throw error;
    }
  }

  report(): DeviceReport {
    const [fault, lastSeen] = [this.#fault, this.#lastSeen];
    return {
      id: `${this.#id}-list`,
      kind: "plate-list",
      make: this.#make,
      laneId: this.#laneId,
      state: fault !== undefined ? "offline" : lastSeen === undefined ? "unknown" : "online",
      ...(lastSeen === undefined ? {} : { lastSeen }),
      ...(fault === undefined ? {} : { fault }),
      ...(fault === undefined || this.#detail === undefined ? {} : { detail: this.#detail }),
      counters: { ...this.#counters },
    };
  }

  #count(what: string): void {
    this.#counters[what] = (this.#counters[what] ?? 0) + 1;
  }
}
