import type { Examination } from "@gatehouse/shared/contracts/camera-setup";
import { spaceNumberOf } from "@gatehouse/shared/contracts/drawn-view";
import { faultTable } from "@gatehouse/shared/fault";
import type { KeptPicture } from "@gatehouse/shared/ports/camera-files";
import type { ExaminedPicture, SetupCamera } from "@gatehouse/shared/ports/camera-setup";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { setupRefusal, type SetupRefusal } from "./desk.ts";
import type { CameraSetupDeps } from "./setup-deps.ts";

type Looked = Promise<Examination | SetupRefusal>;

/** Looks at single pictures for people. */
export class CameraLooks {
  readonly #deps: Pick<CameraSetupDeps, "setup" | "files" | "clock">;
  /** A camera's pictures are examined one after the other: each replaces the one before. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Everybody who looks through a camera meanwhile gets the same answer. */
  readonly #lookingAt = new Map<string, Looked>();
  readonly #sending = new Set<string>();

  constructor(deps: Pick<CameraSetupDeps, "setup" | "files" | "clock">) {
    this.#deps = deps;
  }

  /** The camera's next picture. */
  live(camera: SetupCamera): Looked {
    const known = this.#lookingAt.get(camera.id);
    if (known !== undefined) return known;
    const looking = this.file(camera, undefined).finally(() => this.#lookingAt.delete(camera.id));
    this.#lookingAt.set(camera.id, looking);
    return looking;
  }

  /** A picture that somebody sent; one at a time a camera. */
  async sent(camera: SetupCamera, bytes: Uint8Array): Looked {
    if (this.#sending.has(camera.id)) return busy;
    this.#sending.add(camera.id);
    try {
      const path = await this.#deps.files.keepSent(camera, "look", bytes);
      return await this.file(camera, path);
    } finally {
      await this.#deps.files.dropSent(camera, "look");
      this.#sending.delete(camera.id);
    }
  }

  /** @param path of a picture file; undefined: the camera's next picture */
  file(camera: SetupCamera, path: string | undefined): Looked {
    const before = this.#turns.get(camera.id) ?? Promise.resolve();
    const look = (): Looked => this.#look(camera, path);
    const mine = before.then(look, look);
    this.#turns.set(camera.id, mine);
    return mine;
  }

  /** @param tag of the picture wanted; undefined: whichever was examined last */
  async picture(camera: SetupCamera, tag?: string): Promise<KeptPicture | SetupRefusal> {
    const kept = await this.#deps.files.readExamined(camera);
    return kept === undefined || (tag !== undefined && tag !== kept.tag) ? gone : kept;
  }

  async #look(camera: SetupCamera, path: string | undefined): Looked {
    const seen = await this.#deps.setup.examine(camera.id, path);
    if (seen.kind === "refused") return pictureRefusal(seen.reason, seen.detail);
    if (seen.kind === "unusable") {
      return setupRefusal("camera-unusable", seen.detail, { hint: faultTable[seen.fault].hint });
    }
    const kept = await this.#deps.files.readExamined(camera);
    return kept === undefined
      ? gone
      : examinationOf(camera, seen, kept.tag, this.#deps.clock.now());
  }
}

/** A picture that was not used, in words. @param reason as it is counted in the camera's report */
export function pictureRefusal(reason: string, detail: string): SetupRefusal {
  const why = reason === "unfit" ? "" : ` (${reason.replaceAll("_", " ")})`;
  return setupRefusal("picture-refused", `The picture cannot be used${why}: ${detail}.`);
}

function examinationOf(
  { id, spaceOfBay }: SetupCamera,
  seen: ExaminedPicture,
  tag: string,
  at: Instant,
): Examination {
  return {
    camera_id: id,
    at: isoOf(at),
    tag,
    width: seen.size.width,
    height: seen.size.height,
    spaces: seen.bays.map((judged) => ({
      ...judged,
      space: spaceNumberOf(judged.bay, spaceOfBay),
    })),
    vehicles: seen.vehicles.map(({ vehicleClass, confidence, box, trackId, bay }) => ({
      vehicle_class: vehicleClass,
      confidence,
      box: [box.left, box.top, box.right, box.bottom],
      ...(trackId === undefined ? {} : { track_id: trackId }),
      ...(bay === undefined ? {} : { bay }),
    })),
    stages: { ...seen.stages },
  };
}

const gone = setupRefusal(
  "picture-gone",
  "This picture has been replaced by a younger one: look again.",
);

const busy = setupRefusal(
  "camera-busy",
  "Another picture is being tested with this camera: try again in a moment.",
);
