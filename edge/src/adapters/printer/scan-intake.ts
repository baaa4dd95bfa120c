import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Instant, seconds } from "@gatehouse/shared/time";

/** Longer than any code of ours. */
export const scanMax = 600;
/** A code that lies before the scanner is read again and again; it is told once in so long. */
const sameFor = seconds(3);
/** No driver shows more codes than this: a scanner that says so is broken or is no scanner. */
const [mostScans, mostWithin] = [10, seconds(10)];
/** What some scanners put before a code: its symbology (ISO/IEC 15424), `]Q1` for a QR code. */
const symbology = /^\][A-Za-z][0-9A-Za-z]/;
const framing = /^[\0-\x20]+|[\0-\x20]+$/g;
const printable = /^[\x20-\x7e]+$/;

type ScanRefusal = "refused_too_long" | "refused_not_text" | "refused_flood" | "refused_half_line";
/** What became of one code that a scanner sent. */
export type ScanFate = "taken" | "repeated" | "empty" | ScanRefusal;

/** What all scanners share: each code is told once, what cannot be one is counted, and a flood goes no further. */
export class ScanIntake {
  readonly #clock: Clock;
  readonly #counts = {
    scans: 0,
    repeated: 0,
    refused_too_long: 0,
    refused_not_text: 0,
    refused_flood: 0,
    refused_half_line: 0,
  };
  #listener: ((text: string) => void) | undefined;
  #last: { readonly text: string; readonly at: number } | undefined;
  #times: readonly number[] = [];
  #lastSeen: Instant | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onScan(listener: (text: string) => void): void {
    this.#listener = listener;
  }

  get hasListener(): boolean {
    return this.#listener !== undefined;
  }

  get lastSeen(): Instant | undefined {
    return this.#lastSeen;
  }

  get counters(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }

  /** @param sent one code as it came, perhaps with what the scanner puts around it */
  take(sent: string): ScanFate {
    this.#lastSeen = this.#clock.now();
    const text = sent.replaceAll(framing, "").replace(symbology, "");
    if (text === "") return "empty";
    if (text.length > scanMax) return this.refuse("refused_too_long");
    if (!printable.test(text)) return this.refuse("refused_not_text");
    const at = this.#clock.monotonic();
    const isSame = this.#last?.text === text && at - this.#last.at < sameFor;
    if (isSame) {
      this.#last = { text, at };
      this.#counts.repeated += 1;
      return "repeated";
    }
    this.#times = this.#times.filter((each) => at - each < mostWithin);
    if (this.#times.length >= mostScans) return this.refuse("refused_flood");
    this.#times = [...this.#times, at];
    this.#last = { text, at };
    this.#counts.scans += 1;
    this.#listener?.(text);
    return "taken";
  }

  /** Counts what came to nothing. */
  refuse<Why extends ScanRefusal>(why: Why): Why {
    this.#counts[why] += 1;
    return why;
  }
}
