import type { CameraView } from "./camera-view.ts";
import { coverGround } from "./cover.ts";
import { cloudAt, grainAt } from "./noise.ts";
import type { Plane } from "./plane.ts";
import { type Colour, linear } from "./surfaces.ts";
import { onGround, type Place, rectangle, type Vec2 } from "./vector.ts";

/** Something lying flat on the ground: a line, a stain, a puddle's bed, a manhole. */
export interface Paint {
  readonly polygon: readonly Vec2[];
  readonly colour: Colour;
  /** 0–1. */
  readonly opacity: number;
  /** Share worn away in flecks, 0–1. */
  readonly wear: number;
  /** Fades from the middle to the edge; the polygon is about round. */
  readonly soft?: { readonly middle: Vec2; readonly radius: number };
}

/** A sight line on the ground: metres for each sample of a plane. */
export class GroundSight {
  readonly #view: CameraView;
  readonly #plane: Plane;
  x = 0;
  y = 0;

  constructor(view: CameraView, plane: Plane) {
    this.#view = view;
    this.#plane = plane;
  }

  /** Sets `x` and `y` to the ground point of a sample that lies below the horizon. */
  look(px: number, py: number): void {
    const { forward, right, down, pose } = this.#view;
    const { width, height, focal } = this.#plane;
    const xn = (px + 0.5 - width / 2) / focal;
    const yn = (py + 0.5 - height / 2) / focal;
    const far = -pose.at[2] / (forward[2] + xn * right[2] + yn * down[2]);
    this.x = pose.at[0] + far * (forward[0] + xn * right[0] + yn * down[0]);
    this.y = pose.at[1] + far * (forward[1] + xn * right[1] + yn * down[1]);
  }
}

/** Paints over the ground's reflectance where no mesh stands before it. */
export function paintGround(view: CameraView, plane: Plane, paints: readonly Paint[]): void {
  const sight = new GroundSight(view, plane);
  for (const { polygon, colour, opacity, wear, soft } of paints) {
    const [r, g, b] = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
    coverGround(view, plane, polygon, (row, from, to, cover) => {
      for (let px = from; px <= to; px++) {
        const p = row * plane.width + px;
        if (plane.surface[p] !== 0 || (cover[px] ?? 0) === 0) continue;
        let share = opacity * Math.min(1, cover[px] ?? 0);
        if (wear > 0 || soft !== undefined) sight.look(px, row);
        if (wear > 0) share *= 1 - wear * wornAt(sight.x, sight.y);
        if (soft !== undefined) {
          const dx = (sight.x - soft.middle[0]) / soft.radius;
          const dy = (sight.y - soft.middle[1]) / soft.radius;
          const out = dx * dx + dy * dy + 0.35 * cloudAt(sight.x * 30, sight.y * 30);
          share *= out >= 1 ? 0 : 1 - Math.max(0, out);
        }
        const grainy = 1 + 0.08 * grainAt(sight.x * 40, sight.y * 40);
        blend(plane.ground, p * 3, r * grainy, g * grainy, b * grainy, share);
      }
    });
  }
}

function wornAt(x: number, y: number): number {
  const flecks = 0.5 + 0.9 * cloudAt(x * 26 + 5, y * 26) + 0.35 * grainAt(x * 60, y * 60);
  return flecks < 0 ? 0 : flecks > 1 ? 1 : flecks;
}

function blend(
  into: Float32Array,
  at: number,
  r: number,
  g: number,
  b: number,
  share: number,
): void {
  into[at] = (into[at] ?? 0) * (1 - share) + r * share;
  into[at + 1] = (into[at + 1] ?? 0) * (1 - share) + g * share;
  into[at + 2] = (into[at + 2] ?? 0) * (1 - share) + b * share;
}

/** Lays another kind of ground (by its number among the kinds) over a polygon. Comes before `drawGround`. */
export function layRegion(
  view: CameraView,
  plane: Plane,
  polygon: readonly Vec2[],
  kind: number,
): void {
  coverGround(view, plane, polygon, (row, from, to, cover) => {
    for (let px = from; px <= to; px++)
      if ((cover[px] ?? 0) >= 0.5) plane.region[row * plane.width + px] = kind;
  });
}

/** The sky's light is lost so far beside a body. In metres. */
const dimReach = 1.1;

/** Takes the sky's light from the ground under and beside a body that stands on it. */
export function dimBelow(
  view: CameraView,
  plane: Plane,
  place: Place,
  length: number,
  width: number,
  strength: number,
): void {
  const sight = new GroundSight(view, plane);
  const [cos, sin] = [Math.cos(place.turn), Math.sin(place.turn)];
  const outline = rectangle(place, length + 2 * dimReach, width + 2 * dimReach);
  coverGround(view, plane, outline, (row, from, to, cover) => {
    for (let px = from; px <= to; px++) {
      const p = row * plane.width + px;
      if (plane.surface[p] !== 0 || (cover[px] ?? 0) < 0.5) continue;
      sight.look(px, row);
      const [dx, dy] = [sight.x - place.x, sight.y - place.y];
      const beyondX = Math.abs(dx * cos + dy * sin) - length / 2 + 0.15;
      const beyondY = Math.abs(dy * cos - dx * sin) - width / 2 + 0.12;
      const out = Math.hypot(Math.max(0, beyondX), Math.max(0, beyondY));
      const inside = Math.min(0, Math.max(beyondX, beyondY));
      const left =
        inside < 0
          ? 0.42 * Math.exp(inside * 3)
          : 1 - 0.58 * Math.exp(-out * 3.2) * (1 - out / 1.2);
      plane.open[p] = (plane.open[p] ?? 1) * (1 - strength * (1 - left));
    }
  });
}

/** A stripe between two ground points. */
export function stripe(from: Vec2, to: Vec2, width: number): readonly Vec2[] {
  const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const middle = { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, turn };
  return rectangle(middle, Math.hypot(to[0] - from[0], to[1] - from[1]), width);
}

/** A round blot with an uneven edge. */
export function blot(middle: Vec2, radius: number, corners = 14): readonly Vec2[] {
  return Array.from({ length: corners }, (_, i) => {
    const turn = (2 * Math.PI * i) / corners;
    const r = radius * (1 + 0.25 * grainAt(middle[0] * 91 + i * 3, middle[1] * 77));
    return onGround({ x: middle[0], y: middle[1], turn }, [r, 0]);
  });
}
