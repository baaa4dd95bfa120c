import { type Box, boundsOf, overlapOf } from "../geometry.ts";
import type { Quad } from "./quad.ts";

/** A plate as it was found in a picture, not yet read. */
export interface LocatedPlate {
  /** In pixels of the picture. */
  readonly corners: Quad;
  /** 0–1. */
  readonly score: number;
  readonly rows: 1 | 2;
}

/** How a part of the picture was laid into a network's input, and back again. */
export interface Placing {
  /** Pixels of the picture a pixel of the input. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Where the input's upper left corner lies in the picture. */
  readonly left: number;
  readonly top: number;
}

/** More plates than this in one picture are noise. */
const mostPlates = 8;
/** Boxes that overlap by more than this show one plate. */
const samePlateOverlap = 0.3;

/** One entry a plate, the surest first. */
export function surestPlates(found: readonly LocatedPlate[]): LocatedPlate[] {
  const kept: { plate: LocatedPlate; box: Box }[] = [];
  for (const plate of found.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === mostPlates) break;
    const box = boundsOf(plate.corners);
    if (!kept.some((other) => overlapOf(other.box, box) > samePlateOverlap)) {
      kept.push({ plate, box });
    }
  }
  return kept.map(({ plate }) => plate);
}
