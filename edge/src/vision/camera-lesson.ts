import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import type { Calibrated as Learnt } from "./calibrate.ts";
import { writeCalibration } from "./calibration.ts";
import type { Prepared } from "./judges.ts";
import type { Calibrated, Examined } from "./messages.ts";
import type { OpenCamera } from "./open-camera.ts";
import type { RefusedPicture } from "./picture.ts";
import type { FramesCourse } from "./pipeline.ts";
import { vehicleOf } from "./seen.ts";
import type { NamedPicture } from "./source/source.ts";
import type { Turns } from "./turns.ts";

/** A calibration by the pictures that come, which is not finished yet. */
interface Course {
  readonly frames: FramesCourse;
  left: number;
  readonly end: (outcome: Learnt | RefusedPicture) => void;
}

/** A camera that is examined or calibrated by a person, beside its own course. */
export class CameraLesson {
  readonly #dir: string;
  readonly #network: Turns;
  #course: Course | undefined;

  /** @param dir the camera's own folder */
  constructor(dir: string, network: Turns) {
    this.#dir = dir;
    this.#network = network;
  }

  /**
   * Everything about one picture; it is kept as `examined.jpg`.
   *
   * @throws Fault `model-unusable` or `disk-full`
   */
  async examine(open: OpenCamera, picture: NamedPicture): Promise<Examined["outcome"]> {
    const prepared = await open.pipeline.prepare(picture.bytes, baysOf(open, picture));
    if ("kind" in prepared) return prepared;
    const jpeg = await prepared.picture.plainJpeg();
    if ("kind" in jpeg) return jpeg;
    const found = await this.#network.take(() => open.pipeline.examine(prepared));
    const path = join(this.#dir, "examined.jpg");
    await orNotWritten(() => writeWhole(path, jpeg));
    return {
      kind: "seen",
      picture: path,
      words: [...found.words],
      size: { ...found.size },
      vehicles: found.vehicles.map((vehicle) => vehicleOf(vehicle)),
      judges: found.judges.map(({ bay, detector, classifier }) => ({
        bay,
        ...(detector === undefined ? {} : { detector }),
        ...(classifier === undefined ? {} : { classifier }),
      })),
      stages: { ...found.stages },
    };
  }

  /**
   * Learns from a picture of the empty car park.
   *
   * @param other the camera's last picture: both must show the same view
   * @throws Fault `model-unusable` or `disk-full`
   */
  async byEmpty(
    open: OpenCamera,
    empty: NamedPicture,
    other: NamedPicture | undefined,
    at: Instant,
  ): Promise<Calibrated["outcome"]> {
    const { pipeline } = open;
    const seen = other && (await pipeline.prepare(other.bytes, baysOf(open, other)));
    const against = seen === undefined || "kind" in seen ? undefined : seen;
    const learnt = await this.#network.take(() =>
      pipeline.calibrateByEmpty(empty.bytes, baysOf(open, empty), at, against),
    );
    return this.#keep(learnt);
  }

  /** Learns from the camera's next pictures. @throws Fault `disk-full` */
  async byFrames(open: OpenCamera, count: number): Promise<Calibrated["outcome"]> {
    this.#course?.end(interrupted);
    const learnt = await new Promise<Learnt | RefusedPicture>((resolve) => {
      this.#course = { frames: open.pipeline.calibrateByFrames(), left: count, end: resolve };
    });
    return this.#keep(learnt);
  }

  /**
   * A picture of the camera's own course, shown while the networks are ours.
   *
   * @throws Fault `model-unusable`
   */
  async note(prepared: Prepared, at: Instant): Promise<void> {
    const course = this.#course;
    if (course === undefined) return;
    await course.frames.note(prepared);
    course.left -= 1;
    if (course.left > 0 || this.#course !== course) return;
    this.#course = undefined;
    course.end(course.frames.finish(at));
  }

  async #keep(learnt: Learnt | RefusedPicture): Promise<Calibrated["outcome"]> {
    if (learnt.kind === "refused") return learnt;
    const { calibration, empty } = learnt;
    await orNotWritten(() => writeCalibration(this.#dir, calibration, empty));
    return { kind: "calibrated", report: calibration.report };
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}

/** @throws Fault `disk-full` for whatever the file system has against it */
async function orNotWritten(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Fault("disk-full", String(error), { cause: error });
  }
}

const baysOf =
  ({ bays }: OpenCamera, { name }: NamedPicture) =>
  (width: number, height: number) =>
    bays.of(name, width, height);

const interrupted: RefusedPicture = {
  kind: "refused",
  reason: "unfit",
  detail: "another calibration of this camera has begun",
};
