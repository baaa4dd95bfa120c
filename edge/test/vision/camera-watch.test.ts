import { type Instant, later, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { CameraWatch } from "../../src/vision/camera-watch.ts";
import type { Looked } from "../../src/vision/messages.ts";

const start = 1_000_000 as Instant;
const after = (count: number): Instant => later(start, seconds(count));

const watchEvery = (every: number) =>
  new CameraWatch(
    {
      id: "north",
      source: { kind: "folder", path: "/pictures", every_s: every },
      detector: "/models/tiny.onnx",
      classifier: "/models/patch.onnx",
      models: { dataDir: "/data", baseDir: "/site" },
      decidedBy: "auto",
      dir: "/cameras/north",
      bays: "/bays.json",
      tracking: false,
    },
    seconds(every),
  );

/** Real time, where the clock is not paced. */
const msOf = (at: Instant): number => at;

const note = (watch: CameraWatch, look: Looked): boolean => watch.noteLook(look, msOf(look.at));
const fellSilent = (watch: CameraWatch, at: Instant): boolean => watch.fellSilent(at, msOf(at));

const looked = (at: Instant, outcome: Looked["outcome"], tookMs = 30): Looked => ({
  kind: "looked",
  camera: "north",
  at,
  tookMs,
  outcome,
});
type LookOutcome = Looked["outcome"];
const nothing = {
  words: [],
  size: { width: 128, height: 96 },
  vehicles: [],
  flow: [],
  plates: [],
};
const seen: LookOutcome = { kind: "seen", ...nothing };
const truncated: LookOutcome = {
  kind: "refused",
  reason: "truncated",
  detail: "7.jpg: ends early",
};

test("a camera is unknown until its first picture, then online", () => {
  const watch = watchEvery(2);
  expect(watch.report(0)).toMatchObject({ id: "north", kind: "vision", state: "unknown" });
  note(watch, looked(after(1), seen));
  expect(watch.report(0)).toMatchObject({ state: "online", lastSeen: after(1) });
});

test("within ten seconds a camera without a usable picture is lost, once, and a picture ends it", () => {
  const watch = watchEvery(2);
  note(watch, looked(start, seen));
  const lost = [2, 4, 6, 8, 10, 12, 14].filter((second) => fellSilent(watch, after(second)));
  expect(lost).toEqual([8]);
  expect(watch.report(0)).toMatchObject({ state: "stale", fault: "camera-stale" });

  note(watch, looked(after(15), { kind: "unchanged", ...nothing }));
  expect(watch.report(0).state).toBe("online");
  expect(watch.report(0).fault).toBeUndefined();
  expect(fellSilent(watch, after(22))).toBe(false);
  expect(fellSilent(watch, after(23))).toBe(true);
});

test("a camera that never showed anything falls silent too: its words of before the restart are old", () => {
  const watch = watchEvery(2);
  expect(fellSilent(watch, start)).toBe(false);
  expect(fellSilent(watch, after(8))).toBe(true);
});

test("a slow camera is given three pictures' time", () => {
  const watch = watchEvery(30);
  note(watch, looked(start, seen));
  expect(fellSilent(watch, after(60))).toBe(false);
  expect(fellSilent(watch, after(90))).toBe(true);
});

test("refused pictures keep a camera silent, and each reason is counted", () => {
  const watch = watchEvery(2);
  note(watch, looked(start, seen));
  for (const second of [2, 4, 6, 8]) note(watch, looked(after(second), truncated));
  expect(fellSilent(watch, after(10))).toBe(true);
  expect(watch.report(3)).toMatchObject({
    detail: "7.jpg: ends early",
    counters: { frames: 5, frames_refused_truncated: 4, frames_refused_covered: 0, restarts: 3 },
  });
});

test("what is wrong is news once, not with every picture", () => {
  const watch = watchEvery(2);
  const news = [seen, truncated, truncated, seen, truncated].map((outcome) =>
    note(watch, looked(start, outcome)),
  );
  expect(news).toEqual([false, true, false, true, true]);
});

test("a detector that does not load puts the camera offline with its own hint", () => {
  const watch = watchEvery(2);
  const outcome = { kind: "unusable", code: "model-unusable", detail: "no known family" } as const;
  note(watch, looked(start, outcome));
  expect(watch.report(0)).toMatchObject({
    state: "offline",
    fault: "model-unusable",
    detail: "no known family",
    counters: { frames: 0 },
  });
});

test.each([
  ["covered", "camera-covered"],
  ["sign_in_refused", "camera-refused"],
  ["truncated", "camera-stale"],
] as const)("a picture refused as %s tells the technician what to do", (reason, fault) => {
  const watch = watchEvery(2);
  note(watch, looked(start, seen));
  note(watch, looked(after(2), { kind: "refused", reason, detail: "why" }));
  expect(watch.report(0)).toMatchObject({ state: "online", fault, detail: "why" });
  expect(fellSilent(watch, after(10))).toBe(true);
  expect(watch.report(0)).toMatchObject({ state: "stale", fault, detail: "why" });
});

test("night and sharpness are reported with the counts", () => {
  const watch = watchEvery(2);
  const condition = { light: "night", brightness: 31.4, sharpnessShare: 0.93 } as const;
  watch.noteLook({ ...looked(start, seen), condition }, msOf(start));
  note(watch, looked(after(2), truncated));
  const counters = { night: 1, brightness: 31, sharpness_percent: 93 };
  expect(watch.report(0).counters).toMatchObject(counters);
});

test("latency is that of pictures the network saw", () => {
  const watch = watchEvery(2);
  note(watch, looked(start, seen, 40));
  note(watch, looked(start, { kind: "unchanged", ...nothing }, 4));
  note(watch, looked(start, seen, 140));
  expect(watch.report(0).counters).toMatchObject({
    frames: 3,
    frames_unchanged: 1,
    latency_ms_mean: 50,
    latency_ms_max: 140,
  });
});

test("under a fast clock a process still has its real seconds to come up", () => {
  const watch = watchEvery(2);
  const paced = (second: number) => watch.fellSilent(after(second), (second * 1000) / 20);
  expect([0, 10, 50, 98].filter(paced)).toEqual([]);
  expect(paced(100)).toBe(true);
});
