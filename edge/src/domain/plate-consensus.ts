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
  const { plate, confidence } = isOneLength(said) ? votedByPlace(said) : votedByFrame(said);
  return { plate, confidence: Math.max(confidence, clearConfidence(said, plate)) };
}

const isOneLength = (said: readonly VotedRead[]): boolean =>
  new Set(said.map(({ plate }) => plate.length)).size === 1;

/** Each place for itself: a read counts there as much as it is sure of its character. */
function votedByPlace(said: readonly VotedRead[]): AgreedPlate {
  const length = said[0]?.plate.length ?? 0;
  const places = Array.from({ length }, (_, at) => {
    const votes = said.map((read) => ({
      sign: read.plate.charAt(at),
      sure: charactersOf(read)[at] ?? 0,
    }));
    const bySign = [...Map.groupBy(votes, ({ sign }) => sign)].map(([sign, own]) => ({
      sign,
      weight: sumOf(own),
      frames: own.length,
    }));
    const total = sumOf(votes);
    const best = bySign.reduce((a, b) => (b.weight > a.weight ? b : a));
    // Frames of one vehicle see the same dirt: n that agree count like √n that know nothing of each other.
    const doubt = (1 - best.weight / best.frames) ** Math.sqrt(best.frames);
    return { sign: best.sign, confidence: total === 0 ? 0 : (best.weight / total) * (1 - doubt) };
  });
  return {
    plate: places.map(({ sign }) => sign).join(""),
    confidence: Math.min(...confidencesOf(places)),
  };
}

/** Where a character was dropped, the reads are laid side by side, and a sure one counts more as a whole. */
function votedByFrame(said: readonly VotedRead[]): AgreedPlate {
  const votes = new PlateVotes();
  for (const read of said)
    votes.add({ ...readingOf(read.plate, charactersOf(read), []), confidence: read.confidence }, 1);
  const { text, confidence } = votes.agreed();
  return { plate: text, confidence };
}

const charactersOf = ({ plate, confidence, characterConfidences }: VotedRead): readonly number[] =>
  characterConfidences?.length === plate.length
    ? characterConfidences
    : plate.split("").map(() => confidence);

const sumOf = (votes: readonly { readonly sure: number }[]): number =>
  votes.reduce((sum, { sure }) => sum + sure, 0);

/** That of the best read that says so, unless another one that says otherwise is nearly as sure. */
function clearConfidence(said: readonly VotedRead[], text: string): number {
  const best = Math.max(0, ...confidencesOf(said.filter(({ plate }) => plate === text)));
  const against = Math.max(0, ...confidencesOf(said.filter(({ plate }) => plate !== text)));
  return best - against >= settledBy ? best : 0;
}

const confidencesOf = (all: readonly { readonly confidence: number }[]): number[] =>
  all.map(({ confidence }) => confidence);
