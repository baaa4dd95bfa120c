import { isVehicle, type CalibrationState } from "@gatehouse/shared/contracts/camera-setup";
import type {
  CameraTestData,
  ControlAnswer,
  ControlRequest,
} from "@gatehouse/shared/contracts/control";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";
import type { SetupRefusal } from "../flows/camera/desk.ts";
import type { Desk } from "../flows/desk.ts";
import { exitCodes, refused } from "./control-outcome.ts";

type Asked<Verb extends ControlRequest["verb"]> = Extract<ControlRequest, { verb: Verb }>;

/** A question about a calibration that runs is answered after so long. */
const answerAfter = seconds(10);

/** Every camera and how it is. @param now as it is told */
export function camerasAnswer({ cameras }: Desk, now: string): ControlAnswer {
  const cards = cameras?.cards() ?? [];
  const unwell = cards.filter(({ state, drawing }) => state !== "online" || drawing === "unusable");
  const verdict =
    cards.length === 0
      ? "No camera is configured."
      : unwell.length === 0
        ? `All ${cards.length} cameras are online.`
        : `${unwell.length} of ${cards.length} cameras need attention.`;
  return {
    exit_code: unwell.length === 0 ? exitCodes.healthy : exitCodes.attention,
    verdict,
    data: { now, cameras: cards },
  };
}

/** What a camera makes of one picture. */
export async function cameraTestAnswer(
  { cameras }: Desk,
  { camera_id: cameraId, picture }: Asked<"camera-test">,
): Promise<ControlAnswer> {
  if (cameras === undefined) return noCameras;
  const examination = await cameras.examine(cameraId, picture);
  if ("kind" in examination) return refusedBy(examination);
  const shown = await cameras.picture(cameraId, examination.tag);
  if ("kind" in shown) return refusedBy(shown);
  const drawing = cameras.drawingOf(cameraId);
  if ("kind" in drawing) return refusedBy(drawing);
  const card = cameras.cards().find((each) => each.camera_id === cameraId);
  if (card === undefined) return noCameras;
  const { spaces, vehicles } = examination;
  const taken = spaces.filter(({ occupied }) => occupied).length;
  const seen = vehicles.filter(isVehicle).length;
  const data: CameraTestData = {
    card,
    examination,
    ...(drawing.view === undefined ? {} : { view: drawing.view }),
    picture_base64: Buffer.from(shown.bytes).toString("base64"),
  };
  return {
    exit_code: spaces.length === 0 ? exitCodes.attention : exitCodes.healthy,
    verdict:
      spaces.length === 0
        ? `${cameraId}: no space is drawn; vehicles seen: ${seen}.`
        : `${cameraId}: ${taken} of ${spaces.length} spaces are taken; vehicles seen: ${seen}.`,
    data,
  };
}

/** Begins a calibration. */
export async function calibrateAnswer(
  { cameras }: Desk,
  { camera_id: cameraId, actor, by }: Asked<"camera-calibrate">,
): Promise<ControlAnswer> {
  if (cameras === undefined) return noCameras;
  const wish =
    by.kind === "empty"
      ? ({ by: "file", path: by.picture } as const)
      : ({ by: "first-frames", frames: by.frames } as const);
  const begun = await cameras.calibrate(cameraId, wish, { kind: "technician", id: actor });
  return "kind" in begun ? refusedBy(begun) : calibrationStands(cameraId, begun);
}

/** How a calibration stands: when it has ended, or after a while. */
export async function calibrationAnswer(
  { cameras }: Desk,
  cameraId: string,
  clock: Clock,
): Promise<ControlAnswer> {
  if (cameras === undefined) return noCameras;
  await Promise.race([cameras.calibrationEnd(cameraId), clock.sleep(answerAfter)]);
  const state = cameras.calibration(cameraId);
  return "kind" in state ? refusedBy(state) : calibrationStands(cameraId, state);
}

const verdicts: Readonly<Record<CalibrationState["state"], string>> = {
  none: "has not been calibrated since the daemon started",
  running: "is learning",
  done: "is calibrated",
  refused: "has learnt nothing",
  failed: "has learnt nothing",
};

function calibrationStands(cameraId: string, calibration: CalibrationState): ControlAnswer {
  const codes = { none: exitCodes.healthy, running: exitCodes.healthy, done: exitCodes.healthy };
  const code = { ...codes, refused: exitCodes.refused, failed: exitCodes.fault }[calibration.state];
  return {
    exit_code: code,
    verdict: `${cameraId} ${verdicts[calibration.state]}.`,
    data: { camera_id: cameraId, calibration },
  };
}

const refusedBy = ({ sentence, reason, hint }: SetupRefusal): ControlAnswer =>
  refused(exitCodes.refused, sentence, reason, hint ?? null);

const noCameras = refused(
  exitCodes.refused,
  "No camera is configured here.",
  "no-such-camera",
  "Cameras are written in facility.yaml under cameras.",
);
