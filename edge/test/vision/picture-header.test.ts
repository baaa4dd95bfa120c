import sharp from "sharp";
import { expect, test } from "vitest";
import { readHeader } from "../../src/vision/picture-header.ts";
import { openPicture } from "../../src/vision/picture.ts";
import { drawnJpeg, drawnPng } from "./drawn-pictures.ts";

const gradual = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 24, channels: 3, background: "#ff8000" } })
    .jpeg({ progressive: true })
    .toBuffer();

test("size and passes are read without decoding", async () => {
  expect(readHeader(await drawnJpeg(120))).toEqual({ width: 128, height: 96, scans: 1 });
  expect(readHeader(await drawnPng(120))).toEqual({ width: 128, height: 96, scans: 1 });
  const header = readHeader(await gradual());
  expect(header).toMatchObject({ width: 40, height: 24 });
  expect(header).toHaveProperty(
    "scans",
    expect.toSatisfy((scans: number) => scans > 3),
  );
});

test("fill bytes before a marker are passed over", async () => {
  const jpeg = await drawnJpeg(120);
  const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(300, 0xff), jpeg.subarray(2)]);
  expect(readHeader(filled)).toMatchObject({ width: 128, height: 96 });
});

test("the header of a picture that is cut anywhere is read or is missing, never wrong", async () => {
  const sizes = new Set<number | undefined>();
  for (const whole of [await drawnJpeg(120), await drawnPng(120)]) {
    for (let length = 8; length < whole.length; length += 1) {
      const header = readHeader(whole.subarray(0, length));
      sizes.add(typeof header === "object" ? header.width : undefined);
    }
  }
  expect(sizes).toEqual(new Set([undefined, 128]));
});

test("a JPEG of a thousand passes is refused before the decoder begins the first", async () => {
  const jpeg = await gradual();
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const next = jpeg.indexOf(Buffer.from([0xff, 0xc4]), scan);
  const pass = jpeg.subarray(scan, next === -1 ? jpeg.length - 2 : next);
  const passes = Array.from({ length: 1000 }, () => pass);
  const bomb = Buffer.concat([jpeg.subarray(0, scan), ...passes, jpeg.subarray(scan)]);
  expect(openPicture(bomb)).toMatchObject({ kind: "refused", reason: "too_large" });
});
