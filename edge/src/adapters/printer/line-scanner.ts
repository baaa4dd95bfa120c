import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { TicketScanner } from "@gatehouse/shared/ports/ticket-scanner";
import { seconds } from "@gatehouse/shared/time";
import { type Endpoint, Line } from "../wire/line.ts";
import { ScanIntake, scanMax } from "./scan-intake.ts";

export interface LineScannerOptions {
  readonly id: string;
  readonly laneId: string;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly log: Log;
}

/** A scanner sends a line at once; what has waited longer for its end will never have one. */
const lineWithin = seconds(2);

/**
 * A scanner on a serial line (USB ones that play a serial port too) or a network socket that sends each code as a
 * line of text (CR, LF or both).
 */
export class LineScanner implements TicketScanner {
  readonly name: string;
  readonly #options: LineScannerOptions;
  readonly #line: Line;
  readonly #intake: ScanIntake;
  /** A line whose end has not come yet, and since when. */
  #rest = nothing;

  constructor(options: LineScannerOptions) {
    this.#options = options;
    this.name = `ticket scanner ${options.id}`;
    this.#intake = new ScanIntake(options.clock);
    const onBytes = (bytes: Buffer): void => this.#hear(bytes.toString("latin1"));
    const onLost = (): void => this.#forgetRest();
    this.#line = new Line(options.endpoint, { onBytes, onLost }, options.log);
  }

  onScan(listener: (text: string) => void): void {
    this.#intake.onScan(listener);
  }

  start(): Promise<void> {
    return this.#line.start();
  }

  stop(): Promise<void> {
    return this.#line.stop();
  }

  report(): readonly DeviceReport[] {
    const { id, laneId } = this.#options;
    const { isOpen, address } = this.#line;
    const { lastSeen, counters } = this.#intake;
    return [
      {
        id,
        kind: "ticket-scanner",
        make: `Line scanner at ${address}`,
        laneId,
        state: isOpen ? "online" : "offline",
        ...(lastSeen === undefined ? {} : { lastSeen }),
        ...(isOpen ? {} : { fault: "wire-unreachable" as const }),
        counters: { ...counters, ...this.#line.counters },
      },
    ];
  }

  #hear(text: string): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#rest.since > lineWithin) this.#forgetRest();
    const { text: before, since, isTooLong } = this.#rest;
    const [first = "", ...others] = text.split(/[\r\n]+/);
    const lines = [before + first, ...others];
    const rest = lines.pop() ?? "";
    // The end of a line that was too long belongs to it.
    for (const line of isTooLong ? lines.slice(1) : lines) this.#intake.take(line);
    const isStillTooLong = isTooLong && others.length === 0;
    const goesOn = before !== "" && others.length === 0;
    this.#rest = { text: rest, since: goesOn ? since : now, isTooLong: isStillTooLong };
    if (rest.length <= scanMax) return;
    if (!isStillTooLong) this.#intake.refuse("refused_too_long");
    this.#rest = { text: "", since: now, isTooLong: true };
  }

  #forgetRest(): void {
    if (this.#rest.text !== "" && !this.#rest.isTooLong) this.#intake.refuse("refused_half_line");
    this.#rest = nothing;
  }
}

const nothing = { text: "", since: 0, isTooLong: false };
