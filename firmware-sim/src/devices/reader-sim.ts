import { Fault } from "@gatehouse/shared/fault";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type {
  CredentialReader,
  PlateRead,
  ReadOutcome,
} from "@gatehouse/shared/ports/credential-reader";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Duration, Instant } from "@gatehouse/shared/time";
import { happens, wait } from "../chance.ts";
import type { PlateCamera, SeenPlate } from "../hardware.ts";

/** How often the way from the camera goes wrong; each a share of the reads. */
export interface ReadFaults {
  /** Never arrives, not even later. */
  readonly lost: number;
  /** Arrives 12 s to 5 min late, with its own old time. */
  readonly late: number;
  /** Arrives a second time, 0.5 to 15 s after the first. */
  readonly repeated: number;
  /** Arrives again 1 to 30 min later, marked as a retransmission. */
  readonly retransmitted: number;
}

const noReadFaults: ReadFaults = { lost: 0, late: 0, repeated: 0, retransmitted: 0 };

export interface ReaderSimParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly readerId: string;
  readonly laneId: string;
  readonly stopwatch?: Stopwatch;
}

/** A plate camera in memory: it repeats each push until the edge has answered it. */
export class ReaderSim implements CredentialReader, PlateCamera {
  readonly name: string;
  /** Pushes that were answered, and those given up after `pushTries`. */
  answered = 0;
  givenUp = 0;
  readonly #parts: ReaderSimParts;
  #faults = noReadFaults;
  #listener: ((read: PlateRead) => ReadOutcome) | undefined;
  #running = false;
  #lastSeen: Instant | undefined;
  #isOffline = false;

  constructor(parts: ReaderSimParts) {
    this.#parts = parts;
    this.name = `camera ${parts.readerId}`;
  }

  setFaults(faults: Partial<ReadFaults>): void {
    this.#faults = { ...noReadFaults, ...faults };
  }

  /** It sees nothing and says nothing until it is back. */
  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline;
  }

  onRead(listener: (read: PlateRead) => ReadOutcome): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    this.#running = true;
  }

  async stop(): Promise<void> {
    this.#running = false;
  }

  see(plate: SeenPlate): void {
    if (this.#isOffline) return;
    const { random } = this.#parts;
    const { lost, late, repeated, retransmitted } = this.#faults;
    if (!happens(random, lost)) {
      this.#push(plate, happens(random, late) ? wait(random, 12, 300) : wait(random, 0.1, 0.4));
    }
    if (happens(random, repeated)) this.#push(plate, wait(random, 0.5, 15));
    if (happens(random, retransmitted)) {
      this.#push({ ...plate, retransmission: true }, wait(random, 60, 1800));
    }
  }

  report(): readonly DeviceReport[] {
    const { readerId, laneId } = this.#parts;
    return [
      {
        id: readerId,
        kind: "plate-camera",
        make: "simulated plate camera",
        laneId,
        state: this.#isOffline ? "offline" : this.#lastSeen === undefined ? "unknown" : "online",
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        counters: { answered: this.answered, given_up: this.givenUp },
      },
    ];
  }

  #push(plate: SeenPlate, delay: Duration, tries = 1): void {
    const { clock, random } = this.#parts;
    clock.after(delay, () => {
      if (this.#isAnswered(plate)) this.answered++;
      else if (tries < pushTries) this.#push(plate, wait(random, 2, 5), tries + 1);
      else this.givenUp++;
    });
  }

  #isAnswered(plate: SeenPlate): boolean {
    if (!this.#running || this.#listener === undefined) return false;
    try {
      this.#listener(this.#readOf(plate));
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
    this.#lastSeen = this.#parts.clock.now();
    return true;
  }

  #readOf(plate: SeenPlate): PlateRead {
    const { readerId, laneId, clock, stopwatch } = this.#parts;
    const { readId, rawPlate, confidence, vehicleClass, at, retransmission } = plate;
    return {
      readId,
      readerId,
      laneId,
      rawPlate,
      confidence,
      candidates: rawPlate === "" ? [] : [{ plate: rawPlate, confidence }],
      vehicleClass,
      direction: "forward",
      at,
      receivedAt: clock.now(),
      receivedMs: stopwatch?.read() ?? clock.monotonic(),
      retransmission,
    };
  }
}

/** A camera gives a push up after about half a minute. */
const pushTries = 8;
