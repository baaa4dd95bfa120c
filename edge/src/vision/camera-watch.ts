import { basename } from "node:path";
import type { FaultCode } from "@gatehouse/shared/fault";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import {
  type Duration,
  elapsed,
  type Instant,
  milliseconds,
  seconds,
} from "@gatehouse/shared/time";
import type { CameraJob, Looked } from "./messages.ts";
import { type Refusal, refusals } from "./picture.ts";

/**
 * A camera without a usable picture for so long no longer counts, or for so many pictures if that is longer. It is
 * looked at when the next picture is due: with one every two seconds nobody believes it for more than ten.
 */
const staleAfter = seconds(8);
const stalePictures = 3;

/** A paced clock shortens the patience, but a new process still needs its real seconds to come up. */
const staleAfterRealMs = 5000;

/** What a technician is told to do about a refusal, where there is more to say than to look at the picture. */
const faultOf: Readonly<Partial<Record<Refusal, FaultCode>>> = {
  unreachable: "camera-unreachable",
  sign_in_refused: "camera-refused",
  frozen: "camera-frozen",
  black: "camera-black",
  covered: "camera-covered",
  out_of_focus: "camera-out-of-focus",
  moved: "camera-moved",
};

/** Faults that end by themselves with the next good picture; any other wants somebody to change a file. */
const passing = new Set<FaultCode>(["camera-stale", ...Object.values(faultOf)]);

/** Share of the newest latency in the mean. */
const newestShare = 0.1;

const noRefusals = Object.fromEntries(refusals.map((reason) => [reason, 0])) as Record<
  Refusal,
  number
>;

/** What the daemon knows of one camera: how it is, and since when. It outlives every vision process. */
export class CameraWatch {
  readonly #job: CameraJob;
  readonly #patience: Duration;
  #lastSeen: Instant | undefined;
  #alive: { readonly at: Instant; readonly realMs: number } | undefined;
  #isLost = false;
  #fault: { code: FaultCode; detail: string } | undefined;
  #condition: Looked["condition"];
  #refusals = { ...noRefusals };
  #frames = 0;
  #unchanged = 0;
  #replaced = 0;
  #notStored = 0;
  #meanMs = 0;
  #longestMs = 0;

  /** @param every how often a picture is due */
  constructor(job: CameraJob, every: Duration) {
    this.#job = job;
    this.#patience = milliseconds(Math.max(staleAfter, stalePictures * every));
  }

  /**
   * @param realMs the real time now, from an arbitrary start
   * @returns whether it tells anything that the last look did not: worth a line in the log
   */
  noteLook({ at, outcome, tookMs, condition }: Looked, realMs: number): boolean {
    const before = this.#fault;
    this.#condition = condition ?? this.#condition;
    switch (outcome.kind) {
      case "seen":
        this.#noteLatency(tookMs);
        this.#noteWords(at, realMs);
        break;
      case "unchanged":
        this.#unchanged += 1;
        this.#noteWords(at, realMs);
        break;
      case "refused":
        this.#frames += 1;
        this.#refusals[outcome.reason] += 1;
        this.#fault = { code: faultOf[outcome.reason] ?? "camera-stale", detail: outcome.detail };
        break;
      case "unusable":
        this.#fault = { code: outcome.code, detail: outcome.detail };
    }
    return before?.detail !== this.#fault?.detail;
  }

  noteReplaced(): void {
    this.#replaced += 1;
  }

  noteNotStored(): void {
    this.#notStored += 1;
  }

  /** @returns true once for each silence that has become too long */
  fellSilent(now: Instant, realMs: number): boolean {
    this.#alive ??= { at: now, realMs };
    const isPatient =
      elapsed(this.#alive.at, now) < this.#patience ||
      realMs - this.#alive.realMs < staleAfterRealMs;
    if (this.#isLost || isPatient) return false;
    this.#isLost = true;
    return true;
  }

  report(restarts: number): DeviceReport {
    const { id, source, detector } = this.#job;
    const fault = this.#fault ?? (this.#isLost ? silence : undefined);
    return {
      id,
      kind: "vision",
      make: `${nameOf(source)}, seen by ${basename(detector)}`,
      state: this.#state(),
      ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
      ...(fault === undefined ? {} : { fault: fault.code, detail: fault.detail }),
      counters: {
        frames: this.#frames,
        frames_unchanged: this.#unchanged,
        frames_replaced: this.#replaced,
        ...Object.fromEntries(
          Object.entries(this.#refusals).map(([why, count]) => [`frames_refused_${why}`, count]),
        ),
        ...countersOf(this.#condition),
        observations_not_stored: this.#notStored,
        latency_ms_mean: Math.round(this.#meanMs),
        latency_ms_max: Math.round(this.#longestMs),
        restarts,
      },
    };
  }

  #noteWords(at: Instant, realMs: number): void {
    this.#frames += 1;
    this.#lastSeen = at;
    this.#alive = { at, realMs };
    this.#isLost = false;
    this.#fault = undefined;
  }

  #noteLatency(tookMs: number): void {
    const share = this.#meanMs === 0 ? 1 : newestShare;
    this.#meanMs += share * (tookMs - this.#meanMs);
    this.#longestMs = Math.max(this.#longestMs, tookMs);
  }

  #state(): DeviceReport["state"] {
    if (this.#fault !== undefined && !passing.has(this.#fault.code)) return "offline";
    if (this.#isLost) return "stale";
    return this.#lastSeen === undefined ? "unknown" : "online";
  }
}

const silence = { code: "camera-stale", detail: "no usable picture for too long" } as const;

/** As a technician knows it: the folder, file or address that the pictures come from. */
function nameOf(source: CameraJob["source"]): string {
  switch (source.kind) {
    case "folder":
    case "video":
      return `pictures in ${source.path}`;
    case "snapshot":
    case "mjpeg":
    case "rtsp":
      return `${source.kind} of ${new URL(source.url).host}`;
    case "pushed":
      return "pictures that are sent";
  }
}

function countersOf(condition: Looked["condition"]): Record<string, number> {
  if (condition === undefined) return {};
  const { light, brightness, sharpnessShare } = condition;
  return {
    night: light === "night" ? 1 : 0,
    brightness: Math.round(brightness),
    ...(sharpnessShare === undefined
      ? {}
      : { sharpness_percent: Math.round(100 * sharpnessShare) }),
  };
}
