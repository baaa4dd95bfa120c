import { z } from "zod";

const share = z.number().gt(0).lt(1);

/**
 * How sure a detector is of a vehicle in a space, in four levels: it sees nothing, something faint, a vehicle, a
 * vehicle surely.
 */
export const levelCount = 4;

/** How often a detector answers at each level; the shares sum to 1. */
const Levels = z.array(share).length(levelCount);

/** Who decides about a camera's spaces. */
export const Decider = z.enum(["detector", "classifier", "both"]);
export type Decider = z.infer<typeof Decider>;

/** What is known of a camera's two judges: who is heard, and what each says of free and of occupied spaces. */
export const Trust = z.strictObject({
  decidedBy: Decider,
  /** Mean logit of the classifier. */
  freeLogit: z.number(),
  occupiedLogit: z.number(),
  levelsWhenFree: Levels,
  levelsWhenOccupied: Levels,
  /** How many of the spaces are usually occupied. */
  occupiedShare: share,
});
export type Trust = z.infer<typeof Trust>;

/**
 * What is believed of a camera before it was calibrated. The levels are those of DEIMv2-Femto and YOLOX-nano on
 * oblique car parks, rounded; the logits those of our classifier on cameras left out of its training.
 */
export const trustAtFirst: Trust = {
  decidedBy: "both",
  freeLogit: -4,
  occupiedLogit: 4,
  levelsWhenFree: [0.93, 0.05, 0.015, 0.005],
  levelsWhenOccupied: [0.05, 0.05, 0.25, 0.65],
  occupiedShare: 0.5,
};

/**
 * The classifier's mean logits from the moment it compares each space with the empty one: what it said before, of
 * spaces it knew nothing of, means nothing any more. Measured with our classifier on a camera left out of its training.
 */
export const meansWhenCompared: Pick<Trust, "freeLogit" | "occupiedLogit"> = {
  freeLogit: -6,
  occupiedLogit: 5,
};

/**
 * The level of a detector's score.
 *
 * @param border the score from which a vehicle fills the space
 * @returns 0 nothing, 1 faint, 2 a vehicle, 3 surely a vehicle
 */
export function levelOf(score: number, border: number): number {
  if (score === 0 || score < faintFrom(border)) return 0;
  if (score < border) return 1;
  return score < sureFrom(border) ? 2 : 3;
}

export const faintFrom = (border: number): number => 0.4 * border;

/** Twice the border, or half-way to certainty where that is less. */
export const sureFrom = (border: number): number => Math.min(2 * border, (1 + border) / 2);
