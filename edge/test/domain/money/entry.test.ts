import fc from "fast-check";
import { expect, test } from "vitest";
import {
  captureEntry,
  chargeEntry,
  credit,
  debit,
  entry,
  refundEntry,
} from "../../../src/domain/money/entry.ts";
import { shareChange, sharesOf, taxInside } from "../../../src/domain/money/tax.ts";

const sum = (lines: readonly { minor: number }[]): number =>
  lines.reduce((total, { minor }) => total + minor, 0);
const gross = (shares: readonly { net: number; tax: number }[]): number =>
  shares.reduce((total, { net, tax }) => total + net + tax, 0);

test("19 % inside 11.90 is 1.90, and 7 % inside 1.07 is 0.07", () => {
  expect(taxInside(1190, 190_000)).toEqual({ ratePpm: 190_000, net: 1000, tax: 190 });
  expect(taxInside(107, 70_000)).toEqual({ ratePpm: 70_000, net: 100, tax: 7 });
  expect(taxInside(-1190, 190_000)).toEqual({ ratePpm: 190_000, net: -1000, tax: -190 });
  expect(taxInside(0, 190_000)).toEqual({ ratePpm: 190_000, net: 0, tax: 0 });
});

test("an entry that does not sum to nothing is a bug and stops", () => {
  expect(() => entry("capture", [debit("drawer", "till-1", 250)])).toThrow("sum to zero");
  expect(() => entry("x", [debit("drawer", "a", 0.5), credit("receivable", "s", 0.5)])).toThrow(
    "whole minor units",
  );
});

test("a stay that is charged, paid and refunded leaves every account as it was but revenue less refunds", () => {
  const shares = [taxInside(1190, 190_000)];
  const lines = [
    ...chargeEntry("s", shares).lines,
    ...captureEntry("card-clearing", "t", "s", 1190).lines,
    ...refundEntry("card-clearing", "t", shares).lines,
  ];
  expect(sum(lines)).toBe(0);
  const of = (account: string): number => sum(lines.filter((line) => line.account === account));
  expect(of("receivable")).toBe(0);
  expect(of("card-clearing")).toBe(0);
  expect(of("tax")).toBe(0);
  expect(of("revenue") + of("refunds")).toBe(0);
});

const rates = fc.constantFrom(0, 50_000, 70_000, 100_000, 190_000, 200_000, 250_000);
const anyShares = fc
  .uniqueArray(rates, { minLength: 1, maxLength: 3 })
  .chain((list) =>
    fc.tuple(...list.map((rate) => fc.nat(100_000).map((amount) => taxInside(amount, rate)))),
  );

test("shares cut to any total sum to it exactly, and no rate goes below zero", () => {
  fc.assert(
    fc.property(anyShares, fc.nat(200_000), (shares, total) => {
      const cut = sharesOf(shares, total);
      expect(gross(cut)).toBe(total);
      for (const { net, tax } of cut) expect(net >= 0 && tax >= 0).toBe(true);
    }),
  );
});

test("charging only what changed comes to the same as charging the whole", () => {
  fc.assert(
    fc.property(anyShares, anyShares, (before, after) => {
      const change = shareChange(before, after);
      expect(gross(change)).toBe(gross(after) - gross(before));
      expect(sum(chargeEntry("s", change).lines)).toBe(0);
    }),
  );
});
