import { check } from "@gatehouse/shared/check";
import type { SpaceWord } from "./assign.ts";
import { faintFrom, sureFrom, type Trust } from "./trust.ts";

/** What the judges found in one space of one picture. */
export interface Evidence {
  readonly bay: string;
  /** Of the vehicle that the detector sees in it, 0 where it sees none; undefined where it was not asked. */
  readonly score: number | undefined;
  /** The score from which a vehicle fills this space. */
  readonly border: number;
  /** The camera's, where this space asks for more because the detector once saw a ghost in it. */
  readonly usualBorder?: number | undefined;
  /** The classifier's; undefined where it was not asked. */
  readonly logit: number | undefined;
  /** Whether the classifier compared it with the empty space. */
  readonly isCompared?: boolean;
  /** The classifier's when this space is free, where that is known. */
  readonly ownFreeLogit?: number | undefined;
}

/** No classifier is surer than 50 to 1: one judge must not outshout the other. */
const surestClassifier = 4;

/** One that compares a space with the empty one knows what no detector can: a shadow, a stain, a painted arrow. */
const surestWhenCompared = 6;

/**
 * What its logits count for, then: its means lie 11 apart with a deviation of 1.7, by which (as two normal
 * distributions) each were worth 3. Half of that, for shadows and rain make its tails heavier; at 2 it already silences
 * the detector where it misses a vehicle itself.
 */
const weightWhenCompared = 1.5;

/** A detector that sees something, or nothing, is believed at least a little. */
const leastDetector = 0.5;

/** How much what is usual counts: the variance of logits over the distance of their means is about this. */
const habit = 0.3;

/** One look at the empty space says so much of its free logit, against all other spaces. */
const ownShare = 0.6;

/** A free space that looks rather occupied leaves at least so much room up to an occupied one. */
const leastSeparation = 3;

/**
 * What the judges who are heard say together: the logarithm of the odds that the space is occupied. Each judge's
 * is added up, so one that is unsure leaves the word to the other, and two that agree are surer than each.
 */
export function fuse(evidence: Evidence, trust: Trust): number {
  const { detector, classifier } = judgesOf(evidence, trust);
  switch (trust.decidedBy) {
    case "detector":
      return detector ?? classifier ?? 0;
    case "classifier":
      return classifier ?? detector ?? 0;
    case "both":
      return (detector ?? 0) + (classifier ?? 0);
  }
}

/** Each judge's log-odds of "occupied", whether or not it is heard; undefined where it was not asked. */
export function judgesOf(
  { score, border, usualBorder = border, logit, isCompared, ownFreeLogit }: Evidence,
  trust: Trust,
): { detector: number | undefined; classifier: number | undefined } {
  return {
    detector: score === undefined ? undefined : detectorOdds(score, border, usualBorder, trust),
    classifier:
      logit === undefined
        ? undefined
        : classifierOdds(logit, isCompared === true, ownFreeLogit, trust),
  };
}

/** The classifier's mean logits in a space: free, and occupied. */
export function meansOf(
  { freeLogit, occupiedLogit }: Pick<Trust, "freeLogit" | "occupiedLogit">,
  ownFreeLogit: number | undefined,
): readonly [free: number, occupied: number] {
  if (ownFreeLogit === undefined) return [freeLogit, occupiedLogit];
  const free = freeLogit + ownShare * (ownFreeLogit - freeLogit);
  return [free, Math.max(occupiedLogit, free + leastSeparation)];
}

/**
 * The logit, counted from half-way between free and occupied, and from a little beyond where spaces are rarely
 * occupied, for then most of what looks half occupied is free; and the other way round.
 */
function classifierOdds(
  logit: number,
  isCompared: boolean,
  ownFreeLogit: number | undefined,
  trust: Trust,
): number {
  const [free, occupied] = meansOf(trust, ownFreeLogit);
  const usually = habit * Math.log(trust.occupiedShare / (1 - trust.occupiedShare));
  const beyond = logit - (free + occupied) / 2 + usually;
  const [weight, surest] = isCompared
    ? [weightWhenCompared, surestWhenCompared]
    : [1, surestClassifier];
  return Math.max(-surest, Math.min(surest, weight * beyond));
}

/**
 * Even at the border, and in straight lines from there to what each level is worth. What would be a vehicle elsewhere
 * and is no surer than this space's ghost may be either: it hardly speaks against a vehicle.
 */
function detectorOdds(score: number, border: number, usualBorder: number, trust: Trust): number {
  const worth = (level: number): number =>
    Math.log((trust.levelsWhenOccupied[level] ?? 1) / (trust.levelsWhenFree[level] ?? 1));
  const nothing = Math.min(-leastDetector, worth(0));
  const vehicle = Math.max(leastDetector, worth(2));
  const surely = Math.max(vehicle, worth(3));
  const sure = sureFrom(border);
  const line: readonly (readonly [score: number, odds: number])[] = [
    [faintFrom(Math.min(usualBorder, border)), nothing],
    ...(usualBorder < border ? [[usualBorder, -leastDetector] as const] : []),
    [border, 0],
    [(border + sure) / 2, vehicle],
    [sure, (vehicle + surely) / 2],
    [Math.min(1, 1.5 * sure), surely],
  ];
  return alongLine(line, score);
}

/** @param line points from left to right; before the first and after the last it goes on level */
function alongLine(line: readonly (readonly [number, number])[], x: number): number {
  const after = line.findIndex(([at]) => x <= at);
  const [first, last] = [line[0], line.at(-1)];
  check(first !== undefined && last !== undefined, "a line has points");
  if (after === 0) return first[1];
  const [to, from] = [line[after], line[after - 1]];
  if (to === undefined || from === undefined) return last[1];
  return from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0]);
}

/** The odds as a word. */
export function wordOf(bay: string, odds: number): SpaceWord {
  const occupied = odds > 0;
  return { bay, occupied, confidence: shareOf(Math.abs(odds)) };
}

/** The probability, 0–1, that has these log-odds. */
export const shareOf = (odds: number): number => 1 / (1 + Math.exp(-odds));
