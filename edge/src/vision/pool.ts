import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { Secrets } from "@gatehouse/shared/contracts/facility";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SourceLost, SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { SpaceWord } from "./assign.ts";
import { CameraWatch } from "./camera-watch.ts";
import { VisionChild } from "./child.ts";
import type { CameraJob, FromChild, Looked } from "./messages.ts";
import { Said } from "./said.ts";

export interface VisionPoolOptions {
  /** Paces the pictures; the child's life is watched in real time. */
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly cameras: readonly CameraConfig[];
  /** Relative paths of the cameras are seen from here. */
  readonly baseDir: string;
  /** Each camera's own folder lies in `cameras` below it. */
  readonly dataDir: string;
  /** By camera id. */
  readonly credentials: Secrets["cameras"];
}

interface Camera {
  readonly config: CameraConfig;
  readonly job: CameraJob;
  readonly watch: CameraWatch;
  readonly said: Said;
  /** Of the camera's words in this boot, all spaces together. */
  sequence: number;
  stopLooking: () => void;
}

/**
 * All cameras that watch spaces. The pictures are looked at in a child process with its own threads, so a
 * picture that crashes, hangs or leaks costs the daemon nothing; only words about spaces come back.
 */
export class VisionPool implements SpaceFeed {
  readonly name = "vision";
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #cameras: ReadonlyMap<string, Camera>;
  readonly #child: VisionChild;
  #boot = "";
  #tell: (batch: readonly SpaceObservation[]) => void = () => {};
  #tellLost: (lost: SourceLost) => void = () => {};

  constructor(options: VisionPoolOptions) {
    const { clock, random, log, cameras } = options;
    this.#clock = clock;
    this.#random = random;
    this.#log = log;
    this.#cameras = new Map(cameras.map((config) => [config.id, cameraOf(config, options)]));
    const jobs = [...this.#cameras.values()].map(({ job }) => job);
    this.#child = new VisionChild({
      random,
      log,
      greeting: { kind: "configure", threads: dealOut(jobs, threadsFor(jobs.length)) },
      onStart: (boot) => this.#begin(boot),
      onMessage: (message) => this.#hear(message),
    });
  }

  onObservations(listener: (batch: readonly SpaceObservation[]) => void): void {
    this.#tell = listener;
  }

  onLost(listener: (lost: SourceLost) => void): void {
    this.#tellLost = listener;
  }

  /** Does not wait for the child: the facility opens without its cameras. */
  async start(): Promise<void> {
    if (this.#cameras.size === 0) return;
    this.#child.start();
    for (const camera of this.#cameras.values()) {
      // Cameras with the same pace take turns instead of all asking at once.
      const every = everyOf(camera.config);
      this.#lookAfter(camera, milliseconds(every * this.#random.fraction()));
    }
  }

  async stop(): Promise<void> {
    for (const camera of this.#cameras.values()) camera.stopLooking();
    await this.#child.stop();
  }

  report(): readonly DeviceReport[] {
    return [...this.#cameras.values()].map(({ watch }) => watch.report(this.#child.restarts));
  }

  /** The process that looks at the pictures now. */
  get childPid(): number | undefined {
    return this.#child.pid;
  }

  #lookAfter(camera: Camera, delay: ReturnType<typeof milliseconds>): void {
    camera.stopLooking = this.#clock.after(delay, () => {
      this.#lookAfter(camera, everyOf(camera.config));
      const now = this.#clock.now();
      this.#child.send({ kind: "look", camera: camera.config.id, at: now });
      if (!camera.watch.fellSilent(now, performance.now())) return;
      camera.said.forget();
      this.#log.warn("camera-stale", { camera: camera.config.id });
      this.#tellLost({ sourceId: camera.config.id, at: now });
    });
  }

  #begin(boot: string): void {
    this.#boot = boot;
    for (const camera of this.#cameras.values()) {
      camera.sequence = 0;
      camera.said.forget();
    }
  }

  #hear(message: FromChild): void {
    if (message.kind !== "looked" && message.kind !== "replaced") return;
    const camera = this.#cameras.get(message.camera);
    if (camera === undefined) return;
    if (message.kind === "replaced") return camera.watch.noteReplaced();
    this.#hearLook(camera, message);
  }

  #hearLook(camera: Camera, looked: Looked): void {
    const { outcome, at } = looked;
    const isNews = camera.watch.noteLook(looked, performance.now());
    if (outcome.kind === "refused" || outcome.kind === "unusable") {
      const { kind, detail } = outcome;
      if (isNews) this.#log.warn(`camera-${kind}`, { camera: camera.config.id, detail });
      return;
    }
    const words = camera.said.worth(outcome.words, at);
    if (words.length === 0) return;
    try {
      this.#tell(words.map((word) => this.#observationOf(camera, word, looked)));
      camera.said.note(words, at);
    } catch (error) {
      // The next picture says it again.
      if (!(error instanceof Fault)) throw error;
      camera.watch.noteNotStored();
      this.#log.warn("observations-not-stored", { camera: camera.config.id, fault: error.code });
    }
  }

  #observationOf(
    camera: Camera,
    { bay, occupied, confidence }: SpaceWord,
    { at }: Looked,
  ): SpaceObservation {
    camera.sequence += 1;
    return {
      spaceId: camera.config.space_of_bay[bay] ?? bay,
      source: "camera",
      sourceId: camera.config.id,
      boot: this.#boot,
      sequence: camera.sequence,
      occupied,
      confidence,
      at,
    };
  }
}

function cameraOf(
  config: CameraConfig,
  { baseDir, dataDir, credentials }: VisionPoolOptions,
): Camera {
  const { id, source, detector, classifier, bays, confidence_min: confidenceMin } = config;
  const signIn = credentials[id];
  const job: CameraJob = {
    id,
    source: "path" in source ? { ...source, path: resolve(baseDir, source.path) } : source,
    ...(signIn === undefined ? {} : { credentials: signIn }),
    detector: resolve(baseDir, detector),
    classifier: resolve(baseDir, classifier),
    decidedBy: config.decided_by,
    dir: resolve(dataDir, "cameras", id),
    ...(bays === undefined ? {} : { bays: resolve(baseDir, bays) }),
    tracking: config.tracking,
    ...(confidenceMin === undefined ? {} : { confidenceMin }),
  };
  const watch = new CameraWatch(job, everyOf(config));
  return { config, job, watch, said: new Said(), sequence: 0, stopLooking: () => {} };
}

const everyOf = ({ source }: CameraConfig) => seconds(source.every_s);

/** One core stays with the daemon: with all of them busy, a gate waits for 200 ms. */
const threadsFor = (cameras: number): number =>
  Math.min(cameras, Math.max(1, availableParallelism() - 1));

/** Each camera stays on its thread, in turn. */
const dealOut = (jobs: readonly CameraJob[], threads: number): CameraJob[][] =>
  Array.from({ length: threads }, (_, thread) =>
    jobs.filter((_job, index) => index % threads === thread),
  );
