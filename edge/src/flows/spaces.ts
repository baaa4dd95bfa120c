import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { SpaceSpec } from "@gatehouse/shared/contracts/facility";
import type {
  SpaceEndRequest,
  SpaceVehicleAnswer,
  SpaceVehicleData,
  SpaceVehicleRequest,
} from "@gatehouse/shared/contracts/space-vehicles";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, type Instant, isoOf } from "@gatehouse/shared/time";
import { endText, standsText } from "@gatehouse/shared/told/place-words";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { SpaceTurn } from "../domain/space-place.ts";
import type { Book, Reader, Tx } from "../store/book.ts";
import { type Segment, segmentEndedBy, segmentInSpace, segmentSaidBy } from "../store/segments.ts";
import { findInsideByPlate, findSession, type Session } from "../store/sessions.ts";
import type { Counters } from "./counters.ts";
import { type Refusal, refusal } from "./desk.ts";
import { sessionView } from "./session-views.ts";
import { isInside } from "./sessions.ts";
import { takeKeptSpace } from "./kept-spaces.ts";
import { endPlace, tellPlace } from "./space-places.ts";
import type { SpacesDesk } from "./spaces-desk.ts";
import type { SteadyTime } from "./steady-time.ts";

export interface SpacesDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly steady: Pick<SteadyTime, "now">;
  readonly counters: Counters;
  readonly spaces: readonly SpaceSpec[];
  /** How long after coming in a vehicle that stands in the space kept for it is taken for the one meant. */
  readonly keptFor: Duration;
  /** These spaces show another vehicle now. */
  readonly changed: (spaceIds: readonly string[]) => void;
}

/** Whose vehicle stands in a space, as people say it. */
export class Spaces implements SpacesDesk {
  readonly #deps: SpacesDeps;
  readonly #ids: ReadonlyMap<string, string>;

  constructor(deps: SpacesDeps) {
    this.#deps = deps;
    this.#ids = new Map(deps.spaces.map(({ spaceId }) => [spaceId.toUpperCase(), spaceId]));
  }

  vehicleIn(said: string): SpaceVehicleData | Refusal {
    const { book } = this.#deps;
    const spaceId = this.#spaceOf(said);
    if (spaceId === undefined) return noSpace(said);
    const segment = segmentInSpace(book, spaceId);
    const session = segment && findSession(book, segment.sessionId);
    if (segment === undefined || session === undefined) return { space_id: spaceId, vehicle: null };
    const { fromTime, saidAt, witness, saidBy } = segment;
    return {
      space_id: spaceId,
      vehicle: {
        session: sessionView(book, session),
        from: isoOf(fromTime as Instant),
        said_at: isoOf(saidAt as Instant),
        witness,
        by: saidBy.id ?? saidBy.kind,
      },
    };
  }

  say(said: string, request: SpaceVehicleRequest, by: Actor): SpaceVehicleAnswer | Refusal {
    const spaceId = this.#spaceOf(said);
    if (spaceId === undefined) return noSpace(said);
    const { request_id: requestId, note } = request;
    return this.#write(spaceId, (tx, at) => {
      const known = segmentSaidBy(tx, requestId);
      if (known !== undefined) return standing(tx, known);
      const session = sessionMeant(tx, request);
      if ("kind" in session) return session;
      const steadyNow = this.#deps.steady.now();
      const word = { session, spaceId, witness: "person", by, at, steadyNow, note } as const;
      tellPlace(tx, { ...word, requestId });
      return standing(tx, { sessionId: session.sessionId, spaceId });
    });
  }

  end(said: string, request: SpaceEndRequest, by: Actor): SpaceVehicleAnswer | Refusal {
    const spaceId = this.#spaceOf(said);
    if (spaceId === undefined) return noSpace(said);
    const { request_id: requestId, as, note } = request;
    return this.#write(spaceId, (tx, at) => {
      const ended = segmentEndedBy(tx, requestId);
      const segment = ended ?? segmentInSpace(tx, spaceId);
      if (segment === undefined) return nobodyThere(spaceId);
      if (ended === undefined) endPlace(tx, segment, { as, by, at, note, requestId });
      const plate = findSession(tx, segment.sessionId)?.vehicleLicense ?? "";
      return {
        space_id: segment.spaceId,
        session_id: segment.sessionId,
        sentence: endText(plate, segment.spaceId, segment.endedAs ?? as, by),
      };
    });
  }

  /** A space has a new answer, which is being saved: whom it is kept for may stand there now. */
  follow(tx: Tx, spaceId: string, turn: SpaceTurn): void {
    if (turn.is !== "occupied" || segmentInSpace(tx, spaceId) !== undefined) return;
    const { steady, keptFor } = this.#deps;
    takeKeptSpace(tx, spaceId, keptFor, turn.at, steady.now());
  }

  /** As people write it: small letters too. */
  #spaceOf(said: string): string | undefined {
    return this.#ids.get(said.trim().toUpperCase());
  }

  #write(
    spaceId: string,
    act: (tx: Tx, at: Instant) => SpaceVehicleAnswer | Refusal,
  ): SpaceVehicleAnswer | Refusal {
    const { book, clock, counters, changed } = this.#deps;
    try {
      const answer = book.write((tx) => act(tx, clock.now()));
      if ("kind" in answer) counters.count("space_words_refused_total", { reason: answer.reason });
      else changed([spaceId]);
      return answer;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return refusal(error.code, error.hint);
    }
  }
}

function standing(
  reader: Reader,
  { sessionId, spaceId }: Pick<Segment, "sessionId" | "spaceId">,
): SpaceVehicleAnswer {
  const plate = findSession(reader, sessionId)?.vehicleLicense ?? "";
  const sentence = `${standsText(plate, spaceId)}.`;
  return { space_id: spaceId, session_id: sessionId, sentence };
}

/** Whom a person means: never a guess. */
function sessionMeant(reader: Reader, request: SpaceVehicleRequest): Session | Refusal {
  if ("session_id" in request) {
    const session = findSession(reader, request.session_id);
    if (session === undefined) return noSession;
    return isInside(session) ? session : notInside;
  }
  const plate = normalisePlate(request.plate);
  if (plate === "") return noPlate;
  const [session, ...others] = findInsideByPlate(reader, plate);
  if (session === undefined) return plateUnknown(plate);
  return others.length === 0 ? session : severalUnder(plate);
}

const noSpace = (said: string): Refusal =>
  refusal("no-such-space", `There is no space ${said.trim().slice(0, 20)}.`);
const nobodyThere = (spaceId: string): Refusal =>
  refusal("nobody-known", `Nobody is known to stand in space ${spaceId}.`);
const noSession = refusal("no-such-session", "There is no such session.");
const notInside = refusal("not-inside", "This session's vehicle is not inside any more.");
const noPlate = refusal("no-plate", "A plate has letters or digits.");
const plateUnknown = (plate: string): Refusal =>
  refusal(
    "plate-unknown",
    `No vehicle with the plate ${plate} is inside, as far as anybody knows; nothing was changed.`,
  );
const severalUnder = (plate: string): Refusal =>
  refusal(
    "several-sessions",
    `Several vehicles are inside under ${plate}: choose the one you mean.`,
  );
