import { expect, test } from "vitest";
import {
  countFrom,
  nextNumber,
  numberAfter,
  rangesOf,
  rowNumbers,
} from "../../../web/setup/numbering.ts";

const all = ["A001", "A002", "A003", "A004", "B01", "B02"];
const drawn =
  (...numbers: string[]) =>
  (number: string): boolean =>
    numbers.includes(number);

test.each([
  ["A009", 1, "A010"],
  ["A010", -1, "A009"],
  ["99", 1, "100"],
  ["0", -1, undefined],
  ["North", 1, undefined],
] as const)("after %s by %i comes %s", (number, step, next) => {
  expect(numberAfter(number, step)).toBe(next);
});

test("the next space gets the facility's next number that is not drawn yet", () => {
  expect(nextNumber(all, drawn())).toBe("A001");
  expect(nextNumber(all, drawn("A001", "A003"), "A001")).toBe("A002");
  expect(nextNumber(all, drawn("A003", "A004"), "A002")).toBe("B01");
  expect(nextNumber(all, drawn("B02", "B01"), "B02")).toBe("A001");
});

test("where the facility has no more numbers, they are counted on", () => {
  expect(nextNumber(all, drawn(...all), "B02")).toBe("B03");
  expect(nextNumber([], drawn())).toBe("A001");
});

test("a row's numbers run either way and leave out what is drawn already", () => {
  expect(rowNumbers("A001", 3, 1, drawn("A002"))).toEqual(["A001", "A003", "A004"]);
  expect(rowNumbers("A003", 3, -1, drawn())).toEqual(["A003", "A002", "A001"]);
  expect(rowNumbers("A001", 3, -1, drawn())).toEqual(["A001", "A000"]);
});

test("numbers that follow one another are told as ranges", () => {
  expect(rangesOf(["A001", "A002", "A003", "A007", "B01"])).toEqual([
    { first: "A001", last: "A003" },
    { first: "A007", last: "A007" },
    { first: "B01", last: "B01" },
  ]);
});

test("from one number to another so many spaces lie", () => {
  expect(countFrom("A003", "A012")).toBe(10);
  expect(countFrom("A012", "A003")).toBe(10);
  expect(countFrom("A003", "B012")).toBeUndefined();
});
