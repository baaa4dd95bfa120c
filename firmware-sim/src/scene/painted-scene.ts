import type { SeededRandom } from "../seeded-random.ts";
import type { CameraView } from "./camera-view.ts";
import { develop } from "./develop.ts";
import { drawMesh } from "./draw-mesh.ts";
import { drawGround, type GroundKind } from "./ground.ts";
import { type Exposed, throughLens } from "./lens.ts";
import type { Mesh } from "./mesh.ts";
import { dimBelow, layRegion, type Paint, paintGround } from "./paint.ts";
import { keepBackdrop, layBackdrop } from "./backdrop.ts";
import { type Plane, planeFor } from "./plane.ts";
import { shade } from "./shade.ts";
import { ShadowMap } from "./shadow-map.ts";
import type { Surfaces } from "./surfaces.ts";
import type { Place, Vec2 } from "./vector.ts";
import type { Sky } from "./weather.ts";

/** What stands still in a view: drawn in every picture of it. */
export interface Setting {
  readonly view: CameraView;
  readonly kinds: readonly GroundKind[];
  readonly regions: readonly { readonly polygon: readonly Vec2[]; readonly kind: number }[];
  readonly paints: readonly Paint[];
  /** Walls, trees, lamps. */
  readonly scenery: Mesh;
  /** A photograph's light, three channels, as large as the picture: taken instead of ground, paint and sky. */
  readonly backdrop?: Float32Array;
}

/** A body that keeps the sky's light from the ground below it. */
export interface Standing {
  readonly place: Place;
  readonly length: number;
  readonly width: number;
  /** 0–1: how closed it stands over the ground. */
  readonly shade: number;
}

/** What one picture adds to its setting. */
export interface Moment {
  readonly sky: Sky;
  readonly movers: Mesh;
  readonly standing: readonly Standing[];
  /** Lies on the ground only now: what a car that left kept dry. */
  readonly paints: readonly Paint[];
}

export interface Drawn extends Exposed {
  /** 8-bit sRGB, three channels. */
  readonly rgb: Uint8ClampedArray;
  /** By owner: the share of its outline inside the picture that nothing stands before. */
  readonly unhidden: (owner: number) => number;
  /** Whether something without an owner stands before the ground at a pixel. */
  readonly hidden: (x: number, y: number) => boolean;
}

/** Draws pictures one after the other in the same memory. */
export class Painter {
  #plane: Plane | undefined;
  #mirror: Plane | undefined;
  #exposed: Exposed | undefined;
  readonly #drawn = new Uint32Array(65_536);
  readonly #visible = new Uint32Array(65_536);

  /** @param detail samples to a pixel, each way; 1.5 draws smooth edges */
  draw(
    setting: Setting,
    moment: Moment,
    surfaces: Surfaces,
    detail: number,
    random: SeededRandom,
  ): Drawn {
    const { view } = setting;
    const plane = planeFor(view, detail, this.#plane);
    this.#plane = plane;
    plane.clear();
    this.#drawn.fill(0);
    for (const { polygon, kind } of setting.regions) layRegion(view, plane, polygon, kind);
    drawMesh(setting.scenery, surfaces, view, plane);
    drawMesh(moment.movers, surfaces, view, plane, this.#drawn);
    drawGround(view, plane, setting.kinds);
    if (setting.backdrop !== undefined) layBackdrop(view, plane, setting.backdrop);
    paintGround(view, plane, setting.paints);
    paintGround(view, plane, moment.paints);
    for (const { place, length, width, shade: strength } of moment.standing)
      dimBelow(view, plane, place, length, width, strength);
    const mirror = this.#mirrorOf(setting, moment, surfaces, detail);
    shade(view, plane, surfaces, moment.sky.light, shadowsOf(setting, moment, surfaces), mirror);
    if (setting.backdrop !== undefined) keepBackdrop(plane, moment.sky.light);
    this.#countVisible(plane);
    const exposed = throughLens(view, plane, this.#exposed);
    this.#exposed = exposed;
    return {
      ...exposed,
      rgb: develop(exposed, moment.sky.film, random),
      unhidden: (owner) => (this.#visible[owner] ?? 0) / Math.max(1, this.#drawn[owner] ?? 0),
      hidden: (x, y) => {
        const [sx, sy] = view.toSight([x + 0.5, y + 0.5]);
        const column = Math.round(sx * plane.focal + plane.width / 2 - 0.5);
        const row = Math.round(sy * plane.focal + plane.height / 2 - 0.5);
        const at = row * plane.width + column;
        return plane.surface[at] !== 0 && plane.owner[at] === 0;
      },
    };
  }

  /** The movers upside down below the ground, for pictures of wet ground. */
  #mirrorOf(
    { view }: Setting,
    moment: Moment,
    surfaces: Surfaces,
    detail: number,
  ): Plane | undefined {
    if (moment.sky.light.wet === 0) return undefined;
    const mirror = planeFor(view, detail, this.#mirror);
    this.#mirror = mirror;
    mirror.clear();
    drawMesh(moment.movers, surfaces, view, mirror, undefined, true);
    return mirror;
  }

  #countVisible(plane: Plane): void {
    this.#visible.fill(0);
    const { owner } = plane;
    for (let p = 0; p < owner.length; p++) {
      const who = owner[p] ?? 0;
      if (who > 0) this.#visible[who] = (this.#visible[who] ?? 0) + 1;
    }
  }
}

/** The sun's shadows lie so far around the ground in the picture's middle, at most. In metres. */
const shadowReachMax = 70;

function shadowsOf(setting: Setting, moment: Moment, surfaces: Surfaces): ShadowMap | undefined {
  const { sun, sunRgb } = moment.sky.light;
  if (sunRgb[1] === 0) return undefined;
  const { at, target } = setting.view.pose;
  const far = Math.hypot(at[0] - target[0], at[1] - target[1], at[2]);
  const reach = Math.min(shadowReachMax, 12 + far * 1.1);
  const map = new ShadowMap(sun, [target[0], target[1]], reach);
  map.cast(setting.scenery, surfaces);
  map.cast(moment.movers, surfaces);
  return map;
}
