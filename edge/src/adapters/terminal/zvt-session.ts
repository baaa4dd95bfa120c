import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { bcd, readFields } from "./zvt-bmp.ts";
import { codeText, meaningOf, needsOf } from "./zvt-codes.ts";
import { control } from "./zvt-frame.ts";
import { type ExchangeEnd, type ZvtLimits, ZvtLink } from "./zvt-link.ts";
import { isTerminalIdle, type LastReceipt, readLastReceipt } from "./zvt-questions.ts";
import type { RepeatedReceipt } from "./zvt-receipt.ts";

export interface ZvtSessionOptions {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly password: Buffer;
  readonly currencyNumber: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: ZvtLimits;
  readonly count: (what: string) => void;
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

/** ECR prints receipts (line by line), status messages on, amount entry and administration locked. */
const configByte = 0xbe;
/** No service menu key, no capitals. */
const serviceByte = 0x00;

type Occupation = "charge" | "enquiry" | "check";

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

  /** Why there is no connection, or what keeps the terminal busy. */
  get trouble(): string {
    return this.#occupation ?? this.#trouble;
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
    throw new Fault("terminal-unreachable", this.trouble);
  }

  release(): void {
    this.#occupation = undefined;
    this.#released.resolve();
  }

  /** Asks the terminal to cancel the charge that runs, if one does. */
  cancelCharge(): void {
    if (this.#occupation === "charge") this.#link?.cancel();
  }

  /** One command on an occupied terminal. */
  async exchange(link: ZvtLink, ...command: Parameters<ZvtLink["exchange"]>): Promise<ExchangeEnd> {
    const end = await link.exchange(...command);
    if (end.kind !== "lost") this.lastSeen = this.#options.clock.now();
    return end;
  }

  /**
   * The last receipt, once the terminal is idle.
   *
   * @throws Fault `terminal-unreachable` when the connection ends or the terminal stays busy
   */
  async askLastReceipt(link: ZvtLink): Promise<Extract<LastReceipt, { isAnswer: true }>> {
    for (let asked = 0; asked < busyAsksMax && link.isOpen; asked += 1) {
      const isIdle = await isTerminalIdle(link);
      const last = isIdle ? await readLastReceipt(link, this.#options.password) : undefined;
      if (last?.isAnswer === true) {
        this.lastSeen = this.#options.clock.now();
        if (last.kind === "receipt") {
          this.lastReceipt = last.receipt.receiptNumber ?? this.lastReceipt;
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
      await this.#register(link);
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

  async #register(link: ZvtLink): Promise<void> {
    const { password, currencyNumber } = this.#options;
    const data = Buffer.concat([
      password,
      Buffer.from([configByte]),
      // Here the currency has no tag before it, unlike everywhere else.
      bcd(currencyNumber, 2),
      Buffer.from([0x03, serviceByte]),
    ]);
    const end = await this.exchange(link, control.registration, data);
    if (end.kind !== "completed") {
      throw new Fault("terminal-unreachable", `registration failed: ${sayEnd(end)}`);
    }
    const { terminalId, statusByte } = readFields(end.data);
    this.terminalId = terminalId ?? this.terminalId;
    this.needs = needsOf(statusByte ?? 0);
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

function sayEnd(end: ExchangeEnd): string {
  switch (end.kind) {
    case "completed":
      return "completed";
    case "lost":
      return end.detail;
    case "aborted":
    case "refused":
      return `${meaningOf(end.code)} (${codeText(end.code)})`;
  }
}
