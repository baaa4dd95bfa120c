import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { Examination } from "@gatehouse/shared/contracts/camera-setup";
import sharp from "sharp";
import { expect, test } from "vitest";
import { annotated } from "../../../src/vision/annotate/annotate.ts";
import { textPath, textWidth } from "../../../src/vision/annotate/stroke-font.ts";
import { drawnJpeg } from "../drawn-pictures.ts";

const view = CameraView.parse({
  frames: [
    {
      file: "live",
      width: 64,
      height: 48,
      spaces: [
        {
          id: "A001",
          polygon: [
            [8, 8],
            [28, 8],
            [28, 40],
            [8, 40],
          ],
        },
        {
          id: "A002",
          polygon: [
            [36, 8],
            [56, 8],
            [56, 40],
            [36, 40],
          ],
        },
      ],
    },
  ],
  lines: [{ id: "door", from: [0, 46], to: [64, 46] }],
});

const seen: Examination = {
  camera_id: "north",
  at: "2026-06-01T05:30:00.000Z",
  tag: "t",
  width: 128,
  height: 96,
  spaces: [
    { bay: "A001", space: "A001", occupied: true, confidence: 0.97 },
    { bay: "A002", space: "A002", occupied: false, confidence: 0.88 },
  ],
  vehicles: [{ vehicle_class: "car", confidence: 0.9, box: [16, 16, 56, 80], bay: "A001" }],
  stages: {},
};

interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

async function drawn(): Promise<Pixels> {
  const png = await annotated(await drawnJpeg(120), seen, view, "north: 1 of 2 spaces are taken.");
  if ("kind" in png) throw new Error(png.detail);
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const pixel = ({ data, width }: Pixels, x: number, y: number): number[] => {
  const at = 3 * (y * width + x);
  return [...data.subarray(at, at + 3)];
};

test("a taken space is filled, a free one is outlined, and the sentence stands below", async () => {
  const picture = await drawn();
  // Enlarged to 960 pixels: 7.5 times the picture's 128, 15 times the drawing's 64.
  expect(picture.width).toBe(960);
  expect(picture.height).toBeGreaterThan(720);
  const [red = 0, green = 0] = pixel(picture, 15 * 12, 15 * 12);
  expect(red).toBeGreaterThan(green + 30);
  const [freeRed = 0, freeGreen = 0] = pixel(picture, 15 * 40, 15 * 12);
  expect(freeGreen).toBeGreaterThan(freeRed);
  expect(Math.abs(freeGreen - freeRed)).toBeLessThan(30);
  const footer = picture.data.subarray(3 * 960 * 730);
  expect(footer.some((value) => value > 200)).toBe(true);
});

test("a picture that is none is refused, not drawn on", async () => {
  const refused = await annotated(Buffer.from("GIF89a"), seen, view, "");
  expect(refused).toMatchObject({ kind: "refused", reason: "not_a_picture" });
});

test("what an id holds reaches the drawing only as strokes", async () => {
  const [frame] = view.frames;
  if (frame === undefined) throw new Error("one frame is drawn");
  const [space] = frame.spaces;
  if (space === undefined) throw new Error("one space is drawn");
  const odd = { ...view, frames: [{ ...frame, spaces: [{ ...space, id: '"/><script>' }] }] };
  const png = await annotated(await drawnJpeg(120), seen, odd, "<b>&");
  expect("kind" in png).toBe(false);
});

test("every sign is drawn within its height, and words take more room than letters", () => {
  for (const sign of "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%#-_.:;,/+()=?") {
    const path = textPath(sign, 100, 50, 60);
    const numbers = path.match(/[\d.]+/g)?.map(Number) ?? [];
    expect(numbers.length).toBeGreaterThanOrEqual(4);
    for (const [index, value] of numbers.entries()) {
      const [least, most] = index % 2 === 0 ? [100, 140] : [50, 120];
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
  }
  expect(textWidth("A001", 10)).toBeGreaterThan(3 * textWidth("A", 10));
  expect(textPath("a", 0, 0, 6)).toBe(textPath("A", 0, 0, 6));
});
