import { Painter, type Drawn } from "../../src/scene/painted-scene.ts";
import { LotExporter } from "../../src/scene/export-scenes.ts";
import { spaceLabels, vehicleLabels } from "../../src/scene/labels.ts";
import { drawLotMoment } from "../../src/scene/lot-moment.ts";
import { drawLotSetting } from "../../src/scene/lot-setting.ts";
import { placeLaneVehicle } from "../../src/scene/lane-scene.ts";
import { drawVehicle, parkedMix } from "../../src/scene/fleet.ts";
import { europeanPlate } from "../../src/scene/plate-look.ts";
import { CameraView } from "../../src/scene/camera-view.ts";
import { Mesh } from "../../src/scene/mesh.ts";
import { Surfaces } from "../../src/scene/surfaces.ts";
import type { Vec2 } from "../../src/scene/vector.ts";
import type { Sky } from "../../src/scene/weather.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import { describe, expect, test } from "vitest";

/** Even light, a camera without faults: what differs between two pictures stands in them. */
const plainSky: Sky = {
  lightName: "overcast",
  weatherName: "dry",
  light: {
    sun: [0, 0, 1],
    sunRgb: [0, 0, 0],
    zenith: [1, 1, 1],
    horizon: [1, 1, 1],
    lamps: [],
    fog: 0,
    wet: 0,
    snow: 0,
  },
  film: {
    exposure: 0.2,
    gain: 1,
    balance: [1, 1],
    defocus: 0,
    shake: 0,
    vignette: 0,
    noise: 0,
    colourNoise: 0,
    grey: 0,
    contrast: 1,
    dirt: 0,
    flakes: 0,
    streaks: 0,
  },
};

function lotWith(seed: number, full: number) {
  const surfaces = new Surfaces();
  const random = new SeededRandom(seed);
  const size = { width: 480, height: 320 };
  const setting = drawLotSetting(random.fork("view"), surfaces, size, "lot");
  const moment = drawLotMoment(random.fork("cars"), surfaces, new Mesh(), setting, plainSky, full);
  const drawn = new Painter().draw(setting, moment, surfaces, 1, new SeededRandom(1));
  return { setting, moment, drawn };
}

/** Mean difference of two pictures inside a polygon's bounding box, where the polygon covers it; 0–255. */
function differenceIn(polygon: readonly Vec2[], a: Drawn, b: Drawn): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      if (!holds(polygon, x + 0.5, y + 0.5)) continue;
      for (let k = 0; k < 3; k++) {
        const p = (y * a.width + x) * 3 + k;
        sum += Math.abs((a.rgb[p] ?? 0) - (b.rgb[p] ?? 0));
      }
      count += 3;
    }
  }
  return sum / Math.max(1, count);
}

function holds(polygon: readonly Vec2[], x: number, y: number): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

describe.each([3, 17, 40])("a drawn car park (seed %i)", (seed) => {
  const empty = lotWith(seed, 0);
  const full = lotWith(seed, 0.5);
  const labels = spaceLabels(
    full.setting.outlines,
    full.moment.placed,
    full.drawn,
    full.drawn.hidden,
  );
  const vehicles = vehicleLabels(full.setting.view, full.moment.placed, full.drawn);

  test("looks different where a space is taken", () => {
    const taken = labels.filter(({ occupied, seen }) => occupied && seen > 0.7);
    expect(taken.length).toBeGreaterThan(0);
    const unseen = taken.filter(
      ({ polygon }) => differenceIn(polygon, empty.drawn, full.drawn) < 12,
    );
    expect(unseen).toEqual([]);
  });

  test("boxes vehicles at their outermost pixels, around the middle of where they stand", () => {
    for (const { box, ground } of vehicles.filter((each) => each.visible > 0.8)) {
      const [left, top, right, bottom] = box;
      expect(right).toBeGreaterThan(left);
      expect(bottom).toBeGreaterThan(top);
      const x = ground.reduce((sum, [px]) => sum + px / 4, 0);
      expect(x).toBeGreaterThan(left);
      expect(x).toBeLessThan(right);
    }
    const owners = full.drawn.owner;
    const seen = vehicles.map(({ box: [left, top, right, bottom] }) => {
      const edge = [top, bottom - 1].map((y) =>
        owners
          .subarray(y * full.drawn.width + left, y * full.drawn.width + right)
          .some((who) => who > 0),
      );
      return edge.every(Boolean);
    });
    expect(seen.every(Boolean)).toBe(true);
  });

  test("says that a vehicle behind another shows less", () => {
    for (const { visible } of vehicles) {
      expect(visible).toBeGreaterThanOrEqual(0);
      expect(visible).toBeLessThanOrEqual(1);
    }
    expect(labels.every(({ seen }) => seen >= 0 && seen <= 1)).toBe(true);
  });
});

test("the same seed draws the same bytes, another seed others", () => {
  const picture = (seed: number): Buffer => {
    const exporter = new LotExporter({ width: 160, height: 100 }, 1, "lot");
    return Buffer.from(exporter.view(new SeededRandom(seed)).pictures(0).rgb);
  };
  expect(picture(5).equals(picture(5))).toBe(true);
  expect(picture(5).equals(picture(6))).toBe(false);
});

test("a plate fills the corners that its label names", () => {
  const surfaces = new Surfaces();
  const mesh = new Mesh();
  const plate = {
    ...europeanPlate("BAB1234", "D"),
    back: [0, 255, 0],
    ink: [20, 20, 20],
    rows: [""],
  } as const;
  const red = { paint: [120, 20, 20], trim: [120, 20, 20] } as const;
  const { band: _band, ...plain } = plate;
  const drawnCar = drawVehicle(
    new SeededRandom(4),
    { ...parkedMix, car: 1, van: 0, motorcycle: 0, bicycle: 0 },
    false,
  );
  const vehicle = { ...drawnCar, ...red, plate: plain };
  const place = { x: 5 + vehicle.length / 2, y: 0.2, turn: Math.PI + 0.2 };
  const view = new CameraView({
    at: [0, 0.6, 1.6],
    target: [5, 0.2, 0.6],
    roll: 0.05,
    focalPx: 900,
    width: 480,
    height: 320,
    barrel: 0.05,
  });
  const { placed, standing } = placeLaneVehicle(mesh, surfaces, { vehicle, place, view });
  const setting = {
    view,
    kinds: [{ colour: [90, 90, 90], patches: 0, grain: 0 }],
    regions: [],
    paints: [],
    scenery: new Mesh(),
  } as const;
  const moment = { sky: plainSky, movers: mesh, standing: [standing], paints: [] };
  const drawn = new Painter().draw(setting, moment, surfaces, 1.5, new SeededRandom(1));
  const corners = placed.plate?.corners ?? [];
  expect(placed.plate?.text).toBe("BAB1234");
  expect(corners).toHaveLength(4);
  const middle = [0, 1].map((axis) =>
    corners.reduce((sum, corner) => sum + (corner[axis] ?? 0) / 4, 0),
  );
  const [cx = 0, cy = 0] = middle;
  const resized = (by: number): Vec2[] =>
    corners.map(([x, y]): Vec2 => {
      const away = Math.hypot(x - cx, y - cy);
      return [x + ((x - cx) / away) * by, y + ((y - cy) / away) * by];
    });
  const wrong: string[] = [];
  let inside = 0;
  for (let y = 0; y < drawn.height; y++) {
    for (let x = 0; x < drawn.width; x++) {
      const p = (y * drawn.width + x) * 3;
      const isGreen = (drawn.rgb[p + 1] ?? 0) > 2 * (drawn.rgb[p] ?? 0) + 20;
      const isWithin = holds(resized(-3), x + 0.5, y + 0.5);
      const isNear = holds(resized(3), x + 0.5, y + 0.5);
      if (isWithin) inside++;
      if (isGreen ? !isNear : isWithin) wrong.push(`${x},${y}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(inside).toBeGreaterThan(500);
});
