import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { mostBytes, openPicture, Picture } from "../../src/vision/picture.ts";
import { drawnJpeg, drawnPng, jpegBomb } from "./drawn-pictures.ts";

/** Opens and decodes as the pipeline does. */
async function pixelsOf(bytes: Uint8Array) {
  const picture = openPicture(bytes);
  return picture instanceof Picture ? picture.whole(32, 32) : picture;
}

describe("a usable picture", () => {
  const colours = { width: 40, height: 20, channels: 4, background: "#ff800080" } as const;
  test.each<[string, () => Promise<Buffer>]>([
    ["JPEG", () => drawnJpeg(120)],
    ["PNG", () => drawnPng(120)],
    ["PNG with transparency", () => sharp({ create: colours }).png().toBuffer()],
    ["grey JPEG", () => sharp({ create: colours }).greyscale().jpeg().toBuffer()],
    [
      "JPEG in printing colours",
      () => sharp({ create: colours }).toColourspace("cmyk").jpeg().toBuffer(),
    ],
    ["PNG of 16 bits", () => sharp({ create: colours }).toColourspace("rgb16").png().toBuffer()],
    [
      "JPEG that loads gradually",
      () => sharp({ create: colours }).jpeg({ progressive: true }).toBuffer(),
    ],
  ])("%s becomes three bytes a pixel", async (_what, make) => {
    const rgb = await pixelsOf(await make());
    expect(rgb).toBeInstanceOf(Uint8Array);
    expect(rgb).toHaveLength(3 * 32 * 32);
  });

  test("keeps its colours, whole or in part", async () => {
    const background = { r: 250, g: 120, b: 10 };
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
      .png()
      .toBuffer();
    const picture = openPicture(png);
    if (!(picture instanceof Picture)) throw new Error(picture.detail);
    expect([...((await picture.whole(1, 1)) as Uint8Array)]).toEqual([250, 120, 10]);
    expect(await picture.decode()).toMatchObject({ width: 64, height: 64 });
    const part = await picture.part({ left: 10, top: 20, right: 30, bottom: 60 }, 2, 1);
    expect([...part]).toEqual([250, 120, 10, 250, 120, 10]);
  });
});

describe("refused", () => {
  test("a megabyte that promises 256 megapixels, by their header alone", async () => {
    const bomb = await jpegBomb();
    expect(bomb.length).toBeLessThan(1_100_000);
    expect(openPicture(bomb)).toEqual({
      kind: "refused",
      reason: "too_large",
      detail: "16000 x 16000 pixels; at most 8000000 in all",
    });
  });

  test("a JPEG that ends early, at any point", async () => {
    const whole = await drawnJpeg(120, 640, 480);
    for (const share of [0.02, 0.3, 0.6, 0.9, 0.99]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      expect(await pixelsOf(cut)).toMatchObject({ kind: "refused", reason: "truncated" });
    }
  });

  test("a PNG that ends early", async () => {
    const whole = await drawnPng(120, 640, 480);
    const cut = whole.subarray(0, Math.floor(whole.length / 2));
    expect(await pixelsOf(cut)).toMatchObject({ kind: "refused", reason: "truncated" });
  });

  test.each<[string, () => Buffer | Promise<Buffer>]>([
    ["GIF", () => Buffer.from("GIF89a\x01\x00\x01\x00\x80\x00\x00", "latin1")],
    ["SVG", () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`)],
    [
      "TIFF",
      () =>
        sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
          .tiff()
          .toBuffer(),
    ],
    [
      "WebP",
      () =>
        sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
          .webp()
          .toBuffer(),
    ],
    ["text", () => Buffer.from("no picture")],
    ["nothing", () => Buffer.alloc(0)],
  ])("%s, whatever its name says", async (_what, make) => {
    expect(openPicture(await make())).toMatchObject({
      kind: "refused",
      reason: "not_a_picture",
    });
  });

  test("another format behind a JPEG's first bytes", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`;
    const disguised = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)]);
    expect(await pixelsOf(disguised)).toMatchObject({ kind: "refused", reason: "truncated" });
  });

  test("a file larger than any camera's, unread", async () => {
    const huge = Buffer.alloc(mostBytes + 1, 0xff);
    expect(openPicture(huge)).toMatchObject({ kind: "refused", reason: "too_large" });
  });
});

test("the decoders of other formats are blocked, even for who asks sharp itself", async () => {
  const create = { width: 9, height: 9, channels: 3, background: "red" } as const;
  const tiff = await sharp({ create }).tiff().toBuffer();
  await expect(sharp(tiff).metadata()).rejects.toThrow(/unsupported/i);
});
