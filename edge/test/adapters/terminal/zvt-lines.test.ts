import { expect, test } from "vitest";
import {
  printedBlock,
  printedLine,
  readPrinted,
} from "../../../src/adapters/terminal/zvt-lines.ts";
import { hexBytes } from "./hex-bytes.ts";

test("a printed line leaves its attribute out", () => {
  expect(printedLine(hexBytes("00 50 61 72 6B 68 61 75 73 20 4E 6F 72 64"))).toBe("Parkhaus Nord");
  expect(printedLine(hexBytes("00"))).toBe("");
});

test("the lines of a text block are found in its container", () => {
  const block = "06 0F 1F 07 01 02 25 09 07 03 41 42 43 07 02 44 45";
  expect(printedBlock(hexBytes(block))).toEqual({ for: "customer", lines: ["ABC", "DE"] });
  expect(printedBlock(hexBytes("FF FF"))).toEqual({ for: "unmarked", lines: [] });
});

test("a German receipt is read", () => {
  const receipt = readPrinted([
    "Parkhaus Nord",
    "Kundenbeleg",
    "20.11.2026 14:22:33 Uhr",
    "Terminal-ID : 29001234",
    "TA-Nr 000123 BNr 0042",
    "Betrag EUR        1.203,50",
    "Zahlung erfolgt",
  ]);
  expect(receipt).toEqual({
    receiptNumber: "0042",
    traceNumber: "000123",
    amount: 120350,
    terminalId: "29001234",
    date: "1120",
    time: "142233",
    isReversal: false,
    isRefund: false,
    isEndOfDay: false,
  });
});

test("an English receipt is read", () => {
  const receipt = readPrinted(["Receipt No. 7", "Total EUR 3.50", "5.1.26 09:05", "Reversal"]);
  expect(receipt).toEqual({
    receiptNumber: "0007",
    amount: 350,
    date: "0105",
    time: "090500",
    isReversal: true,
    isRefund: false,
    isEndOfDay: false,
  });
});

test("a value that the lines tell in two ways counts as not told", () => {
  const receipt = readPrinted(["Beleg-Nr. 0042", "Beleg-Nr. 0043", "Betrag 3,50", "Summe 4,50"]);
  expect(receipt).toEqual({ isReversal: false, isRefund: false, isEndOfDay: false });
});

test("a date is not taken for a receipt number", () => {
  expect(readPrinted(["Händlerbeleg 20.11.2026"]).receiptNumber).toBeUndefined();
});
