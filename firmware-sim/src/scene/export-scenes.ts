import type { SeededRandom } from "../seeded-random.ts";
import { between } from "../chance.ts";
import { type SpaceLabel, spaceLabels, type VehicleLabel, vehicleLabels } from "./labels.ts";
import { drawLotMoment } from "./lot-moment.ts";
import { drawLotSetting, type LotSetting, type PictureSize, type Subject } from "./lot-setting.ts";
import { Mesh } from "./mesh.ts";
import { Painter } from "./painted-scene.ts";
import { Surfaces } from "./surfaces.ts";
import { drawSky } from "./weather.ts";

/** A picture with what is true about it. */
export interface LabelledPicture {
  readonly rgb: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly light: string;
  readonly weather: string;
  readonly spaces: readonly SpaceLabel[];
  readonly vehicles: readonly VehicleLabel[];
  /** JPEG quality, 40–92. */
  readonly quality: number;
}

/** Some pictures of one view: the same spaces at other times. */
export interface ViewPictures {
  /** Without vehicles. */
  readonly empty: LabelledPicture;
  /** One at a time, each drawn when asked for. */
  readonly pictures: (index: number) => LabelledPicture;
}

/** Draws labelled pictures of car parks; the same seed gives the same pixels. */
export class LotExporter {
  readonly #size: PictureSize;
  readonly #detail: number;
  readonly #subject: Subject;
  readonly #painter = new Painter();
  readonly #movers = new Mesh();

  /** @param detail see `Painter.draw` */
  constructor(size: PictureSize, detail: number, subject: Subject) {
    this.#size = size;
    this.#detail = detail;
    this.#subject = subject;
  }

  view(random: SeededRandom): ViewPictures {
    const surfaces = new Surfaces();
    const setting = drawLotSetting(random.fork("view"), surfaces, this.#size, this.#subject);
    const kept = surfaces.count;
    const picture = (name: string, full: (chance: SeededRandom) => number): LabelledPicture => {
      surfaces.cutTo(kept);
      const chance = random.fork(name);
      return this.#draw(chance, surfaces, setting, full(chance));
    };
    return {
      empty: picture("empty", () => 0),
      pictures: (index) => picture(`picture ${index}`, (chance) => between(chance, 0.08, 0.97)),
    };
  }

  #draw(
    random: SeededRandom,
    surfaces: Surfaces,
    setting: LotSetting,
    full: number,
  ): LabelledPicture {
    this.#movers.clear();
    const sky = drawSky(random, setting.lampHeads);
    const plan = full === 0 ? { ...setting.plan, aisles: [] } : setting.plan;
    const moment = drawLotMoment(random, surfaces, this.#movers, { ...setting, plan }, sky, full);
    const drawn = this.#painter.draw(setting, moment, surfaces, this.#detail, random);
    return {
      rgb: drawn.rgb,
      width: drawn.width,
      height: drawn.height,
      light: sky.lightName,
      weather: sky.weatherName,
      spaces: spaceLabels(setting.outlines, moment.placed, drawn, drawn.hidden),
      vehicles: vehicleLabels(setting.view, moment.placed, drawn),
      quality: Math.round(between(random, 40, 92)),
    };
  }
}
