import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, minutes } from "@gatehouse/shared/time";
import { catchUp, type SpaceTurn } from "../domain/space-place.ts";
import type { Book, Tx } from "../store/book.ts";
import { insertRead } from "../store/passages.ts";
import { segmentInSpace } from "../store/segments.ts";
import { findSpace } from "../store/spaces.ts";
import type { Counters } from "./counters.ts";
import { matchSession } from "./exit-match.ts";
import { bindRead, platesOf } from "./reads.ts";
import { isInside } from "./sessions.ts";
import { tellPlace } from "./space-places.ts";
import type { SteadyTime } from "./steady-time.ts";

export interface SpaceReadsDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly steady: Pick<SteadyTime, "now">;
  readonly counters: Counters;
  /** These spaces show another vehicle now. */
  readonly changed: (spaceIds: readonly string[]) => void;
}

/** An older read says nothing of who stands there now. */
const readValidFor = minutes(2);
/** A read below this is no proof. */
const confidenceMin = 0.6;
/** Matches that are sure enough to act on; the others are guesses. */
const sure: ReadonlySet<string> = new Set(["exact", "candidate", "close"]);

/**
 * What plate cameras that look at one space say of its vehicle. A read while the space is free is of somebody who
 * drives past, or who is parking: it counts once the space is occupied, if that is soon.
 */
export class SpaceReads {
  readonly #deps: SpaceReadsDeps;
  /** The last read of each space while it was free. */
  readonly #waiting = new Map<string, PlateRead>();

  constructor(deps: SpaceReadsDeps) {
    this.#deps = deps;
  }

  /** Nothing opens for such a read; the outcome tells what came of it. @throws Fault `disk-full` */
  hear(spaceId: string, read: PlateRead): ReadOutcome {
    const { book, clock, counters, changed } = this.#deps;
    const now = clock.now();
    const reason = book.write((tx) => {
      const outcome = this.#worthOf(tx, spaceId, read, now);
      const isNew = insertRead(tx, {
        readerId: read.readerId,
        readId: read.readId,
        laneId: read.laneId,
        rawPlate: read.rawPlate.slice(0, 32),
        confidence: read.confidence,
        at: read.at,
        receivedAt: now,
        outcome,
      });
      if (!isNew) return "repeated-read";
      return outcome === "fresh" ? this.#place(tx, spaceId, read, now) : outcome;
    });
    if (reason === "space-free") this.#waiting.set(spaceId, read);
    counters.count("space_reads_total", { outcome: reason });
    if (reason === "placed") changed([spaceId]);
    return { kind: "ignore", reason };
  }

  /** A space is occupied: whose plate was read there just before stands there now. */
  follow(tx: Tx, spaceId: string, { is, at }: SpaceTurn): void {
    const read = this.#waiting.get(spaceId);
    if (read === undefined || is !== "occupied") return;
    tx.afterCommit(() => this.#waiting.delete(spaceId));
    if (at - read.at > catchUp || segmentInSpace(tx, spaceId) !== undefined) return;
    const reason = this.#place(tx, spaceId, read, at);
    tx.afterCommit(() => this.#deps.counters.count("space_reads_total", { outcome: reason }));
  }

  #worthOf(tx: Tx, spaceId: string, read: PlateRead, now: Instant): string {
    if (read.retransmission || Math.abs(now - read.at) > readValidFor) return "stale-read";
    if (platesOf(read).plate === "") return "plate-unreadable";
    if (read.confidence < confidenceMin) return "plate-doubtful";
    return findSpace(tx, spaceId)?.status === "free" ? "space-free" : "fresh";
  }

  #place(tx: Tx, spaceId: string, read: PlateRead, at: Instant): string {
    const steadyNow = this.#deps.steady.now();
    const { readerId, readId, laneId } = read;
    const where = { laneId, readerId, now: at, steadyNow };
    const { kind, found } = matchSession(tx, where, platesOf(read));
    const [session] = found;
    if (session === undefined || !isInside(session)) return "no-session";
    if (!sure.has(kind)) return kind === "several" ? "several-sessions" : "plate-doubtful";
    const by: Actor = { kind: "plate-rule", id: readerId };
    const word = { session, spaceId, witness: "camera", by, at, steadyNow, readId } as const;
    const step = tellPlace(tx, word);
    if (step.kind === "doubtful") return step.why;
    if (step.kind === "known") return "known";
    bindRead(tx, session.sessionId, read);
    return "placed";
  }
}
