import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noTestData, testData } from "../../shared/test/test-data.ts";
import { evaluateTracking } from "../evaluate/tracking.ts";
import { type LabelledFrame, TrackingTally } from "../evaluate/tracking-score.ts";

const box = (left: number) => ({ left, top: 0, right: left + 10, bottom: 10 });
const car = (id: number, left: number) => ({ id, ...box(left) });
const answer = (id: number, left: number) => ({ id, score: 1, ...box(left) });

const labels = (...frames: readonly (readonly ReturnType<typeof car>[])[]) =>
  new Map<number, LabelledFrame>(
    frames.map((cars, frame) => [frame, { cars: [...cars], ignored: [box(500)] }]),
  );

test("an answer like the labels is worth everything", () => {
  const tally = new TrackingTally();
  tally.add(labels([car(1, 0), car(2, 50)], [car(1, 2), car(2, 52)]), [
    [answer(7, 0), answer(9, 50)],
    [answer(7, 2), answer(9, 52)],
  ]);
  expect(tally.score()).toEqual({ mota: 1, idf1: 1, switches: 0, missed: 0, false: 0, cars: 4 });
});

test("a changed number is one switch and halves the identity", () => {
  const tally = new TrackingTally();
  tally.add(labels([car(1, 0)], [car(1, 0)]), [[answer(7, 0)], [answer(8, 0)]]);
  expect(tally.score()).toMatchObject({ mota: 0.5, idf1: 0.5, switches: 1 });
});

test("what is missed, what is false, and what lies where nothing counts", () => {
  const tally = new TrackingTally();
  tally.add(labels([car(1, 0), car(2, 50)]), [[answer(7, 0), answer(8, 200), answer(9, 501)]]);
  expect(tally.score()).toMatchObject({ missed: 1, false: 1, mota: 0, idf1: 0.5 });
});

test("numbers of one sequence mean nothing in the next", () => {
  const tally = new TrackingTally();
  tally.add(labels([car(1, 0)]), [[answer(7, 0)]]);
  tally.add(labels([car(1, 0)]), [[answer(8, 0)]]);
  expect(tally.score()).toMatchObject({ mota: 1, idf1: 1, switches: 0 });
});

const kitti = testData("data/vision/tracking/kitti");

test("the cars of real streets keep their numbers", async ({ skip }) => {
  if (kitti === undefined) return skip(noTestData);
  const out = mkdtempSync(join(tmpdir(), "gatehouse-mot-"));
  try {
    const score = await evaluateTracking({ set: kitti, out });
    expect(score.idf1).toBeGreaterThanOrEqual(0.86);
    expect(score.mota).toBeGreaterThanOrEqual(0.77);
    expect(score.switches).toBeLessThanOrEqual(30);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
