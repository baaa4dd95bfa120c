import { CameraView } from "../../src/scene/camera-view.ts";
import { coverGround } from "../../src/scene/cover.ts";
import { drawMesh } from "../../src/scene/draw-mesh.ts";
import { drawGround } from "../../src/scene/ground.ts";
import type { Light } from "../../src/scene/light.ts";
import { Mesh } from "../../src/scene/mesh.ts";
import { type Plane, planeFor } from "../../src/scene/plane.ts";
import { shade } from "../../src/scene/shade.ts";
import { ShadowMap } from "../../src/scene/shadow-map.ts";
import { strokesOf } from "../../src/scene/strokes.ts";
import { Surfaces } from "../../src/scene/surfaces.ts";
import type { Vec2, Vec3 } from "../../src/scene/vector.ts";
import { describe, expect, test } from "vitest";

/** Straight down from 20 m, 10 pixels a metre; the middle is at (0, 0), x to the right, y up the picture. */
const above = new CameraView({
  at: [0, 0, 20],
  target: [0, 0, 0],
  roll: 0,
  focalPx: 200,
  width: 200,
  height: 160,
  barrel: 0,
});

const plainLight: Light = {
  sun: [0.6, 0, 0.8],
  sunRgb: [2, 2, 2],
  zenith: [0.5, 0.5, 0.5],
  horizon: [0.5, 0.5, 0.5],
  lamps: [],
  fog: 0,
  wet: 0,
  snow: 0,
};
const asphalt = { colour: [100, 100, 100], patches: 0, grain: 0 } as const;

/** The plane with a box of 2 × 2 × 3 m in its middle, in the sun that stands in +x. */
function boxInTheSun(): Plane {
  const plane = planeFor(above, 1);
  const surfaces = new Surfaces();
  const mesh = new Mesh();
  mesh.at({ x: 0, y: 0, turn: 0 }, 1).box([0, 0, 0], [2, 2, 3], surfaces.add([200, 60, 60]));
  plane.clear();
  drawMesh(mesh, surfaces, above, plane);
  drawGround(above, plane, [asphalt]);
  const shadows = new ShadowMap(plainLight.sun, [0, 0], 15);
  shadows.cast(mesh, surfaces);
  shade(above, plane, surfaces, plainLight, shadows, undefined);
  return plane;
}

const sampleAt = (plane: Plane, [x, y, z]: Vec3): number => {
  const pixel = above.project([x, y, z]) ?? [0, 0];
  const column = Math.floor(pixel[0] + (plane.width - above.pose.width) / 2);
  return Math.floor(pixel[1] + (plane.height - above.pose.height) / 2) * plane.width + column;
};

describe("drawing", () => {
  test("puts a box where it stands and the nearer thing in front", () => {
    const plane = boxInTheSun();
    expect(plane.owner[sampleAt(plane, [0, 0, 3])]).toBe(1);
    expect(plane.owner[sampleAt(plane, [3, 0, 0])]).toBe(0);
    expect(1 / (plane.near[sampleAt(plane, [0, 0, 3])] ?? 0)).toBeCloseTo(17, 3);
    expect(1 / (plane.near[sampleAt(plane, [5, 0, 0])] ?? 0)).toBeCloseTo(20, 3);
  });

  test("lays the shadow on the side away from the sun, as long as the sun stands low", () => {
    const plane = boxInTheSun();
    const lightAt = (x: number): number => plane.light[sampleAt(plane, [x, 0, 0]) * 3] ?? 0;
    const sunlit = lightAt(4);
    expect(lightAt(-2.5)).toBeLessThan(sunlit * 0.5);
    // 3 m high under a sun of 53°: the shadow ends 2.25 m behind the box.
    expect(lightAt(-3.1)).toBeLessThan(sunlit * 0.5);
    expect(lightAt(-3.5)).toBeCloseTo(sunlit, 2);
  });

  test("keeps a thing that reaches behind the camera in one piece", () => {
    const low = new CameraView({ ...above.pose, at: [0, 0, 1.5], target: [0, 10, 0] });
    const plane = planeFor(low, 1);
    plane.clear();
    const surfaces = new Surfaces();
    const mesh = new Mesh();
    mesh.box([0, 0, 0], [40, 40, 0.2], surfaces.add([90, 90, 90]));
    drawMesh(mesh, surfaces, low, plane);
    const bottom = (plane.height - 1) * plane.width;
    expect(plane.surface.subarray(bottom, bottom + plane.width).every((id) => id > 0)).toBe(true);
  });

  test("covers as much of the picture as a polygon is large", () => {
    const plane = planeFor(above, 1);
    const areaOf = (polygon: readonly Vec2[]): number => {
      let sum = 0;
      coverGround(above, plane, polygon, (_, from, to, cover) => {
        for (let x = from; x <= to; x++) sum += cover[x] ?? 0;
      });
      return sum;
    };
    const triangle: Vec2[] = [
      [-3.33, -2.1],
      [4.2, -1],
      [0.7, 3.9],
    ];
    expect(areaOf(triangle) / 100).toBeCloseTo(20.37, 0);
    expect(
      areaOf([
        [-50, -50],
        [50, -50],
        [50, 50],
        [-50, 50],
      ]),
    ).toBeCloseTo(plane.width * plane.height, 0);
  });
});

describe("the letters", () => {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".split("");

  test("all have strokes inside their cell, and no two the same but O and 0", () => {
    const astray = signs.filter((sign) => {
      const strokes = strokesOf(sign);
      return strokes.length === 0 || strokes.flat().some((at) => at < 0 || at > 1);
    });
    expect(astray).toEqual([]);
    const drawings = new Set(signs.map((sign) => JSON.stringify(strokesOf(sign))));
    expect(drawings.size).toBe(signs.length - 1);
  });
});
