import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  inForceAt,
  placeOfVersion,
  timelineOf,
} from "../../../src/domain/rules/tariff-timeline.ts";

const at = (moment: number): Instant => moment as Instant;
const version = (number: number, from: number, to?: number) => ({
  tariffId: "city",
  version: number,
  validFrom: at(from),
  validTo: to === undefined ? undefined : at(to),
});

test("a later version cuts an earlier one short, and one that ends gives way to it again", () => {
  const [usual, fair] = [version(1, 0), version(2, 10, 20)];
  expect(timelineOf([usual, fair])).toEqual([
    { of: usual, from: 0, until: 10 },
    { of: fair, from: 10, until: 20 },
    { of: usual, from: 20, until: undefined },
  ]);
});

test("of two from the same moment the higher version counts, and the other never does", () => {
  const [wrong, right] = [version(1, 10), version(2, 10)];
  const timeline = timelineOf([wrong, right]);
  expect(timeline).toEqual([{ of: right, from: 10, until: undefined }]);
  expect(placeOfVersion(wrong, timeline, at(0))).toBe("never");
  expect(placeOfVersion(right, timeline, at(9))).toBe("planned");
  expect(placeOfVersion(right, timeline, at(10))).toBe("in-force");
});

test("one that comes again later is past only when it never will", () => {
  const [usual, fair] = [version(1, 0), version(2, 10, 20)];
  const timeline = timelineOf([usual, fair]);
  expect(placeOfVersion(usual, timeline, at(15))).toBe("planned");
  expect(placeOfVersion(fair, timeline, at(25))).toBe("past");
});

test("at every moment the timeline names the version that is found there", () => {
  const versions = fc.array(
    fc.record({ from: fc.nat(20), length: fc.option(fc.integer({ min: 1, max: 10 })) }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(versions, (written) => {
      const all = written.map(({ from, length }, index) =>
        version(index + 1, from, length === null ? undefined : from + length),
      );
      const timeline = timelineOf(all);
      for (let moment = 0; moment < 40; moment += 1) {
        const reigns = timeline.filter(
          ({ from, until }) => from <= moment && (until === undefined || until > moment),
        );
        expect(reigns.map(({ of }) => of)).toEqual(
          [inForceAt(all, at(moment))].filter((each) => each !== undefined),
        );
      }
    }),
  );
});
