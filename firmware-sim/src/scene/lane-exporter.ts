import type { SeededRandom } from "../seeded-random.ts";
import { between, happens } from "../chance.ts";
import type { LabelledPicture, SceneExporter, ViewPictures } from "./export-scenes.ts";
import { drawVehicle, parkedMix, addVehicle } from "./fleet.ts";
import { type Placed, vehicleLabels } from "./labels.ts";
import { drawLaneSetting, placeLaneVehicle } from "./lane-scene.ts";
import type { PictureSize } from "./lot-setting.ts";
import { Mesh } from "./mesh.ts";
import { Painter, type Standing } from "./painted-scene.ts";
import { Surfaces } from "./surfaces.ts";
import { drawSky, type Sky } from "./weather.ts";

/** Vehicles at lanes, with their plates. Every picture is a view of its own. */
export class LaneExporter implements SceneExporter {
  readonly #size: PictureSize;
  readonly #detail: number;
  readonly #painter = new Painter();
  readonly #movers = new Mesh();

  constructor(size: PictureSize, detail: number) {
    this.#size = size;
    this.#detail = detail;
  }

  view(random: SeededRandom): ViewPictures {
    return {
      empty: this.#draw(random.fork("empty"), false),
      pictures: (index) => this.#draw(random.fork(`picture ${index}`), true),
    };
  }

  #draw(random: SeededRandom, withVehicle: boolean): LabelledPicture {
    const surfaces = new Surfaces();
    const drawn = drawSky(random, []);
    const sky = drawn.lightName === "night" ? lampLit(random, drawn) : drawn;
    const setting = drawLaneSetting(random, surfaces, this.#size, sky.lightName === "infrared");
    this.#movers.clear();
    const placed: Placed[] = [];
    const standing: Standing[] = [];
    if (withVehicle) {
      const first = placeLaneVehicle(this.#movers, surfaces, setting);
      placed.push(first.placed);
      standing.push(first.standing);
      if (happens(random, 0.4)) {
        const vehicle = drawVehicle(
          random,
          { ...parkedMix, motorcycle: 0, bicycle: 0 },
          happens(random, 0.5),
        );
        const { x, y, turn } = setting.place;
        const gap = (setting.vehicle.length + vehicle.length) / 2 + between(random, 1, 4);
        const place = { x: x + gap, y: y + between(random, -0.3, 0.3), turn };
        addVehicle(this.#movers, surfaces, vehicle, place, 2);
        placed.push({ owner: 2, vehicle, place });
        standing.push({ place, length: vehicle.length, width: vehicle.width, shade: 1 });
      }
    }
    const moment = { sky, movers: this.#movers, standing, paints: [] };
    const picture = this.#painter.draw(setting, moment, surfaces, this.#detail, random);
    return {
      rgb: picture.rgb,
      width: picture.width,
      height: picture.height,
      light: sky.lightName,
      weather: sky.weatherName,
      spaces: [],
      vehicles: vehicleLabels(setting.view, placed, picture),
      quality: Math.round(between(random, 40, 92)),
    };
  }
}

/** At night a lane's camera brings its own lamp, more often infrared than white. */
function lampLit(random: SeededRandom, sky: Sky): Sky {
  const infrared = happens(random, 0.6);
  const strength = between(random, 4, 14);
  return {
    ...sky,
    lightName: infrared ? "infrared" : "night",
    light: {
      ...sky.light,
      lamps: [
        {
          at: [0.2, between(random, -1, 1), between(random, 1.5, 3)],
          rgb: [strength, strength, strength],
        },
      ],
    },
    film: {
      ...sky.film,
      grey: infrared ? 1 : sky.film.grey,
      exposure: infrared ? between(random, 0.1, 0.25) : between(random, 0.1, 0.2),
    },
  };
}
