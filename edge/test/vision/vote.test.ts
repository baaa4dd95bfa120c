import { type Instant, later, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { Vote } from "../../src/vision/vote.ts";

const noon = 1_750_000_000_000 as Instant;

/** What is said of one space while pictures come every `gap` seconds; 1 is a picture with a car, 0 one without. */
function told(pictures: readonly (0 | 1)[], gap: number): (0 | 1)[] {
  const vote = new Vote();
  return pictures.map((isThere, index) => {
    const word = { bay: "A", occupied: isThere === 1, confidence: 0.9 };
    const [said] = vote.settle([word], later(noon, seconds(gap * index)));
    return said?.occupied === true ? 1 : 0;
  });
}

const repeat = (word: 0 | 1, times: number): (0 | 1)[] => Array<0 | 1>(times).fill(word);

test("the first word about a space counts at once", () => {
  expect(told([1], 2)).toEqual([1]);
  expect(told([0], 2)).toEqual([0]);
});

test.for([0.1, 0.5, 1, 2, 5, 30, 600])(
  "at a picture every %d s a car that parks is told within five seconds or three pictures",
  (gap) => {
    const before = repeat(0, 6);
    const after = repeat(1, 6 + Math.ceil(6 / gap));
    const parked = told([...before, ...after], gap).slice(before.length);
    expect(parked.at(-1)).toBe(1);
    const waited = parked.indexOf(1);
    expect(waited * gap <= 5 || waited <= 2).toBe(true);
  },
);

test.for([0.1, 0.5, 1, 2, 5, 30])(
  "at a picture every %d s a car that passes within two seconds changes nothing",
  (gap) => {
    const passing = repeat(1, Math.max(1, Math.floor(2 / gap)));
    const between = repeat(0, Math.ceil(6 / gap));
    const pictures = [...between, ...passing, ...between, ...passing, ...between];
    expect(told(pictures, gap)).not.toContain(1);
  },
);

test("a gust of snow that blinds every third picture changes nothing", () => {
  const pictures = Array.from({ length: 60 }, (_, index): 0 | 1 => (index % 3 === 2 ? 0 : 1));
  expect(told(pictures, 2)).not.toContain(0);
});

test("of a slow camera two cars that pass in different pictures change nothing", () => {
  expect(told([0, 0, 1, 0, 0, 1, 0, 1, 0], 60)).not.toContain(1);
});

test("the word is less sure while pictures differ, and never below a half", () => {
  const vote = new Vote();
  const say = (occupied: boolean, second: number) =>
    vote.settle([{ bay: "A", occupied, confidence: 0.9 }], later(noon, seconds(second)))[0];
  expect(say(false, 0)?.confidence).toBeCloseTo(0.9);
  expect(say(true, 2)).toMatchObject({ occupied: false, confidence: 0.5 });
  expect(say(false, 4)?.confidence).toBeCloseTo((0.9 + 0.1 + 0.9) / 3);
});

test("a clock that goes back makes the vote begin anew and loses no space", () => {
  const vote = new Vote();
  const say = (occupied: boolean, second: number) =>
    vote.settle([{ bay: "A", occupied, confidence: 0.9 }], later(noon, seconds(second)))[0]
      ?.occupied;
  expect(say(true, 3600)).toBe(true);
  expect(say(false, 0)).toBe(true);
  expect([2, 4].map((second) => say(false, second))).toEqual([true, false]);
});

test("after a silence the first word counts at once", () => {
  const vote = new Vote();
  const word = { bay: "A", occupied: false, confidence: 0.9 };
  vote.settle([word], noon);
  vote.forget();
  const [said] = vote.settle([{ ...word, occupied: true }], later(noon, seconds(2)));
  expect(said?.occupied).toBe(true);
});
