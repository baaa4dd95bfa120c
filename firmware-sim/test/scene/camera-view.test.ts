import { CameraView } from "../../src/scene/camera-view.ts";
import { cameraFromBays, type Quad } from "../../src/scene/camera-from-bays.ts";
import { layRow } from "../../src/scene/lot-plan.ts";
import type { Vec2 } from "../../src/scene/vector.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const pose = {
  at: [2, -12, 8],
  target: [0, 4, 0],
  roll: 0.05,
  focalPx: 700,
  width: 1280,
  height: 720,
  barrel: 0.15,
} as const;

describe("a camera", () => {
  test("sees a point of the ground where the same pixel shows the ground", () => {
    const view = new CameraView(pose);
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.double({ min: -2, max: 20, noNaN: true }),
        (x, y) => {
          const pixel = view.project([x, y, 0]) ?? [Number.NaN, 0];
          const back = view.groundAt(pixel) ?? [Number.NaN, 0];
          expect(back[0]).toBeCloseTo(x, 5);
          expect(back[1]).toBeCloseTo(y, 5);
        },
      ),
    );
  });

  test("shows what stands higher further up, and nothing behind it", () => {
    const view = new CameraView(pose);
    const [foot, head] = [view.project([0, 6, 0]), view.project([0, 6, 2])];
    expect(head?.[1]).toBeLessThan(foot?.[1] ?? 0);
    expect(view.project([0, -30, 0])).toBeUndefined();
  });

  test("shows no ground at the horizon", () => {
    const level = new CameraView({ ...pose, target: [2, 20, 8], roll: 0, barrel: 0 });
    expect(level.groundAt([640, 300])).toBeUndefined();
    expect(level.groundAt([640, 400])).toBeDefined();
  });
});

describe("the camera of a photograph", () => {
  test.each([
    { height: 5, tilt: 0.35, focal: 900 },
    { height: 12, tilt: 0.6, focal: 800 },
    { height: 20, tilt: 1.1, focal: 1500 },
  ])("is found from the spaces drawn into it: $height m, $tilt rad", ({ height, tilt, focal }) => {
    const truth = new CameraView({
      at: [0, 0, height],
      target: [0, height / Math.tan(tilt), 0],
      roll: 0.03,
      focalPx: focal,
      width: 1280,
      height: 720,
      barrel: 0,
    });
    const size = { bayWidth: 2.44, bayLength: 5, degrees: 90 };
    const ahead = height / Math.tan(tilt);
    const rows = [ahead - 3, ahead + 3].flatMap((y, i) =>
      layRow({ y, side: i === 0 ? -1 : 1 }, i, 6, size),
    );
    const quads = rows.flatMap((bay): Quad[] => {
      const corners = bay.corners
        .map(([x, y]) => truth.project([x, y, 0]))
        .filter((c) => c !== undefined);
      return corners.length === 4 ? [corners as unknown as Quad] : [];
    });
    const found = cameraFromBays(quads, 1280, 720);
    expect(found.pose.at[2] / height).toBeCloseTo(1, 1);
    // What stands 1.5 m high in the middle of the lot is drawn where the true camera sees it.
    const middle: Vec2 = [640, 400];
    const lift = (view: CameraView): number => {
      const [x, y] = view.groundAt(middle) ?? [0, 0];
      return (view.project([x, y, 1.5])?.[1] ?? 0) - middle[1];
    };
    expect(lift(found) / lift(truth)).toBeCloseTo(1, 1);
  });

  test("is not guessed from three spaces", () => {
    expect(() => cameraFromBays([], 640, 400)).toThrow("do not show how a camera hangs");
  });
});
