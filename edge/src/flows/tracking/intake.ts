import type { CameraConfig } from "@gatehouse/shared/contracts/camera";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { FrameMessage, TrackingMetadata } from "@gatehouse/shared/contracts/tracking";
import type { CameraViews, PictureTaker } from "@gatehouse/shared/ports/camera-views";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, type Instant, seconds } from "@gatehouse/shared/time";
import type { GroundZone } from "../../domain/zone-course.ts";
import type { Counters } from "../counters.ts";
import { readSight, type WorkerSight } from "./message.ts";
import type { PictureShape } from "./outward.ts";
import type { CameraPicture } from "./picture.ts";
import type { SpaceWords } from "./words.ts";

export interface IntakeDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
  readonly timezone: string;
  readonly idle: Duration;
  readonly isSpace: (spaceId: string) => boolean;
  readonly words: SpaceWords;
  readonly views: CameraViews | undefined;
  readonly pictures: PictureTaker | undefined;
}

/** What became of a worker's frame. */
export type Intake =
  | {
      readonly kind: "picture";
      readonly picture: CameraPicture;
      readonly shape: PictureShape;
    }
  /** Its picture is looked at here; what the worker thinks of it does not count. */
  | { readonly kind: "looked-at" }
  /** Older than one that was taken before. */
  | { readonly kind: "late" };

/** Frames that come out of order are so close; a larger step back is a clock that was set. */
const orderWithin = seconds(30);
/** A worker that does not name its runs gets a name with this beginning. */
const unnamed = "unnamed ";

/** Takes the frames of one vision worker (requirements T1–T9): says which run of it they belong to, and in what order. */
export class WorkerIntake {
  readonly #deps: IntakeDeps;
  readonly #camera: CameraConfig;
  #run: string | undefined;
  #lastAt: Instant | undefined;
  #arrived: number | undefined;
  #isSilent = true;

  /** @param boots of the stays that go on: a worker without named runs continues the one it was in */
  constructor(deps: IntakeDeps, camera: CameraConfig, boots: readonly string[]) {
    this.#deps = deps;
    this.#camera = camera;
    this.#run = boots.findLast((boot) => boot.startsWith(unnamed));
  }

  /** Whether the worker has spoken lately: then its word counts and not that of our own eyes. */
  isReporting(monotonic: number): boolean {
    return this.#arrived !== undefined && monotonic - this.#arrived <= this.#deps.idle;
  }

  /** @returns whether it has just fallen silent; told once */
  fellSilent(monotonic: number): boolean {
    if (this.#isSilent || this.isReporting(monotonic)) return false;
    this.#isSilent = true;
    return true;
  }

  take(frame: FrameMessage): Intake {
    const { clock, counters, pictures, views } = this.#deps;
    const view = views?.viewOf(this.#camera.id);
    const { frame_base64: base64 } = frame;
    const camera = this.#camera.id;
    if (typeof base64 === "string" && base64 !== "" && pictures !== undefined) {
      const isTaken = pictures.offer(camera, bytesOf(base64));
      counters.count("tracking_pictures_total", { camera, taken: String(isTaken) });
      // Who has drawn the spaces decides: where they are drawn here, our own eyes do.
      if (isTaken && view !== undefined) return { kind: "looked-at" };
    }
    const now = clock.now();
    const sight = this.#read(frame, now);
    for (const flaw of sight.flaws) counters.count("tracking_flaws_total", { camera, flaw });
    const boot = this.#bootOf(frame.metadata);
    if (this.#isLate(sight.at, boot)) {
      counters.count("tracking_frames_late_total", { camera });
      return { kind: "late" };
    }
    this.#lastAt = sight.at;
    this.#run = boot;
    this.#arrived = clock.monotonic();
    this.#isSilent = false;
    this.#tellSpaces(sight, boot);
    return this.#pictureOf(frame.metadata, sight, boot, view);
  }

  #read(frame: FrameMessage, arrived: Instant): WorkerSight {
    const { timezone, isSpace } = this.#deps;
    return readSight(frame, {
      timezone,
      spaceOfBay: this.#camera.space_of_bay,
      isSpace,
      arrived,
    });
  }

  /** A worker that was silent for longer than a stay lasts unseen has perhaps begun its track ids anew. */
  #bootOf({ boot }: TrackingMetadata): string {
    if (boot !== undefined) return boot;
    const { clock, random } = this.#deps;
    const goesOn = this.#arrived === undefined || this.isReporting(clock.monotonic());
    const run = goesOn && this.#run?.startsWith(unnamed) === true ? this.#run : undefined;
    return run ?? `${unnamed}${random.id()}`;
  }

  #isLate(at: Instant, boot: string): boolean {
    const last = this.#lastAt;
    return last !== undefined && boot === this.#run && at < last && last - at <= orderWithin;
  }

  #tellSpaces({ at, spaces }: WorkerSight, boot: string): void {
    const { isSpace, words } = this.#deps;
    words.add(
      spaces
        .filter(({ spaceId }) => isSpace(spaceId))
        .map(({ spaceId, occupied, confidence }) => ({
          spaceId,
          occupied,
          confidence,
          boot,
          at,
          source: "camera" as const,
          sourceId: this.#camera.id,
        })),
    );
  }

  #pictureOf(
    { frame_size: size }: TrackingMetadata,
    { at, vehicles, spaces }: WorkerSight,
    boot: string,
    view: CameraView | undefined,
  ): Intake {
    const seen = { at, measured: at, arrived: this.#deps.clock.monotonic() };
    const zones = view === undefined ? [] : zonesIn(view, size);
    const boxes = new Map(
      spaces.flatMap(({ spaceId, box }) => (box === undefined ? [] : [[spaceId, box] as const])),
    );
    return {
      kind: "picture",
      picture: { boot, seen, vehicles, spaces, flow: [], zones },
      shape: { size, boxes },
    };
  }
}

/** The zones in pixels of a worker's picture; without its size they are those of the picture they were drawn on. */
function zonesIn(
  { zones, frames: [drawnOn] }: CameraView,
  size: TrackingMetadata["frame_size"],
): readonly GroundZone[] {
  if (size === undefined || drawnOn === undefined) return zones;
  const [across, down] = [size.width / drawnOn.width, size.height / drawnOn.height];
  return zones.map(({ id, kind, polygon }) => ({
    id,
    kind,
    polygon: polygon.map(([x, y]) => [x * across, y * down] as const),
  }));
}

/** The picture alone, also of a `data:` address. */
const bytesOf = (base64: string): Uint8Array =>
  Buffer.from(base64.slice(base64.startsWith("data:") ? base64.indexOf(",") + 1 : 0), "base64");
