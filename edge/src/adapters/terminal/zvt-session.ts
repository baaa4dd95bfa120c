import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { displayOf, isBusy, result } from "./zvt-codes.ts";
import { control } from "./zvt-frame.ts";
import {
  type Count,
  type ExchangeEnd,
  type ExchangeListener,
  type ZvtLimits,
  ZvtLink,
} from "./zvt-link.ts";
import { askStatus, isIdle, type LastReceipt, readLastReceipt } from "./zvt-questions.ts";
import type { RepeatedReceipt } from "./zvt-receipt.ts";
import { register, type RegistrationWish } from "./zvt-registration.ts";

export interface ZvtSessionOptions extends RegistrationWish {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: ZvtLimits;
  readonly count: Count;
  /** The last receipt as read after each registration; undefined when the terminal has none to show. */
  readonly onRegistered: (last: RepeatedReceipt | undefined) => void;
}

/** After a failed connection the next one is tried after 1 s, 2 s, 4 s … up to a minute. */
const firstBackOff = seconds(1);
const longestBackOff = seconds(60);
/** How often an idle terminal is asked whether it still lives. */
const idleCheckEvery = seconds(60);
/** How often a terminal that is busy with something is asked again, and how many times at most. */
const busyAskEvery = seconds(2);
const busyAsksMax = 90;
/** How often somebody who waits for the terminal looks again. */
const lookEvery = seconds(0.5);

/** How often a command that meets a busy terminal is sent again: nothing of it has begun. */
const busyTriesMax = 5;

/** What a terminal is taken for. */
export type Occupation =
  | "charge"
  | "reversal"
  | "refund"
  | "end of day"
  | "turnover"
  | "status"
  | "enquiry"
  | "check";

/** Keeps a terminal connected and registered, and gives it to one user at a time. */
export class ZvtSession {
  readonly #options: ZvtSessionOptions;
  readonly #stopping = new AbortController();
  #serving: Promise<void> = Promise.resolve();
  #link: ZvtLink | undefined;
  #occupation: Occupation | undefined;
  /** Settled when the present occupation ends. */
  #released: PromiseWithResolvers<void> = Promise.withResolvers();
  #trouble = "not connected yet";
  /** What the terminal's display shows while it is taken. */
  #display: string | undefined;
  #isToCancel = false;

  /** The newest receipt number that the terminal has shown. */
  lastReceipt: string | undefined;
  terminalId: string | undefined;
  lastSeen: Instant | undefined;
  /** What the terminal asks to have done, by the status byte of its registration. */
  needs: readonly string[] = [];

  constructor(options: ZvtSessionOptions) {
    this.#options = options;
  }

  get isOnline(): boolean {
    return this.#link?.isOpen === true;
  }

  /** Why there is no connection. */
  get trouble(): string {
    return this.#trouble;
  }

  /** What it is at, and what its display shows, for example `charge: insert the card`; undefined when idle. */
  get doing(): string | undefined {
    if (this.#occupation === undefined || this.#occupation === "check") return undefined;
    return [this.#occupation, this.#display].filter((each) => each !== undefined).join(": ");
  }

  start(): void {
    this.#serving = this.#serve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#serving;
  }

  /**
   * Takes the terminal; `release` gives it back. Only the short question whether it lives is waited for.
   *
   * @throws Fault `terminal-unreachable` or `terminal-busy`
   */
  async occupy(as: Occupation): Promise<ZvtLink> {
    while (this.#occupation === "check") await this.#released.promise;
    if (this.#link?.isOpen !== true) throw new Fault("terminal-unreachable", this.#trouble);
    if (this.#occupation !== undefined) throw new Fault("terminal-busy", this.#occupation);
    this.#take(as);
    return this.#link;
  }

  /**
   * The same, waiting until the terminal is there and free.
   *
   * @throws Fault `terminal-unreachable` when it is not within `patience`
   */
  async occupyWhenReady(as: Occupation, patience: Duration): Promise<ZvtLink> {
    const { clock } = this.#options;
    const until = clock.monotonic() + patience;
    while (!this.#stopping.signal.aborted && clock.monotonic() < until) {
      if (this.isOnline && this.#occupation === undefined) return this.occupy(as);
      await this.#pause(lookEvery);
    }
    throw new Fault("terminal-unreachable", this.doing ?? this.#trouble);
  }

  release(): void {
    this.#occupation = undefined;
    this.#released.resolve();
  }

  /** Asks the terminal to cancel what a card is wanted for, if anything. */
  cancel(): void {
    if (this.#occupation !== "charge" && this.#occupation !== "refund") return;
    this.#isToCancel = true;
    this.#link?.cancel();
  }

  /** One command on an occupied terminal. */
  async exchange(
    link: ZvtLink,
    field: number,
    data: Buffer,
    listener: ExchangeListener = {},
  ): Promise<ExchangeEnd> {
    const end = await link.exchange(field, data, {
      ...listener,
      onIntermediate: (status) => {
        this.#display = displayOf(status);
        listener.onIntermediate?.(status);
      },
    });
    if (end.kind !== "lost") this.lastSeen = this.#options.clock.now();
    return end;
  }

  /**
   * One command that books something: sent again for a while to a terminal that only asks to wait. One that is not
   * registered any more is registered anew, and the command is refused meanwhile.
   */
  async order(...command: Parameters<ZvtSession["exchange"]>): Promise<ExchangeEnd> {
    const [link] = command;
    let end = await this.exchange(...command);
    for (let tries = 1; tries < busyTriesMax && isRefusedBusy(end); tries += 1) {
      this.#options.count("waits");
      await this.#pause(busyAskEvery, link.ended);
      if (this.#isToCancel) return { kind: "refused", code: result.cancelled };
      if (!link.isOpen) return end;
      end = await this.exchange(...command);
    }
    if (end.kind === "refused" && end.code === result.notRegistered) link.close("not registered");
    return end;
  }

  /**
   * The last receipt, once the terminal is idle.
   *
   * @throws Fault `terminal-unreachable` when the connection ends or the terminal stays busy
   */
  async askLastReceipt(link: ZvtLink): Promise<Extract<LastReceipt, { isAnswer: true }>> {
    for (let asked = 0; asked < busyAsksMax && link.isOpen; asked += 1) {
      const told = await askStatus(link);
      const isFree = told !== undefined && isIdle(told);
      const last = isFree ? await readLastReceipt(link, this.#options.password) : undefined;
      if (last?.isAnswer === true) {
        this.lastSeen = this.#options.clock.now();
        if (last.kind === "receipt") {
          this.lastReceipt = newestNumber(last.receipt) ?? this.lastReceipt;
        }
        return last;
      }
      await this.#pause(busyAskEvery, link.ended);
    }
    const why = link.isOpen ? "busy for too long" : "the connection was lost";
    throw new Fault("terminal-unreachable", `asking for the last receipt: ${why}`);
  }

  async #serve(): Promise<void> {
    const { id, log, count } = this.#options;
    let backOff = firstBackOff;
    while (!this.#stopping.signal.aborted) {
      try {
        const link = await this.#connect();
        backOff = firstBackOff;
        await this.#keep(link);
        this.#trouble = "the connection was lost";
        count("connections_lost");
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.#trouble = error.message;
        count("connections_failed");
      }
      if (this.#stopping.signal.aborted) return;
      if (backOff === firstBackOff)
        log.warn("terminal-offline", { terminal: id, detail: this.#trouble });
      await this.#pause(backOff);
      backOff = milliseconds(Math.min(backOff * 2, longestBackOff));
    }
  }

  /** Connects, registers and reads the last receipt; only then is the terminal there for others. */
  async #connect(): Promise<ZvtLink> {
    const { host, port, clock, limits, count, id, log, onRegistered } = this.#options;
    const link = await ZvtLink.open({ host, port }, clock, limits, count, this.#stopping.signal);
    this.#stopping.signal.addEventListener("abort", () => link.close("stopped"), {
      signal: link.ended,
    });
    try {
      const told = await register(this.#options, (data) =>
        this.exchange(link, control.registration, data),
      );
      this.terminalId = told.terminalId ?? this.terminalId;
      this.needs = told.needs;
      const last = await this.askLastReceipt(link);
      onRegistered(last.kind === "receipt" ? last.receipt : undefined);
    } catch (error) {
      link.close("registration failed");
      throw error;
    }
    this.#link = link;
    count("registrations");
    log.info("terminal-online", { terminal: id, receipt: this.lastReceipt });
    return link;
  }

  /** Asks an idle terminal from time to time, until the connection ends. */
  async #keep(link: ZvtLink): Promise<void> {
    while (link.isOpen) {
      await this.#pause(idleCheckEvery, link.ended);
      if (!link.isOpen || this.#occupation !== undefined) continue;
      this.#take("check");
      await this.exchange(link, control.statusEnquiry, Buffer.alloc(0));
      this.release();
    }
    // A charge on this link still has to learn that it has ended.
    while (this.#occupation !== undefined) await this.#released.promise;
  }

  #take(as: Occupation): void {
    this.#occupation = as;
    this.#display = undefined;
    this.#isToCancel = false;
    this.#released = Promise.withResolvers();
  }

  /** Waits, but not beyond a stop or the given event. */
  #pause(wait: Duration, until?: AbortSignal): Promise<void> {
    const signals = [this.#stopping.signal, ...(until === undefined ? [] : [until])];
    if (signals.some(({ aborted }) => aborted)) return Promise.resolve();
    return new Promise((resolve) => {
      const over = new AbortController();
      const done = (): void => {
        cancel();
        over.abort();
        resolve();
      };
      const cancel = this.#options.clock.after(wait, done);
      for (const signal of signals) {
        signal.addEventListener("abort", done, { signal: over.signal });
      }
    });
  }
}

const isRefusedBusy = (end: ExchangeEnd): boolean => end.kind === "refused" && isBusy(end.code);

/** Of an end of day, the last number of its batch. */
function newestNumber({ receiptNumber, totals }: RepeatedReceipt): string | undefined {
  const ofBatch = totals?.toReceipt === "0000" ? undefined : totals?.toReceipt;
  return receiptNumber ?? ofBatch;
}
