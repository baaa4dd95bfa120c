import { type Duration, type Instant, seconds } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FusedSpace,
  fuse,
  isLate,
  type SpaceAnswer,
  settle,
  type Word,
} from "../../src/domain/occupancy.ts";

const hold = seconds(3);
const word = (occupied: boolean, confidence: number, rest: Partial<Word> = {}): Word => ({
  source: "camera",
  occupied,
  confidence,
  at: 0,
  changedAt: undefined,
  ...rest,
});
const sensor = (occupied: boolean, confidence: number, changedAt?: number): Word =>
  word(occupied, confidence, { source: "sensor", at: changedAt ?? 0, changedAt });
const at = (second: number) => ({
  at: (1_000_000 + second * 1000) as Instant,
  monotonic: (second * 1000) as Duration,
});
const published = (answer: SpaceAnswer): FusedSpace => ({
  answer,
  since: 0 as Instant,
  doubtedSince: undefined,
  doubt: undefined,
});

describe("sources together", () => {
  test.each<[string, Word[], SpaceAnswer]>([
    ["nobody says anything", [], "unknown"],
    ["a sensor alone is believed", [word(true, 0.97)], "occupied"],
    ["a sure sensor outweighs an unsure camera", [word(false, 0.97), word(true, 0.6)], "free"],
    [
      "two that agree outweigh one",
      [word(true, 0.8), word(true, 0.8), word(false, 0.9)],
      "occupied",
    ],
    [
      "two that contradict each other alike say nothing",
      [word(true, 0.9), word(false, 0.9)],
      "unknown",
    ],
    ["a source that does not know has no say", [word(true, 0.5)], "unknown"],
    ["nothing is surer than sure", [word(true, 1), word(false, 0.99)], "unknown"],
  ])("%s", (_, words, answer) => {
    expect(fuse(words)).toBe(answer);
  });

  const sure = 0.99;
  const early = { at: 10 };
  const late = { at: 30 };
  test.each<[string, Word[], SpaceAnswer]>([
    [
      "a sensor that has changed is believed against a surer camera's older word",
      [sensor(true, 0.97, 20), word(false, sure, early)],
      "occupied",
    ],
    [
      "and so it is when the vehicle has left",
      [sensor(false, 0.97, 20), word(true, sure, early)],
      "free",
    ],
    [
      "the camera counts in full again as soon as it has spoken again",
      [sensor(true, 0.97, 20), word(false, sure, late)],
      "free",
    ],
    [
      "a sensor that never changed outdates nobody",
      [sensor(true, 0.97), word(false, sure, early)],
      "free",
    ],
    [
      "an unsure sensor that has changed waits for the camera",
      [sensor(true, 0.8, 20), word(false, sure, early)],
      "free",
    ],
    [
      "a camera's change outdates no sensor: its silence means that nothing has changed",
      [sensor(false, 0.9), word(true, 0.8, { at: 20, changedAt: 20 })],
      "free",
    ],
    [
      "what a sensor said before does not count less because another one has changed",
      [sensor(true, 0.9, 20), { ...sensor(false, 0.97), at: 10 }],
      "free",
    ],
  ])("%s", (_, words, answer) => {
    expect(fuse(words)).toBe(answer);
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const anyTime = fc.integer({ min: 0, max: 5 });
  const anyWord: fc.Arbitrary<Word> = fc.record({
    source: fc.constantFrom("sensor", "camera"),
    occupied: fc.boolean(),
    confidence: share,
    at: anyTime,
    changedAt: fc.option(anyTime, { nil: undefined }),
  });

  test("a sure sensor that changes is followed, whatever one camera said before", () => {
    const anyCamera = fc.record({ occupied: fc.boolean(), confidence: share });
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.double({ min: 0.9, max: 1, noNaN: true }),
        anyCamera,
        (taken, sureness, seen) => {
          const words = [sensor(taken, sureness, 20), word(seen.occupied, seen.confidence, early)];
          expect(fuse(words)).toBe(taken ? "occupied" : "free");
        },
      ),
    );
  });

  test("the order in which they are asked changes nothing", () => {
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 6 }), (words) => {
        expect(fuse(words.toReversed())).toBe(fuse(words));
      }),
    );
  });

  test("opposite words give the opposite answer", () => {
    const opposite = { occupied: "free", free: "occupied", unknown: "unknown" } as const;
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 6 }), (words) => {
        const turned = words.map((each) => ({ ...each, occupied: !each.occupied }));
        expect(fuse(turned)).toBe(opposite[fuse(words)]);
      }),
    );
  });

  test("one more word for an answer never turns it into its opposite", () => {
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 5 }), anyWord, (words, more) => {
        const before = fuse(words);
        if (before !== (more.occupied ? "occupied" : "free")) return;
        expect(fuse([...words, more])).toBe(before);
      }),
    );
  });
});

describe("an answer", () => {
  test("does not flip for a person who walks past", () => {
    let space = published("free");
    space = settle(space, "occupied", at(0), hold);
    space = settle(space, "free", at(2), hold);
    space = settle(space, "occupied", at(2.5), hold);
    space = settle(space, "occupied", at(5), hold);
    expect(space.answer).toBe("free");
    expect(settle(space, "occupied", at(5.5), hold)).toMatchObject({
      answer: "occupied",
      since: at(5.5).at,
      doubtedSince: undefined,
    });
  });

  test("takes its first word at once", () => {
    expect(settle(published("unknown"), "occupied", at(0), hold).answer).toBe("occupied");
  });

  test("flips at once where no hold is wanted", () => {
    expect(settle(published("free"), "occupied", at(0), seconds(0)).answer).toBe("occupied");
  });

  test("becomes unknown when nobody vouches for it any more, after the hold as well", () => {
    const doubted = settle(published("occupied"), "unknown", at(0), hold);
    expect(doubted.answer).toBe("occupied");
    expect(settle(doubted, "unknown", at(3), hold).answer).toBe("unknown");
  });

  test("begins its doubt anew when the sources say something else again", () => {
    const doubted = settle(published("occupied"), "free", at(0), hold);
    const other = settle(doubted, "unknown", at(2), hold);
    expect(settle(other, "unknown", at(4), hold).answer).toBe("occupied");
  });

  test("stays the same object while nothing changes", () => {
    const space = published("free");
    expect(settle(space, "free", at(1), hold)).toBe(space);
    const doubted = settle(space, "occupied", at(1), hold);
    expect(settle(doubted, "occupied", at(2), hold)).toBe(doubted);
  });

  test("is held by monotonic time: an hour on the wall is no time at all", () => {
    const doubted = settle(published("free"), "occupied", at(0), hold);
    const stepped = { at: at(3600).at, monotonic: at(1).monotonic };
    expect(settle(doubted, "occupied", stepped, hold).answer).toBe("free");
    const back = { at: at(-3600).at, monotonic: at(3).monotonic };
    expect(settle(doubted, "occupied", back, hold).answer).toBe("occupied");
  });

  test("never flips without having been contradicted for the whole hold", () => {
    const says = fc.constantFrom<SpaceAnswer>("free", "occupied", "unknown");
    const steps = fc.array(fc.tuple(says, fc.integer({ min: 1, max: 2000 })), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (list) => {
        let space = published("free");
        let now = 0;
        let sameFor = 0;
        let before: SpaceAnswer = "free";
        for (const [answer, gap] of list) {
          sameFor = answer === before ? sameFor + gap : 0;
          now += gap;
          before = answer;
          const next = settle(space, answer, at(now / 1000), hold);
          const flips = next.answer !== space.answer && space.answer !== "unknown";
          expect(!flips || (next.answer === answer && sameFor >= hold)).toBe(true);
          space = next;
        }
      }),
    );
  });
});

describe("a word of a source", () => {
  const last = { boot: "b2", sequence: 5, at: 100_000, receivedAt: 100_050 };

  test.each([
    [
      "the next in the sequence",
      { boot: "b2", sequence: 6, at: 101_000, receivedAt: 101_050 },
      false,
    ],
    ["the same again", { ...last, receivedAt: 102_000 }, true],
    ["an earlier one, late", { boot: "b2", sequence: 4, at: 99_000, receivedAt: 102_000 }, true],
    [
      "a newer one of a clock that went back",
      { boot: "b2", sequence: 6, at: 5, receivedAt: 101_000 },
      false,
    ],
    [
      "the first of a new boot",
      { boot: "b3", sequence: 0, at: 101_000, receivedAt: 101_050 },
      false,
    ],
    [
      "one of an old boot, late",
      { boot: "b1", sequence: 900, at: 90_000, receivedAt: 101_000 },
      true,
    ],
    [
      "a new boot after the facility's clock was set back an hour",
      { boot: "b3", sequence: 0, at: 50_000, receivedAt: 50_050 },
      false,
    ],
  ])("%s", (_, word, late) => {
    expect(isLate(last, word)).toBe(late);
  });

  test("is never late when it is the first", () => {
    expect(isLate(undefined, last)).toBe(false);
  });
});
