import type { Town } from "@gatehouse/firmware-sim/town";
import type { Visit } from "@gatehouse/firmware-sim/town-truth";
import type { Complain } from "./notebook.ts";
import type { FoldedSession, SessionFold } from "./session-fold.ts";

/** A visit is looked at when it is so old: by then every crash has been recovered from. */
const settledAfterMs = 20 * 60_000;
/** A confirmed session is opened within this of the moment its car has passed. */
const confirmedWithinMs = 2_000;
/** A session that recovery assumed open may belong to a car that still stands before the arm. */
const assumedBeforeMs = 10 * 60_000;

/** Whether nobody could tell who passed a lane at a world time (ms). */
export type WasUnwitnessed = (laneId: string, at: number) => boolean;

/**
 * I2: each vehicle that truly entered has exactly one session, and each session that was confirmed has a
 * vehicle. A session that recovery could only assume may be without one.
 */
export class VisitMatch {
  readonly #town: Town;
  readonly #sessions: SessionFold;
  readonly #complain: Complain;
  readonly #wasUnwitnessed: WasUnwitnessed;
  readonly #waiting: Visit[] = [];
  readonly #taken = new Set<string>();
  readonly #confirmed = new Set<string>();
  readonly #byLane = new Map<string, FoldedSession[]>();
  #known = 0;

  constructor(
    town: Town,
    sessions: SessionFold,
    wasUnwitnessed: WasUnwitnessed,
    complain: Complain,
  ) {
    this.#town = town;
    this.#sessions = sessions;
    this.#complain = complain;
    this.#wasUnwitnessed = wasUnwitnessed;
    town.truth.onEnter((visit) => void this.#waiting.push(visit));
  }

  check(): void {
    this.#learnSessions();
    const now = this.#town.now;
    while (
      this.#waiting[0] !== undefined &&
      now - this.#waiting[0].enteredSteady > settledAfterMs
    ) {
      this.#match(this.#waiting.shift() as Visit);
    }
    this.#checkConfirmed(now);
  }

  #learnSessions(): void {
    const all = [...this.#sessions.all.values()];
    for (const session of all.slice(this.#known)) {
      const lane = this.#byLane.get(session.lane) ?? [];
      lane.push(session);
      this.#byLane.set(session.lane, lane);
    }
    this.#known = all.length;
  }

  #match(visit: Visit): void {
    const entered = visit.enteredSteady;
    const candidates = (this.#byLane.get(visit.entryLane) ?? []).filter(
      (session) =>
        !this.#taken.has(session.sessionId) &&
        !session.orphan &&
        session.pendingAt <= entered &&
        session.openedAt !== undefined &&
        session.openedAt >= entered - (session.assumed ? assumedBeforeMs : confirmedWithinMs),
    );
    const seen = candidates.find(
      ({ assumed, openedAt = 0 }) => !assumed && openedAt <= entered + confirmedWithinMs,
    );
    // Who came in unseen must not take the session of a car that was seen later.
    const isUnseen = visit.tailgatedIn || this.#wasUnwitnessed(visit.entryLane, entered);
    const later = isUnseen ? undefined : candidates.at(-1);
    const session = seen ?? candidates.findLast(({ assumed }) => assumed) ?? later;
    if (session !== undefined) this.#taken.add(session.sessionId);
    else if (!isUnseen) {
      this.#complain(
        "I2",
        `car ${visit.carNumber} entered ${visit.entryLane} at hour ${(entered / 3_600_000).toFixed(4)} without a session`,
      );
    }
  }

  #checkConfirmed(now: number): void {
    for (const session of this.#sessions.all.values()) {
      const { sessionId, openedAt, assumed, orphan } = session;
      if (openedAt === undefined || assumed || orphan || this.#confirmed.has(sessionId)) continue;
      if (now - openedAt <= settledAfterMs + confirmedWithinMs) continue;
      this.#confirmed.add(sessionId);
      if (!this.#taken.has(sessionId) && !this.#wasUnwitnessed(session.lane, openedAt))
        this.#complain("I2", `session ${sessionId} was confirmed and no car entered`);
    }
  }
}
