import type { Instant } from "@gatehouse/shared/time";
import type { SeededRandom } from "../seeded-random.ts";
import { headlights } from "./headlights.ts";
import { Mesh } from "./mesh.ts";
import type { Setting } from "./painted-scene.ts";
import type { Surfaces } from "./surfaces.ts";
import type { Body } from "./town-moment.ts";
import type { TownHeaven, TownSky } from "./town-sky.ts";
import { ViewPainter } from "./view-painter.ts";

/** Who is in sight of a camera. */
export interface Cast {
  /** Changes whenever something else would be drawn; undefined while something moves. */
  keyAt(at: Instant): string | undefined;
  /** Adds everybody to the mesh. */
  enter(mesh: Mesh, surfaces: Surfaces, at: Instant, isDark: boolean): readonly Body[];
}

/** A camera's view of the town as it is now, by day and night and in all weathers. */
export class LiveView {
  readonly width: number;
  readonly height: number;
  readonly #painter: ViewPainter;
  readonly #surfaces: Surfaces;
  readonly #kept: number;
  readonly #heaven: TownHeaven;
  readonly #cast: Cast;
  readonly #movers = new Mesh();
  #painted: string | undefined;

  constructor(setting: Setting & { readonly surfaces: Surfaces }, heaven: TownHeaven, cast: Cast) {
    const { width, height } = setting.view.pose;
    this.width = width;
    this.height = height;
    this.#surfaces = setting.surfaces;
    this.#kept = setting.surfaces.count;
    this.#painter = new ViewPainter(setting, setting.surfaces);
    this.#heaven = heaven;
    this.#cast = cast;
  }

  /** @param random of the camera's noise. @returns 8-bit sRGB, three channels */
  pictureAt(at: Instant, random: SeededRandom): Uint8ClampedArray {
    const sky = this.#heaven.skyAt(at);
    const key = this.#cast.keyAt(at);
    const painted = key === undefined ? undefined : `${sky.key} ${key}`;
    if (painted === undefined || painted !== this.#painted) this.#paint(sky, at);
    this.#painted = painted;
    return this.#painter.expose(sky, random);
  }

  #paint(sky: TownSky, at: Instant): void {
    this.#surfaces.cutTo(this.#kept);
    this.#movers.clear();
    const isDark = sky.light.lamps.length > 0;
    const bodies = this.#cast.enter(this.#movers, this.#surfaces, at, isDark);
    const beams = isDark
      ? bodies.flatMap(({ vehicle, place }) =>
          vehicle === undefined ? [] : headlights(vehicle, place),
        )
      : [];
    this.#painter.paint(sky, this.#movers, bodies, beams);
  }
}
