import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type {
  CalibrateBy,
  Calibrated,
  CameraSetup,
  CameraUnusable,
  ExaminedPicture,
  PictureRefused,
  SetupCamera,
} from "@gatehouse/shared/ports/camera-setup";
import type { Random } from "@gatehouse/shared/ports/random";
import type { CameraJob, Examined, FromChild, ToChild } from "./messages.ts";
import { Questions } from "./questions.ts";
import { examinedPicture } from "./sight.ts";

/** Real milliseconds: for one picture, which may wait for a model to load, and for learning from some. */
const examineLimitMs = 30_000;
const calibrateLimitMs = 60_000;

export interface SetupOptions {
  readonly cameras: readonly { readonly config: CameraConfig; readonly job: CameraJob }[];
  readonly random: Random;
  /** @returns false when there is no process to hear it */
  readonly send: (message: ToChild) => boolean;
}

/** Cameras being set up by a person, who asks the vision process and waits for its answer. */
export class VisionSetup implements CameraSetup {
  readonly #options: SetupOptions;
  readonly #questions = new Questions();

  constructor(options: SetupOptions) {
    this.#options = options;
  }

  cameras(): readonly SetupCamera[] {
    return this.#options.cameras.map(({ config, job: { id, dir, bays } }) => ({
      id,
      dir,
      ...(bays === undefined ? {} : { viewFile: bays }),
      spaceOfBay: config.space_of_bay,
      ...(config.lane === undefined ? {} : { laneId: config.lane }),
    }));
  }

  async examine(
    camera: string,
    picture?: string,
  ): Promise<ExaminedPicture | PictureRefused | CameraUnusable> {
    const outcome = await this.#ask<Examined["outcome"]>(examineLimitMs, (id) => ({
      kind: "examine",
      id,
      camera,
      ...(picture === undefined ? {} : { picture }),
    }));
    return outcome.kind === "seen" ? examinedPicture(outcome) : refusedOrUnusable(outcome);
  }

  async calibrate(
    camera: string,
    by: CalibrateBy,
  ): Promise<Calibrated | PictureRefused | CameraUnusable> {
    const limitMs = calibrateLimitMs + this.#picturesMs(camera, by);
    const outcome = await this.#ask<CalibratedOutcome>(limitMs, (id) => ({
      kind: "calibrate",
      id,
      camera,
      by,
    }));
    return outcome.kind === "calibrated" ? outcome : refusedOrUnusable(outcome);
  }

  reload(camera: string): void {
    this.#options.send({ kind: "reload", camera });
  }

  /** An answer of the vision process. */
  answer({ id, outcome }: { readonly id: string; readonly outcome: unknown }): void {
    this.#questions.answer(id, outcome);
  }

  /** The process that was asked is gone. */
  failAll(why: string): void {
    this.#questions.failAll(why);
  }

  #ask<T>(limitMs: number, question: (id: string) => ToChild): Promise<T> {
    const id = this.#options.random.id();
    return this.#questions.ask<T>(id, limitMs, () => this.#options.send(question(id)));
  }

  /** Twice the time that the pictures take to come; a paced clock makes it shorter, never longer. */
  #picturesMs(camera: string, by: CalibrateBy): number {
    if (by.kind === "empty") return 0;
    const { config } = this.#options.cameras.find(({ job }) => job.id === camera) ?? {};
    return 2 * by.frames * 1000 * (config?.source.every_s ?? 0);
  }
}

type CalibratedOutcome = Extract<FromChild, { kind: "calibrated" }>["outcome"];

function refusedOrUnusable(
  outcome: Extract<CalibratedOutcome, { kind: "refused" | "unusable" }>,
): PictureRefused | CameraUnusable {
  const { kind, detail } = outcome;
  return kind === "refused"
    ? { kind, reason: outcome.reason, detail }
    : { kind, fault: outcome.code, detail };
}
