import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiskCameraFiles } from "@gatehouse/edge/adapters/camera-files";
import { CameraSetupFlow } from "@gatehouse/edge/flows/camera/setup";
import { Book } from "@gatehouse/edge/store/book";
import type {
  CalibrateBy,
  Calibrated,
  CameraSetup,
  CameraUnusable,
  ExaminedPicture,
  PictureRefused,
  SetupCamera,
} from "@gatehouse/shared/ports/camera-setup";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { logInto } from "./running-kiosk.ts";

type Examined = ExaminedPicture | PictureRefused | CameraUnusable;

/** The port of the vision pool, with a hand to say what it sees; its files are real. */
export class HandledCameras implements CameraSetup {
  readonly known: SetupCamera[];
  readonly reloaded: string[] = [];
  readonly examined: (string | undefined)[] = [];
  readonly calibratedBy: CalibrateBy[] = [];
  /** The next picture, and what is seen in it. */
  picture: Uint8Array;
  look: (camera: SetupCamera) => Promise<Examined>;
  learn: (by: CalibrateBy) => Promise<Calibrated | PictureRefused | CameraUnusable>;

  constructor(cameras: readonly SetupCamera[], picture: Uint8Array) {
    this.known = [...cameras];
    this.picture = picture;
    this.look = async (camera) => seenWith(camera);
    this.learn = async () => ({ kind: "calibrated", report: ["Both judges decide together."] });
  }

  cameras(): readonly SetupCamera[] {
    return this.known;
  }

  async examine(cameraId: string, picture?: string): Promise<Examined> {
    const camera = this.known.find(({ id }) => id === cameraId);
    if (camera === undefined) throw new RangeError(cameraId);
    this.examined.push(picture);
    const seen = await this.look(camera);
    if (seen.kind === "seen") {
      mkdirSync(camera.dir, { recursive: true });
      writeFileSync(seen.picture, this.picture);
    }
    return seen;
  }

  calibrate(_cameraId: string, by: CalibrateBy) {
    this.calibratedBy.push(by);
    return this.learn(by);
  }

  reload(cameraId: string): void {
    this.reloaded.push(cameraId);
  }
}

const seenWith = (camera: SetupCamera): ExaminedPicture => ({
  kind: "seen",
  picture: join(camera.dir, "examined.jpg"),
  size: { width: 128, height: 96 },
  bays: [{ bay: "A001", occupied: true, confidence: 0.97, detector: 0.99, classifier: 0.94 }],
  vehicles: [
    {
      vehicleClass: "car",
      confidence: 0.9,
      box: { left: 30, top: 20, right: 100, bottom: 80 },
      bay: "A001",
    },
  ],
  stages: { fetch: 3, infer: 21 },
});

export interface SetupSite {
  readonly cameras: HandledCameras;
  readonly flow: CameraSetupFlow;
  readonly book: Book;
  readonly dir: string;
}

/** Two cameras in a folder of their own; the facility has the spaces A001 to A024. */
export function setupSite(clock: Clock, picture: Uint8Array): SetupSite {
  const dir = mkdtempSync(join(tmpdir(), "gatehouse-setup-"));
  const cameras = new HandledCameras(
    [
      { id: "north", dir: join(dir, "cameras/north"), spaceOfBay: {} },
      { id: "south", dir: join(dir, "cameras/south"), spaceOfBay: { left: "A020" } },
    ],
    picture,
  );
  const book = new Book(":memory:");
  const flow = new CameraSetupFlow({
    book,
    clock,
    log: logInto([]),
    setup: cameras,
    files: new DiskCameraFiles(),
    isSpace: (number) => /^A0(0[1-9]|1\d|2[0-4])$/.test(number),
    reports: () => [
      {
        id: "north",
        kind: "vision",
        make: "pictures in ./north",
        state: "stale",
        fault: "camera-black",
        detail: "the picture is black",
        counters: {},
      },
    ],
  });
  return { cameras, flow, book, dir };
}
