import { type Box, boundsOf } from "../geometry.ts";
import type { Picture, Pixels } from "../picture.ts";
import { cropJpeg } from "./crops.ts";
import type { LocatedPlate } from "./located.ts";
import type { PlateLocator } from "./locator.ts";
import type { PlateReader } from "./reader.ts";
import { type PlateReading, readingOf } from "@gatehouse/shared/plate/reading";

/** One plate as one picture shows it. */
export interface FramePlate {
  readonly located: LocatedPlate;
  readonly reading: PlateReading;
  readonly box: Box;
  /** The plate and a little around it, as a JPEG. */
  readonly crop: Uint8Array;
}

/** So many plates of one picture are read. */
const mostRead = 3;
/** What is found and read with less than this, both together, is lettering or a shadow: its text is nobody's. */
const leastSureness = 0.1;

/**
 * Finds and reads the plates of one picture.
 *
 * @returns the one that is both found and read most surely first; plates of which nothing was read come last
 * @throws Fault `model-unusable` when a network fails
 */
export async function platesIn(
  picture: Picture,
  pixels: Pixels,
  locator: PlateLocator,
  reader: PlateReader,
): Promise<FramePlate[]> {
  const found = await locator.locate(picture, pixels);
  const plates: FramePlate[] = [];
  for (const located of found.slice(0, mostRead)) {
    const read = await reader.read(pixels, located);
    const isPlate = located.score * read.confidence >= leastSureness;
    const reading = isPlate ? read : readingOf("", [], []);
    const box = boundsOf(located.corners);
    plates.push({ located, reading, box, crop: await cropJpeg(pixels, box) });
  }
  return plates.toSorted((a, b) => surenessOf(b) - surenessOf(a));
}

const surenessOf = ({ located, reading }: FramePlate): number => located.score * reading.confidence;
