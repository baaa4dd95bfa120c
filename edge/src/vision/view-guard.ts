import { align, type Edges } from "./alignment.ts";
import { elapsed, type Instant, seconds } from "@gatehouse/shared/time";

/** Comparing takes some milliseconds, and nobody turns a camera in less. */
const checkEvery = seconds(10);

/** Of the picture's side: spaces that lie so far from where they were drawn are others. */
const shiftMax = 0.04;
/** Edges as alike as this are the same view, shifted or not; less than that is another one. */
const sameLikeness = 0.15;
const otherLikeness = 0.09;

/** A shifted view is seen clearly; that nothing is where it was may be fog, and is given more time. */
const shiftedChecks = 3;
const otherChecks = 6;

/** Whether a camera still looks where it looked when it was set up. */
export class ViewGuard {
  #reference: Edges | undefined;
  #checkedAt: Instant | undefined;
  #shifted = 0;
  #other = 0;

  /** @param reference how the picture's edges ran when it was set up; left out: those of the next picture */
  constructor(reference?: Edges) {
    this.#reference = reference;
  }

  get reference(): Edges | undefined {
    return this.#reference;
  }

  /** Whether the next picture ought to be checked. */
  isDue(at: Instant): boolean {
    return this.#checkedAt === undefined || elapsed(this.#checkedAt, at) >= checkEvery;
  }

  get hasMoved(): boolean {
    return this.#shifted >= shiftedChecks || this.#other >= otherChecks;
  }

  check(edges: Edges, at: Instant): void {
    this.#checkedAt = at;
    this.#reference ??= edges;
    const { likeness, right, down } = align(this.#reference, edges);
    const isShifted = likeness >= sameLikeness && Math.hypot(right, down) > shiftMax;
    this.#shifted = isShifted ? this.#shifted + 1 : 0;
    this.#other = likeness < otherLikeness ? this.#other + 1 : 0;
  }
}
