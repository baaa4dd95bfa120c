/** Edges are compared on a grid of so many cells aside; a cell is 1.6 % of the picture. */
const aside = 64;

/** The second picture is moved over the first by up to so many cells each way. */
const reach = 8;

/** Levels: an edge half as strong as this counts a third, one much stronger counts whole. */
const faintEdge = 12;

/** Where edges run in a picture, whatever its light: for each cell the doubled angle as a vector, 0–1 long. */
export type Edges = Float32Array;

/** How two pictures lie on each other where they fit best. */
export interface Alignment {
  /** 0–1: 0.25 and more for the same view in another season, below 0.1 for another view. */
  readonly likeness: number;
  /** How far the second picture's view lies from the first's, as a share of the picture: right, and down. */
  readonly right: number;
  readonly down: number;
}

/** @param rgb three bytes a pixel, row by row */
export function edgesOf(rgb: Uint8Array, width: number, height: number): Edges {
  const levels = levelsOf(rgb, width, height);
  const edges = new Float32Array(2 * aside * aside);
  for (let y = 1; y < aside - 1; y += 1) {
    for (let x = 1; x < aside - 1; x += 1) {
      const at = y * aside + x;
      const across = (levels[at + 1] ?? 0) - (levels[at - 1] ?? 0);
      const down = (levels[at + aside] ?? 0) - (levels[at - aside] ?? 0);
      const strength = Math.hypot(across, down);
      const length = strength / (strength + faintEdge);
      // Doubled, so that an edge from dark to light is the same as one from light to dark.
      const angle = 2 * Math.atan2(down, across);
      edges[2 * at] = length * Math.cos(angle);
      edges[2 * at + 1] = length * Math.sin(angle);
    }
  }
  return edges;
}

/** Where the second picture lies on the first: the shift at which most edges run alike (normalised correlation). */
export function align(first: Edges, second: Edges): Alignment {
  let best = { likeness: -1, right: 0, down: 0 };
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      const likeness = likenessAt(first, second, right, down);
      if (likeness > best.likeness) best = { likeness, right, down };
    }
  }
  const { likeness, right, down } = best;
  return { likeness: Math.max(0, likeness), right: right / aside, down: down / aside };
}

function likenessAt(first: Edges, second: Edges, right: number, down: number): number {
  let [both, ofFirst, ofSecond] = [0, 0, 0];
  for (let y = reach; y < aside - reach; y += 1) {
    let a = 2 * (y * aside + reach);
    let b = 2 * ((y + down) * aside + reach + right);
    for (const end = a + 2 * (aside - 2 * reach); a < end; a += 1, b += 1) {
      const [one, other] = [first[a] ?? 0, second[b] ?? 0];
      both += one * other;
      ofFirst += one * one;
      ofSecond += other * other;
    }
  }
  const all = Math.sqrt(ofFirst * ofSecond);
  return all === 0 ? 0 : both / all;
}

/** Mean level of each cell's pixels. */
function levelsOf(rgb: Uint8Array, width: number, height: number): Float32Array {
  const sums = new Float32Array(aside * aside);
  const counts = new Uint32Array(aside * aside);
  let green = 1;
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * aside) / height) * aside;
    for (let x = 0; x < width; x += 1, green += 3) {
      const cell = row + Math.floor((x * aside) / width);
      sums[cell] = (sums[cell] ?? 0) + (rgb[green] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 0));
}
