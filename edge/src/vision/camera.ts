import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { BayMap, readBaysFile } from "./bays.ts";
import type { Detector } from "./detector.ts";
import { PictureFolder } from "./folder.ts";
import type { CameraJob, Looked } from "./messages.ts";
import { Pipeline } from "./pipeline.ts";

/** Files that were unusable are looked at again no sooner than this: someone may have put them right. */
const retryAfterMs = 30_000;

interface Ready {
  readonly bays: BayMap;
  readonly pipeline: Pipeline;
}

type LookOutcome = Looked["outcome"];

/** One camera on its thread: its pictures, its bays, its pipeline. */
export class CameraEye {
  readonly #job: CameraJob;
  readonly #detectorOf: (file: string) => Promise<Detector>;
  readonly #folder: PictureFolder;
  #ready: Ready | undefined;
  #unusable: { readonly outcome: LookOutcome; readonly sinceMs: number } | undefined;

  /** @param detectorOf the thread's own session for a model file */
  constructor(job: CameraJob, detectorOf: (file: string) => Promise<Detector>) {
    this.#job = job;
    this.#detectorOf = detectorOf;
    this.#folder = new PictureFolder(job.source.kind === "folder" ? job.source.path : "");
  }

  /** Looks at the next picture. What is wrong with files is an outcome, never a throw. */
  async look(): Promise<LookOutcome> {
    if (this.#unusable !== undefined && performance.now() - this.#unusable.sinceMs < retryAfterMs) {
      return this.#unusable.outcome;
    }
    try {
      this.#ready ??= await this.#open();
      this.#unusable = undefined;
      return await this.#lookWith(this.#ready);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#ready = undefined;
      const outcome = { kind: "unusable", code: error.code, detail: error.message } as const;
      this.#unusable = { outcome, sinceMs: performance.now() };
      return outcome;
    }
  }

  async #lookWith({ bays, pipeline }: Ready): Promise<LookOutcome> {
    const picture = await this.#folder.next();
    if (picture.kind === "refused") return picture;
    const outcome = await pipeline.look(picture.bytes, (width, height) =>
      bays.of(picture.name, width, height),
    );
    if (outcome.kind === "refused") {
      return { ...outcome, detail: `${picture.name}: ${outcome.detail}` };
    }
    const { kind, words, size } = outcome;
    const vehicles = outcome.vehicles.map(({ vehicle, score, left, top, right, bottom }) => ({
      vehicle,
      score,
      box: { left, top, right, bottom },
    }));
    return { kind, words: [...words], size, vehicles, flow: [], plates: [] };
  }

  async #open(): Promise<Ready> {
    const { bays, dir, detector, confidenceMin } = this.#job;
    const map = new BayMap(await readBaysFile(bays ?? join(dir, "view.json")));
    const settings = confidenceMin === undefined ? {} : { confidenceMin };
    return { bays: map, pipeline: new Pipeline(await this.#detectorOf(detector), settings) };
  }
}
