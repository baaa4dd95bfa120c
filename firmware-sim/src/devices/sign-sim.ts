import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Sign, SignMessage } from "@gatehouse/shared/ports/sign";
import { type Instant, milliseconds, seconds } from "@gatehouse/shared/time";

/** A display in memory. */
export class SignSim implements Sign {
  readonly name: string;
  readonly #clock: Clock;
  readonly #signId: string;
  readonly #laneId: string | undefined;
  #shown: SignMessage | undefined;
  #dead = false;
  #lastSeen: Instant | undefined;

  constructor(clock: Clock, signId: string, laneId?: string) {
    this.#clock = clock;
    this.#signId = signId;
    this.#laneId = laneId;
    this.name = `sign ${signId}`;
  }

  /** What a driver reads now; undefined until the first message. */
  get shown(): SignMessage | undefined {
    return this.#shown;
  }

  setDead(dead: boolean): void {
    this.#dead = dead;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async show(message: SignMessage): Promise<void> {
    await this.#clock.sleep(this.#dead ? patience : delay);
    if (this.#dead) throw new Fault("sign-unreachable", `${this.#signId} does not answer`);
    this.#shown = message;
    this.#lastSeen = this.#clock.now();
  }

  report(): readonly DeviceReport[] {
    return [
      {
        id: this.#signId,
        kind: "sign",
        make: "simulated display",
        ...(this.#laneId === undefined ? {} : { laneId: this.#laneId }),
        state: this.#dead ? "offline" : "online",
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        counters: {},
      },
    ];
  }
}

const delay = milliseconds(30);
const patience = seconds(2);
