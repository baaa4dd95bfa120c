import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import { BayMap, readBaysFile } from "./bays.ts";
import type { Detector } from "./detector.ts";
import { Health, type Verdict } from "./health.ts";
import type { CameraJob, Looked } from "./messages.ts";
import type { RefusedPicture } from "./picture.ts";
import { Pipeline, type Prepared } from "./pipeline.ts";
import { sourceOf } from "./source/of-job.ts";
import { Pushed } from "./source/pushed.ts";
import type { NamedPicture, PictureSource } from "./source/source.ts";
import { Stillness } from "./stillness.ts";

/** Files that were unusable are looked at again no sooner than this: someone may have put them right. */
const retryAfterMs = 30_000;

interface Ready {
  readonly bays: BayMap;
  readonly pipeline: Pipeline;
}

type LookOutcome = Looked["outcome"];

/** A picture on its way: fetched, and then prepared, so that nothing but the network's work is left. */
export interface Fetched {
  readonly kind: "fetched";
  readonly ready: Ready;
  readonly picture: NamedPicture;
  readonly at: Instant;
}
export interface Taken {
  readonly kind: "taken";
  readonly ready: Ready;
  readonly prepared: Prepared;
  readonly at: Instant;
}

/** One camera on its thread: its pictures, its bays, its pipeline, its health. */
export class CameraEye {
  readonly #job: CameraJob;
  readonly #detectorOf: (file: string) => Promise<Detector>;
  readonly #source: PictureSource;
  readonly #stillness = new Stillness();
  readonly #health = new Health();
  #verdict: Verdict | undefined;
  #ready: Ready | undefined;
  #unusable: { readonly outcome: LookOutcome; readonly sinceMs: number } | undefined;

  /** @param detectorOf the thread's own session for a model file */
  constructor(job: CameraJob, detectorOf: (file: string) => Promise<Detector>) {
    this.#job = job;
    this.#detectorOf = detectorOf;
    this.#source = sourceOf(job);
  }

  /** A picture that somebody sent. @returns whether it took the place of one that still waited */
  offer(bytes: Uint8Array): boolean {
    return this.#source instanceof Pushed && this.#source.offer(bytes);
  }

  /** View and calibration are read again before the next picture. */
  reload(): void {
    this.#ready = undefined;
    this.#unusable = undefined;
  }

  /**
   * The newest picture.
   *
   * @returns what stands against it instead, or nothing when there is no newer one than last time
   */
  async fetch(at: Instant): Promise<Fetched | LookOutcome | undefined> {
    if (this.#unusable !== undefined && performance.now() - this.#unusable.sinceMs < retryAfterMs) {
      return this.#unusable.outcome;
    }
    return this.#orUnusable(async () => {
      this.#ready ??= await this.#open();
      this.#unusable = undefined;
      const picture = await this.#source.next();
      if (picture === undefined || picture.kind === "refused") return picture;
      const stillness = this.#source.isLive ? this.#stillness.note(picture.bytes, at) : "new";
      if (stillness === "frozen") return frozen;
      if (stillness === "again") return undefined;
      return { kind: "fetched", ready: this.#ready, picture, at };
    });
  }

  /** Decodes it and judges whether it can be trusted. The thread is free meanwhile. */
  async prepare({ ready, picture, at }: Fetched): Promise<Taken | LookOutcome> {
    const { name, bytes } = picture;
    const prepared = await ready.pipeline.prepare(bytes, (width, height) =>
      ready.bays.of(name, width, height),
    );
    if ("kind" in prepared) return { ...prepared, detail: `${name}: ${prepared.detail}` };
    const { rgb, fit } = prepared;
    this.#verdict = this.#health.judge(rgb, fit.width, fit.height, at);
    return this.#verdict.refusal ?? { kind: "taken", ready, prepared, at };
  }

  /** What it shows. What is wrong with files is an outcome, never a throw. */
  async look({ ready, prepared }: Taken): Promise<LookOutcome> {
    return this.#orUnusable(async () => {
      const { kind, words, size, vehicles } = await ready.pipeline.look(prepared);
      return {
        kind,
        words: [...words],
        size,
        vehicles: vehicles.map(({ vehicle, score, left, top, right, bottom }) => ({
          vehicle,
          score,
          box: { left, top, right, bottom },
        })),
        flow: [],
        plates: [],
      };
    });
  }

  async #orUnusable<T>(work: () => Promise<T>): Promise<T | LookOutcome> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#ready = undefined;
      const outcome = { kind: "unusable", code: error.code, detail: error.message } as const;
      this.#unusable = { outcome, sinceMs: performance.now() };
      return outcome;
    }
  }

  async #open(): Promise<Ready> {
    const { bays, dir, detector, confidenceMin } = this.#job;
    const map = new BayMap(await readBaysFile(bays ?? join(dir, "view.json")));
    const settings = confidenceMin === undefined ? {} : { confidenceMin };
    return { bays: map, pipeline: new Pipeline(await this.#detectorOf(detector), settings) };
  }
}

const frozen: RefusedPicture = {
  kind: "refused",
  reason: "frozen",
  detail: "the camera sends the very same picture again and again",
};
