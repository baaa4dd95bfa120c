import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { TrackingUpdate } from "@gatehouse/shared/contracts/tracking-answers";
import type { CameraViews } from "@gatehouse/shared/ports/camera-views";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";
import type { TrackingWire } from "@gatehouse/shared/ports/tracking-wire";
import type { CameraTracker } from "./camera.ts";
import { boxesIn, messageOf, type PictureShape, type SpaceBox, updateOf } from "./outward.ts";
import type { CameraPicture } from "./picture.ts";

export interface AudienceDeps {
  readonly stopwatch: Stopwatch;
  readonly views: CameraViews | undefined;
  readonly wire: TrackingWire | undefined;
}

/** Real milliseconds between two messages about one camera: to live pages, and on the wire. */
const tellGapMs = 100;
const publishGapMs = 1000;

/** Who hears what one camera sees: live pages, and whoever listens on the wire. Nobody is waited for. */
export class CameraAudience {
  readonly #deps: AudienceDeps;
  readonly #config: CameraConfig;
  readonly #tracker: CameraTracker;
  readonly #listeners = new Set<(update: TrackingUpdate) => void>();
  #toldAtMs = -Infinity;
  #publishedAtMs = -Infinity;

  constructor(deps: AudienceDeps, config: CameraConfig, tracker: CameraTracker) {
    this.#deps = deps;
    this.#config = config;
    this.#tracker = tracker;
  }

  /** At most ten calls a real second; the returned function ends it. */
  listen(listener: (update: TrackingUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(picture: CameraPicture, shape: PictureShape): void {
    const nowMs = this.#deps.stopwatch.read();
    if (this.#listeners.size > 0 && nowMs - this.#toldAtMs >= tellGapMs) {
      this.#toldAtMs = nowMs;
      const { alerts } = this.#tracker;
      const stays = this.#tracker.stays().length;
      const update = updateOf(this.#config.id, picture, stays, alerts.open());
      for (const listener of this.#listeners) listener(update);
    }
    if (nowMs - this.#publishedAtMs < publishGapMs) return;
    this.#publishedAtMs = nowMs;
    const boxes = shape.boxes ?? this.#drawnBoxes();
    this.#deps.wire?.publish(messageOf(this.#config.id, picture, { ...shape, boxes }));
  }

  #drawnBoxes(): ReadonlyMap<string, SpaceBox> {
    const { id, space_of_bay: spaceOfBay } = this.#config;
    const view = this.#deps.views?.viewOf(id);
    return view === undefined ? new Map() : boxesIn(view, (bay) => spaceOfBay[bay] ?? bay);
  }
}
