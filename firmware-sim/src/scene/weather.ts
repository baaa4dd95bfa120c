import type { SeededRandom } from "../seeded-random.ts";
import { between, happens, pick } from "../chance.ts";
import type { Film } from "./develop.ts";
import type { Lamp, Light, Rgb } from "./light.ts";
import { sunAt } from "./shadow-map.ts";
import { scale, type Vec3 } from "./vector.ts";

export type LightName = "sun" | "low-sun" | "hazy" | "overcast" | "dusk" | "night" | "infrared";
export type WeatherName = "dry" | "rain" | "snow" | "fog";

/** The light and weather of a picture, and how the camera copes with them. */
export interface Sky {
  readonly lightName: LightName;
  readonly weatherName: WeatherName;
  readonly light: Light;
  readonly film: Film;
}

const lightNames: readonly LightName[] = [
  "sun",
  "sun",
  "sun",
  "sun",
  "low-sun",
  "low-sun",
  "hazy",
  "hazy",
  "overcast",
  "overcast",
  "overcast",
  "dusk",
  "night",
  "night",
];
const weatherNames: readonly WeatherName[] = [
  ...Array.from({ length: 13 }, () => "dry" as const),
  "rain",
  "rain",
  "rain",
  "snow",
  "snow",
  "fog",
];

/** A light and a weather by chance. @param lampHeads where the lot's lamps hang */
export function drawSky(random: SeededRandom, lampHeads: readonly Vec3[]): Sky {
  const weatherName = pick(random, weatherNames);
  const drawn = pick(random, lightNames);
  const sunless = weatherName === "rain" || weatherName === "fog";
  const lightName = sunless && sunny(drawn) ? "overcast" : drawn;
  const lit = lightName === "night" || lightName === "dusk";
  return {
    lightName,
    weatherName,
    light: {
      ...skyLight(random, lightName),
      lamps: lit ? lampsAt(random, lampHeads) : [],
      fog:
        weatherName === "fog"
          ? between(random, 0.008, 0.04)
          : Math.max(0, between(random, -0.003, 0.0015)),
      wet: weatherName === "rain" ? between(random, 0.35, 1) : happens(random, 0.06) ? 0.4 : 0,
      snow: weatherName === "snow" ? between(random, 0.25, 1) : 0,
    },
    film: drawFilm(random, lightName, weatherName),
  };
}

const sunny = (name: LightName): boolean => name === "sun" || name === "low-sun" || name === "hazy";

type Heavens = Pick<Light, "sun" | "sunRgb" | "zenith" | "horizon">;

function skyLight(random: SeededRandom, name: LightName): Heavens {
  const turn = random.fraction() * 2 * Math.PI;
  const none: Rgb = [0, 0, 0];
  const strength = between(random, 0.85, 1.15);
  switch (name) {
    case "sun":
      return {
        sun: sunAt(between(random, 0.5, 1.35), turn),
        sunRgb: scale([2.75, 2.6, 2.35], strength),
        zenith: [0.34, 0.46, 0.66],
        horizon: [0.95, 1.05, 1.15],
      };
    case "low-sun":
      return {
        sun: sunAt(between(random, 0.12, 0.5), turn),
        sunRgb: scale([2.6, 2, 1.35], strength),
        zenith: [0.3, 0.38, 0.55],
        horizon: [1, 0.9, 0.8],
      };
    case "hazy":
      return {
        sun: sunAt(between(random, 0.35, 1.2), turn),
        sunRgb: scale([1.2, 1.15, 1.05], strength),
        zenith: [0.7, 0.75, 0.82],
        horizon: [1.1, 1.12, 1.15],
      };
    case "overcast":
    case "infrared":
      return { sun: [0, 0, 1], sunRgb: none, zenith: [1, 1.01, 1.05], horizon: [0.9, 0.92, 0.97] };
    case "dusk":
      return {
        sun: [0, 0, 1],
        sunRgb: none,
        zenith: scale([0.13, 0.17, 0.28], strength),
        horizon: [0.4, 0.33, 0.33],
      };
    case "night":
      return {
        sun: [0, 0, 1],
        sunRgb: none,
        zenith: [0.012, 0.013, 0.018],
        horizon: [0.03, 0.026, 0.024],
      };
  }
}

/** So many lamps light a picture; more would only cost time. */
const lampsMax = 6;

function lampsAt(random: SeededRandom, heads: readonly Vec3[]): Lamp[] {
  const rgb = pick<Rgb>(random, [
    [1, 0.66, 0.3],
    [1, 0.86, 0.62],
    [0.9, 0.96, 1],
  ]);
  const strength = between(random, 12, 30);
  return heads.slice(0, lampsMax).map((at) => ({ at, rgb: scale(rgb, strength) }));
}

/** A camera's faults for a light and weather, by chance. */
function drawFilm(random: SeededRandom, light: LightName, weather: WeatherName): Film {
  const dark = light === "night" || light === "dusk";
  const sometimes = (share: number, most: number): number =>
    happens(random, share) ? random.fraction() * most : 0;
  return {
    exposure:
      (light === "night" ? 0.09 : dark ? 0.14 : 0.24) * Math.exp(between(random, -0.55, 0.5)),
    balance: [between(random, 0.86, 1.16), between(random, 0.84, 1.18)],
    defocus: happens(random, 0.55) ? between(random, 0, 0.9) : sometimes(0.15, 2.5),
    shake: sometimes(0.06, 3),
    vignette: sometimes(0.6, 0.5),
    noise: dark ? between(random, 3, 16) : between(random, 0.5, 6),
    colourNoise: dark ? between(random, 2, 14) : between(random, 0, 5),
    grey: light === "night" && happens(random, 0.35) ? 1 : sometimes(0.12, 1),
    contrast: between(random, 0.85, 1.2),
    dirt: sometimes(0.12, 0.7),
    flakes: weather === "snow" && happens(random, 0.6) ? between(random, 0.2, 2) : 0,
    streaks: weather === "rain" && happens(random, 0.6) ? between(random, 0.3, 2) : 0,
  };
}
