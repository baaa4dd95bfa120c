import { expect, test } from "vitest";
import { hasGoodCrc, withCrc } from "../src/crc16-modbus.ts";

/** As printed by the makers of relay boards. */
const published = [
  "01 05 00 00 FF 00 8C 3A",
  "01 05 00 00 00 00 CD CA",
  "01 05 02 00 00 07 8D B0",
  "01 05 02 00 00 0A 4C 75",
  "01 01 00 00 00 08 3D CC",
];

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(" ", ""), "hex");

test.each(published)("%s ends with the CRC of its bytes", (hex) => {
  const frame = bytesOf(hex);
  expect(Buffer.from(withCrc(frame.subarray(0, -2))).equals(frame)).toBe(true);
  expect(hasGoodCrc(frame)).toBe(true);
});

test("a frame with any one bit turned is not good", () => {
  const frame = bytesOf("01 05 02 00 00 07 8D B0");
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const damaged = Uint8Array.from(frame);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(hasGoodCrc(damaged)).toBe(false);
  }
});

test("fewer than four bytes are no frame", () => {
  expect(hasGoodCrc(Uint8Array.from([0xff, 0xff]))).toBe(false);
});
