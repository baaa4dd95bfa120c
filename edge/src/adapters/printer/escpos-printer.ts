import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import type { Printer } from "@gatehouse/shared/ports/printer";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { ByteExchange } from "../wire/byte-exchange.ts";
import type { Endpoint } from "../wire/line.ts";
import {
  askStatus,
  askWhenDone,
  isDone,
  isNearEnd,
  isStatus,
  jobBytes,
  troubleOf,
} from "./escpos.ts";
import type { PrinterProfile } from "./printer-profile.ts";

export interface EscposPrinterOptions {
  readonly id: string;
  readonly laneId?: string;
  readonly profile: PrinterProfile;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly log: Log;
  /** How long it may take to answer, and to print one paper; real milliseconds. */
  readonly answerMs?: number;
  readonly paperMs?: number;
}

/** So often it is asked how it is; network printers close a connection that says nothing for a minute. */
const askedEvery = seconds(20);
const waitingMax = 8;

/** An ESC/POS printer on a network socket (port 9100) or a serial line. */
export class EscposPrinter implements Printer {
  readonly name: string;
  readonly id: string;
  readonly #options: EscposPrinterOptions;
  readonly #wire: ByteExchange;
  readonly #answerMs: number;
  readonly #paperMs: number;
  readonly #counts = { printed: 0, refused: 0, unknown: 0 };
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #running = false;
  #fault: Fault | undefined;
  #lastSeen: Instant | undefined;
  #nearEnd = false;
  #cancel: () => void = () => {};

  constructor(options: EscposPrinterOptions) {
    const { id, endpoint, log, answerMs, paperMs } = options;
    this.id = id;
    this.name = `printer ${id}`;
    this.#options = options;
    this.#answerMs = answerMs ?? 1000;
    this.#paperMs = paperMs ?? 10_000;
    this.#wire = new ByteExchange(endpoint, log);
  }

  async start(): Promise<void> {
    this.#running = true;
    await this.#wire.start();
    await this.#next(() => this.#look()).catch(onlyFaults);
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel();
    await this.#wire.stop();
    await this.#turn;
  }

  async print(pieces: readonly PrintPiece[]): Promise<void> {
    if (this.#waiting >= waitingMax) {
      this.#counts.refused += 1;
      throw new Fault("printer-unreachable", `${this.id}: ${waitingMax} papers wait already`);
    }
    const job = jobBytes(pieces, this.#options.profile);
    await this.#next(async () => {
      await this.#look().catch((error: unknown) => {
        this.#counts.refused += 1;
        throw error;
      });
      await this.#send(job);
      this.#counts.printed += 1;
    });
  }

  report(): readonly DeviceReport[] {
    const { id, laneId, profile } = this.#options;
    const isAway = this.#fault?.code === "printer-unreachable";
    const detail = this.#fault?.message ?? (this.#nearEnd ? "the roll ends soon" : undefined);
    return [
      {
        id,
        kind: "printer",
        make: `${profile.make} at ${this.#wire.address}`,
        ...(laneId === undefined ? {} : { laneId }),
        state: isAway ? "offline" : this.#lastSeen === undefined ? "unknown" : "online",
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        ...(this.#fault === undefined ? {} : { fault: this.#fault.code }),
        ...(detail === undefined ? {} : { detail }),
        counters: { ...this.#counts, ...this.#wire.counters },
      },
    ];
  }

  /** Whether it can print now. @throws Fault saying why not */
  async #look(): Promise<void> {
    const ask = (what: 2 | 3 | 4): Promise<number> =>
      this.#wire.ask(askStatus(what), isStatus, this.#answerMs);
    try {
      await this.#wire.connect();
      const offline = await ask(2);
      const error = await ask(3);
      const paper = await ask(4);
      this.#lastSeen = this.#options.clock.now();
      this.#nearEnd = isNearEnd(paper);
      const trouble = troubleOf(offline, error, paper);
      this.#fault = trouble && new Fault(trouble, this.id);
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      this.#wire.drop("it does not answer");
      this.#fault = new Fault("printer-unreachable", cause.message, { cause });
    }
    if (this.#fault !== undefined) throw this.#fault;
  }

  /** From the first byte on a paper may come out: what fails now is not known. */
  async #send(job: Buffer): Promise<void> {
    try {
      await this.#wire.ask(Buffer.concat([job, askWhenDone]), isDone, this.#paperMs);
      await this.#look();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      this.#counts.unknown += 1;
      this.#wire.drop("it fell silent in the middle of a paper");
      throw new Fault("print-unknown", `${this.id}: ${cause.message}`, { cause });
    }
  }

  async #next<T>(act: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const mine = this.#turn.then(act).finally(() => (this.#waiting -= 1));
    this.#turn = mine.catch(onlyFaults);
    return mine;
  }

  #lookLater(): void {
    if (!this.#running) return;
    this.#cancel = this.#options.clock.after(askedEvery, () => {
      if (this.#waiting === 0) void this.#next(() => this.#look()).catch(onlyFaults);
      this.#lookLater();
    });
  }
}

/** What it was is in the report. */
function onlyFaults(error: unknown): FaultCode {
  if (!(error instanceof Fault)) throw error;
  return error.code;
}
