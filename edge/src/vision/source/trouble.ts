import type { Refusal, RefusedPicture } from "../picture.ts";

/** From one try to the next, doubling: real milliseconds, because a camera lives in real time. */
const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/** Cameras lock an account, or everyone, after a few wrong passwords: a wrong one is not tried again soon. */
const pauseAfterWrongPasswordMs = 5 * 60_000;

/** What is wrong with a source, and from when on it makes sense to try again. */
export class Trouble {
  #refusal: RefusedPicture | undefined;
  #tries = 0;
  #againAtMs = 0;

  /** What is wrong now. */
  get refusal(): RefusedPicture | undefined {
    return this.#refusal;
  }

  /** Whether a try would come too soon after the last one that failed. */
  get isTooSoon(): boolean {
    return performance.now() < this.#againAtMs;
  }

  note(reason: Refusal, detail: string): RefusedPicture {
    const doubled = Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(this.#tries, 10));
    const pauseMs = reason === "sign_in_refused" ? pauseAfterWrongPasswordMs : doubled;
    this.#tries += 1;
    this.#againAtMs = performance.now() + pauseMs * (0.75 + Math.random() / 4);
    this.#refusal = { kind: "refused", reason, detail };
    return this.#refusal;
  }

  /** All is well: the next trouble begins with the shortest pause again. */
  end(): void {
    this.#refusal = undefined;
    this.#tries = 0;
    this.#againAtMs = 0;
  }
}
