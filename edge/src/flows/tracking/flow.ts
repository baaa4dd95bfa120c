import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { SpaceSpec, TrackingRules } from "@gatehouse/shared/contracts/facility";
import type { FrameMessage } from "@gatehouse/shared/contracts/tracking";
import type {
  ParkingSessions,
  ProcessAnswer,
  TrackingUpdate,
} from "@gatehouse/shared/contracts/tracking-answers";
import { decimalsOf, type Minor, sumOf } from "@gatehouse/shared/money";
import type { Part } from "@gatehouse/shared/part";
import type { CameraViews, PictureTaker } from "@gatehouse/shared/ports/camera-views";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Sight, SightFeed } from "@gatehouse/shared/ports/sight-feed";
import type { SourceLost, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { TrackingWire } from "@gatehouse/shared/ports/tracking-wire";
import { isoOf, milliseconds, minutes, seconds } from "@gatehouse/shared/time";
import type { AnomalyRules } from "../../domain/anomaly.ts";
import type { Book } from "../../store/book.ts";
import { listActiveCameraStays, saveCameraStay } from "../../store/tracking.ts";
import type { Counters } from "../counters.ts";
import type { Refusal } from "../desk.ts";
import { alertOutward } from "./alerts.ts";
import { CameraAudience } from "./audience.ts";
import { CameraTracker } from "./camera.ts";
import { endedUnseen } from "./followed.ts";
import { tellHours } from "./hours.ts";
import { WorkerIntake } from "./intake.ts";
import type { PictureShape } from "./outward.ts";
import type { CameraPicture } from "./picture.ts";
import type { TrackingDesk } from "./desk.ts";
import { TrackingReports } from "./reports.ts";
import { anomalyRules } from "./rules.ts";
import { SpaceWords } from "./words.ts";
import { TrackingWrites } from "./writes.ts";

export interface TrackingDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly cameras: readonly CameraConfig[];
  readonly spaces: readonly SpaceSpec[];
  readonly timezone: string;
  readonly calendar: SiteCalendar;
  readonly currency: string;
  readonly rules: TrackingRules;
  readonly feeds: readonly SightFeed[];
  readonly views: CameraViews | undefined;
  readonly pictures: PictureTaker | undefined;
  readonly wire: TrackingWire | undefined;
  /** What a vision worker says of spaces. @throws Fault when there is no room */
  readonly observe: (batch: readonly SpaceObservation[]) => void;
  readonly lose: (lost: SourceLost) => void;
  /** The open alerts have changed. */
  readonly changed: () => void;
}

interface Camera {
  readonly config: CameraConfig;
  readonly tracker: CameraTracker;
  readonly intake: WorkerIntake;
  readonly audience: CameraAudience;
}

/** How often somebody looks for vehicles that are gone. */
const sweepEvery = seconds(5);
/** What has changed is in the book at most this late, so that a crash costs no more. */
const checkpointEvery = minutes(1);
/** A report brings the book up to date at most so often. */
const refreshGap = milliseconds(250);

/**
 * The tracking guide on the edge: what cameras see, from their own pool or from a vision worker, becomes stays,
 * events, snapshots, sums and alerts. All of it is measured; nothing of it is billed or opens a gate.
 */
export class TrackingFlow implements Part, TrackingDesk {
  readonly name = "tracking";
  readonly reports: TrackingReports;
  readonly #deps: TrackingDeps;
  readonly #writes: TrackingWrites;
  readonly #words: SpaceWords;
  readonly #cameras = new Map<string, Camera>();
  /** Space id → the number painted on its floor. */
  readonly #numbers: ReadonlyMap<string, string>;
  readonly #rulesFor: (spaceId: string) => AnomalyRules;
  readonly #decimal: (amount: Minor) => number;
  #cancels: (() => void)[] = [];
  #refreshedAt = -Infinity;

  constructor(deps: TrackingDeps) {
    const { book, clock, timezone, currency, feeds, wire } = deps;
    this.#deps = deps;
    this.#writes = new TrackingWrites(deps);
    this.#words = new SpaceWords(deps);
    this.#numbers = new Map(deps.spaces.map(({ spaceId, number }) => [spaceId, number]));
    this.#rulesFor = anomalyRules(deps.rules, deps.spaces);
    this.#decimal = decimalsOf(currency);
    this.reports = new TrackingReports({
      book,
      timezone,
      currency,
      now: () => clock.now(),
      refresh: () => this.#refresh(),
    });
    for (const feed of feeds) feed.onSight((sight) => this.see(sight));
    wire?.onFrame((frame) => !("kind" in this.receive(frame)));
  }

  /** Takes up what the book left open. Without cameras there is nothing to do. */
  async start(): Promise<void> {
    const { book, clock, cameras } = this.#deps;
    const stays = Map.groupBy(listActiveCameraStays(book), ({ cameraId }) => cameraId);
    for (const config of cameras) {
      const own = stays.get(config.id) ?? [];
      const camera = this.#cameraOf(
        config,
        own.map(({ boot }) => boot),
      );
      this.#cameras.set(config.id, camera);
      camera.tracker.revive(own, clock.now(), clock.monotonic());
      stays.delete(config.id);
    }
    // Of cameras that are no longer there.
    for (const stay of [...stays.values()].flat())
      this.#writes.add((tx) => saveCameraStay(tx, endedUnseen(stay)));
    if (cameras.length === 0) return;
    this.#every(0, sweepEvery, () => this.#sweep());
    this.#every(1, checkpointEvery, () => this.#checkpoint());
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    for (const { tracker } of this.#cameras.values()) tracker.checkpoint();
    this.#writes.stop();
    this.#words.stop();
  }

  get cameraIds(): readonly string[] {
    return [...this.#cameras.keys()];
  }

  /** A picture that our own eyes have looked at. */
  see(sight: Sight): void {
    const { clock, counters } = this.#deps;
    const camera = this.#cameras.get(sight.cameraId);
    const arrived = clock.monotonic();
    if (camera === undefined || camera.intake.isReporting(arrived)) {
      const why = camera === undefined ? "unknown-camera" : "worker-reports";
      counters.count("tracking_sights_unused_total", { why });
      return;
    }
    const { boot, at, size, vehicles, flow } = sight;
    const spaces = sight.spaces.map(({ spaceId, occupied }) => ({
      spaceId,
      occupied,
      name: this.#numbers.get(spaceId) ?? spaceId,
    }));
    const seen = { at, measured: arrived, arrived };
    this.#take(camera, { boot, seen, vehicles, spaces, flow, zones: [] }, { size });
  }

  /** A frame that a vision worker has sent for a camera of kind `pushed`. */
  receive(frame: FrameMessage): ProcessAnswer | Refusal {
    const camera = this.#cameras.get(frame.camera_id);
    if (camera === undefined) return noSuchCamera(frame.camera_id);
    if (camera.config.source.kind !== "pushed") return notPushed(frame.camera_id);
    const intake = camera.intake.take(frame);
    if (intake.kind === "picture") this.#take(camera, intake.picture, intake.shape);
    const { config, tracker } = camera;
    const stays = tracker.stays();
    return {
      success: true,
      camera_id: config.id,
      timestamp: frame.metadata.timestamp,
      active_sessions: stays.length,
      alerts: tracker.alerts.open().map(alertOutward),
      estimated_revenue: this.#decimal(sumOf(stays.map(({ fee }) => fee))),
    };
  }

  /** Every stay that a camera follows now, the oldest first. */
  parkingSessions(): ParkingSessions {
    const stays = [...this.#cameras.values()]
      .flatMap(({ tracker }) => tracker.stays())
      .toSorted((a, b) => a.entryTime - b.entryTime);
    return {
      active_sessions: stays.map((stay) => ({
        track_id: stay.trackId,
        camera_id: stay.cameraId,
        space_id: stay.spaceId,
        space_name: stay.spaceName,
        vehicle_class: stay.vehicleClass,
        entry_time: isoOf(stay.entryTime),
        duration_seconds: stay.durationSeconds,
        current_fee: this.#decimal(stay.fee),
        overstay: stay.overstay,
      })),
      total_revenue: this.#decimal(sumOf(stays.map(({ fee }) => fee))),
      revenue_basis: "accrued, unpaid",
      currency: this.#deps.currency,
    };
  }

  /** At most ten calls a real second; the returned function ends it. */
  onUpdate(cameraId: string, listener: (update: TrackingUpdate) => void): () => void {
    return this.#cameras.get(cameraId)?.audience.listen(listener) ?? (() => {});
  }

  #take({ config, tracker, audience }: Camera, picture: CameraPicture, shape: PictureShape): void {
    this.#deps.counters.count("tracking_pictures_taken_total", { camera: config.id });
    tracker.take(picture);
    audience.tell(picture, shape);
  }

  #sweep(): void {
    const { clock, lose } = this.#deps;
    const monotonic = clock.monotonic();
    for (const { config, tracker, intake } of this.#cameras.values()) {
      tracker.sweep(monotonic);
      if (!intake.fellSilent(monotonic)) continue;
      this.#words.forget(config.id);
      lose({ sourceId: config.id, at: clock.now() });
    }
  }

  #checkpoint(): void {
    const { clock } = this.#deps;
    // While the disk is full everything stays in memory and is handed over once there is room.
    if (this.#writes.isFull) return;
    for (const { tracker } of this.#cameras.values()) tracker.checkpoint();
    this.#writes.add((tx) => tellHours(tx, clock.now()));
  }

  #refresh(): void {
    const now = this.#deps.clock.monotonic();
    if (now - this.#refreshedAt < refreshGap || this.#writes.isFull) return;
    this.#refreshedAt = now;
    for (const { tracker } of this.#cameras.values()) tracker.checkpoint();
    this.#writes.flush();
  }

  #cameraOf(config: CameraConfig, boots: readonly string[]): Camera {
    const idle = seconds(this.#deps.rules.idle_s);
    const tracker = new CameraTracker({
      ...this.#deps,
      writes: this.#writes,
      cameraId: config.id,
      idle,
      rulesFor: this.#rulesFor,
    });
    const isSpace = (spaceId: string): boolean => this.#numbers.has(spaceId);
    const intake = new WorkerIntake(
      { ...this.#deps, idle, words: this.#words, isSpace },
      config,
      boots,
    );
    return { config, tracker, intake, audience: new CameraAudience(this.#deps, config, tracker) };
  }

  #every(place: number, delay: ReturnType<typeof seconds>, action: () => void): void {
    this.#cancels[place] = this.#deps.clock.after(delay, () => {
      action();
      this.#every(place, delay, action);
    });
  }
}

const noSuchCamera = (cameraId: string): Refusal => ({
  kind: "refused",
  reason: "unknown-camera",
  sentence: `There is no camera ${cameraId}.`,
});

const notPushed = (cameraId: string): Refusal => ({
  kind: "refused",
  reason: "camera-not-pushed",
  sentence: `The daemon looks through camera ${cameraId} itself; only one of kind pushed takes frames.`,
});
