import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readFields } from "../../../src/adapters/terminal/zvt-bmp.ts";
import { hexBytes } from "./hex-bytes.ts";

const approval =
  "27 00 04 00 00 00 00 03 50 0B 00 01 23 0C 14 22 33 0D 11 20 0E 27 12 17 00 01 19 70" +
  "22 F0 F8 EE EE EE EE EE EE 12 34 29 29 00 12 34 2A 31 32 33 34 35 36 37 20 20 20 20 20 20 20 20" +
  "3B 36 31 31 38 30 34 00 00 3C F0 F1 F4 47 45 4E 2E 4E 52 2E 3A 36 31 31 38 30 34 49 09 78" +
  "87 00 42 88 00 00 42 8A 2E 8B F1 F7 44 65 62 69 74 20 4D 61 73 74 65 72 63 61 72 64 00";

test("an approval is read whole", () => {
  expect(readFields(hexBytes(approval))).toEqual({
    resultCode: 0,
    amount: 350,
    traceNumber: "000123",
    time: "142233",
    date: "1120",
    statusByte: 0x70,
    cardLastFour: "1234",
    terminalId: "29001234",
    additionalText: "GEN.NR.:611804",
    currency: "0978",
    receiptNumber: "0042",
    cardName: "Debit Mastercard",
  });
});

test("the published vector of a payment that the customer broke off is read", () => {
  const data =
    "27 6C 29 28 00 48 69 3C F0 F1 F9" + "41 62 62 72 75 63 68 20 64 75 72 63 68 20 4B 75 6E 64 65";
  expect(readFields(hexBytes(data))).toEqual({
    resultCode: 0x6c,
    terminalId: "28004869",
    additionalText: "Abbruch durch Kunde",
  });
});

test("an unknown field ends the reading and loses nothing before it", () => {
  expect(readFields(hexBytes("27 00 87 00 43 F7 01 02 27 6C"))).toEqual({
    resultCode: 0,
    receiptNumber: "0043",
    unread: { bmp: 0xf7, bytes: 5, raw: "f70102276c" },
  });
});

test.each([
  ["a field that is cut", "27 00 87 00"],
  ["a variable field whose length runs past the end", "27 00 8B F9 F9 41"],
  ["a length that is no digit", "27 00 8B FA F1 41"],
])("%s ends the reading like an unknown one", (_name, data) => {
  const fields = readFields(hexBytes(data));
  expect(fields.resultCode).toBe(0);
  expect(fields.unread).toBeDefined();
});

test("a nibble that is no digit makes no number", () => {
  const fields = readFields(hexBytes("27 00 04 00 00 00 00 0A 50 87 00 42"));
  expect(fields).toEqual({ resultCode: 0, receiptNumber: "0042" });
});

test("umlauts are those of code page 437", () => {
  expect(readFields(hexBytes("3C F0 F0 F3 81 99 E1")).additionalText).toBe("üÖß");
});

test("of a card there is never more than the last four digits, masked or not", () => {
  const withWholeCard =
    "22 F0 F8 45 71 00 00 00 00 12 34 23 F0 F4 12 34 56 78 24 F0 F0 F2 99 99 2D F0 F1 77 27 00";
  const fields = readFields(hexBytes(withWholeCard));
  expect(fields).toEqual({ cardLastFour: "1234", resultCode: 0 });
});

test("a hidden or padded end of a card number is no last four", () => {
  expect(readFields(hexBytes("22 F0 F3 12 34 EE")).cardLastFour).toBeUndefined();
  expect(readFields(hexBytes("22 F0 F4 EE EE 12 34")).cardLastFour).toBe("1234");
  expect(readFields(hexBytes("22 F0 F5 EE EE 12 34 FF")).cardLastFour).toBe("1234");
});

test("whatever bytes come, reading ends without an error and says what it left out", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const left = readFields(Buffer.from(bytes)).unread?.bytes ?? 0;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 2000 },
  );
});

test("an approval with any one byte damaged is survived", () => {
  const data = hexBytes(approval);
  const index = fc.integer({ min: 0, max: data.length - 1 });
  fc.assert(
    fc.property(index, fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const damaged = Buffer.from(data);
      damaged[at] = byte;
      expect(readFields(damaged).cardLastFour ?? "").toMatch(/^\d{0,4}$/);
    }),
  );
});
