import type { Pixels } from "./picture.ts";

/** How far a picture's view lies from the empty one's, in whole pixels: something at (x, y) there is at (x + right, y + down) here. */
export interface Drift {
  readonly right: number;
  readonly down: number;
  /** Normalised correlation of the edges, 0–1, at this drift. */
  readonly likeness: number;
}

/** Of the picture's width: over weeks a camera's mount gives by so much at most; 13 pixels of 1280. */
const reachShare = 0.01;

/** Two pictures of one view weeks apart, one full of vehicles, reach 0.45 and more; chance reaches 0.16 in a small picture. */
const leastLikeness = 0.25;

/** One point is taken from every tile so many pixels aside: 3600 of 1280×720. */
const tile = 16;

/** Levels: a stronger edge counts no more, so that one hard shadow does not outvote the ground. */
const strongestEdge = 8;

/**
 * The picture of the empty car park, held against later ones to find how far the camera has moved since.
 *
 * Between two days a real camera moves by some pixels, a twentieth of a space's patch, and then everything that
 * was always there seems changed. One shift of the whole picture explains nearly all of it.
 */
export class Anchor {
  readonly #width: number;
  readonly #height: number;
  readonly #reach: number;
  /** Places (in the picture's rows) and edges of the points, one in every tile: the strongest. */
  readonly #places: Int32Array;
  readonly #edges: Float32Array;

  constructor(empty: Pixels) {
    this.#width = empty.width;
    this.#height = empty.height;
    this.#reach = Math.max(1, Math.ceil(empty.width * reachShare));
    const edges = edgesOf(empty);
    this.#places = strongestOf(edges, empty.width, empty.height, this.#reach);
    this.#edges = Float32Array.from(this.#places, (place) => edges[place] ?? 0);
  }

  /** No drift where the picture has another size, shows another view, or nothing but fog. */
  driftOf(present: Pixels): Drift {
    const none: Drift = { right: 0, down: 0, likeness: 0 };
    if (present.width !== this.#width || present.height !== this.#height) return none;
    const edges = edgesOf(present);
    let best = none;
    for (let down = -this.#reach; down <= this.#reach; down += 1) {
      for (let right = -this.#reach; right <= this.#reach; right += 1) {
        const likeness = this.#likenessAt(edges, down * this.#width + right);
        if (likeness > best.likeness) best = { right, down, likeness };
      }
    }
    return best.likeness < leastLikeness ? none : best;
  }

  #likenessAt(present: Float32Array, offset: number): number {
    let [both, ofEmpty, ofPresent] = [0, 0, 0];
    for (let point = 0; point < this.#places.length; point += 1) {
      const one = this.#edges[point] ?? 0;
      const other = present[(this.#places[point] ?? 0) + offset] ?? 0;
      both += one * other;
      ofEmpty += one * one;
      ofPresent += other * other;
    }
    const all = Math.sqrt(ofEmpty * ofPresent);
    return all === 0 ? 0 : both / all;
  }
}

/** Green against its surroundings: the mean of 3×3 pixels less that of 9×9, within `strongestEdge`. */
function edgesOf({ rgb, width, height }: Pixels): Float32Array {
  const green = new Float32Array(width * height);
  for (let pixel = 0; pixel < green.length; pixel += 1) green[pixel] = rgb[3 * pixel + 1] ?? 0;
  const near = meansOf(green, width, height, 1);
  const around = meansOf(green, width, height, 4);
  for (let pixel = 0; pixel < near.length; pixel += 1) {
    const edge = (near[pixel] ?? 0) - (around[pixel] ?? 0);
    near[pixel] = Math.max(-strongestEdge, Math.min(strongestEdge, edge));
  }
  return near;
}

/** The mean of a square around every pixel, `radius` pixels each way; what the square lacks at the border counts 0. */
function meansOf(levels: Float32Array, width: number, height: number, radius: number) {
  const rows = sumsAlong(levels, { lines: height, length: width, line: width, step: 1 }, radius);
  const sums = sumsAlong(rows, { lines: width, length: height, line: 1, step: width }, radius);
  const pixels = (2 * radius + 1) ** 2;
  return sums.map((sum) => sum / pixels);
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  /** From one line's first value to the next one's, and from one value to the next. */
  readonly line: number;
  readonly step: number;
}

/** The running sum of `radius` values each way, along every line. */
function sumsAlong(values: Float32Array, { lines, length, line, step }: Lines, radius: number) {
  const sums = new Float32Array(values.length);
  for (let begin = 0; begin < lines * line; begin += line) {
    let sum = 0;
    for (let at = -radius; at < length; at += 1) {
      if (at + radius < length) sum += values[begin + (at + radius) * step] ?? 0;
      if (at - radius - 1 >= 0) sum -= values[begin + (at - radius - 1) * step] ?? 0;
      if (at >= 0) sums[begin + at * step] = sum;
    }
  }
  return sums;
}

/** The place of the strongest edge in every tile, so far from the border that it is still inside when moved. */
function strongestOf(edges: Float32Array, width: number, height: number, reach: number) {
  const border = reach + 5;
  const places: number[] = [];
  for (let top = border; top + tile <= height - border; top += tile) {
    for (let left = border; left + tile <= width - border; left += tile) {
      places.push(strongestIn(edges, top * width + left, width));
    }
  }
  return Int32Array.from(places);
}

function strongestIn(edges: Float32Array, corner: number, width: number): number {
  let best = corner;
  for (let y = 0; y < tile; y += 1) {
    for (let at = corner + y * width; at < corner + y * width + tile; at += 1) {
      if (Math.abs(edges[at] ?? 0) > Math.abs(edges[best] ?? 0)) best = at;
    }
  }
  return best;
}
