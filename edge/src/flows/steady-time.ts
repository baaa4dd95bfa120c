import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import {
  type Duration,
  hours,
  type Instant,
  isoOf,
  milliseconds,
  minutes,
  seconds,
} from "@gatehouse/shared/time";
import type { Steady } from "../domain/quote.ts";
import type { Book } from "../store/book.ts";
import { readNote, saveNote } from "../store/notes.ts";

const anchorEvery = seconds(60);
/** A smaller difference is drift, corrected in silence. */
const stepLeast = seconds(2);
/** A camera that got no answer repeats itself for about so long; a stamp older than that comes marked as a repeat. */
const doubtFor = minutes(5);
const note = "steady-anchor";
/** The machine was without power for at most so long; a wall clock that says more is not believed. */
const longestCut = hours(24 * 14);

interface Anchor {
  readonly bootId: string;
  readonly monotonic: number;
  readonly steady: Steady;
  readonly wall: Instant;
  readonly stepBack?: StepBack | undefined;
}

/** The wall clock went back a while ago: what is stamped up to `wallBefore` may be from before it or from after it. */
interface StepBack {
  readonly wallBefore: number;
  readonly by: number;
  readonly until: Steady;
}

/**
 * Time for measuring stays: it runs like wall time, but no step of the wall clock moves it.
 *
 * While the machine runs it follows the monotonic clock, across restarts of the daemon too. Over a power cut
 * it follows the wall clock from the last anchor; when that would run backwards, or further than any power cut
 * lasts, it stands still, and the clock is called suspect until it has passed the anchor.
 */
export class SteadyTime implements Part {
  readonly name = "steady-time";
  readonly #book: Book;
  readonly #clock: Clock;
  readonly #log: Log;
  #offset = 0;
  /** The last good moment before the power cut over which the wall clock went wrong. */
  #lastGood: Pick<Anchor, "wall" | "steady"> | undefined;
  #wallAhead = 0;
  /** As `wallAhead` was at the last look. */
  #seenAhead = 0;
  #stepBack: StepBack | undefined;
  #cancel: () => void = () => {};

  constructor(book: Book, clock: Clock, log: Log) {
    this.#book = book;
    this.#clock = clock;
    this.#log = log;
  }

  /** The wall clock went wrong over a power cut and has not been right since. */
  get suspect(): boolean {
    return this.#lastGood !== undefined;
  }

  now(): Steady {
    return this.#clock.monotonic() + this.#offset;
  }

  /**
   * How much older something may be than its stamp says: for some minutes after the wall clock went back, what was
   * stamped before looks as if it had just happened.
   *
   * @param stamp by a clock that goes with this machine's
   */
  doubtAbout(stamp: Instant): Duration {
    this.#look();
    const step = this.#stepBack;
    const isDoubtful = step !== undefined && this.now() < step.until && stamp <= step.wallBefore;
    return milliseconds(isDoubtful ? step.by : 0);
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
      const isBelievable = isPlausibleCut(anchor.wall, wall);
      if (!isBelievable) this.#lastGood = anchor;
      const cut = isBelievable ? Math.max(0, wall - anchor.wall) : 0;
      this.#offset = anchor.steady + cut - monotonic;
    }
    // Within one boot a step that nobody watched shows against the anchor.
    const isSameBoot = anchor?.bootId === bootId;
    this.#wallAhead = isSameBoot ? anchor.wall - anchor.steady : wall - this.now();
    this.#seenAhead = this.#wallAhead;
    this.#stepBack = isSameBoot ? anchor.stepBack : undefined;
  }

  #look(): void {
    const ahead = this.#clock.now() - this.now();
    const back = Math.round(this.#seenAhead - ahead);
    if (back >= stepLeast) {
      const now = this.now();
      const last = this.#stepBack;
      const earlier = last !== undefined && now < last.until ? last : undefined;
      this.#stepBack = {
        wallBefore: earlier?.wallBefore ?? now + this.#seenAhead,
        by: back + (earlier?.by ?? 0),
        until: now + doubtFor,
      };
    }
    this.#seenAhead = ahead;
  }

  #tick(): void {
    this.#notice();
    this.#cancel = this.#clock.after(anchorEvery, () => this.#tick());
  }

  /** Looks whether the wall clock has stepped, writes it down, and anchors steady time anew. */
  #notice(): void {
    this.#look();
    const { wall, monotonic, bootId } = this.#present();
    const ahead = wall - this.now();
    const by = Math.round(ahead - this.#wallAhead);
    const hasStepped = Math.abs(by) >= stepLeast;
    const good = this.#lastGood;
    const steady = this.now();
    const leastWall = good === undefined ? wall : ((good.wall + steady - good.steady) as Instant);
    const isRight = good === undefined || isPlausibleCut(leastWall, wall);
    const stepBack = this.#stepBack;
    const anchor: Anchor = {
      bootId,
      monotonic,
      steady,
      wall: isRight ? wall : leastWall,
      ...(stepBack !== undefined && steady < stepBack.until && { stepBack }),
    };
    try {
      this.#book.write((tx) => {
        saveNote(tx, note, JSON.stringify(anchor));
        if (hasStepped) tx.append(wall, { type: "clock-stepped", body: { by_ms: by } });
      }, "plain");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // The anchor before still holds, and a step is noticed again at the next look.
      this.#log.warn("steady-time-not-anchored", { error: error.message });
      return;
    }
    this.#wallAhead = ahead;
    if (hasStepped) this.#log.warn("clock-stepped", { by_ms: by, at: isoOf(wall) });
    if (isRight) this.#lastGood = undefined;
  }

  #present(): { wall: Instant; monotonic: number; bootId: string } {
    const { bootId } = this.#clock;
    return { wall: this.#clock.now(), monotonic: this.#clock.monotonic(), bootId };
  }
}

const isPlausibleCut = (from: Instant, to: Instant): boolean =>
  to > from - stepLeast && to - from <= longestCut;
