import type { Pixels } from "../picture.ts";
import { projectionOf, type Quad, sizeOf } from "./quad.ts";

/** Pixels of the picture that may go into one of the crop, each way: more would cost and show nothing. */
const mostSamples = 4;

/**
 * Draws a plate as if one stood right before it: perspective undone, `width` x `height` pixels, RGB row by row.
 * What lies outside the picture is drawn as its edge. A plate larger than the crop is averaged, not thinned out.
 */
export function rectify(pixels: Pixels, quad: Quad, width: number, height: number): Uint8Array {
  const size = sizeOf(quad);
  const across = samplesFor(size.width / width);
  const down = samplesFor(size.height / height);
  const at = projectionOf(quad);
  const crop = new Uint8Array(3 * width * height);
  const sum = new Float64Array(3);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 3) {
      sum.fill(0);
      for (let sampleY = 0; sampleY < down; sampleY += 1) {
        for (let sampleX = 0; sampleX < across; sampleX += 1) {
          const u = (x + (sampleX + 0.5) / across) / width;
          const v = (y + (sampleY + 0.5) / down) / height;
          const [fromX, fromY] = at(u, v);
          addSample(sum, pixels, fromX - 0.5, fromY - 0.5);
        }
      }
      const share = 1 / (across * down);
      crop[to] = (sum[0] ?? 0) * share + 0.5;
      crop[to + 1] = (sum[1] ?? 0) * share + 0.5;
      crop[to + 2] = (sum[2] ?? 0) * share + 0.5;
    }
  }
  return crop;
}

const samplesFor = (scale: number): number => Math.min(mostSamples, Math.max(1, Math.round(scale)));

/** Adds the colour between four pixels. */
function addSample(sum: Float64Array, { rgb, width, height }: Pixels, x: number, y: number): void {
  const left = Math.min(Math.max(x, 0), width - 1);
  const top = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.floor(left);
  const y0 = Math.floor(top);
  const x1 = Math.min(x0 + 1, width - 1);
  const y1 = Math.min(y0 + 1, height - 1);
  const [fx, fy] = [left - x0, top - y0];
  const [a, b] = [3 * (y0 * width + x0), 3 * (y0 * width + x1)];
  const [c, d] = [3 * (y1 * width + x0), 3 * (y1 * width + x1)];
  const [wa, wb] = [(1 - fx) * (1 - fy), fx * (1 - fy)];
  const [wc, wd] = [(1 - fx) * fy, fx * fy];
  for (let colour = 0; colour < 3; colour += 1) {
    const upper = (rgb[a + colour] ?? 0) * wa + (rgb[b + colour] ?? 0) * wb;
    const lower = (rgb[c + colour] ?? 0) * wc + (rgb[d + colour] ?? 0) * wd;
    sum[colour] = (sum[colour] ?? 0) + upper + lower;
  }
}
