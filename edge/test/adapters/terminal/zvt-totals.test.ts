import { cardSchemes } from "@gatehouse/shared/ports/terminal";
import { expect, test } from "vitest";
import { readFields } from "../../../src/adapters/terminal/zvt-bmp.ts";
import { readTotals } from "../../../src/adapters/terminal/zvt-totals.ts";
import { hexBytes } from "./hex-bytes.ts";

const totals =
  "00 42 00 57" +
  "02 00 00 00 00 07 00" +
  "00 00 00 00 00 00 00" +
  "0A 00 00 00 12 34 56" +
  "00 00 00 00 00 00 00" +
  "FF 00 00 01 00 00 00" +
  "00 00 00 00 00 00 00" +
  "01 00 00 00 00 00 05";

test("totals of an end of day are read by scheme, with counts", () => {
  const read = readTotals(hexBytes(totals));
  expect(read).toMatchObject({ fromReceipt: "0042", toReceipt: "0057" });
  expect(read?.schemes.map(({ scheme }) => scheme)).toEqual(cardSchemes);
  expect(read?.schemes.filter(({ count }) => count > 0)).toEqual([
    { scheme: "girocard", count: 2, amount: 700 },
    { scheme: "mastercard", count: 10, amount: 123456 },
    { scheme: "visa", count: 255, amount: 1_000_000 },
    { scheme: "other", count: 1, amount: 5 },
  ]);
});

test("they stand in a status information beside its time", () => {
  const data = `27 00 0C 22 00 05 0D 11 20 60 F0 F5 F3 ${totals} 29 29 00 12 34`;
  expect(readFields(hexBytes(data))).toMatchObject({
    resultCode: 0,
    time: "220005",
    date: "1120",
    terminalId: "29001234",
    totals: { toReceipt: "0057" },
  });
});

test.each([
  ["cut", totals.slice(0, -2)],
  ["longer than seven schemes", `${totals} 00`],
  ["no numbers", totals.replace("12 34 56", "12 3A 56")],
])("totals that are %s count as not told", (_name, hex) => {
  expect(readTotals(hexBytes(hex))).toBeUndefined();
});
