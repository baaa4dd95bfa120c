import { type Box, overlapOf } from "../../edge/src/vision/geometry.ts";
import { bestPairs } from "../../edge/src/vision/track/matching.ts";

export interface TrackedBox extends Box {
  readonly id: number;
  readonly score: number;
}

/** What the labels say of one frame. */
export interface LabelledFrame {
  readonly cars: (Box & { readonly id: number })[];
  /** Where an answer counts neither for nor against. */
  readonly ignored: Box[];
}

/**
 * MOTA: 1 − (missed + false + switches) / cars (Bernardin and Stiefelhagen, "Evaluating multiple object tracking
 * performance", 2008). IDF1: 2 · right identities / (cars + answers) under the best one-to-one naming of whole
 * tracks (Ristani et al., "Performance measures and a data set for multi-target, multi-camera tracking", 2016).
 * Shares, at most 1.
 */
export interface TrackingScore {
  readonly mota: number;
  readonly idf1: number;
  readonly switches: number;
  readonly missed: number;
  readonly false: number;
  /** Labelled cars, counted once a frame. */
  readonly cars: number;
}

/** A box fits a car from here on. */
const fits = 0.5;

/** Counts over all sequences. */
export class TrackingTally {
  #cars = 0;
  #answers = 0;
  #missed = 0;
  #false = 0;
  #switches = 0;
  #rightIdentities = 0;

  add(
    labels: ReadonlyMap<number, LabelledFrame>,
    tracked: readonly (readonly TrackedBox[])[],
  ): void {
    const lastAnswer = new Map<number, number>();
    const together = new Map<string, { car: number; answer: number; frames: number }>();
    for (const [frame, answers] of tracked.entries()) {
      const { cars, ignored } = labels.get(frame) ?? { cars: [], ignored: [] };
      const matches = matchesOf(cars, answers, lastAnswer);
      const taken = new Set(matches.map(([, answer]) => answer));
      const counted = answers.filter(
        (answer) => taken.has(answer) || !ignored.some((box) => liesIn(answer, box)),
      );
      this.#cars += cars.length;
      this.#answers += counted.length;
      this.#missed += cars.length - matches.length;
      this.#false += counted.length - matches.length;
      for (const [car, answer] of matches) {
        const before = lastAnswer.get(car.id);
        if (before !== undefined && before !== answer.id) this.#switches += 1;
        lastAnswer.set(car.id, answer.id);
        const key = `${car.id} ${answer.id}`;
        const frames = (together.get(key)?.frames ?? 0) + 1;
        together.set(key, { car: car.id, answer: answer.id, frames });
      }
    }
    const named = bestPairs(
      [...together.values()].map(({ car, answer, frames }) => ({
        row: car,
        column: answer,
        gain: frames,
      })),
    );
    this.#rightIdentities += named.reduce((sum, { gain }) => sum + gain, 0);
  }

  score(): TrackingScore {
    const wrong = this.#missed + this.#false + this.#switches;
    return {
      mota: rounded(1 - wrong / this.#cars),
      idf1: rounded((2 * this.#rightIdentities) / (this.#cars + this.#answers)),
      switches: this.#switches,
      missed: this.#missed,
      false: this.#false,
      cars: this.#cars,
    };
  }
}

/** Who was matched before stays matched while it fits. */
function matchesOf(
  cars: LabelledFrame["cars"],
  answers: readonly TrackedBox[],
  lastAnswer: ReadonlyMap<number, number>,
) {
  const pairs = cars.flatMap((car, row) =>
    answers.flatMap((answer, column) => {
      const overlap = overlapOf(car, answer);
      if (overlap < fits) return [];
      return [{ row, column, gain: overlap + (lastAnswer.get(car.id) === answer.id ? 1 : 0) }];
    }),
  );
  return bestPairs(pairs).flatMap(({ row, column }) => {
    const [car, answer] = [cars[row], answers[column]];
    return car === undefined || answer === undefined ? [] : [[car, answer] as const];
  });
}

/** More than half of a box lies in another. */
function liesIn(inner: Box, outer: Box): boolean {
  const width = Math.min(inner.right, outer.right) - Math.max(inner.left, outer.left);
  const height = Math.min(inner.bottom, outer.bottom) - Math.max(inner.top, outer.top);
  if (width <= 0 || height <= 0) return false;
  return width * height > 0.5 * (inner.right - inner.left) * (inner.bottom - inner.top);
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
