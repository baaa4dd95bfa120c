import { type CameraPose, CameraView } from "./camera-view.ts";
import type { Vec2 } from "./vector.ts";

/** A space's outline in a photograph: four corners in turn, in pixels. */
export type Quad = readonly [Vec2, Vec2, Vec2, Vec2];

/** A usual space is so long and, for its length, so wide. Metres and a ratio. */
const usualLength = 5;
const usualShape = 2.05;

/**
 * Finds the camera that took a photograph from the spaces marked in it: the height, tilt, roll and focal length for
 * which the outlines, laid on level ground, come out most alike: parallel sides equally long, all spaces of one
 * size, about twice as long as wide. A lens without distortion and a middle in the picture's middle are taken for
 * granted; the mean space is taken for 5 m long.
 *
 * @throws RangeError with fewer than four spaces
 */
export function cameraFromBays(quads: readonly Quad[], width: number, height: number): CameraView {
  if (quads.length < 4)
    throw new RangeError(`${quads.length} spaces do not show how a camera hangs`);
  let best: Guess = { focal: width, tilt: 0.7, roll: 0 };
  let least = Infinity;
  const consider = (guess: Guess): void => {
    const cost = unlikeness(quads, viewOf(guess, width, height));
    if (cost < least) [best, least] = [guess, cost];
  };
  for (const focal of [0.55, 0.7, 0.85, 1, 1.2, 1.5, 2, 2.8].map((share) => share * width))
    for (let tilt = 0.08; tilt < 1.56; tilt += 0.07)
      for (const roll of [-0.2, -0.1, 0, 0.1, 0.2]) consider({ focal, tilt, roll });
  for (let step = 0.1; step > 0.0004; step *= 0.7) {
    const { focal, tilt, roll } = best;
    for (const by of [-1, 1]) {
      consider({ focal: focal * (1 + by * step), tilt, roll });
      consider({ focal, tilt: tilt + by * step, roll });
      consider({ focal, tilt, roll: roll + by * step });
      consider({ focal: focal * (1 + by * step), tilt: tilt + by * step * 0.5, roll });
      consider({ focal: focal * (1 + by * step), tilt: tilt - by * step * 0.5, roll });
    }
  }
  const { long } = sizesOf(quads, viewOf(best, width, height));
  return viewOf(best, width, height, (trialHeight * usualLength) / meanOf(long));
}

interface Guess {
  readonly focal: number;
  /** Below the horizon, in radians. */
  readonly tilt: number;
  readonly roll: number;
}

const trialHeight = 10;

function viewOf(
  { focal, tilt, roll }: Guess,
  width: number,
  height: number,
  up = trialHeight,
): CameraView {
  const pose: CameraPose = {
    at: [0, 0, up],
    target: [0, up / Math.tan(tilt), 0],
    roll,
    focalPx: focal,
    width,
    height,
    barrel: 0,
  };
  return new CameraView(pose);
}

function unlikeness(quads: readonly Quad[], view: CameraView): number {
  const { long, short, skew } = sizesOf(quads, view);
  if (long.length < quads.length) return Infinity;
  const shape = Math.log(meanOf(long) / meanOf(short) / usualShape);
  return spreadOf(long) + spreadOf(short) + 0.5 * meanOf(skew) + 0.3 * shape * shape;
}

/** Lengths of long and short sides on the ground, and how unlike the sides facing each other are. */
function sizesOf(
  quads: readonly Quad[],
  view: CameraView,
): { long: number[]; short: number[]; skew: number[] } {
  const [long, short, skew]: [number[], number[], number[]] = [[], [], []];
  for (const quad of quads) {
    const ground = quad
      .map((corner) => view.groundAt(corner))
      .filter((point) => point !== undefined);
    const [a, b, c, d] = ground;
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    const [ab, bc, cd, da] = [apart(a, b), apart(b, c), apart(c, d), apart(d, a)];
    long.push(Math.max((ab + cd) / 2, (bc + da) / 2));
    short.push(Math.min((ab + cd) / 2, (bc + da) / 2));
    skew.push(Math.log(ab / cd) ** 2 + Math.log(bc / da) ** 2);
  }
  return { long, short, skew };
}

const apart = (a: Vec2, b: Vec2): number => Math.max(1e-6, Math.hypot(a[0] - b[0], a[1] - b[1]));
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Variance of the logarithms: of no unit. */
function spreadOf(values: readonly number[]): number {
  const logs = values.map(Math.log);
  const mean = meanOf(logs);
  return meanOf(logs.map((value) => (value - mean) ** 2));
}
