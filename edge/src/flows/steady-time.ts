import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Instant, isoOf, seconds } from "@gatehouse/shared/time";
import type { Steady } from "../domain/quote.ts";
import type { Book } from "../store/book.ts";
import { readNote, saveNote } from "../store/notes.ts";

const anchorEvery = seconds(60);
/** A smaller difference is drift, corrected in silence. */
const stepLeast = seconds(2);
const note = "steady-anchor";

interface Anchor {
  readonly bootId: string;
  readonly monotonic: number;
  readonly steady: Steady;
  readonly wall: Instant;
}

/**
 * Time for measuring stays: it runs like wall time, but no step of the wall clock moves it.
 *
 * While the machine runs it follows the monotonic clock, across restarts of the daemon too. Over a power cut
 * it follows the wall clock from the last anchor; when that would run backwards it stands still, and the
 * clock is called suspect.
 */
export class SteadyTime implements Part {
  readonly name = "steady-time";
  readonly #book: Book;
  readonly #clock: Clock;
  readonly #log: Log;
  #offset = 0;
  #suspect = false;
  #wallAhead = 0;
  #cancel: () => void = () => {};

  constructor(book: Book, clock: Clock, log: Log) {
    this.#book = book;
    this.#clock = clock;
    this.#log = log;
  }

  /** The wall clock went backwards over a power cut and has not been right since. */
  get suspect(): boolean {
    return this.#suspect;
  }

  now(): Steady {
    return this.#clock.monotonic() + this.#offset;
  }

  async start(): Promise<void> {
    this.#begin();
    this.#tick();
  }

  async stop(): Promise<void> {
    this.#cancel();
  }

  #begin(): void {
    const { wall, monotonic, bootId } = this.#present();
    const saved = readNote(this.#book, note);
    const anchor = saved === undefined ? undefined : (JSON.parse(saved) as Anchor);
    if (anchor === undefined) this.#offset = wall - monotonic;
    else if (anchor.bootId === bootId) this.#offset = anchor.steady - anchor.monotonic;
    else {
      this.#suspect = wall < anchor.wall;
      this.#offset = anchor.steady + Math.max(0, wall - anchor.wall) - monotonic;
    }
    this.#wallAhead = wall - this.now();
  }

  #tick(): void {
    this.#notice();
    this.#cancel = this.#clock.after(anchorEvery, () => this.#tick());
  }

  /** Looks whether the wall clock has stepped, writes it down, and anchors steady time anew. */
  #notice(): void {
    const { wall, monotonic, bootId } = this.#present();
    const ahead = wall - this.now();
    const by = ahead - this.#wallAhead;
    this.#wallAhead = ahead;
    const anchor: Anchor = { bootId, monotonic, steady: this.now(), wall };
    this.#book.write((tx) => {
      saveNote(tx, note, JSON.stringify(anchor));
      if (Math.abs(by) >= stepLeast) {
        tx.append(wall, { type: "clock-stepped", body: { by_ms: Math.round(by) } });
      }
    });
    if (Math.abs(by) >= stepLeast) this.#log.warn("clock-stepped", { by_ms: by, at: isoOf(wall) });
  }

  #present(): { wall: Instant; monotonic: number; bootId: string } {
    const { bootId } = this.#clock;
    return { wall: this.#clock.now(), monotonic: this.#clock.monotonic(), bootId };
  }
}
