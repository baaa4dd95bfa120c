import { expect, test } from "vitest";
import { type HourFacts, knownHours } from "../../../src/domain/forecast/known-hours.ts";

/** Four weeks from a Monday on, each hour as `of` says. */
const facts = (of: (day: number, hour: number) => Partial<HourFacts>): HourFacts[] =>
  Array.from({ length: 28 * 24 }, (_, place) => {
    const day = Math.floor(place / 24);
    const usual = { isTold: false, hasMoved: true, isCovered: true };
    const name = new Date(Date.UTC(2026, 9, 5 + day)).toISOString().slice(0, 10);
    return { day: name, slot: place % 168, ...usual, ...of(day, place % 24) };
  });

const unknownDays = (hours: readonly HourFacts[]): number[] => {
  const known = knownHours(hours);
  const days = known.flatMap((isKnown, place) => (isKnown ? [] : [Math.floor(place / 24)]));
  return [...new Set(days)];
};

test("an hour of which a facility with sensors told nothing is unknown, though nothing moved or much did", () => {
  const hours = facts((day, hour) => ({ isTold: !(day === 9 && hour < 5), hasMoved: false }));
  expect(knownHours(hours).filter((isKnown) => !isKnown)).toHaveLength(5);
  expect(unknownDays(hours)).toEqual([9]);
});

test("a silent day is a gap where that weekday is never silent, and closed where it always is", () => {
  const hours = facts((day) => ({ hasMoved: day % 7 !== 6 && day !== 8 }));
  expect(unknownDays(hours)).toEqual([8]);
});

test("nothing is known before the first fact and after the newest", () => {
  const hours = facts((day) => ({ isTold: true, isCovered: day >= 3 && day < 26 }));
  expect(unknownDays(hours)).toEqual([0, 1, 2, 26, 27]);
});
