import type { Vec3 } from "./vector.ts";

/** Linear light in red, green and blue; white paper in the noon sun gives back about 4. */
export type Rgb = Vec3;

/** A lamp or a headlight. */
export interface Lamp {
  readonly at: Vec3;
  /** Light on a surface one metre away that faces it. */
  readonly rgb: Rgb;
  /** Missing: shines to all sides below it. `cosine` of the angle at which the beam ends. */
  readonly beam?: { readonly towards: Vec3; readonly cosine: number };
}

/** The light and weather of one picture. */
export interface Light {
  /** Unit vector towards the sun. */
  readonly sun: Vec3;
  /** The sun's light on a surface that faces it; all 0 under clouds and at night. */
  readonly sunRgb: Rgb;
  /** The sky overhead, as light on level ground and as seen. */
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  readonly lamps: readonly Lamp[];
  /** Share of light lost to fog in a metre. */
  readonly fog: number;
  /** 0 dry to 1 standing water. */
  readonly wet: number;
  /** Of upward surfaces under snow, 0–1. */
  readonly snow: number;
}
