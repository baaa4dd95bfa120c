import type { SeededRandom } from "../seeded-random.ts";
import { letFall } from "./falling.ts";
import { meanOf, toned, toneTable } from "./develop.ts";
import { drawMesh } from "./draw-mesh.ts";
import { drawGround } from "./ground.ts";
import type { Light } from "./light.ts";
import type { Mesh } from "./mesh.ts";
import { grain } from "./noise.ts";
import { dimBelow, layRegion, paintGround } from "./paint.ts";
import type { Setting } from "./painted-scene.ts";
import { Plane } from "./plane.ts";
import { shade } from "./shade.ts";
import { ShadowMap } from "./shadow-map.ts";
import type { Surfaces } from "./surfaces.ts";
import { markTouched } from "./touched.ts";
import type { Body } from "./town-moment.ts";
import type { TownSky } from "./town-sky.ts";
import type { Vec2 } from "./vector.ts";

/**
 * Paints one view again and again. What stands still is drawn once and lit once for each step of the light; a
 * picture then costs only what moves, and the samples that it hides, shades or mirrors in.
 */
export class ViewPainter {
  readonly #setting: Setting;
  readonly #surfaces: Surfaces;
  readonly #plane: Plane;
  readonly #mirror: Plane;
  readonly #still: Pick<Plane, "near" | "surface" | "owner" | "normal" | "light">;
  readonly #touched: Uint8Array;
  /** Developed, without what moves, and with it. */
  readonly #stillRgb: Uint8ClampedArray;
  readonly #rgb: Uint8ClampedArray;
  #litFor = "";
  #tone: { readonly table: Float32Array; readonly gain: number } = {
    table: new Float32Array(0),
    gain: 1,
  };

  /** @param setting seen through a lens that bends nothing */
  constructor(setting: Setting, surfaces: Surfaces) {
    const { width, height, focalPx } = setting.view.pose;
    this.#setting = setting;
    this.#surfaces = surfaces;
    this.#plane = new Plane(width, height, focalPx);
    this.#mirror = new Plane(width, height, focalPx);
    this.#touched = new Uint8Array(width * height);
    this.#stillRgb = new Uint8ClampedArray(width * height * 3);
    this.#rgb = new Uint8ClampedArray(width * height * 3);
    this.#plane.clear();
    for (const { polygon, kind } of setting.regions)
      layRegion(setting.view, this.#plane, polygon, kind);
    drawMesh(setting.scenery, surfaces, setting.view, this.#plane);
    drawGround(setting.view, this.#plane, setting.kinds);
    paintGround(setting.view, this.#plane, setting.paints);
    const { near, surface, owner, normal, light } = this.#plane;
    this.#still = {
      near: near.slice(),
      surface: surface.slice(),
      owner: owner.slice(),
      normal: normal.slice(),
      light: light.slice(),
    };
  }

  /** Paints what is in sight. The picture stays valid until the next call; it lacks noise and what falls. */
  paint(sky: TownSky, movers: Mesh, bodies: readonly Body[], beams: Light["lamps"]): void {
    this.#restore();
    if (this.#litFor !== sky.key) this.#lightStill(sky);
    const { view } = this.#setting;
    const light = { ...sky.light, lamps: [...sky.light.lamps, ...beams] };
    drawMesh(movers, this.#surfaces, view, this.#plane);
    for (const { place, length, width, shade: strength } of bodies)
      dimBelow(view, this.#plane, place, length, width, strength);
    this.#touched.fill(0);
    markTouched(this.#touched, view, bodies, light);
    this.#plane.light.set(this.#still.light);
    const mirror = light.wet > 0 ? this.#mirrored(movers) : undefined;
    const shadows = this.#shadows(light, movers);
    shade(view, this.#plane, this.#surfaces, light, shadows, mirror, this.#touched);
    this.#rgb.set(this.#stillRgb);
    this.#developInto(this.#rgb, this.#touched);
  }

  /** A picture as the camera sends it: the last one painted, with noise and falling snow or rain. */
  expose(sky: TownSky, random: SeededRandom): Uint8ClampedArray {
    const { width, height } = this.#setting.view.pose;
    const rgb = this.#rgb.slice();
    const { noise } = sky.film;
    const mask = grain.length - 1;
    let at = Math.floor(random.fraction() * grain.length);
    for (let p = 0; p < rgb.length; p++) {
      // A new start each row hides that the grain repeats.
      if (p % (width * 3) === 0) at = Math.floor(random.fraction() * grain.length);
      at = (at + 1) & mask;
      rgb[p] = (rgb[p] ?? 0) + noise * (grain[at] ?? 0);
    }
    if (sky.film.flakes > 0 || sky.film.streaks > 0)
      letFall({ width, height, rgb }, sky.film, random);
    return rgb;
  }

  #restore(): void {
    this.#plane.near.set(this.#still.near);
    this.#plane.surface.set(this.#still.surface);
    this.#plane.owner.set(this.#still.owner);
    this.#plane.normal.set(this.#still.normal);
    this.#plane.open.fill(1);
  }

  #lightStill(sky: TownSky): void {
    const { light, film } = sky;
    shade(
      this.#setting.view,
      this.#plane,
      this.#surfaces,
      light,
      this.#shadows(light, undefined),
      undefined,
    );
    this.#still.light.set(this.#plane.light);
    this.#tone = {
      table: toneTable(film.contrast),
      gain: film.exposure / Math.max(1e-4, meanOf(this.#plane.light)),
    };
    this.#developInto(this.#stillRgb, undefined);
    this.#litFor = sky.key;
  }

  #shadows(light: Light, movers: Mesh | undefined): ShadowMap | undefined {
    if (light.sunRgb[1] === 0) return undefined;
    const { target } = this.#setting.view.pose;
    const middle: Vec2 = [target[0], target[1] + 2];
    const map = new ShadowMap(light.sun, middle, shadowReach);
    map.cast(this.#setting.scenery, this.#surfaces);
    if (movers !== undefined) map.cast(movers, this.#surfaces);
    return map;
  }

  #mirrored(movers: Mesh): Plane {
    this.#mirror.clear();
    drawMesh(movers, this.#surfaces, this.#setting.view, this.#mirror, undefined, true);
    return this.#mirror;
  }

  /** Light to 8 bits, edges smoothed. @param only samples not 0 here; missing: all */
  #developInto(rgb: Uint8ClampedArray, only: Uint8Array | undefined): void {
    const { width, height, surface, owner, light } = this.#plane;
    const { table, gain } = this.#tone;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const p = y * width + x;
        if (only !== undefined && only[p] === 0) continue;
        const right = x + 1 < width ? p + 1 : p;
        const below = y + 1 < height ? p + width : p;
        const isEdge =
          surface[p] !== surface[right] ||
          surface[p] !== surface[below] ||
          owner[p] !== owner[right] ||
          owner[p] !== owner[below];
        for (let k = 0; k < 3; k++) {
          let value = light[p * 3 + k] ?? 0;
          if (isEdge)
            value =
              0.5 * value + 0.25 * ((light[right * 3 + k] ?? 0) + (light[below * 3 + k] ?? 0));
          rgb[p * 3 + k] = toned(table, value * gain);
        }
      }
    }
  }
}

/** Half the side of the square in which the sun casts shadows. In metres. */
const shadowReach = 32;
