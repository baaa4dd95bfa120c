import sharp from "sharp";
import type { Box } from "../geometry.ts";
import type { Pixels } from "../picture.ts";

/** How much around a plate is kept, in shares of its width and height. */
const around = 0.25;
/** A crop is made no wider. */
const mostWidth = 480;

/** A part of the picture with a little around it, as a JPEG of at most 480 pixels' width. */
export function cropJpeg({ rgb, width, height }: Pixels, box: Box): Promise<Uint8Array> {
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const left = Math.max(0, Math.floor(box.left - around * wide));
  const top = Math.max(0, Math.floor(box.top - around * high));
  const right = Math.min(width, Math.ceil(box.right + around * wide));
  const bottom = Math.min(height, Math.ceil(box.bottom + around * high));
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract({ left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) })
    .resize({ width: mostWidth, withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();
}
