import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type {
  LaneInput,
  LaneInputChange,
  LaneInputFeed,
} from "@gatehouse/shared/ports/lane-inputs";
import { milliseconds } from "@gatehouse/shared/time";
import type { InputContact } from "../hardware.ts";

const laneInputs = ["arming", "safety", "limit-open", "help", "ticket"] as const;

/** The loop detectors and the limit switch of one lane, in memory, as a poller of 20 Hz sees them. */
export class LaneInputsSim implements LaneInputFeed {
  readonly name: string;
  readonly #clock: Clock;
  readonly #laneId: string;
  readonly #wired: readonly LaneInput[];
  readonly #active = new Map<LaneInput, boolean>();
  readonly #told = new Map<LaneInput, boolean | undefined>();
  #listener: (change: LaneInputChange) => void = () => {};
  #running = false;
  readonly #stuck = new Map<LaneInput, boolean>();
  #lost = false;

  /** @param clock of the machine that polls: changes carry its time */
  constructor(clock: Clock, laneId: string, wired: readonly LaneInput[] = laneInputs) {
    this.#clock = clock;
    this.#laneId = laneId;
    this.#wired = wired;
    this.name = `inputs ${laneId}`;
    for (const input of wired) this.#active.set(input, false);
  }

  input(input: LaneInput): InputContact {
    return {
      set: (active) => {
        this.#active.set(input, active);
        this.#clock.after(pollEvery, () => this.#tell(input, active));
      },
    };
  }

  /** The wire is lost: every input becomes unknown until it is back. */
  setLost(lost: boolean): void {
    this.#lost = lost;
    for (const input of this.#wired) this.#tell(input, this.#active.get(input));
  }

  /** A detector that shows the same whatever stands there; `undefined` mends it. */
  setStuck(input: LaneInput, shows: boolean | undefined): void {
    if (shows === undefined) this.#stuck.delete(input);
    else this.#stuck.set(input, shows);
    this.#clock.after(pollEvery, () => this.#tell(input, this.#active.get(input)));
  }

  /** What the daemon has been told last. */
  told(input: LaneInput): boolean | undefined {
    return this.#told.get(input);
  }

  onInput(listener: (change: LaneInputChange) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#told.clear();
    for (const input of this.#wired) {
      this.#clock.after(pollEvery, () => this.#tell(input, this.#active.get(input)));
    }
  }

  async stop(): Promise<void> {
    this.#running = false;
  }

  report(): readonly DeviceReport[] {
    return [
      {
        id: this.name,
        kind: "lane-inputs",
        make: "simulated loop detectors",
        laneId: this.#laneId,
        state: this.#lost ? "offline" : "online",
        lastSeen: this.#clock.now(),
        counters: {},
      },
    ];
  }

  #tell(input: LaneInput, seen: boolean | undefined): void {
    if (!this.#running) return;
    const active = this.#lost ? undefined : (this.#stuck.get(input) ?? seen);
    if (this.#told.has(input) && this.#told.get(input) === active) return;
    this.#told.set(input, active);
    this.#listener({ laneId: this.#laneId, input, active, at: this.#clock.now() });
  }
}

const pollEvery = milliseconds(50);
