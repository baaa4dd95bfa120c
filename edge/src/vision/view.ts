import type { Bay } from "./bays.ts";
import { areaOf } from "@gatehouse/shared/polygon";
import { boundsOf, type Box } from "./geometry.ts";

/** How much two neighbouring tiles share: a vehicle cut by one is whole in the other. */
const tileOverlap = 0.2;

/** Tiles across and down. */
const tilesAside = 2;

/**
 * The tiles to look at besides the whole picture, in whole pixels.
 *
 * Where spaces are small in the network's input, its boxes get weak: then the picture is looked at a second
 * time in 2 x 2 overlapping tiles, leaving out tiles without a space.
 *
 * @param scale pixels of the network's input a pixel of the picture, across and down
 */
export function tilesFor(
  width: number,
  height: number,
  bays: readonly Bay[],
  scale: readonly [across: number, down: number],
  smallSpacePx: number,
): Box[] {
  const sides = bays.map(({ polygon }) => Math.sqrt(areaOf(polygon) * scale[0] * scale[1]));
  if (!(median(sides) < smallSpacePx)) return [];
  const columns = spans(width);
  const tiles = spans(height).flatMap(([top, bottom]) =>
    columns.map(([left, right]) => ({ left, top, right, bottom })),
  );
  return tiles.filter((tile) => bays.some((bay) => hasCentre(tile, bay)));
}

/**
 * How many times smaller a picture may be decoded, so that nobody who looks at it misses anything: a classifier
 * that sees spaces in 64 pixels, and a detector in the pixels of its input.
 *
 * @param scale as in `tilesFor`
 */
export function shrinkFor(
  bays: readonly Bay[],
  scale: readonly [across: number, down: number],
  hasTiles: boolean,
): 1 | 2 | 4 | 8 {
  const sides = bays.map(({ polygon }) => {
    const { left, top, right, bottom } = boundsOf(polygon);
    return Math.max(right - left, bottom - top);
  });
  const forSpaces = median(sides) / enoughForSpacePx;
  const forWhole = 1 / Math.max(...scale) / (hasTiles ? tilesAside : 1);
  const most = Math.min(bays.length === 0 ? Infinity : forSpaces, forWhole);
  return shrinks.find((shrink) => shrink <= most) ?? 1;
}

/** Half the spaces are larger; a smaller one loses less than by standing farther away. */
const enoughForSpacePx = 64;

const shrinks = [8, 4, 2] as const;

/** Whether a box touches a side of the tile that is not a side of the picture: its vehicle may be cut there. */
export function isCut(box: Box, tile: Box, width: number, height: number): boolean {
  const nearX = (tile.right - tile.left) * cutShare;
  const nearY = (tile.bottom - tile.top) * cutShare;
  return (
    (tile.left > 0 && box.left - tile.left < nearX) ||
    (tile.top > 0 && box.top - tile.top < nearY) ||
    (tile.right < width && tile.right - box.right < nearX) ||
    (tile.bottom < height && tile.bottom - box.bottom < nearY)
  );
}

const cutShare = 0.01;

function spans(length: number): (readonly [from: number, to: number])[] {
  const side = Math.ceil(length / (tilesAside - (tilesAside - 1) * tileOverlap));
  return Array.from({ length: tilesAside }, (_, index) => {
    const from = Math.min(Math.round(index * side * (1 - tileOverlap)), length - side);
    return [from, from + side];
  });
}

function hasCentre(tile: Box, { polygon }: Bay): boolean {
  const { left, top, right, bottom } = boundsOf(polygon);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x >= tile.left && x <= tile.right && y >= tile.top && y <= tile.bottom;
}

/** @returns NaN of nothing */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
