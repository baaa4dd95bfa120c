import type { Family } from "./family.ts";

/** How a region of a picture lies in a network's input: where it begins there, how large, and back again. */
export interface Fit {
  readonly width: number;
  readonly height: number;
  readonly padX: number;
  readonly padY: number;
  /** Pixels of the picture a pixel of the input. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** How each family was trained to see: order of colours, range, stretched or with grey bars. */
const manners: Readonly<Record<Family["kind"], Manner>> = {
  detr: { red: 0, blue: 2, unit: 1 / 255, bars: "none" },
  yolox: { red: 2, blue: 0, unit: 1, bars: "after" },
  yolov8: { red: 0, blue: 2, unit: 1 / 255, bars: "around" },
};

interface Manner {
  /** The plane that takes each colour. */
  readonly red: number;
  readonly blue: number;
  /** What one level of 255 is worth. */
  readonly unit: number;
  readonly bars: "none" | "after" | "around";
}

const barLevel = 114;

export function fitOf(
  { kind, width, height }: Family,
  regionWidth: number,
  regionHeight: number,
): Fit {
  const { bars } = manners[kind];
  if (bars === "none") {
    const [scaleX, scaleY] = [regionWidth / width, regionHeight / height];
    return { width, height, padX: 0, padY: 0, scaleX, scaleY };
  }
  const ratio = Math.min(width / regionWidth, height / regionHeight);
  const [inWidth, inHeight] = [
    Math.max(1, Math.round(regionWidth * ratio)),
    Math.max(1, Math.round(regionHeight * ratio)),
  ];
  return {
    width: inWidth,
    height: inHeight,
    padX: bars === "around" ? (width - inWidth) >> 1 : 0,
    padY: bars === "around" ? (height - inHeight) >> 1 : 0,
    scaleX: regionWidth / inWidth,
    scaleY: regionHeight / inHeight,
  };
}

/**
 * Writes pixels (RGB, row by row) into a network's input (three planes).
 *
 * @param before how the last picture lay in the same input: its bars are still right where they were
 */
export function fillTensor(
  planes: Float32Array,
  { kind, width, height }: Family,
  rgb: Uint8Array,
  fit: Fit,
  before: Fit | undefined,
): void {
  const { red, blue, unit } = manners[kind];
  const plane = width * height;
  const barsMoved = before?.width !== fit.width || before.height !== fit.height;
  if (barsMoved && fit.width * fit.height < plane) planes.fill(barLevel * unit);
  const [redAt, greenAt, blueAt] = [red * plane, plane, blue * plane];
  let from = 0;
  for (let y = 0; y < fit.height; y += 1) {
    let to = (y + fit.padY) * width + fit.padX;
    for (const end = to + fit.width; to < end; to += 1, from += 3) {
      planes[redAt + to] = (rgb[from] ?? 0) * unit;
      planes[greenAt + to] = (rgb[from + 1] ?? 0) * unit;
      planes[blueAt + to] = (rgb[from + 2] ?? 0) * unit;
    }
  }
}
