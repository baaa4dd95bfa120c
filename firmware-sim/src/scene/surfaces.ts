/** How a surface takes light. */
export type Finish = "matt" | "paint" | "glass" | "leaf" | "wall" | "glow";

/** sRGB, each 0–255. */
export type Colour = readonly [number, number, number];

const finishes: readonly Finish[] = ["matt", "paint", "glass", "leaf", "wall", "glow"];
export const finishCode = {
  matt: 0,
  paint: 1,
  glass: 2,
  leaf: 3,
  wall: 4,
  glow: 5,
} as const satisfies Record<Finish, number>;

/** All surfaces that scenes use at a time. */
const most = 4096;

/**
 * The surfaces of a scene, numbered from 1 (0 is the ground). Columns are read in the inner loops of drawing:
 * linear reflectance 0–1 in three channels, and the finish.
 */
export class Surfaces {
  readonly rgb = new Float32Array(most * 3);
  readonly finish = new Uint8Array(most);
  #count = 1;

  /** @throws RangeError above 4,095 surfaces */
  add(colour: Colour, finish: Finish = "matt"): number {
    if (this.#count >= most) throw new RangeError(`a scene has more than ${most - 1} surfaces`);
    const id = this.#count++;
    this.rgb[id * 3] = linear(colour[0]);
    this.rgb[id * 3 + 1] = linear(colour[1]);
    this.rgb[id * 3 + 2] = linear(colour[2]);
    this.finish[id] = finishes.indexOf(finish);
    return id;
  }

  get count(): number {
    return this.#count;
  }

  /** Forgets all surfaces from `count` on. */
  cutTo(count: number): void {
    this.#count = count;
  }
}

/** sRGB 0–255 → linear 0–1 (IEC 61966-2-1). */
export function linear(value: number): number {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}
