import { availableParallelism } from "node:os";
import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { Fault } from "@gatehouse/shared/fault";
import type { PictureTaker } from "@gatehouse/shared/ports/camera-views";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Sight, SightFeed } from "@gatehouse/shared/ports/sight-feed";
import type { SourceLost, SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import type { SpaceWord } from "./assign.ts";
import { type JobPlaces, jobOf } from "./camera-job.ts";
import { CameraWatch } from "./camera-watch.ts";
import { VisionChild } from "./child.ts";
import type { CameraJob, FromChild, Looked } from "./messages.ts";
import { LaneReader } from "./plate/lane-reader.ts";
import { Pushes } from "./pushes.ts";
import { Said } from "./said.ts";
import { VisionSetup } from "./setup.ts";
import { sightOf, spaceOf } from "./sight.ts";

export interface VisionPoolOptions extends JobPlaces {
  /** Paces the pictures; the child's life is watched in real time. */
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
  readonly cameras: readonly CameraConfig[];
  /** A vision process that holds more bytes is replaced; left out: what no healthy one needs. */
  readonly mostResidentBytes?: number;
}

interface Camera {
  readonly config: CameraConfig;
  readonly job: CameraJob;
  readonly watch: CameraWatch;
  readonly said: Said;
  /** Of a camera that reads a lane's plates. */
  readonly reader: LaneReader | undefined;
  /** Of the camera's words in this boot, all spaces together. */
  sequence: number;
  stopLooking: () => void;
}

/**
 * All cameras that watch spaces. The pictures are looked at in a child process with its own threads, so a
 * picture that crashes, hangs or leaks costs the daemon nothing; only words about spaces come back.
 */
export class VisionPool implements SpaceFeed, SightFeed, PictureTaker {
  readonly name = "vision";
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #cameras: ReadonlyMap<string, Camera>;
  readonly #child: VisionChild;
  readonly #pushes: Pushes;
  /** For whoever draws spaces, examines pictures and calibrates. */
  readonly setup: VisionSetup;
  #boot = "";
  #tellSight: (sight: Sight) => void = () => {};
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
      onEnd: (why) => this.setup.failAll(why),
      mostResidentBytes: options.mostResidentBytes,
      onMessage: (message) => this.#hear(message),
    });
    this.setup = new VisionSetup({
      cameras: [...this.#cameras.values()],
      random,
      send: (message) => this.#child.send(message),
    });
    this.#pushes = new Pushes(
      (camera, base64, sent) => this.#child.send({ kind: "picture", camera, base64 }, sent),
      (camera) => this.#cameras.get(camera)?.watch.noteReplaced(),
    );
  }

  onObservations(listener: (batch: readonly SpaceObservation[]) => void): void {
    this.#tell = listener;
  }

  onLost(listener: (lost: SourceLost) => void): void {
    this.#tellLost = listener;
  }

  onSight(listener: (sight: Sight) => void): void {
    this.#tellSight = listener;
  }

  offer(cameraId: string, picture: Uint8Array): boolean {
    const camera = this.#cameras.get(cameraId);
    return camera?.config.source.kind === "pushed" && this.#pushes.offer(cameraId, picture);
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
    this.setup.failAll("the daemon is stopping");
    await this.#child.stop();
  }

  report(): readonly DeviceReport[] {
    return [...this.#cameras.values()].map(({ watch }) => watch.report(this.#child.restarts));
  }

  /** Ends the vision process, which starts anew. @returns false when there is none now */
  restart(): boolean {
    return this.#child.restart("every camera was silent");
  }

  /** The plate camera that a camera is for its lane or its one space; undefined for one that reads none. */
  readerOf(cameraId: string): LaneReader | undefined {
    return this.#cameras.get(cameraId)?.reader;
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
    this.#pushes.forget();
    for (const camera of this.#cameras.values()) {
      camera.sequence = 0;
      camera.said.forget();
    }
  }

  #hear(message: FromChild): void {
    if (message.kind === "examined" || message.kind === "calibrated") {
      return this.setup.answer(message);
    }
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
    for (const plate of outcome.plates) camera.reader?.hear(plate, at);
    this.#tellSight(sightOf(camera.config, this.#boot, looked, outcome));
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
      spaceId: spaceOf(camera.config, bay),
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

function cameraOf(config: CameraConfig, options: VisionPoolOptions): Camera {
  const job = jobOf(config, options);
  const { id: cameraId, lane, plate_space: space } = config;
  const laneId = lane ?? (space === undefined ? undefined : "");
  const reader =
    laneId === undefined ? undefined : new LaneReader({ ...options, cameraId, laneId });
  const watch = new CameraWatch(job, everyOf(config));
  return { config, job, watch, said: new Said(), reader, sequence: 0, stopLooking: () => {} };
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
