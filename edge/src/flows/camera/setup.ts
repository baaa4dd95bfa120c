import type {
  CalibrationState,
  CameraCard,
  Examination,
  ViewAnswer,
  ViewKept,
} from "@gatehouse/shared/contracts/camera-setup";
import type { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { KeptPicture } from "@gatehouse/shared/ports/camera-files";
import type { CameraSetup, SetupCamera } from "@gatehouse/shared/ports/camera-setup";
import type { CameraViews } from "@gatehouse/shared/ports/camera-views";
import { CalibrationRuns } from "./calibration.ts";
import { type CalibrationWish, type CameraDesk, setupRefusal, type SetupRefusal } from "./desk.ts";
import { CameraDrawings } from "./drawings.ts";
import { CameraLooks } from "./looks.ts";
import type { CameraSetupDeps } from "./setup-deps.ts";

/** Setting up cameras: what is drawn on their pictures, what they see in one, and what they learn. */
export class CameraSetupFlow implements CameraDesk, CameraViews {
  readonly #setup: CameraSetup;
  readonly #reports: CameraSetupDeps["reports"];
  readonly #drawings: CameraDrawings;
  readonly #looks: CameraLooks;
  readonly #calibrations: CalibrationRuns;

  constructor(deps: CameraSetupDeps) {
    this.#setup = deps.setup;
    this.#reports = deps.reports;
    this.#drawings = new CameraDrawings(deps);
    this.#looks = new CameraLooks(deps);
    this.#calibrations = new CalibrationRuns(deps);
  }

  cards(): CameraCard[] {
    const reports = new Map(
      this.#reports().flatMap((report) =>
        report.kind === "vision" ? [[report.id, report] as const] : [],
      ),
    );
    return this.#setup
      .cameras()
      .map((camera) => this.#drawings.card(camera, reports.get(camera.id)));
  }

  viewOf(cameraId: string): CameraView | undefined {
    const camera = this.#find(cameraId);
    return "kind" in camera ? undefined : this.#drawings.viewOf(camera);
  }

  drawingOf(cameraId: string): ViewAnswer | SetupRefusal {
    const camera = this.#find(cameraId);
    return "kind" in camera ? camera : this.#drawings.drawingOf(camera);
  }

  saveView(cameraId: string, view: CameraView, tag: string, actor: Actor): ViewKept | SetupRefusal {
    const camera = this.#find(cameraId);
    return "kind" in camera ? camera : this.#drawings.save(camera, view, tag, actor);
  }

  async examine(
    cameraId: string,
    picture?: Uint8Array | string,
  ): Promise<Examination | SetupRefusal> {
    const camera = this.#find(cameraId);
    if ("kind" in camera) return camera;
    if (picture === undefined) return this.#looks.live(camera);
    return typeof picture === "string"
      ? this.#looks.file(camera, picture)
      : this.#looks.sent(camera, picture);
  }

  async picture(cameraId: string, tag?: string): Promise<KeptPicture | SetupRefusal> {
    const camera = this.#find(cameraId);
    return "kind" in camera ? camera : this.#looks.picture(camera, tag);
  }

  async calibrate(
    cameraId: string,
    wish: CalibrationWish,
    actor: Actor,
  ): Promise<CalibrationState | SetupRefusal> {
    const camera = this.#find(cameraId);
    if ("kind" in camera) return camera;
    switch (wish.by) {
      case "first-frames": {
        const by = { kind: "first-frames", frames: wish.frames } as const;
        return this.#calibrations.begin(camera, by, actor);
      }
      case "file":
        return this.#calibrations.begin(camera, { kind: "empty", picture: wish.path }, actor);
      case "sent":
        return this.#calibrations.beginWith(camera, wish.picture, actor);
      case "shown": {
        const shown = await this.#looks.picture(camera, wish.tag);
        if ("kind" in shown) return shown;
        return this.#calibrations.beginWith(camera, shown.bytes, actor);
      }
    }
  }

  calibration(cameraId: string): CalibrationState | SetupRefusal {
    const camera = this.#find(cameraId);
    return "kind" in camera ? camera : this.#calibrations.of(cameraId);
  }

  async calibrationEnd(cameraId: string): Promise<CalibrationState | SetupRefusal> {
    const camera = this.#find(cameraId);
    return "kind" in camera ? camera : this.#calibrations.end(cameraId);
  }

  #find(cameraId: string): SetupCamera | SetupRefusal {
    const cameras = this.#setup.cameras();
    const found = cameras.find(({ id }) => id === cameraId);
    if (found !== undefined) return found;
    const known = cameras.map(({ id }) => id).join(", ");
    const others = known === "" ? "none is configured" : `cameras: ${known}`;
    return setupRefusal("no-such-camera", `There is no camera ${cameraId}; ${others}.`);
  }
}
