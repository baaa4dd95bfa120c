import { hours, type Instant } from "@gatehouse/shared/time";
import { between } from "../chance.ts";
import { SeededRandom } from "../seeded-random.ts";
import type { Film } from "./develop.ts";
import type { Rgb } from "./light.ts";
import { type Site, sunOver } from "./sun-path.ts";
import { scale, type Vec3 } from "./vector.ts";
import type { Sky, WeatherName } from "./weather.ts";

/** The light and weather over the town at a moment. */
export interface TownSky extends Sky {
  /** Nearby moments with the same key look the same, but for what falls and moves. */
  readonly key: string;
}

/** The sun's light changes so little in this time that a picture need not be lit anew. */
const lightStep = hours(1 / 6);
/** The weather is drawn anew so often and goes over from one to the next. */
const weatherStep = hours(3);

/** Weather in shares of 1: of the sky under clouds, how hard it rains, how thick fog is, how deep snow lies. */
interface Weather {
  readonly cloud: number;
  readonly rain: number;
  readonly fog: number;
  readonly snow: number;
}

/** The sky of a place, day after day; the same seed brings the same weather. */
export class TownHeaven {
  readonly #site: Site;
  readonly #lampHeads: readonly Vec3[];
  readonly #random: SeededRandom;

  constructor(site: Site, seed: number, lampHeads: readonly Vec3[]) {
    this.#site = site;
    this.#lampHeads = lampHeads;
    this.#random = new SeededRandom(seed).fork("weather");
  }

  skyAt(at: Instant): TownSky {
    const step = Math.floor(at / lightStep);
    const moment = (step * lightStep) as Instant;
    const { cloud, rain, fog, snow } = this.weatherAt(moment);
    const sun = sunOver(this.#site, moment);
    const day = smooth(-0.12, 0.16, sun.height);
    const clear = 1 - cloud;
    const direct = clear * smooth(-0.01, 0.22, sun.height) ** 0.7;
    const warm = smooth(0, 0.45, sun.height);
    const isLit = day < 0.55;
    const lamps = this.#lampHeads.map((at) => ({ at, rgb: lampRgb }));
    const name: WeatherName = snow > 0.1 ? "snow" : rain > 0.1 ? "rain" : fog > 0.1 ? "fog" : "dry";
    return {
      key: `${step}`,
      lightName: day < 0.1 ? "night" : isLit ? "dusk" : direct > 0.25 ? "sun" : "overcast",
      weatherName: name,
      light: {
        sun: sun.height > 0.02 ? sun.towards : [0, 0, 1],
        sunRgb: sun.height > 0.02 ? scale(mix(lowSun, highSun, warm), direct) : [0, 0, 0],
        zenith: mix(nightZenith, mix(clearZenith, cloudZenith, cloud), day),
        horizon: mix(
          nightHorizon,
          mix(mix(dawnHorizon, clearHorizon, warm), cloudHorizon, cloud),
          day,
        ),
        lamps: isLit ? lamps : [],
        fog: fog * 0.03,
        wet: Math.min(1, rain * 1.4),
        snow,
      },
      film: filmFor(day, rain, snow),
    };
  }

  /** Between two draws the weather goes over evenly. */
  weatherAt(at: Instant): Weather {
    const slot = Math.floor(at / weatherStep);
    const share = at / weatherStep - slot;
    const [now, next] = [this.#drawn(slot), this.#drawn(slot + 1)];
    const blend = (of: keyof Weather): number => now[of] * (1 - share) + next[of] * share;
    return { cloud: blend("cloud"), rain: blend("rain"), fog: blend("fog"), snow: blend("snow") };
  }

  #drawn(slot: number): Weather {
    const random = this.#random.fork(`slot ${slot}`);
    const month = new Date(slot * weatherStep).getUTCMonth();
    const isWinter = month < 2 || month === 11;
    const kind = random.fraction();
    const cloud = kind < 0.35 ? random.fraction() * 0.15 : between(random, 0.3, 1);
    const falls = cloud > 0.6 && random.fraction() < 0.5 ? between(random, 0.3, 1) : 0;
    return {
      cloud: falls > 0 ? 1 : cloud,
      rain: isWinter ? 0 : falls,
      snow: isWinter ? falls : 0,
      fog: random.fraction() < 0.07 ? between(random, 0.3, 1) : 0,
    };
  }
}

const lampRgb: Rgb = [22, 18.5, 13];
const lowSun: Rgb = [2.5, 1.55, 0.8];
const highSun: Rgb = [2.75, 2.6, 2.35];
const nightZenith: Rgb = [0.012, 0.013, 0.018];
const nightHorizon: Rgb = [0.03, 0.026, 0.024];
const clearZenith: Rgb = [0.34, 0.46, 0.66];
const clearHorizon: Rgb = [0.95, 1.05, 1.15];
const dawnHorizon: Rgb = [1, 0.8, 0.65];
const cloudZenith: Rgb = [0.9, 0.91, 0.95];
const cloudHorizon: Rgb = [0.85, 0.87, 0.92];

function filmFor(day: number, rain: number, snow: number): Film {
  return {
    exposure: 0.1 + 0.13 * day,
    balance: [1, 1],
    defocus: 0,
    shake: 0,
    vignette: 0.15,
    noise: 2 + 7 * (1 - day),
    colourNoise: 1 + 4 * (1 - day),
    grey: 0,
    contrast: 1.05,
    dirt: 0,
    flakes: snow > 0.1 ? snow * 0.8 : 0,
    streaks: rain > 0.1 ? rain * 0.8 : 0,
  };
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** 0 below `from`, 1 above `to`, without a kink between. */
function smooth(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
