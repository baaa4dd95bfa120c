import type { Evidence } from "./fuse.ts";

/** Enough to learn from, and quick to learn from. */
const mostFrames = 64;
const mostSamples = 3000;
const leastFrames = 4;

/** Beyond this many pictures between two that are kept, the oldest makes room instead. */
const longestStride = 2048;

/**
 * Pictures to learn from, as many as tell the course of days: at first each, then every second, every fourth,
 * and so on, spread evenly over all that came.
 */
export class Samples {
  #frames: (readonly Evidence[])[] = [];
  #stride = 1;
  #came = 0;

  /** How many pictures are kept. */
  get frames(): number {
    return this.#frames.length;
  }

  /** @returns whether the picture was kept */
  add(evidence: readonly Evidence[]): boolean {
    this.#came += 1;
    if (evidence.length === 0 || this.#came % this.#stride !== 0) return false;
    this.#frames.push(evidence);
    const most = Math.min(
      mostFrames,
      Math.max(leastFrames, Math.floor(mostSamples / evidence.length)),
    );
    if (this.#frames.length > most) this.#thinOut();
    return true;
  }

  all(): readonly Evidence[] {
    return this.#frames.flat();
  }

  #thinOut(): void {
    if (this.#stride === longestStride) {
      this.#frames.shift();
      return;
    }
    this.#stride *= 2;
    this.#frames = this.#frames.filter((_frame, index) => index % 2 === 0);
  }
}
