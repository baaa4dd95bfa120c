import type { Point } from "@gatehouse/shared/polygon";
import type { Size } from "./drawing.ts";

/** Which part of the picture is shown: screen = picture × scale + offset, in CSS pixels. */
export interface Viewport {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Beyond this a pixel of the picture is a tile. */
const largest = 16;
/** A picture may be this much smaller than it fits. */
const smallestOfFit = 0.5;
/** Air around a picture that fits. */
const marginPx = 8;

/** The whole picture, in the middle of the stage. */
export function fitted(picture: Size, stage: Size): Viewport {
  const room = {
    width: Math.max(1, stage.width - 2 * marginPx),
    height: Math.max(1, stage.height - 2 * marginPx),
  };
  const scale = Math.min(
    room.width / Math.max(1, picture.width),
    room.height / Math.max(1, picture.height),
  );
  return {
    scale,
    left: (stage.width - picture.width * scale) / 2,
    top: (stage.height - picture.height * scale) / 2,
  };
}

/** Zooms about a point of the stage, which stays where it is. */
export function zoomed(
  view: Viewport,
  by: number,
  [x, y]: Point,
  picture: Size,
  stage: Size,
): Viewport {
  const smallest = fitted(picture, stage).scale * smallestOfFit;
  const scale = Math.min(largest, Math.max(smallest, view.scale * by));
  const ratio = scale / view.scale;
  return { scale, left: x - (x - view.left) * ratio, top: y - (y - view.top) * ratio };
}

/** Pushes the picture about; some of it always stays on the stage. */
export function panned(view: Viewport, [dx, dy]: Point, picture: Size, stage: Size): Viewport {
  const keep = 48;
  const left = view.left + dx;
  const top = view.top + dy;
  return {
    scale: view.scale,
    left: Math.min(stage.width - keep, Math.max(keep - picture.width * view.scale, left)),
    top: Math.min(stage.height - keep, Math.max(keep - picture.height * view.scale, top)),
  };
}

/** From the stage to the picture. */
export const toPicture = ({ scale, left, top }: Viewport, [x, y]: Point): Point => [
  (x - left) / scale,
  (y - top) / scale,
];

/** From the picture to the stage. */
export const toStage = ({ scale, left, top }: Viewport, [x, y]: Point): Point => [
  x * scale + left,
  y * scale + top,
];
