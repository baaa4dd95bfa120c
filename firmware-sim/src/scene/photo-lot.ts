import type { SeededRandom } from "../seeded-random.ts";
import { between, happens } from "../chance.ts";
import { cameraFromBays, type Quad } from "./camera-from-bays.ts";
import type { CameraView } from "./camera-view.ts";
import { lightOfTone } from "./develop.ts";
import { type SpaceOutline } from "./labels.ts";
import type { MarkedBay } from "./lot-plan.ts";
import type { LotSetting } from "./lot-setting.ts";
import { Mesh } from "./mesh.ts";
import { scale, type Vec2 } from "./vector.ts";
import type { Sky } from "./weather.ts";

/** A photograph of an empty lot, 8-bit sRGB, three channels. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A photographed lot: its camera and spaces, found from the outlines drawn into the photograph. */
export interface PhotoLot {
  readonly view: CameraView;
  readonly bays: readonly MarkedBay[];
  readonly outlines: readonly SpaceOutline[];
}

/** @param spaces outlines in pixels of the photograph; those without four corners are left out */
export function photoLot(
  spaces: readonly { readonly id: string; readonly polygon: readonly Vec2[] }[],
  width: number,
  height: number,
): PhotoLot {
  const marked = spaces.flatMap(({ id, polygon }) => {
    const [a, b, c, d] = polygon;
    const isQuad = polygon.length === 4 && a !== undefined && b !== undefined;
    return isQuad && c !== undefined && d !== undefined ? [{ id, quad: [a, b, c, d] as Quad }] : [];
  });
  const view = cameraFromBays(
    marked.map(({ quad }) => quad),
    width,
    height,
  );
  const outlines = marked.flatMap(({ id, quad }): SpaceOutline[] => {
    const bay = bayOf(view, id, quad);
    return bay === undefined ? [] : [{ bay, polygon: quad }];
  });
  return { view, outlines, bays: outlines.map(({ bay }) => bay) };
}

/** The space on the ground, lengthwise along its longer sides. */
function bayOf(view: CameraView, id: string, quad: Quad): MarkedBay | undefined {
  const ground = quad.map((corner) => view.groundAt(corner)).filter((point) => point !== undefined);
  let [a, b, c, d] = ground;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (apart(a, b) > apart(b, c)) [a, b, c, d] = [b, c, d, a];
  const [front, back] = [middle(a, b), middle(c, d)];
  return {
    id,
    corners: [a, b, c, d],
    place: {
      x: (front[0] + back[0]) / 2,
      y: (front[1] + back[1]) / 2,
      turn: Math.atan2(back[1] - front[1], back[0] - front[0]),
    },
    length: apart(front, back),
    width: apart(middle(a, d), middle(b, c)),
    neighbours: [],
  };
}

const apart = (a: Vec2, b: Vec2): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const middle = (a: Vec2, b: Vec2): Vec2 => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** The photographed lot as a setting, with nothing drawn on it but the photograph. */
export function photoSetting({ view, bays, outlines }: PhotoLot, photo: Photo): LotSetting {
  return {
    view,
    outlines,
    plan: { bays, aisles: [], islands: [], reach: [0, 0] },
    kinds: [],
    regions: [],
    paints: [],
    scenery: new Mesh(),
    lampHeads: [],
    backdrop: lightOf(photo),
  };
}

/** A photograph's light, linear, three channels. */
function lightOf({ rgb }: Photo): Float32Array {
  const light = new Float32Array(rgb.length);
  for (let i = 0; i < rgb.length; i++) light[i] = lightByTone[rgb[i] ?? 0] ?? 0;
  return light;
}

const lightByTone = Float32Array.from({ length: 256 }, (_, tone) => lightOfTone(tone));

/** Of light that falls on it a usual car park's ground gives back so much. */
const groundShare = 0.17;

/**
 * A light under which the photographed ground would look as it does, the sun's part of it by chance (a photograph
 * does not say where the sun stands); the film adds nothing of its own but noise.
 */
export function photoSky(random: SeededRandom, sky: Sky, lot: PhotoLot, photo: Photo): Sky {
  const ground = meanLight(lot, photo);
  const grey = (ground[0] + ground[1] + ground[2]) / 3;
  const level = grey / groundShare;
  const sunShare = happens(random, 0.5) ? 0 : between(random, 0.3, 0.75);
  const { sun } = sky.light;
  const high = Math.max(0.25, sun[2]);
  const tint = ([0, 1, 2] as const).map((k) => 0.5 + (0.5 * ground[k]) / grey);
  const [red = 1, green = 1, blue = 1] = tint;
  return {
    ...sky,
    lightName: "overcast",
    weatherName: "dry",
    light: {
      sun: [sun[0], sun[1], sun[2]],
      sunRgb: scale([1.03 * red, green, 0.94 * blue], (level * sunShare) / high),
      zenith: scale([red, green, blue], level * (1 - sunShare)),
      horizon: scale([red, green, blue * 1.03], level * (1 - sunShare) * 1.1),
      lamps: [],
      fog: 0,
      wet: 0,
      snow: 0,
    },
    film: {
      ...sky.film,
      gain: between(random, 0.85, 1.15),
      flakes: 0,
      streaks: 0,
      contrast: 1,
      defocus: Math.min(0.6, sky.film.defocus),
      shake: 0,
      vignette: 0,
      noise: sky.film.noise * 0.6,
      colourNoise: sky.film.colourNoise * 0.4,
    },
  };
}

/** The mean light of the spaces in a photograph. */
function meanLight({ outlines }: PhotoLot, { rgb, width }: Photo): [number, number, number] {
  const sum: [number, number, number] = [1e-4, 1e-4, 1e-4];
  for (const { polygon } of outlines) {
    const x = polygon.reduce((total, [px]) => total + px / polygon.length, 0);
    const y = polygon.reduce((total, [, py]) => total + py / polygon.length, 0);
    const at = (Math.floor(y) * width + Math.floor(x)) * 3;
    sum[0] += lightOfTone(rgb[at] ?? 0) / outlines.length;
    sum[1] += lightOfTone(rgb[at + 1] ?? 0) / outlines.length;
    sum[2] += lightOfTone(rgb[at + 2] ?? 0) / outlines.length;
  }
  return sum;
}
