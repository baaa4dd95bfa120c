import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { mostBytes } from "../../../src/vision/picture.ts";
import { JpegSplitter } from "../../../src/vision/source/jpeg-splitter.ts";
import { drawnJpeg } from "../drawn-pictures.ts";

let jpegs: Buffer[];
beforeAll(async () => {
  const gradual = await sharp(await drawnJpeg(90))
    .jpeg({ progressive: true })
    .toBuffer();
  // A small picture of itself within the picture, as cameras write it.
  const nested = await drawnJpeg(60);
  const preview = Buffer.concat([
    nested.subarray(0, 2),
    Buffer.from([0xff, 0xe1, (nested.length + 2) >> 8, (nested.length + 2) & 0xff]),
    nested,
    nested.subarray(2),
  ]);
  jpegs = [await drawnJpeg(200), gradual, preview, await drawnJpeg(20)];
});

const textOf = (jpeg: Buffer): string => jpeg.toString("base64");

/** @param sizes of the chunks that it arrives in, again and again */
function split(stream: Buffer, sizes: readonly number[]): string[] {
  const found: string[] = [];
  const splitter = new JpegSplitter((jpeg) => found.push(textOf(jpeg)));
  for (let [at, turn] = [0, 0]; at < stream.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    splitter.push(stream.subarray(at, at + size));
    at += size;
  }
  return found;
}

describe("pictures come out whole", () => {
  test("whatever chunks they arrive in", () => {
    const stream = Buffer.concat(jpegs);
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sizes, (chunks) => {
        expect(split(stream, chunks)).toEqual(jpegs.map(textOf));
      }),
      {
        numRuns: 200,
      },
    );
  });

  test.each<[string, (jpeg: Buffer) => string]>([
    [
      "with lengths",
      ({ length }) => `\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Length: ${length}\r\n\r\n`,
    ],
    ["without lengths", () => "\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n"],
    ["with wrong lengths", () => "--b\r\nContent-Length: 12\r\n\r\n"],
    ["with bare line feeds", () => "\n----b--\n\n"],
    ["with no boundary at all", () => ""],
  ])("of a multipart stream %s", (_what, head) => {
    const parts = jpegs.flatMap((jpeg) => [Buffer.from(head(jpeg)), jpeg]);
    expect(split(Buffer.concat(parts), [1000])).toEqual(jpegs.map(textOf));
  });

  test("with garbage between them", () => {
    const garbage = fc.uint8Array({ maxLength: 300 }).map((bytes) =>
      // What looks like a picture's beginning is none of this test.
      Buffer.from(bytes.map((byte) => (byte === 0xff ? 0xfe : byte))),
    );
    fc.assert(
      fc.property(garbage, garbage, (first, second) => {
        const [a = first, b = first] = jpegs;
        expect(split(Buffer.concat([first, a, second, b, first]), [97])).toEqual(
          [a, b].map(textOf),
        );
      }),
      { numRuns: 100 },
    );
  });
});

test("a picture that breaks off is dropped, and those after it are whole", () => {
  const [first, , , last] = jpegs as [Buffer, Buffer, Buffer, Buffer];
  for (const share of [0.01, 0.2, 0.5, 0.9]) {
    const cut = first.subarray(0, Math.floor(first.length * share));
    // A length in the broken head may swallow up to 64 KiB of what follows.
    const following = Array.from({ length: 400 }, () => last);
    const found = split(Buffer.concat([cut, Buffer.from("\r\n--b\r\n\r\n"), ...following]), [333]);
    expect(found.length).toBeGreaterThan(200);
    expect(new Set(found.slice(1))).toEqual(new Set([textOf(last)]));
  }
});

test("a picture without end is given up, and memory stays bounded", () => {
  const [first] = jpegs as [Buffer];
  const found: string[] = [];
  const splitter = new JpegSplitter((jpeg) => found.push(textOf(jpeg)));
  splitter.push(first.subarray(0, -2));
  const chunk = Buffer.alloc(1024 * 1024);
  for (let sent = 0; sent <= mostBytes + chunk.length; sent += chunk.length) splitter.push(chunk);
  splitter.push(first);
  expect(found).toEqual([textOf(first)]);
});

test("any bytes at all are survived", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      const stream = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytes]);
      expect(split(stream, [50]).length).toBeLessThan(stream.length);
    }),
    { numRuns: 300 },
  );
});
