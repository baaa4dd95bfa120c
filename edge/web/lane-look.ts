import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import type { Tone } from "../../shared/web/state-mark.tsx";
import { ageOf } from "./facility-time.ts";
import { words } from "./words.ts";

/** A car that has stood at a gate for longer than this waits for somebody; the facility's own time. */
const patienceMs = 20_000;

/** States in which a car stands there and nothing moves. */
const standing = new Set([
  "vehicle-present",
  "identifying",
  "decided",
  "collecting",
  "unconfirmed",
]);

const tones: Readonly<Record<string, Tone>> = {
  idle: "calm",
  "vehicle-present": "calm",
  identifying: "calm",
  decided: "calm",
  collecting: "calm",
  "open-commanded": "ok",
  accepted: "ok",
  opened: "ok",
  "open-confirmed": "ok",
  passing: "ok",
  passed: "ok",
  closing: "ok",
  rejected: "bad",
  unreachable: "bad",
  fault: "bad",
  unconfirmed: "warn",
  "held-open": "warn",
  locked: "warn",
  manual: "warn",
  timeout: "warn",
};

export interface LaneLook {
  readonly tone: Tone;
  readonly word: string;
  /** A car has stood there for so long that somebody should look. */
  readonly isWaiting: boolean;
}

/** How a lane's state is shown. One that this page does not know is shown as it is called, as unknown. */
export function laneLook(lane: LaneView): LaneLook {
  const state = lane.state.toLowerCase().replaceAll("_", "-");
  const isWaiting = standing.has(state) && ageOf(lane.state_since) > patienceMs;
  const word = words.laneStates[state] ?? lane.state;
  if (!isWaiting) return { tone: tones[state] ?? "unknown", word, isWaiting };
  const isPlain = state === "vehicle-present" || state === "decided";
  return { tone: "warn", word: isPlain ? words.waiting : word, isWaiting };
}

export const healthTones: Readonly<Record<LaneView["health"], Tone>> = {
  online: "calm",
  stale: "warn",
  offline: "bad",
  unknown: "unknown",
};
