import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import type { Photo } from "../scene/photo-lot.ts";
import type { Vec2 } from "../scene/vector.ts";

const Labels = z.object({
  frames: z
    .array(
      z.object({
        file: z.string(),
        width: z.number(),
        height: z.number(),
        spaces: z.array(
          z.object({ id: z.string(), polygon: z.array(z.tuple([z.number(), z.number()])) }),
        ),
      }),
    )
    .min(1),
});

/** So many photographs are kept in memory, of those in the folder evenly. */
const photosMax = 120;

/** A folder of photographs of one empty lot, made `width` pixels wide, and its spaces in those pixels. */
export async function readPhotos(
  folder: string,
  width: number,
): Promise<{ photos: Photo[]; spaces: { id: string; polygon: Vec2[] }[] }> {
  const { frames } = Labels.parse(JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")));
  const [first] = frames;
  if (first === undefined) return { photos: [], spaces: [] };
  const by = width / first.width;
  const height = Math.round(first.height * by);
  const every = Math.ceil(frames.length / photosMax);
  const photos: Photo[] = [];
  for (const { file } of frames.filter((_, i) => i % every === 0)) {
    const rgb = await sharp(join(folder, file))
      .resize(width, height, { fit: "fill" })
      .removeAlpha()
      .raw()
      .toBuffer();
    photos.push({ width, height, rgb });
  }
  const spaces = first.spaces.map(({ id, polygon }) => ({
    id,
    polygon: polygon.map(([x, y]): Vec2 => [x * by, y * by]),
  }));
  return { photos, spaces };
}
