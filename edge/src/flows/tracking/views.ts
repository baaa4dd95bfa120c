import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { CameraViews } from "@gatehouse/shared/ports/camera-views";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";

/** Frames come more often than somebody draws. */
const holdsFor = seconds(5);

/** Drawings as they were a moment ago: a file is not read again for each frame. */
export class RecentViews implements CameraViews {
  readonly #views: CameraViews;
  readonly #clock: Clock;
  readonly #read = new Map<
    string,
    { readonly view: CameraView | undefined; readonly at: number }
  >();

  constructor(views: CameraViews, clock: Clock) {
    this.#views = views;
    this.#clock = clock;
  }

  viewOf(cameraId: string): CameraView | undefined {
    const now = this.#clock.monotonic();
    const known = this.#read.get(cameraId);
    if (known !== undefined && now - known.at < holdsFor) return known.view;
    const view = this.#views.viewOf(cameraId);
    this.#read.set(cameraId, { view, at: now });
    return view;
  }
}
