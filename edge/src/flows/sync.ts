import {
  type Ack,
  type Batch,
  batchLineLimit,
  batchLinesMax,
} from "@gatehouse/shared/contracts/batch";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, type Instant, isoOf, milliseconds, seconds } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import {
  acknowledge,
  isFull,
  lastSeqOf,
  nextBatch,
  readCursors,
  type Sender,
} from "../store/outbox.ts";
import type { Counters } from "./counters.ts";
import type { SyncStatus } from "./desk.ts";
import { settlePlace } from "./ledger-place.ts";
import { applyDirectives, type TakeCallback } from "./directives.ts";
import { upload } from "./upload.ts";

export interface SyncDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly link: CloudLink | undefined;
  readonly sender: Sender;
  readonly every: Duration;
  readonly changed: () => void;
  /** Left out where no gateway is set up. */
  readonly takeCallback?: TakeCallback;
}

/** The longest pause after failures; the oldest line waits for ever and is never dropped. */
const longestPause = seconds(300);
/** The pause doubles with each failure, so often at most. */
const doublingsLimit = 16;
/** With nothing to say, head office hears from us this often, and we hear its directives. */
const quietEvery = seconds(60);
/** Between two uploads, when there is a backlog. */
const shortPause = milliseconds(20);

/** Carries the ledger and the spaces up and the directives down, for ever, in order, at its own pace. */
export class SyncFlow implements Part {
  readonly name = "sync";
  readonly #deps: SyncDeps;
  #cancel: () => void = () => {};
  #stopped = true;
  #sending: Promise<void> | undefined;
  /** Monotonic time of the last talk that went well. */
  #lastTalk: Duration | undefined;
  #startedAt: Duration = milliseconds(0);
  #lastAckAt: Instant | undefined;
  #lastError: string | undefined;
  #directivesLatest = 0;
  /** What head office takes together, as it said last; after a failure another one may answer. */
  #linesMax = batchLineLimit;
  /** Batches that were sent ahead were overtaken: until the backlog is gone each waits for the one before it. */
  #isOneByOne = false;
  /** Whether this life has compared its book with what head office holds. */
  #isPlaced = false;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#startedAt = this.#deps.clock.monotonic();
    if (this.#deps.link !== undefined) this.#plan(this.#deps.every, 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#sending;
  }

  /** How long head office has not answered; since the start, when it never has. 0 where there is none. */
  silentFor(): Duration {
    const { clock, link } = this.#deps;
    const since = this.#lastTalk ?? this.#startedAt;
    return milliseconds(link === undefined ? 0 : clock.monotonic() - since);
  }

  status(): SyncStatus {
    const { book, link } = this.#deps;
    const { acknowledged, directivesThrough } = readCursors(book);
    const queued = book.written - acknowledged;
    return {
      state:
        link === undefined
          ? "none"
          : this.#lastError !== undefined
            ? "offline"
            : this.#lastAckAt === undefined
              ? "waiting"
              : "connected",
      queued,
      acknowledged,
      written: book.written,
      lastAckAt: this.#lastAckAt === undefined ? undefined : isoOf(this.#lastAckAt),
      lastError: this.#lastError,
      directivesApplied: directivesThrough,
    };
  }

  /** The next talk comes at `base`, spread by half either way, so that a thousand facilities do not call at once. */
  #plan(base: number, failures: number): void {
    if (this.#stopped) return;
    const { clock, random } = this.#deps;
    const delay = milliseconds(base * (0.5 + random.fraction()));
    this.#cancel = clock.after(delay, () => {
      this.#sending = this.#talk(failures);
    });
  }

  async #talk(failures: number): Promise<void> {
    const { every, clock, link, counters, log } = this.#deps;
    if (link === undefined) return;
    try {
      if (!this.#isPlaced) await this.#settlePlace(link);
      if (this.#stopped) return;
      const hasMore = await this.#push(link);
      await this.#pull(link);
      if (this.#lastError !== undefined) log.info("cloud-connected");
      this.#lastError = undefined;
      this.#deps.changed();
      this.#plan(hasMore ? shortPause : every, 0);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      counters.count("sync_failures_total", { code: error.code });
      this.#linesMax = batchLineLimit;
      if (this.#lastError === undefined)
        log.warn("cloud-offline", { error: error.message, at: isoOf(clock.now()) });
      this.#lastError = error.message;
      this.#deps.changed();
      const pause = Math.min(longestPause, every * 2 ** failures);
      this.#plan(pause, Math.min(failures + 1, doublingsLimit));
    }
  }

  async #settlePlace(link: CloudLink): Promise<void> {
    const { book, log, clock } = this.#deps;
    const now = (): Instant => clock.now();
    await settlePlace({ book, link, log, now, isOver: () => this.#stopped });
    this.#isPlaced = true;
  }

  /** @returns whether more is waiting and head office took what it was given */
  async #push(link: CloudLink): Promise<boolean> {
    const { book, clock, sender, counters } = this.#deps;
    let mayFollow = true;
    const next = (after: Batch | undefined): Batch | undefined => {
      if (!mayFollow || this.#stopped) return undefined;
      const linesMax = this.#linesMax;
      const batch = nextBatch(book, sender, clock.now(), { after, linesMax });
      mayFollow = isFull(batch, linesMax);
      return after === undefined && this.#isIdle(batch) ? undefined : batch;
    };
    const end = await upload(
      { next, send: (batch) => link.send(batch), keep: (batch, ack) => this.#keep(batch, ack) },
      this.#isOneByOne ? 1 : undefined,
    );
    if (this.#stopped) return false;
    if (end === "not-taken") counters.count("sync_not_taken_total");
    if (end === "overtaken") counters.count("sync_overtaken_total");
    const hasMore = end === "overtaken" || (end === "taken" && mayFollow);
    this.#isOneByOne = hasMore && (this.#isOneByOne || end === "overtaken");
    return hasMore;
  }

  /** Nothing to say, and head office heard from us not long ago. */
  #isIdle({ lines, spaces }: Batch): boolean {
    if (lines.length > 0 || spaces.length > 0 || this.#lastTalk === undefined) return false;
    return this.#deps.clock.monotonic() - this.#lastTalk < quietEvery;
  }

  #keep(batch: Batch, ack: Ack): boolean {
    const { book, clock } = this.#deps;
    if (this.#stopped) return false;
    book.write((tx) => acknowledge(tx, book, ack), "plain");
    this.#lastTalk = clock.monotonic();
    this.#lastAckAt = clock.now();
    this.#directivesLatest = ack.directives_latest;
    this.#linesMax = Math.min(ack.lines_max ?? batchLineLimit, batchLinesMax);
    return ack.epoch === batch.epoch && ack.acked_seq >= lastSeqOf(batch);
  }

  async #pull(link: CloudLink): Promise<void> {
    const { book, clock, counters, log, sender, takeCallback } = this.#deps;
    const { directivesThrough } = readCursors(book);
    if (this.#directivesLatest <= directivesThrough) return;
    const page = await link.pull(directivesThrough);
    if (this.#stopped) return;
    const applied = applyDirectives(
      book,
      page,
      clock.now(),
      sender.facility.currency,
      takeCallback,
    );
    for (const { kind, result } of applied) {
      counters.count("directives_total", { kind, result });
      log.info("directive", { kind, result });
    }
  }
}
