import { type Instant, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import type { FramePlate } from "../../../src/vision/plate/frame.ts";
import { PassingPlates } from "../../../src/vision/plate/passing.ts";
import { readingOf } from "@gatehouse/shared/plate/reading";

const at = (s: number): Instant => (1_790_000_000_000 + 1000 * s) as Instant;

function plate(text: string, confidence: number, left = 100, width = 100): FramePlate {
  const box = { left, top: 200, right: left + width, bottom: 200 + width / 4 };
  const { top, right, bottom } = box;
  return {
    located: {
      corners: [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ],
      score: 0.9,
      rows: 1,
    },
    reading: readingOf(
      text,
      text.split("").map(() => confidence),
      [{ text, confidence }],
    ),
    box,
    crop: Buffer.from(`${text} ${confidence}`),
  };
}

const passing = (every = 1) => new PassingPlates(seconds(every));
const texts = (agreed: readonly { reading: { text: string } }[]) =>
  agreed.map(({ reading }) => reading.text);

test("a vehicle is told once, as soon as three sure frames agree", () => {
  const plates = passing(0.5);
  expect(plates.see([plate("AB123", 0.95)], at(0))).toEqual([]);
  expect(plates.see([plate("AB123", 0.95)], at(0.5))).toEqual([]);
  expect(texts(plates.see([plate("AB123", 0.95)], at(1)))).toEqual(["AB123"]);
  for (let s = 2; s < 60; s += 1) expect(plates.see([plate("AB123", 0.9)], at(s))).toEqual([]);
});

test("one blurred frame is not told while better ones may come", () => {
  const plates = passing(0.5);
  expect(plates.see([plate("AB128", 0.5)], at(0))).toEqual([]);
  for (const s of [0.5, 1, 1.5]) plates.see([plate("AB123", 0.9)], at(s));
  expect(texts(plates.see([plate("AB123", 0.95)], at(4)))).toEqual(["AB123"]);
});

test("a single frame is told when the vehicle left without another", () => {
  const plates = passing();
  expect(plates.see([plate("AB123", 0.7)], at(0))).toEqual([]);
  expect(plates.see([], at(2))).toEqual([]);
  expect(texts(plates.see([], at(4)))).toEqual(["AB123"]);
  expect(plates.see([], at(20))).toEqual([]);
});

test("a vehicle that stands still is told from what there is, and not again while it stands", () => {
  const plates = passing();
  plates.see([plate("AB123", 0.7)], at(0));
  expect(plates.seeSame(at(2))).toEqual([]);
  expect(texts(plates.seeSame(at(4)))).toEqual(["AB123"]);
  for (let s = 5; s < 100; s += 1) expect(plates.seeSame(at(s))).toEqual([]);
});

test("the next vehicle in the same place is another one", () => {
  const plates = passing(0.5);
  const told = [];
  for (const s of [0, 0.5, 1]) told.push(...plates.see([plate("AB123", 0.95)], at(s)));
  for (const s of [1.5, 2, 2.5]) told.push(...plates.see([plate("XY987", 0.95)], at(s)));
  expect(texts(told)).toEqual(["AB123", "XY987"]);
  expect(new Set(told.map(({ vehicle }) => vehicle)).size).toBe(2);
});

test("the same vehicle is told again when it comes back", () => {
  const plates = passing(0.5);
  const told = [];
  for (const s of [0, 0.5, 1, 30, 30.5, 31]) {
    told.push(...plates.see([plate("AB123", 0.95)], at(s)));
  }
  expect(texts(told)).toEqual(["AB123", "AB123"]);
});

test("a plate that grows comes nearer", () => {
  const plates = passing(0.5);
  const told = [80, 100, 130].flatMap((width, index) =>
    plates.see([plate("AB123", 0.95, 100, width)], at(index / 2)),
  );
  expect(told[0]?.direction).toBe("forward");
});

test("the evidence is the frame in which the plate could be read best", () => {
  const plates = passing(0.5);
  const told = [0.91, 0.97, 0.92].flatMap((confidence, index) =>
    plates.see([plate("AB123", confidence)], at(index / 2)),
  );
  expect(Buffer.from(told[0]?.best.crop ?? []).toString()).toBe("AB123 0.97");
  expect(told[0]?.bestAt).toBe(at(0.5));
});

test("a camera that looks seldom does not lose its vehicle between two pictures", () => {
  const plates = passing(5);
  const told = [0, 5, 10].flatMap((s) => plates.see([plate("AB123", 0.95)], at(s)));
  expect(texts(told)).toEqual(["AB123"]);
});
