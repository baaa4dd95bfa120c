import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Endpoint, Line } from "./line.ts";

/** Real milliseconds in which the system must have taken a frame. */
const writeTimeoutMs = 1000;
const waitingMax = 32;

/** A serial wire whose boards take frames and never answer. Timeouts are real time. */
export class PlainWire implements Part {
  readonly name: string;
  readonly address: string;
  readonly #line: Line;
  readonly #timeoutMs: number;
  readonly #counts = {
    frames: 0,
    timeouts: 0,
    write_errors: 0,
    unexpected_bytes: 0,
    queue_full: 0,
  };
  readonly #waiting = new Set<(fault: Fault) => void>();

  constructor(name: string, endpoint: Endpoint, log: Log, timeoutMs = writeTimeoutMs) {
    this.name = name;
    this.address = endpoint.address;
    this.#timeoutMs = timeoutMs;
    this.#line = new Line(
      endpoint,
      {
        onBytes: (bytes) => (this.#counts.unexpected_bytes += bytes.length),
        onLost: (why) => this.#failAll(why),
      },
      log,
    );
  }

  get counters(): Readonly<Record<string, number>> {
    return { ...this.#counts, ...this.#line.counters };
  }

  /** Frames that the system has not taken yet. */
  get pending(): number {
    return this.#waiting.size;
  }

  async start(): Promise<void> {
    await this.#line.start();
  }

  async stop(): Promise<void> {
    this.#failAll("stopped");
    await this.#line.stop();
  }

  /**
   * Resolves when the system has taken the whole frame; that a board has acted on it is never known.
   *
   * @param handed called in the moment the first byte is handed to the system
   * @throws Fault `wire-unreachable` (nothing was sent) or `wire-timeout` (not known)
   */
  async send(frame: Uint8Array, handed?: () => void): Promise<void> {
    if (this.#waiting.size >= waitingMax) {
      this.#counts.queue_full += 1;
      throw this.#unreachable(`${waitingMax} frames wait already`);
    }
    if (!this.#line.isOpen) await this.#line.connect();
    await this.#write(frame, handed);
    this.#counts.frames += 1;
  }

  async #write(frame: Uint8Array, handed?: () => void): Promise<void> {
    let giveUp: NodeJS.Timeout | undefined;
    let fail: ((fault: Fault) => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        fail = reject;
        this.#waiting.add(reject);
        giveUp = setTimeout(() => {
          this.#counts.timeouts += 1;
          const why = `${this.address}: the frame is not sent after ${this.#timeoutMs} ms`;
          reject(new Fault("wire-timeout", why));
          this.#line.drop("it does not take a frame");
        }, this.#timeoutMs);
        this.#line.write(frame, (error) => {
          if (error === null || error === undefined) return resolve();
          this.#counts.write_errors += 1;
          reject(this.#unreachable(error.message));
        });
        handed?.();
      });
    } finally {
      clearTimeout(giveUp);
      if (fail !== undefined) this.#waiting.delete(fail);
    }
  }

  #failAll(why: string): void {
    for (const fail of this.#waiting) fail(this.#unreachable(why));
  }

  #unreachable(why: string): Fault {
    return new Fault("wire-unreachable", `${this.address}: ${why}`);
  }
}
