import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { TicketScanner } from "@gatehouse/shared/ports/ticket-scanner";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { type Endpoint, Line } from "../wire/line.ts";

export interface LineScannerOptions {
  readonly id: string;
  readonly laneId: string;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longer than any code of ours: what comes without an end of line is noise. */
const lineMax = 600;
/** A code that lies before the scanner is read again and again; it is told once in so long. */
const sameFor = seconds(3);

/** A scanner on a serial line or a network socket that sends each code as a line of text (CR, LF or both). */
export class LineScanner implements TicketScanner {
  readonly name: string;
  readonly #options: LineScannerOptions;
  readonly #line: Line;
  readonly #counts = { scans: 0, repeated: 0, refused_too_long: 0 };
  #listener: (text: string) => void = () => {};
  #rest = "";
  #last: { readonly text: string; readonly at: number } | undefined;
  #lastSeen: Instant | undefined;

  constructor(options: LineScannerOptions) {
    this.#options = options;
    this.name = `ticket scanner ${options.id}`;
    const onBytes = (bytes: Buffer): void => this.#hear(bytes.toString("latin1"));
    const onLost = (): void => void (this.#rest = "");
    this.#line = new Line(options.endpoint, { onBytes, onLost }, options.log);
  }

  onScan(listener: (text: string) => void): void {
    this.#listener = listener;
  }

  start(): Promise<void> {
    return this.#line.start();
  }

  stop(): Promise<void> {
    return this.#line.stop();
  }

  report(): readonly DeviceReport[] {
    const { id, laneId } = this.#options;
    const isOpen = this.#line.isOpen;
    return [
      {
        id,
        kind: "ticket-scanner",
        make: `Line scanner at ${this.#line.address}`,
        laneId,
        state: isOpen ? "online" : "offline",
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        ...(isOpen ? {} : { fault: "wire-unreachable" as const }),
        counters: { ...this.#counts, ...this.#line.counters },
      },
    ];
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]+/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") this.#take(line);
    if (this.#rest.length <= lineMax) return;
    this.#counts.refused_too_long += 1;
    this.#rest = "";
  }

  #take(text: string): void {
    const { clock } = this.#options;
    this.#lastSeen = clock.now();
    const at = clock.monotonic();
    const isSame = this.#last?.text === text && at - this.#last.at < sameFor;
    this.#last = { text, at };
    if (text.length > lineMax) this.#counts.refused_too_long += 1;
    else if (isSame) this.#counts.repeated += 1;
    else {
      this.#counts.scans += 1;
      this.#listener(text);
    }
  }
}
