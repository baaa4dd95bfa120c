import type { LaneConfig } from "@gatehouse/shared/contracts/facility";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { normalisePlate } from "../domain/plate.ts";
import type { Tx } from "../store/book.ts";
import { insertRead } from "../store/passages.ts";

/** Why a read goes no further; `undefined`: it is fresh and counts. */
export type ReadRefusal = "repeated-read" | "stale-read" | "retransmission" | "reverse-direction";

/**
 * Keeps a read and tells whether it may decide anything. One read counts once, however often it arrives;
 * an old, early or repeated one never opens a gate (its event time counts, not its arrival).
 */
export function keepRead(
  tx: Tx,
  lane: LaneConfig,
  read: PlateRead,
  now: Instant,
): ReadRefusal | undefined {
  const refusal = refusalOf(lane, read, now);
  const isNew = insertRead(tx, {
    readerId: read.readerId,
    readId: read.readId,
    laneId: lane.id,
    rawPlate: read.rawPlate,
    confidence: read.confidence,
    at: read.at,
    receivedAt: now,
    outcome: refusal ?? "fresh",
  });
  return isNew ? refusal : "repeated-read";
}

function refusalOf(lane: LaneConfig, read: PlateRead, now: Instant): ReadRefusal | undefined {
  if (read.retransmission) return "retransmission";
  if (Math.abs(now - read.at) > seconds(lane.read_valid_s)) return "stale-read";
  if (read.direction === "reverse") return "reverse-direction";
  return undefined;
}

/** The read's plate and its candidates, normalised; best first. */
export const platesOf = (read: PlateRead): { plate: string; candidates: string[] } => ({
  plate: normalisePlate(read.rawPlate),
  candidates: read.candidates
    .toSorted((a, b) => b.confidence - a.confidence)
    .map((candidate) => normalisePlate(candidate.plate))
    .filter((plate) => plate !== ""),
});

/** A read that waits for the vehicle before it to pass, or for its own to reach the loop. */
export interface WaitingRead {
  readonly read: PlateRead;
  readonly until: Instant;
}
