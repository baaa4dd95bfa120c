import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  CandidatesData,
  ChooseAnswer,
  ChooseRequest,
  CorrectAnswer,
  CorrectRequest,
  noSessionReasons,
  ReviewAnswer,
  ReviewRequest,
  ReviewsData,
  SessionsData,
} from "@gatehouse/shared/contracts/plates";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { earlier, hours, type Instant } from "@gatehouse/shared/time";
import type { Grant } from "../domain/access.ts";
import { decisionSentence } from "@gatehouse/shared/told/explain";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Book, Reader } from "../store/book.ts";
import { findSession, platesInside, type Session } from "../store/sessions.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { LaneRoute } from "./lane-route.ts";
import { candidatesAtEntry, candidatesAtExit, namedLike } from "./plate-candidates.ts";
import { writeCorrection } from "./plate-correction.ts";
import type { PlatesDesk } from "./plates-desk.ts";
import { reviewsIn, writeReview } from "./reviews.ts";
import { sessionView, standingView } from "./session-views.ts";
import { isInside } from "./sessions.ts";
import type { SteadyTime } from "./steady-time.ts";

export interface PlatesDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly steady: Pick<SteadyTime, "now">;
  readonly lanes: readonly LaneRoute[];
  /** The right that a plate has at an entry; undefined: none. */
  readonly grantOf: (
    reader: Reader,
    plate: string,
    laneId: string,
    at: Instant,
  ) => Grant | undefined;
  /** What becomes of a vehicle without a session; missing where nothing but a hand opening does. */
  readonly lostTicket?: (
    laneId: string,
    reason: (typeof noSessionReasons)[number],
    requestId: string,
    actor: Actor,
  ) => Promise<ChooseAnswer | Refusal>;
  readonly changed: () => void;
}

/** So many are found by a part of the plate. */
const foundMost = 20;
/** A shorter part says nothing. */
const partLeast = 2;
const assumedFor = hours(24 * 7);

/** What people decide about plates: whose vehicle stands at an exit, what a plate truly is, which sessions are one. */
export class Plates implements PlatesDesk {
  readonly #deps: PlatesDeps;

  constructor(deps: PlatesDeps) {
    this.#deps = deps;
  }

  candidatesAt(laneId: string): CandidatesData | Refusal {
    const { book, clock, steady } = this.#deps;
    const route = this.#route(laneId);
    if (route === undefined) return this.#unknown(laneId);
    const read = route.standingRead;
    const place = {
      laneId,
      readerId: read?.readerId ?? "",
      now: clock.now(),
      steadyNow: steady.now(),
    };
    const direction = route.lane.deps.direction();
    const isEntry = direction === "entry";
    return {
      lane_id: laneId,
      direction,
      read: read === undefined ? null : standingView(read),
      named: isEntry ? namedLike(book, place, read) : [],
      candidates: (isEntry ? candidatesAtEntry : candidatesAtExit)(book, place, read),
    };
  }

  async choose(
    laneId: string,
    request: ChooseRequest,
    actor: Actor,
  ): Promise<ChooseAnswer | Refusal> {
    const route = this.#route(laneId);
    if (route === undefined) return this.#unknown(laneId);
    const { request_id: requestId } = request;
    if ("none" in request) {
      const { lostTicket } = this.#deps;
      return lostTicket?.(laneId, request.none, requestId, actor) ?? noTickets;
    }
    if (!("session_id" in request) || route.lane.deps.direction() === "entry")
      return this.#atEntry(route, request, actor);
    const { session_id: sessionId } = request;
    try {
      const step = route.choose?.({ sessionId, actor, requestId }) ?? noExit;
      if ("kind" in step) return step;
      const { decisionId } = step;
      const plate = findSession(this.#deps.book, sessionId)?.vehicleLicense ?? null;
      const sentence =
        "isRepeated" in step
          ? "This was chosen already."
          : decisionSentence({ ...step.decision, kind: kindOf(step.decision.kind), plate, actor });
      return { decision_id: decisionId, session_id: step.sessionId, sentence };
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** What a person says of a vehicle that wants in. One that is inside, as far as anybody knows, comes in again. */
  #atEntry(
    route: LaneRoute,
    request: Exclude<ChooseRequest, { none: unknown }>,
    actor: Actor,
  ): ChooseAnswer | Refusal {
    const { request_id: requestId } = request;
    const word = "turn_away" in request ? request.turn_away : this.#plateIn(request);
    if (typeof word !== "string" && "kind" in word) return word;
    try {
      const step = route.hear?.(
        typeof word === "string"
          ? { kind: "turn-away", reason: word, actor, requestId }
          : { kind: "plate", ...word, actor, requestId },
      );
      if (step === undefined) return noEntry;
      if ("kind" in step) return step;
      const { decisionId: decision_id, sessionId: session_id } = step;
      const sentence =
        "isRepeated" in step
          ? "This was chosen already."
          : decisionSentence({ ...step.decision, plate: step.plate, actor });
      return { decision_id, session_id, sentence };
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** The plate that a person means, and why. */
  #plateIn(
    request: Extract<ChooseRequest, { plate: unknown } | { session_id: unknown }>,
  ): { readonly plate: string; readonly reason: string } | Refusal {
    if ("plate" in request) {
      const plate = normalisePlate(request.plate);
      return plate === "" ? noPlate : { plate, reason: request.reason };
    }
    const session = findSession(this.#deps.book, request.session_id);
    if (session === undefined) return noSession;
    const plate = session.vehicleLicense;
    return plate === null ? noPlate : { plate, reason: "it was inside and has left unseen" };
  }

  correct(
    sessionId: string,
    { plate, reason }: CorrectRequest,
    by: Actor,
  ): CorrectAnswer | Refusal {
    const { book, clock, changed, grantOf } = this.#deps;
    const to = normalisePlate(plate);
    if (to === "") return noPlate;
    const at = clock.now();
    try {
      const answer = book.write((tx) => {
        const session = findSession(tx, sessionId);
        if (session === undefined) return noSession;
        if (!isInside(session) && session.status !== "closed-assumed") return hasEnded;
        const from = session.vehicleLicense ?? "";
        if (from !== to) {
          const grant = grantOf(tx, to, session.entryLane, at);
          writeCorrection(tx, session, to, { by, reason, at, grant });
        }
        const sentence = `The plate ${from || "that nobody could read"} is taken for ${to}.`;
        return { session_id: sessionId, from, to, sentence };
      });
      changed();
      return answer;
    } catch (error) {
      return refusalOf(error);
    }
  }

  search(part: string): SessionsData {
    const { book, clock } = this.#deps;
    const plate = normalisePlate(part);
    if (plate.length < partLeast) return { plate, sessions: [], has_more: false };
    const found: Session[] = [];
    for (const [id, known] of platesInside(book, earlier(clock.now(), assumedFor)).entries()) {
      if (found.length > foundMost) break;
      const session = known.includes(plate) ? findSession(book, id) : undefined;
      if (session !== undefined && isInside(session)) found.push(session);
    }
    const sessions = found.slice(0, foundMost).map((session) => sessionView(book, session));
    return { plate, sessions, has_more: found.length > foundMost };
  }

  reviews(): ReviewsData {
    return reviewsIn(this.#deps.book);
  }

  review(reviewId: string, request: ReviewRequest, actor: Actor): ReviewAnswer | Refusal {
    const { book, clock, changed } = this.#deps;
    try {
      const answer = book.write((tx) => writeReview(tx, reviewId, request, actor, clock.now()));
      changed();
      return answer;
    } catch (error) {
      return refusalOf(error);
    }
  }

  #route(laneId: string): LaneRoute | undefined {
    return this.#deps.lanes.find(({ lane }) => lane.deps.lane.id === laneId);
  }

  #unknown(laneId: string): Refusal {
    const known = this.#deps.lanes.map(({ lane }) => lane.deps.lane.id).join(", ");
    return refusal("unknown-lane", `There is no lane ${laneId}; lanes: ${known}.`);
  }
}

/** A driver who is asked to pay is asked. */
const kindOf = (kind: "open" | "deny" | "ask" | "collect") => (kind === "collect" ? "ask" : kind);

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Fault)) throw error;
  return refusal(error.code, error.hint);
}

const noEntry = refusal("no-entry", "Vehicles do not come in through this lane now.");
const noExit = refusal("no-exit", "Vehicles do not leave through this lane now.");
const noSession = refusal("no-such-session", "There is no such session.");
const hasEnded = refusal("session-ended", "This session has ended; its plate stays as it is.");
const noPlate = refusal("no-plate", "A plate has letters or digits.");
const noTickets = refusal(
  "no-ticket-flow",
  "Vehicles without a session are not priced here; open by hand with a reason, and the exit is bound to it.",
);
