import { hasCardNumber } from "@gatehouse/shared/card-numbers";
import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Duration, type Instant, seconds } from "@gatehouse/shared/time";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { PlateSighting } from "../domain/plate-match.ts";
import type { Tx } from "../store/book.ts";
import { insertRead } from "../store/passages.ts";
import { keepSessionRead, type SessionRead } from "../store/plates.ts";
import type { DecisionDraft } from "./lane-writing.ts";

/** Why a read goes no further; `undefined`: it is fresh and counts. */
export type ReadRefusal = "repeated-read" | "stale-read" | "retransmission" | "reverse-direction";

/** No plate is longer; what a camera says beyond is cut off. */
const rawPlateLimit = 32;
/** So many of a camera's other guesses are looked at. */
const candidateLimit = 10;

/**
 * Keeps a read and tells whether it may decide anything. One read counts once, however often it arrives;
 * an old, early or repeated one never opens a gate (its event time counts, not its arrival).
 *
 * @param doubt how much older it may be than it says, because the clock went back (`SteadyTime.doubtAbout`)
 */
export function keepRead(
  tx: Tx,
  lane: LaneConfig,
  read: PlateRead,
  now: Instant,
  doubt: Duration,
): ReadRefusal | undefined {
  const refusal = refusalOf(lane, read, now, doubt);
  const isNew = insertRead(tx, {
    readerId: read.readerId,
    readId: read.readId,
    laneId: lane.id,
    rawPlate: rawPlateOf(read),
    confidence: read.confidence,
    at: read.at,
    receivedAt: now,
    outcome: refusal ?? "fresh",
  });
  return isNew ? refusal : "repeated-read";
}

function refusalOf(
  lane: LaneConfig,
  read: PlateRead,
  now: Instant,
  doubt: Duration,
): ReadRefusal | undefined {
  if (read.retransmission) return "retransmission";
  const age = now - read.at;
  const validFor = seconds(lane.read_valid_s);
  if (Math.abs(age) > validFor || age + doubt > validFor) return "stale-read";
  if (read.direction === "reverse") return "reverse-direction";
  return undefined;
}

/** The read's plate, as its camera or those after it have put it right, and the camera's other guesses; best first. */
export const platesOf = (read: PlateRead): PlateSighting => ({
  plate: normalisePlate(
    read.correctedPlate === undefined ? rawPlateOf(read) : plateText(read.correctedPlate),
  ),
  confidence: read.confidence,
  candidates: read.candidates
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, candidateLimit)
    .map(({ plate, confidence }) => ({
      plate: normalisePlate(plateText(plate)),
      confidence,
    }))
    .filter(({ plate }) => plate !== ""),
  vehicleClass: read.vehicleClass,
});

const rawPlateOf = (read: PlateRead): string => plateText(read.rawPlate);

/** No plate is a card number: who holds one before a camera, or sends one as a read, has it kept nowhere. */
const plateText = (text: string): string =>
  hasCardNumber(text) ? "" : text.slice(0, rawPlateLimit);

/** What a decision says of the read that it rests on. */
export const readFacts = (read: PlateRead): NonNullable<DecisionDraft["read"]> => ({
  readId: read.readId,
  plate: platesOf(read).plate,
  rawPlate: rawPlateOf(read),
  confidence: read.confidence,
  vehicleClass: read.vehicleClass,
});

/** Keeps a read as one that a session rests on. */
export const bindRead = (tx: Tx, sessionId: string, read: PlateRead): void =>
  keepSessionRead(tx, sessionReadOf(sessionId, read));

/** A read as a session rests on it: raw, as read, and what it is taken for. */
export function sessionReadOf(sessionId: string, read: PlateRead): SessionRead {
  const rawPlate = rawPlateOf(read);
  return {
    sessionId,
    readerId: read.readerId,
    readId: read.readId,
    laneId: read.laneId,
    rawPlate,
    readPlate: normalisePlate(rawPlate),
    correctedPlate: platesOf(read).plate,
    confidence: read.confidence,
    at: read.at,
  };
}

/** The read once its reader has had its answer: whatever is decided about it now, we open. */
export function answered({ opens: _, ...read }: PlateRead): PlateRead {
  return read;
}

/** One read that waits for the vehicle before it to pass, or for its own to reach the loop. A newer one replaces it. */
export class WaitingRead {
  readonly #clock: Clock;
  readonly #patience: Duration;
  #waiting: { readonly read: PlateRead; readonly since: number } | undefined;

  constructor(clock: Clock, patience: Duration) {
    this.#clock = clock;
    this.#patience = patience;
  }

  put(read: PlateRead): void {
    this.#waiting = { read: answered(read), since: this.#clock.monotonic() };
  }

  /** The read that waits, unless it has waited too long; it waits no more. */
  take(): PlateRead | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return undefined;
    return this.#clock.monotonic() - waiting.since <= this.#patience ? waiting.read : undefined;
  }

  clear(): void {
    this.#waiting = undefined;
  }
}
