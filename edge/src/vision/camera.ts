import { basename } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { elapsed, type Instant, seconds } from "@gatehouse/shared/time";
import { CameraLesson } from "./camera-lesson.ts";
import { readPictureFile } from "./folder.ts";
import type { Prepared } from "./judges.ts";
import type { Calibrated, CameraJob, Examined, Looked, ToChild } from "./messages.ts";
import { type Models, type OpenCamera, openCamera } from "./open-camera.ts";
import type { RefusedPicture } from "./picture.ts";
import { PictureGuard } from "./picture-guard.ts";
import type { Outcome } from "./pipeline.ts";
import { outcomeOf } from "./seen.ts";
import { sourceOf } from "./source/of-job.ts";
import { Pushed } from "./source/pushed.ts";
import type { NamedPicture, PictureSource } from "./source/source.ts";
import { Stillness } from "./stillness.ts";
import type { Turns } from "./turns.ts";

/** Files that were unusable are looked at again no sooner than this: someone may have put them right. */
const retryAfterMs = 30_000;

/** After so long without a picture, or so many pictures' time, the next one's words count at once. */
const silence = seconds(10);
const silentPictures = 3;

type LookOutcome = Looked["outcome"];

/** A picture on its way: fetched, then prepared, so that nothing but the networks' work is left. */
export interface Fetched {
  readonly kind: "fetched";
  readonly open: OpenCamera;
  readonly picture: NamedPicture;
  readonly at: Instant;
}
export interface Taken {
  readonly kind: "taken";
  readonly open: OpenCamera;
  readonly prepared: Prepared;
  readonly at: Instant;
  readonly prepareMs: number;
}

/** What the cameras of a thread share. */
export interface ThreadShare extends Models {
  /** One picture at a time is shown to the networks. */
  readonly network: Turns;
  /** Few are decoded at a time. */
  readonly decoding: Turns;
}

/** One camera on its thread: its pictures, its files, its health. */
export class CameraEye {
  readonly #job: CameraJob;
  readonly #share: ThreadShare;
  readonly #source: PictureSource;
  readonly #stillness = new Stillness();
  readonly #guard: PictureGuard;
  readonly #lesson: CameraLesson;
  #open: Promise<OpenCamera> | undefined;
  #unusable: { readonly outcome: LookOutcome; readonly sinceMs: number } | undefined;
  #lastPicture: NamedPicture | undefined;
  #lastSeen: Instant | undefined;

  constructor(job: CameraJob, share: ThreadShare) {
    this.#job = job;
    this.#share = share;
    this.#source = sourceOf(job);
    this.#guard = new PictureGuard(job.dir, this.#source.isLive);
    this.#lesson = new CameraLesson(job.dir, share.network);
  }

  /** How the last picture was, apart from what it shows. */
  get condition(): Looked["condition"] {
    const { verdict } = this.#guard;
    if (verdict === undefined) return undefined;
    const { light, look, sharpnessShare } = verdict;
    return {
      light,
      brightness: look.brightness,
      ...(sharpnessShare === undefined ? {} : { sharpnessShare }),
    };
  }

  /** A picture that somebody sent. @returns whether it took the place of one that still waited */
  offer(bytes: Uint8Array): boolean {
    return this.#source instanceof Pushed && this.#source.offer(bytes);
  }

  /** View and calibration are read again before the next picture. */
  reload(): void {
    this.#open = undefined;
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
      const open = await this.#opened();
      const picture = await this.#source.next();
      this.#unusable = undefined;
      if (picture === undefined || picture.kind === "refused") return picture;
      this.#lastPicture = picture;
      const stillness = this.#source.isLive ? this.#stillness.note(picture.bytes, at) : "new";
      if (stillness === "frozen") return frozen;
      return stillness === "again" ? undefined : { kind: "fetched", open, picture, at };
    });
  }

  /** Decodes it and judges whether it can be trusted. The thread is free meanwhile. */
  async prepare({ open, picture, at }: Fetched): Promise<Taken | LookOutcome> {
    const { name, bytes } = picture;
    return this.#share.decoding.take(async () => {
      const startMs = performance.now();
      const prepared = await open.pipeline.prepare(bytes, (width, height) =>
        open.bays.of(name, width, height),
      );
      if ("kind" in prepared) return { ...prepared, detail: `${name}: ${prepared.detail}` };
      const refusal = await this.#guard.judge(prepared, at);
      const prepareMs = performance.now() - startMs;
      return refusal ?? { kind: "taken", open, prepared, at, prepareMs };
    });
  }

  /** What it shows. What is wrong with files is an outcome, never a throw. */
  async look(taken: Taken): Promise<{ readonly outcome: LookOutcome; readonly tookMs: number }> {
    const { open, prepared, at, prepareMs } = taken;
    return this.#share.network.take(async () => {
      const startMs = performance.now();
      const outcome = await this.#orUnusable(async () => {
        const seen = await open.pipeline.look(prepared);
        if (this.#wasSilent(at)) open.vote.forget();
        this.#lastSeen = at;
        await this.#lesson.note(prepared, at);
        return { ...outcomeOf(open, seen, at), plates: await platesOf(taken, seen) };
      });
      return { outcome, tookMs: prepareMs + performance.now() - startMs };
    });
  }

  /** Looks at one picture for a person: the file named, else the camera's last one. */
  examine(file: string | undefined): Promise<Examined["outcome"]> {
    return asOutcome(async () => {
      const open = await this.#opened();
      const picture = await this.#pictureFor(file);
      return picture.kind === "refused" ? picture : this.#lesson.examine(open, picture);
    });
  }

  /** Learns from a picture of the empty car park, or from the camera's next pictures. */
  calibrate(by: CalibrateBy): Promise<Calibrated["outcome"]> {
    return asOutcome(async () => {
      const outcome = await this.#learn(await this.#opened(), by);
      if (outcome.kind !== "calibrated") return outcome;
      await this.#guard.forget();
      this.reload();
      return outcome;
    });
  }

  async #learn(open: OpenCamera, by: CalibrateBy): Promise<Calibrated["outcome"]> {
    if (by.kind === "first-frames") return this.#lesson.byFrames(open, by.frames);
    const picture = await this.#pictureFor(by.picture);
    if (picture.kind === "refused") return picture;
    const at = this.#lastSeen ?? (Date.now() as Instant);
    return this.#lesson.byEmpty(open, picture, this.#lastPicture, at);
  }

  async #pictureFor(file: string | undefined): Promise<NamedPicture | RefusedPicture> {
    if (file !== undefined) return pictureIn(file);
    return this.#lastPicture ?? (await this.#source.next()) ?? nothingYet;
  }

  #opened(): Promise<OpenCamera> {
    if (this.#open === undefined) {
      const opening = openCamera(this.#job, this.#share);
      this.#open = opening;
      opening.catch(() => {
        if (this.#open === opening) this.#open = undefined;
      });
    }
    return this.#open;
  }

  #wasSilent(at: Instant): boolean {
    const before = this.#lastSeen;
    const pictures = seconds(silentPictures * this.#job.source.every_s);
    return before !== undefined && elapsed(before, at) > Math.max(silence, pictures);
  }

  async #orUnusable<T>(work: () => Promise<T>): Promise<T | Unusable> {
    const outcome = await asOutcome(work);
    if (!isUnusable(outcome)) return outcome;
    this.#open = undefined;
    this.#unusable = { outcome, sinceMs: performance.now() };
    return outcome;
  }
}

/** The plates of the vehicles that are known by this picture, where the camera reads a lane's. */
async function platesOf({ open, prepared, at }: Taken, { kind, vehicles }: Outcome) {
  const { picture, pixels } = prepared;
  const sure = vehicles.filter(({ score }) => score >= open.sureMin);
  const look = { picture, pixels, isChanged: kind === "seen", vehicles: sure, at };
  return (await open.plates?.look(look)) ?? [];
}

type CalibrateBy = Extract<ToChild, { kind: "calibrate" }>["by"];
type Unusable = Extract<LookOutcome, { kind: "unusable" }>;

/** A fault is an outcome: the camera cannot work until someone changes its files. */
async function asOutcome<T>(work: () => Promise<T>): Promise<T | Unusable> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: "unusable", code: error.code, detail: error.message };
  }
}

/** A file that somebody named. */
async function pictureIn(file: string): Promise<NamedPicture | RefusedPicture> {
  try {
    return await readPictureFile(file, basename(file));
  } catch (error) {
    return { kind: "refused", reason: "missing", detail: String(error) };
  }
}

const isUnusable = (outcome: unknown): outcome is Unusable =>
  typeof outcome === "object" &&
  outcome !== null &&
  "kind" in outcome &&
  outcome.kind === "unusable";

const frozen: RefusedPicture = {
  kind: "refused",
  reason: "frozen",
  detail: "the camera sends the very same picture again and again",
};

const nothingYet: RefusedPicture = {
  kind: "refused",
  reason: "missing",
  detail: "the camera has not sent a picture yet",
};
