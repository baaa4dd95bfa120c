import type { Instant } from "@gatehouse/shared/time";
import { edgesOf } from "./alignment.ts";
import { forgetGuard, readGuard, writeGuard } from "./guard-file.ts";
import { Health, type Verdict } from "./health.ts";
import type { Prepared } from "./judges.ts";
import type { RefusedPicture } from "./picture.ts";
import { ViewGuard } from "./view-guard.ts";

/** Real milliseconds between two judgements: a fast camera's pictures are not judged one by one. */
const judgeEveryMs = 1000;

/** What is learnt changes slowly, and losing ten minutes of it costs nothing. */
const keepEveryMs = 600_000;

/** Judges whether a camera's pictures can be trusted, and remembers across restarts what they usually look like. */
export class PictureGuard {
  readonly #dir: string;
  readonly #isLive: boolean;
  #health = new Health();
  #view = new ViewGuard();
  #isRead = false;
  #keptMs = performance.now();
  #judged: { readonly verdict: Verdict; readonly atMs: number } | undefined;

  /**
   * @param dir the camera's own folder
   * @param isLive what a folder or a video shows may follow upon anything: nothing is learnt of it
   */
  constructor(dir: string, isLive: boolean) {
    this.#dir = dir;
    this.#isLive = isLive;
  }

  /** Of the last picture judged. */
  get verdict(): Verdict | undefined {
    return this.#judged?.verdict;
  }

  /** @returns why the picture is not to be trusted */
  async judge({ rgb, fit }: Prepared, at: Instant): Promise<RefusedPicture | undefined> {
    const nowMs = performance.now();
    if (!this.#isDue(nowMs)) return undefined;
    if (!this.#isLive) this.#health.forget();
    else if (!this.#isRead) await this.#read();
    const verdict = this.#health.judge(rgb, fit.width, fit.height, at);
    this.#judged = { verdict, atMs: nowMs };
    if (verdict.refusal !== undefined || !this.#isLive) return verdict.refusal;
    if (verdict.light === "day" && this.#view.isDue(at)) {
      this.#view.check(edgesOf(rgb, fit.width, fit.height), at);
    }
    if (nowMs - this.#keptMs >= keepEveryMs) await this.#keep(nowMs);
    return this.#view.hasMoved ? moved : undefined;
  }

  /** The camera is meant to look as it does from now on. */
  async forget(): Promise<void> {
    this.#health.forget();
    this.#view = new ViewGuard();
    this.#judged = undefined;
    await forgetGuard(this.#dir);
  }

  /** What was refused may be well again with the next picture. */
  #isDue(nowMs: number): boolean {
    if (this.#judged === undefined || this.#view.hasMoved) return true;
    const { verdict, atMs } = this.#judged;
    return verdict.refusal !== undefined || nowMs - atMs >= judgeEveryMs;
  }

  async #read(): Promise<void> {
    this.#isRead = true;
    const kept = await readGuard(this.#dir);
    if (kept === undefined) return;
    this.#health = new Health(kept.learnt);
    this.#view = new ViewGuard(kept.edges);
  }

  async #keep(nowMs: number): Promise<void> {
    this.#keptMs = nowMs;
    const { learnt } = this.#health;
    if (learnt !== undefined) {
      await writeGuard(this.#dir, { learnt, edges: this.#view.reference });
    }
  }
}

const moved: RefusedPicture = {
  kind: "refused",
  reason: "moved",
  detail: "the camera does not look where it looked when its spaces were drawn",
};
