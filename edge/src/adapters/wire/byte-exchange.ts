import { Fault } from "@gatehouse/shared/fault";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Endpoint, Line } from "./line.ts";

/** A line on which a question is bytes and its answer is one byte. All its waits are real time. */
export class ByteExchange {
  readonly #line: Line;
  readonly #counts = { answers: 0, timeouts: 0, unexpected_bytes: 0 };
  #wanted: { fits: (byte: number) => boolean; take: (byte: number | Fault) => void } | undefined;

  constructor(endpoint: Endpoint, log: Log) {
    this.#line = new Line(
      endpoint,
      {
        onBytes: (bytes) => this.#hear(bytes),
        onLost: (why) => this.#wanted?.take(new Fault("wire-unreachable", why)),
      },
      log,
    );
  }

  get address(): string {
    return this.#line.address;
  }

  get counters(): Readonly<Record<string, number>> {
    return { ...this.#counts, ...this.#line.counters };
  }

  start(): Promise<void> {
    return this.#line.start();
  }

  async stop(): Promise<void> {
    this.#wanted?.take(new Fault("wire-unreachable", `${this.address}: stopped`));
    await this.#line.stop();
  }

  /** @throws Fault `wire-unreachable` */
  async connect(): Promise<void> {
    await this.#line.connect();
  }

  /** The line is opened anew before the next question. */
  drop(why: string): void {
    this.#line.drop(why);
  }

  /**
   * Sends bytes and waits for the one that answers them.
   *
   * @param fits whether a byte is an answer to these
   * @param patienceMs real time
   * @throws Fault `wire-unreachable` or `wire-timeout`
   */
  async ask(bytes: Buffer, fits: (byte: number) => boolean, patienceMs: number): Promise<number> {
    let giveUp: NodeJS.Timeout | undefined;
    try {
      return await new Promise<number>((resolve, reject) => {
        this.#wanted = {
          fits,
          take: (answer) => (answer instanceof Fault ? reject(answer) : resolve(answer)),
        };
        giveUp = setTimeout(() => {
          this.#counts.timeouts += 1;
          reject(new Fault("wire-timeout", `${this.address}: no answer in ${patienceMs} ms`));
        }, patienceMs);
        this.#line.write(bytes);
      });
    } finally {
      clearTimeout(giveUp);
      this.#wanted = undefined;
    }
  }

  #hear(bytes: Buffer): void {
    for (const byte of bytes) {
      const wanted = this.#wanted;
      if (wanted?.fits(byte) !== true) {
        this.#counts.unexpected_bytes += 1;
        continue;
      }
      this.#wanted = undefined;
      this.#counts.answers += 1;
      wanted.take(byte);
    }
  }
}
