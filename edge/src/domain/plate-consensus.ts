import { readingOf } from "@gatehouse/shared/plate/reading";
import { PlateVotes } from "@gatehouse/shared/plate/vote";
import { plateDistance } from "./plate-distance.ts";

/** One read of a vehicle at a lane, for the vote. */
export interface VotedRead {
  /** Normalised; "" when nobody could read one. */
  readonly plate: string;
  /** 0–1. */
  readonly confidence: number;
  /** 0–1 each, in the order of `plate`; left out where the camera does not tell. */
  readonly characterConfidences?: readonly number[];
}

export interface AgreedPlate {
  readonly plate: string;
  /** 0–1. */
  readonly confidence: number;
}

/** Reads that differ more than this are of two vehicles: one digit more is the next car of a fleet. */
const sameVehicleWithin = 0.9;
/** Two reads this close in confidence that say different things leave a doubt; a much better one settles it. */
const settledBy = 0.15;

/** Whether two reads at one lane, without the vehicle leaving in between, are of one plate. */
export const maybeSamePlate = (a: string, b: string): boolean =>
  a === "" || b === "" || plateDistance(a, b) <= sameVehicleWithin;

/**
 * What the reads of one vehicle agree on, voted character by character, a sure one counting more. One read alone
 * stands as it came.
 *
 * @param reads in the order in which they came
 */
export function agreedPlate(reads: readonly VotedRead[]): AgreedPlate {
  const said = reads.filter(({ plate }) => plate !== "");
  const [only] = said;
  if (only === undefined) return { plate: "", confidence: 0 };
  if (said.length === 1) return { plate: only.plate, confidence: only.confidence };
  const votes = new PlateVotes();
  for (const { plate, confidence, characterConfidences } of said) {
    const characters =
      characterConfidences?.length === plate.length
        ? characterConfidences
        : plate.split("").map(() => confidence);
    votes.add({ ...readingOf(plate, characters, []), confidence }, 1);
  }
  const { text, confidence } = votes.agreed();
  return { plate: text, confidence: Math.max(confidence, clearConfidence(said, text)) };
}

/** That of the best read that says so, unless another one that says otherwise is nearly as sure. */
function clearConfidence(said: readonly VotedRead[], text: string): number {
  const best = Math.max(0, ...confidencesOf(said.filter(({ plate }) => plate === text)));
  const against = Math.max(0, ...confidencesOf(said.filter(({ plate }) => plate !== text)));
  return best - against >= settledBy ? best : 0;
}

const confidencesOf = (reads: readonly VotedRead[]): number[] =>
  reads.map(({ confidence }) => confidence);
