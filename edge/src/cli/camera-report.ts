import {
  CamerasData,
  type CameraCard,
  type JudgedSpace,
} from "@gatehouse/shared/contracts/camera-setup";
import { CalibrationData, CameraTestData } from "@gatehouse/shared/contracts/control";
import { ageText } from "./age.ts";
import { table } from "./table.ts";
import { plain, shape, type Terminal, toned, type Tone } from "./terminal.ts";

const tones: Readonly<Record<CameraCard["state"], Tone>> = {
  online: "ok",
  stale: "warn",
  offline: "bad",
  unknown: "unknown",
};

const drawings: Readonly<Record<CameraCard["drawing"], string>> = {
  saved: "setup page",
  configured: "facility.yaml",
  none: "–",
  unusable: "cannot be read",
};

/** Every camera: its state, what is drawn on it, and what to try next. */
export function cameraLines(data: unknown, terminal: Terminal): string[] {
  const { cameras, now } = CamerasData.parse(data);
  if (cameras.length === 0) return ["Cameras are written in facility.yaml under cameras."];
  const rows = cameras.map((card) => [
    card.camera_id,
    { tone: tones[card.state], text: `${shape(tones[card.state])} ${card.state}` },
    ageText(card.last_seen, now),
    String(card.spaces.length),
    drawings[card.drawing],
    card.is_calibrated ? "yes" : "no",
    card.detail ?? "–",
  ]);
  const hints = new Set(cameras.flatMap(({ hint }) => (hint === null ? [] : [hint])));
  return [
    "",
    table(terminal, ["camera", "state", "seen", "spaces", "drawn in", "calibrated", "notes"], rows),
    ...(hints.size === 0 ? [] : ["", ...[...hints].map((hint) => `Next: ${plain(hint)}`)]),
  ];
}

/** One line a space, the least sure first, and what to do next. */
export function cameraTestLines(data: unknown, terminal: Terminal): string[] {
  const test = CameraTestData.parse(data);
  const spaces = test.examination.spaces.toSorted((a, b) => a.confidence - b.confidence);
  const rows = spaces.map((space) => [
    space.space,
    { tone: toneOf(space), text: space.occupied ? "■ taken" : "○ free" },
    percent(space.confidence),
    percent(space.detector),
    percent(space.classifier),
    disagrees(space) ? "detector and classifier disagree" : "",
  ]);
  const head = ["space", "is", "sure", "detector", "classifier", ""];
  const ms = Object.values(test.examination.stages).reduce((sum, each) => sum + each, 0);
  return [
    ...(rows.length === 0 ? [] : ["", table(terminal, head, rows)]),
    "",
    `Looked at in ${Math.round(ms)} ms.`,
    nextStep(test),
  ];
}

/** What was learnt, or why nothing was. */
export function calibrationLines(data: unknown, terminal: Terminal): string[] {
  const { camera_id: cameraId, calibration } = CalibrationData.parse(data);
  const { state, report } = calibration;
  const tone = { none: "unknown", running: "unknown", done: "ok", refused: "warn", failed: "bad" };
  const mark = tone[state] as Tone;
  const lines = report.map((line) => `${toned(terminal, mark, shape(mark))} ${plain(line)}`);
  const next = state === "done" ? [`Next: npx gatehouse camera test ${plain(cameraId)}`] : [];
  return [...lines, ...next];
}

function nextStep({ card, examination }: CameraTestData): string {
  const name = plain(card.camera_id);
  if (examination.spaces.length === 0) {
    return card.lane_id === null
      ? "Next: draw its spaces at /setup of the kiosk."
      : `It reads plates at ${plain(card.lane_id)}; spaces may be left out.`;
  }
  if (!card.is_calibrated) {
    return `Next: npx gatehouse camera calibrate ${name} --empty FILE (or --first-frames 60)`;
  }
  return "Next: npx gatehouse accuracy tells how right it has been when people looked.";
}

const disagrees = ({ detector, classifier }: JudgedSpace): boolean =>
  detector !== undefined && classifier !== undefined && detector > 0.5 !== classifier > 0.5;

const toneOf = (space: JudgedSpace): Tone =>
  disagrees(space) || space.confidence < 0.7 ? "warn" : "ok";

const percent = (share: number | undefined): string =>
  share === undefined ? "–" : `${Math.round(share * 100)} %`;
