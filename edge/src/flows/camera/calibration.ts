import type { CalibrationState } from "@gatehouse/shared/contracts/camera-setup";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { Fault, faultTable } from "@gatehouse/shared/fault";
import type { CalibrateBy, SetupCamera } from "@gatehouse/shared/ports/camera-setup";
import { isoOf } from "@gatehouse/shared/time";
import { clearAlert, lowAccuracy } from "../alerts.ts";
import { setupRefusal, type SetupRefusal } from "./desk.ts";
import { pictureRefusal } from "./looks.ts";
import { noteCalibrated } from "./notes.ts";
import type { CameraSetupDeps } from "./setup-deps.ts";

/**
 * Calibrations as they run: learning from many pictures takes minutes, and a page that asked may be gone before it
 * is done. One a camera at a time.
 */
export class CalibrationRuns {
  readonly #deps: CameraSetupDeps;
  readonly #states = new Map<string, CalibrationState>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(deps: CameraSetupDeps) {
    this.#deps = deps;
  }

  of(cameraId: string): CalibrationState {
    return this.#states.get(cameraId) ?? never;
  }

  /** How it stands when the one that runs has ended. */
  async end(cameraId: string): Promise<CalibrationState> {
    await this.#running.get(cameraId);
    return this.of(cameraId);
  }

  /** Begins to learn from a file or from the next pictures. */
  begin(camera: SetupCamera, by: CalibrateBy, actor: Actor): CalibrationState | SetupRefusal {
    return this.#begin(camera, by.kind, actor, () => this.#learn(camera, by));
  }

  /** Begins to learn from a picture of the empty lot. */
  beginWith(camera: SetupCamera, bytes: Uint8Array, actor: Actor): CalibrationState | SetupRefusal {
    const { files } = this.#deps;
    return this.#begin(camera, "empty", actor, async () => {
      try {
        const picture = await files.keepSent(camera, "empty", bytes);
        return await this.#learn(camera, { kind: "empty", picture });
      } finally {
        await files.dropSent(camera, "empty");
      }
    });
  }

  #begin(
    camera: SetupCamera,
    from: CalibrateBy["kind"],
    actor: Actor,
    learn: () => Promise<Came>,
  ): CalibrationState | SetupRefusal {
    if (this.#running.has(camera.id)) return runsAlready;
    const { clock, log } = this.#deps;
    const by = actor.id ?? actor.kind;
    const begun: CalibrationState = {
      state: "running",
      from,
      by,
      at: isoOf(clock.now()),
      report: [],
    };
    this.#states.set(camera.id, begun);
    const end = (came: Came): void => {
      this.#states.set(camera.id, { ...begun, ...came, at: isoOf(clock.now()) });
      this.#running.delete(camera.id);
      log.info("camera-calibration", { camera: camera.id, by, state: came.state });
    };
    const running = learn().then(end, (error: unknown) => {
      if (!(error instanceof Fault)) log.error("camera-calibration bug", { error });
      end({ state: "failed", report: failureOf(error) });
    });
    this.#running.set(camera.id, running);
    return begun;
  }

  async #learn(camera: SetupCamera, by: CalibrateBy): Promise<Came> {
    const { book, clock, setup } = this.#deps;
    const came = await setup.calibrate(camera.id, by);
    if (came.kind === "refused") {
      return { state: "refused", report: [pictureRefusal(came.reason, came.detail).sentence] };
    }
    if (came.kind === "unusable") {
      return { state: "failed", report: [came.detail, faultTable[came.fault].hint] };
    }
    const at = clock.now();
    book.write((tx) => {
      noteCalibrated(tx, camera.id, at);
      clearAlert(tx, at, lowAccuracy, camera.id);
    });
    return { state: "done", report: [...came.report] };
  }
}

type Came = Pick<CalibrationState, "state" | "report">;

const never: CalibrationState = { state: "none", from: null, by: null, at: null, report: [] };

const runsAlready = setupRefusal(
  "camera-busy",
  "This camera is being calibrated already: wait until that is done.",
);

const failureOf = (error: unknown): string[] =>
  error instanceof Fault
    ? [error.message, error.hint]
    : ["It ended with a bug; the daemon's log tells what happened."];
