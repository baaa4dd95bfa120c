import { meansOf } from "./fuse.ts";
import { type Decider, levelCount, type Trust } from "./trust.ts";

/** All samples together weigh as much as so many independent ones: the same car stands in many pictures. */
const mostWeight = 100;

/*
 * What was believed before weighs as much as so many samples: both means together hardly at all, because a whole
 * camera is often off one way; the distance between them more; how the detector answers, and how much the
 * classifier's logits vary, most.
 */
const weightOfShift = 5 / 4;
const weightOfDistance = 10;
const weightOfLevels = 40;
const weightOfSpread = 30;
const weightOfOccupancy = 4;
const spreadAtFirst = 1.7;

/**
 * A classifier that compares each space with the empty one has no way to be off for a whole camera: an empty car
 * park, where no space tells what occupied ones look like, must not pull its border down to the free ones.
 */
const weightOfShiftWhenCompared = 60;

/** How a detector answers that is blind to this view, and how many samples that belief weighs. */
const levelsWhenBlind = [0.93, 0.05, 0.015, 0.005] as const;
const weightOfBlindness = 60;

/** A judge that says the same everywhere is not allowed to look too regular. */
const leastSpread = 0.8;

/** Enough to settle: the change is far below what a word depends on. */
const rounds = 12;

/** What the judges said of one space of one picture; a judge that was not asked said nothing. */
export interface Sample {
  readonly logit: number | undefined;
  readonly isCompared: boolean;
  readonly ownFreeLogit: number | undefined;
  readonly level: number | undefined;
}

/** What explains the samples. */
export interface Belief {
  /** Share of occupied spaces. */
  readonly occupancy: number;
  readonly freeLogit: number;
  readonly occupiedLogit: number;
  /** Standard deviation of logits around either mean. */
  readonly spread: number;
  readonly levelsWhenFree: readonly number[];
  readonly levelsWhenOccupied: readonly number[];
}

export interface Explanation {
  readonly decidedBy: Decider;
  readonly belief: Belief;
  /** Logarithm of how likely this makes the samples, and itself. */
  readonly nats: number;
}

/**
 * The belief that explains samples best if `decidedBy` is heard and the other judge's answers say nothing of
 * occupancy, by expectation and maximisation.
 */
export function explain(
  decidedBy: Decider,
  samples: readonly Sample[],
  before: Trust,
): Explanation {
  const weight = Math.min(1, mostWeight / samples.length);
  const unheard = unheardOf(decidedBy, samples, weight);
  const shiftWeight = samples.some(({ isCompared }) => isCompared)
    ? weightOfShiftWhenCompared
    : weightOfShift;
  let belief: Belief = { ...before, occupancy: 0.5, spread: spreadAtFirst };
  for (let round = 0; round < rounds; round += 1) {
    belief = refined(belief, before, tallyOf(samples, belief, unheard, weight), shiftWeight);
  }
  const { nats } = tallyOf(samples, belief, unheard, weight);
  return {
    decidedBy,
    belief,
    nats: nats + unheard.nats + natsOf(belief, before, decidedBy, shiftWeight),
  };
}

/** How a judge answers that says nothing of occupancy: the same whether a space is free or occupied. */
interface Unheard {
  readonly logits?: { readonly mean: number; readonly spread: number };
  readonly levels?: readonly number[];
  readonly nats: number;
}

function unheardOf(decidedBy: Decider, samples: readonly Sample[], weight: number): Unheard {
  if (decidedBy === "detector") {
    const logits = samples.flatMap(({ logit }) => (logit === undefined ? [] : [logit]));
    const mean = sumOf(logits) / Math.max(1, logits.length);
    const variance = sumOf(logits.map((logit) => (logit - mean) ** 2)) / Math.max(1, logits.length);
    return { logits: { mean, spread: Math.max(leastSpread, Math.sqrt(variance)) }, nats: 0 };
  }
  if (decidedBy === "both") return { nats: 0 };
  const counts = levelsWhenBlind.map(
    (share, level) =>
      weightOfBlindness * share + weight * samples.filter((each) => each.level === level).length,
  );
  const levels = counts.map((count) => count / sumOf(counts));
  return { levels, nats: natsOfLevels(levels, levelsWhenBlind, weightOfBlindness) };
}

/** Sums over all samples, each shared out between free and occupied. */
interface Tally {
  nats: number;
  readonly weights: [free: number, occupied: number];
  readonly logits: [free: number, occupied: number];
  readonly levels: readonly [free: number[], occupied: number[]];
  squares: number;
  logitWeights: [free: number, occupied: number];
}

function tallyOf(
  samples: readonly Sample[],
  belief: Belief,
  unheard: Unheard,
  weight: number,
): Tally {
  const tally: Tally = {
    nats: 0,
    weights: [0, 0],
    logits: [0, 0],
    levels: [Array(levelCount).fill(0), Array(levelCount).fill(0)],
    squares: 0,
    logitWeights: [0, 0],
  };
  for (const { logit, ownFreeLogit, level } of samples) {
    const [free, occupied] = meansOf(belief, ownFreeLogit);
    let ifFree = Math.log(1 - belief.occupancy);
    let ifOccupied = Math.log(belief.occupancy);
    if (logit !== undefined) {
      const { mean, spread } = unheard.logits ?? { mean: undefined, spread: belief.spread };
      ifFree += natsOfNormal(logit, mean ?? free, spread);
      ifOccupied += natsOfNormal(logit, mean ?? occupied, spread);
    }
    if (level !== undefined) {
      ifFree += Math.log((unheard.levels ?? belief.levelsWhenFree)[level] ?? 1);
      ifOccupied += Math.log((unheard.levels ?? belief.levelsWhenOccupied)[level] ?? 1);
    }
    const most = Math.max(ifFree, ifOccupied);
    const least = Math.min(ifFree, ifOccupied);
    tally.nats += weight * (most + Math.log1p(Math.exp(least - most)));
    const asOccupied = weight / (1 + Math.exp(ifFree - ifOccupied));
    const asFree = weight - asOccupied;
    tally.weights[0] += asFree;
    tally.weights[1] += asOccupied;
    if (logit !== undefined && unheard.logits === undefined) {
      tally.logitWeights[0] += asFree;
      tally.logitWeights[1] += asOccupied;
      // Counted as if this space were like all others when free.
      tally.logits[0] += asFree * (logit - free + belief.freeLogit);
      tally.logits[1] += asOccupied * (logit - occupied + belief.occupiedLogit);
      tally.squares += asFree * (logit - free) ** 2 + asOccupied * (logit - occupied) ** 2;
    }
    if (level !== undefined && unheard.levels === undefined) {
      tally.levels[0][level] = (tally.levels[0][level] ?? 0) + asFree;
      tally.levels[1][level] = (tally.levels[1][level] ?? 0) + asOccupied;
    }
  }
  return tally;
}

/** The belief that fits best to samples so shared out, and to what was believed before. */
function refined(belief: Belief, before: Trust, tally: Tally, shiftWeight: number): Belief {
  const [free, occupied] = tally.weights;
  const [freeLogits, occupiedLogits] = tally.logitWeights;
  const distance = before.occupiedLogit - before.freeLogit;
  const middle = shiftWeight * (before.freeLogit + before.occupiedLogit);
  // Two linear equations: where the derivative to each mean vanishes.
  const atFree = freeLogits + shiftWeight + weightOfDistance;
  const atOccupied = occupiedLogits + shiftWeight + weightOfDistance;
  const across = shiftWeight - weightOfDistance;
  const forFree = tally.logits[0] + middle - weightOfDistance * distance;
  const forOccupied = tally.logits[1] + middle + weightOfDistance * distance;
  const determinant = atFree * atOccupied - across * across;
  return {
    occupancy: (weightOfOccupancy / 2 + occupied) / (weightOfOccupancy + free + occupied),
    freeLogit: (forFree * atOccupied - forOccupied * across) / determinant,
    occupiedLogit: (forOccupied * atFree - forFree * across) / determinant,
    spread: Math.sqrt(
      (weightOfSpread * spreadAtFirst ** 2 + tally.squares) /
        (weightOfSpread + freeLogits + occupiedLogits),
    ),
    levelsWhenFree: refinedLevels(before.levelsWhenFree, tally.levels[0]),
    levelsWhenOccupied: refinedLevels(before.levelsWhenOccupied, tally.levels[1]),
  };
}

function refinedLevels(before: readonly number[], counts: readonly number[]): number[] {
  const sums = before.map((share, level) => weightOfLevels * share + (counts[level] ?? 0));
  return sums.map((sum) => sum / sumOf(sums));
}

/** How well a belief agrees with what was believed before. */
function natsOf(belief: Belief, before: Trust, decidedBy: Decider, shiftWeight: number): number {
  const shift = belief.freeLogit - before.freeLogit + (belief.occupiedLogit - before.occupiedLogit);
  const stretch =
    belief.occupiedLogit - belief.freeLogit - (before.occupiedLogit - before.freeLogit);
  const ofMeans =
    -(shiftWeight * shift ** 2 + weightOfDistance * stretch ** 2) / (2 * spreadAtFirst ** 2);
  const ofLevels =
    natsOfLevels(belief.levelsWhenFree, before.levelsWhenFree, weightOfLevels) +
    natsOfLevels(belief.levelsWhenOccupied, before.levelsWhenOccupied, weightOfLevels);
  return (decidedBy === "detector" ? 0 : ofMeans) + (decidedBy === "classifier" ? 0 : ofLevels);
}

/** Dirichlet's density up to a constant: 0 where nothing has changed, less otherwise. */
const natsOfLevels = (
  levels: readonly number[],
  before: readonly number[],
  weight: number,
): number =>
  sumOf(before.map((share, level) => weight * share * Math.log((levels[level] ?? share) / share)));

const natsOfNormal = (value: number, mean: number, spread: number): number =>
  -((value - mean) ** 2) / (2 * spread ** 2) - Math.log(spread * Math.sqrt(2 * Math.PI));

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
