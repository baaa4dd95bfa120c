import type { SeededRandom } from "../seeded-random.ts";
import { between, pick } from "../chance.ts";
import { type SpaceLabel, spaceLabels, type VehicleLabel, vehicleLabels } from "./labels.ts";
import { drawLotMoment } from "./lot-moment.ts";
import { drawLotSetting, type LotSetting, type PictureSize, type Subject } from "./lot-setting.ts";
import { Mesh } from "./mesh.ts";
import { Painter } from "./painted-scene.ts";
import { type Photo, type PhotoLot, photoSetting, photoSky } from "./photo-lot.ts";
import { Surfaces } from "./surfaces.ts";
import { drawSky, type Sky } from "./weather.ts";

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

/** Draws labelled pictures, view after view; the same seed gives the same pixels. */
export interface SceneExporter {
  view(random: SeededRandom): ViewPictures;
}

/** Car parks and streets, all drawn. */
export class LotExporter implements SceneExporter {
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
    const sky = drawSky(random, setting.lampHeads);
    return drawPicture(
      { painter: this.#painter, movers: this.#movers, detail: this.#detail },
      random,
      surfaces,
      setting,
      sky,
      full,
    );
  }
}

/** Drawn vehicles in photographs of an empty lot. */
export class PhotoExporter implements SceneExporter {
  readonly #lot: PhotoLot;
  readonly #photos: readonly Photo[];
  readonly #detail: number;
  readonly #painter = new Painter();
  readonly #movers = new Mesh();

  /** @param photos of one view and size, at least one */
  constructor(lot: PhotoLot, photos: readonly Photo[], detail: number) {
    this.#lot = lot;
    this.#photos = photos;
    this.#detail = detail;
  }

  view(random: SeededRandom): ViewPictures {
    const picture = (name: string, full: (chance: SeededRandom) => number): LabelledPicture => {
      const chance = random.fork(name);
      const photo = pick(chance, this.#photos);
      const sky = photoSky(chance, drawSky(chance, []), this.#lot, photo);
      return drawPicture(
        { painter: this.#painter, movers: this.#movers, detail: this.#detail },
        chance,
        new Surfaces(),
        photoSetting(this.#lot, photo),
        sky,
        full(chance),
      );
    };
    return {
      empty: picture("empty", () => 0),
      pictures: (index) => picture(`picture ${index}`, (chance) => between(chance, 0.08, 0.97)),
    };
  }
}

/** What is used again from picture to picture. */
interface Tools {
  readonly painter: Painter;
  readonly movers: Mesh;
  readonly detail: number;
}

/** @param full share of the spaces that are taken; at 0 nothing drives through the aisles either */
function drawPicture(
  { painter, movers, detail }: Tools,
  random: SeededRandom,
  surfaces: Surfaces,
  setting: LotSetting,
  sky: Sky,
  full: number,
): LabelledPicture {
  movers.clear();
  const plan = full === 0 ? { ...setting.plan, aisles: [] } : setting.plan;
  const moment = drawLotMoment(random, surfaces, movers, { ...setting, plan }, sky, full);
  const drawn = painter.draw(setting, moment, surfaces, detail, random);
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
