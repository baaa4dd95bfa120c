import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Sign, SignMessage } from "@gatehouse/shared/ports/sign";
import { type Instant, seconds } from "@gatehouse/shared/time";
import type { Endpoint } from "../wire/line.ts";
import { PlainWire } from "../wire/plain-wire.ts";
import { signFrame } from "./sign-frame.ts";
import type { SignProfile } from "./sign-profile.ts";

export interface TextSignOptions {
  readonly signId: string;
  readonly laneId?: string;
  readonly profile: SignProfile;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the wire waits, in real milliseconds; a second when left out. */
  readonly timeoutMs?: number;
}

/**
 * A display on a serial line, or behind a TCP port, that takes text and never answers. Its message is sent again now
 * and then, so that one that was without power, or out of reach, comes back by itself.
 */
export class TextSign implements Sign {
  readonly name: string;
  readonly #options: TextSignOptions;
  readonly #wire: PlainWire;
  readonly #counts = { shown: 0, repeated: 0, unreachable: 0 };
  #message: SignMessage | undefined;
  #fault: Fault | undefined;
  #lastSent: Instant | undefined;
  #cancel: () => void = () => {};

  constructor(options: TextSignOptions) {
    const { signId, endpoint, log, timeoutMs } = options;
    this.#options = options;
    this.name = `sign ${signId}`;
    this.#wire = new PlainWire(this.name, endpoint, log, timeoutMs);
  }

  async start(): Promise<void> {
    await this.#wire.start();
    this.#repeatLater();
  }

  async stop(): Promise<void> {
    this.#cancel();
    await this.#wire.stop();
  }

  /** The message is kept, and sent again, even when this throws. */
  async show(message: SignMessage): Promise<void> {
    this.#message = message;
    await this.#send(message);
    this.#counts.shown += 1;
  }

  report(): readonly DeviceReport[] {
    const { signId, laneId, profile } = this.#options;
    const heard = this.#lastSent === undefined ? "unknown" : "online";
    return [
      {
        id: signId,
        kind: "sign",
        make: `${profile.make} at ${this.#wire.address}`,
        ...(laneId === undefined ? {} : { laneId }),
        state: this.#fault === undefined ? heard : "offline",
        ...(this.#lastSent !== undefined && { lastSeen: this.#lastSent }),
        ...(this.#fault !== undefined && {
          fault: "sign-unreachable" as const,
          detail: this.#fault.message,
        }),
        counters: { ...this.#counts, ...this.#wire.counters },
      },
    ];
  }

  async #send(message: SignMessage): Promise<void> {
    try {
      await this.#wire.send(signFrame(this.#options.profile, message));
      this.#fault = undefined;
      this.#lastSent = this.#options.clock.now();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#counts.unreachable += 1;
      this.#fault = new Fault("sign-unreachable", error.message, { cause: error });
      throw this.#fault;
    }
  }

  #repeatLater(): void {
    const { clock, profile } = this.#options;
    this.#cancel = clock.after(seconds(profile.repeat_s), () => {
      this.#repeatLater();
      const message = this.#message;
      if (message === undefined) return;
      void this.#send(message).then(
        () => void (this.#counts.repeated += 1),
        // Counted and told in the report; the next time tries again.
        (error: unknown) => {
          if (!(error instanceof Fault)) throw error;
        },
      );
    });
  }
}
