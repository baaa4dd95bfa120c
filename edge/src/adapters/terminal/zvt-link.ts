import { createConnection, type Socket } from "node:net";
import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { TerminalPaper } from "@gatehouse/shared/ports/terminal";
import { type Duration, minutes, seconds } from "@gatehouse/shared/time";
import { readFields, type ZvtFields } from "./zvt-bmp.ts";
import { acknowledgeOf, type Apdu, ApduStream, control, encodeApdu, reply } from "./zvt-frame.ts";
import { codeText } from "./zvt-codes.ts";
import { printedBlock, printedLine } from "./zvt-lines.ts";

export interface ZvtLimits {
  /** Real milliseconds until a TCP connection stands. */
  readonly connectMs: number;
  /** Real milliseconds until a command is acknowledged (the protocol's T3 is 5 s). */
  readonly acknowledgeMs: number;
  /** Without any byte for so long, an exchange is lost. */
  readonly silence: Duration;
  /** The same once the outcome is known and only the end of the exchange is missing. */
  readonly silenceAfterDecision: Duration;
  /** However busy the terminal sounds, no exchange takes longer. */
  readonly longestExchange: Duration;
}

export const defaultLimits: ZvtLimits = {
  connectMs: 10_000,
  acknowledgeMs: 10_000,
  silence: seconds(90),
  silenceAfterDecision: seconds(20),
  longestExchange: minutes(15),
};

/** What one exchange may tell while it runs; all are called from the wire and must not throw. */
export interface ExchangeListener {
  /** Answers a status information; without a listener it is accepted. */
  onStatus?(fields: ZvtFields): Buffer;
  onIntermediate?(status: number): void;
  onPaper?(paper: TerminalPaper): void;
  /** Whether only the end of the exchange is still missing. */
  isDecided?(): boolean;
}

export type ExchangeEnd =
  | { readonly kind: "completed"; readonly data: Buffer }
  | { readonly kind: "aborted"; readonly code: number }
  /** The command itself was refused: nothing has begun. */
  | { readonly kind: "refused"; readonly code: number }
  /** `isSent` false: not a byte of the command has left. */
  | { readonly kind: "lost"; readonly detail: string; readonly isSent: boolean };

interface Running {
  readonly listener: ExchangeListener;
  readonly finish: (end: ExchangeEnd) => void;
  readonly cancelLongest: () => void;
  cancelSilence: () => void;
  isAccepted: boolean;
  isToCancel: boolean;
}

/**
 * Called once for each thing worth counting, with the name of its counter, and with a detail where a terminal
 * said something that we cannot take.
 */
export type Count = (what: string, detail?: string) => void;

/** A terminal that does not read what we answer is cut off before it fills our memory. */
const unreadRepliesMax = 64 * 1024;

/**
 * One TCP connection to a terminal. It runs one command at a time from its acknowledge to its completion or
 * abort, acknowledges what the terminal says meanwhile, and refuses what it does not know.
 */
export class ZvtLink {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #limits: ZvtLimits;
  readonly #count: Count;
  readonly #stream = new ApduStream();
  readonly #ended = new AbortController();
  #running: Running | undefined;

  private constructor(socket: Socket, clock: Clock, limits: ZvtLimits, count: Count) {
    this.#socket = socket;
    this.#clock = clock;
    this.#limits = limits;
    this.#count = count;
    socket.on("data", (bytes) => this.#take(bytes));
    socket.on("error", (error) => this.close(error.message));
    socket.on("close", () => this.close("the terminal closed the connection"));
    socket.on("timeout", () => this.close("the terminal did not acknowledge a command"));
  }

  /**
   * @throws Fault `terminal-unreachable`
   */
  static async open(
    address: { readonly host: string; readonly port: number },
    clock: Clock,
    limits: ZvtLimits,
    count: Count,
    signal: AbortSignal,
  ): Promise<ZvtLink> {
    const socket = createConnection({ ...address, noDelay: true, keepAlive: true });
    const wires = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const on = (event: string, listener: (detail?: unknown) => void): void => {
        socket.on(event, listener);
        wires.signal.addEventListener("abort", () => socket.off(event, listener));
      };
      const fail = (why: string): void => {
        socket.destroy();
        reject(new Fault("terminal-unreachable", `${address.host}:${address.port}: ${why}`));
      };
      on("timeout", () => fail("no connection in time"));
      on("error", (error) => fail(error instanceof Error ? error.message : "no connection"));
      on("connect", () => resolve());
      signal.addEventListener("abort", () => fail("stopped"), { signal: wires.signal });
      socket.setTimeout(limits.connectMs);
    });
    socket.setTimeout(0);
    const link = new ZvtLink(socket, clock, limits, count);
    wires.abort();
    return link;
  }

  get isOpen(): boolean {
    return !this.#ended.signal.aborted;
  }

  /** Aborted when the connection has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Runs one command. Never throws; a lost exchange has closed the link. */
  exchange(field: number, data: Buffer, listener: ExchangeListener = {}): Promise<ExchangeEnd> {
    check(this.#running === undefined, "one command at a time on a terminal");
    if (!this.isOpen) {
      return Promise.resolve({ kind: "lost", detail: "the connection has ended", isSent: false });
    }
    return new Promise((finish) => {
      const cancelLongest = this.#clock.after(this.#limits.longestExchange, () =>
        this.close("the exchange takes too long"),
      );
      this.#running = {
        listener,
        finish,
        cancelLongest,
        cancelSilence: () => undefined,
        isAccepted: false,
        isToCancel: false,
      };
      this.#socket.setTimeout(this.#limits.acknowledgeMs);
      this.#socket.write(encodeApdu(field, data));
      this.#listenOn(this.#running);
    });
  }

  /**
   * Asks the terminal to cancel what runs, once it has accepted it; how that ends is told by the exchange.
   */
  cancel(): void {
    const running = this.#running;
    if (running === undefined) return;
    if (running.isAccepted) this.#say(encodeApdu(control.cancel));
    else running.isToCancel = true;
  }

  close(why: string): void {
    if (!this.isOpen) return;
    this.#ended.abort();
    this.#socket.destroy();
    this.#finish({ kind: "lost", detail: why, isSent: true });
  }

  #take(bytes: Buffer): void {
    if (!this.isOpen) return;
    for (const apdu of this.#stream.push(bytes)) {
      if (this.isOpen) this.#handle(apdu);
    }
    if (this.#running !== undefined) this.#listenOn(this.#running);
  }

  #handle(apdu: Apdu): void {
    const verdict = acknowledgeOf(apdu);
    const running = this.#running;
    if (verdict !== undefined) {
      // Later acknowledges answer our cancelling, or nothing at all.
      if (running === undefined) return this.#count("stray_acknowledges");
      if (running.isAccepted) return;
      if (verdict !== 0) return this.#finish({ kind: "refused", code: verdict });
      return this.#accept(running);
    }
    if (running === undefined) {
      this.#count("unsolicited", commandText(apdu.control));
      return this.#say(reply.notSupported);
    }
    this.#follow(running, apdu);
  }

  /** A terminal that already works on the command has accepted it, whatever became of its acknowledge. */
  #follow(running: Running, { control: field, data }: Apdu): void {
    const { listener } = running;
    switch (field) {
      case control.intermediateStatus:
        if (data[0] === undefined) this.#count("damaged_units", "04 FF without a status");
        else listener.onIntermediate?.(data[0]);
        break;
      case control.statusInformation: {
        const fields = readFields(data);
        this.#countUnread(fields);
        this.#accept(running);
        return this.#say(listener.onStatus?.(fields) ?? reply.accepted);
      }
      case control.printLine:
        listener.onPaper?.({ for: "unmarked", lines: [printedLine(data)] });
        break;
      case control.printTextBlock:
        listener.onPaper?.(printedBlock(data));
        break;
      case control.completion:
        this.#say(reply.accepted);
        return this.#finish({ kind: "completed", data });
      case control.abort:
        this.#say(reply.accepted);
        return this.#finish({ kind: "aborted", code: data[0] ?? 0xff });
      default:
        this.#count("unknown_commands", commandText(field));
        return this.#say(reply.notSupported);
    }
    this.#accept(running);
    this.#say(reply.accepted);
  }

  #countUnread({ unread }: ZvtFields): void {
    if (unread === undefined) return;
    this.#count("unread_fields", `${codeText(unread.bmp)}, ${unread.bytes} bytes: ${unread.raw}`);
  }

  #accept(running: Running): void {
    if (running.isAccepted) return;
    running.isAccepted = true;
    this.#socket.setTimeout(0);
    if (running.isToCancel) this.#say(encodeApdu(control.cancel));
  }

  #say(bytes: Buffer): void {
    if (this.#socket.writableLength > unreadRepliesMax) {
      return this.close("the terminal does not read our answers");
    }
    this.#socket.write(bytes);
  }

  /** Starts the wait for the next byte. */
  #listenOn(running: Running): void {
    running.cancelSilence();
    const patience = running.listener.isDecided?.()
      ? this.#limits.silenceAfterDecision
      : this.#limits.silence;
    running.cancelSilence = this.#clock.after(patience, () =>
      this.close("the terminal fell silent"),
    );
  }

  #finish(end: ExchangeEnd): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    running.cancelSilence();
    running.cancelLongest();
    this.#socket.setTimeout(0);
    running.finish(end);
  }
}

const commandText = (field: number): string => `${codeText(field >> 8)} ${codeText(field & 0xff)}`;
