import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import type { Point } from "@gatehouse/shared/polygon";
import {
  fromView,
  inPicture,
  moved,
  sidesOf,
  toView,
  withExtraCorner,
  withoutCorner,
} from "../../../web/setup/drawing.ts";
import { begun, redone, stepped, undone } from "../../../web/setup/history.ts";
import { snapped } from "../../../web/setup/snapping.ts";
import { fitted, panned, toPicture, toStage, zoomed } from "../../../web/setup/viewport.ts";

const view = CameraView.parse({
  frames: [
    {
      file: "live",
      width: 200,
      height: 100,
      spaces: [
        {
          id: "A001",
          polygon: [
            [10, 10],
            [30, 10],
            [30, 40],
            [10, 40],
          ],
        },
      ],
    },
  ],
  zones: [
    {
      id: "in",
      kind: "entry",
      polygon: [
        [100, 0],
        [200, 0],
        [200, 50],
      ],
    },
  ],
  lines: [{ id: "door", from: [0, 90], to: [200, 90] }],
});

const square = (): ReturnType<typeof fromView>["shapes"][number] => {
  const [shape] = fromView(view).shapes;
  if (shape === undefined) throw new Error("one shape is drawn");
  return shape;
};

test("a view that is read and written again says the same", () => {
  expect(toView(fromView(view))).toEqual(view);
});

describe("moving", () => {
  test("never leaves the picture, and keeps each shape's form", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: -500, max: 500 }),
        (x, y) => {
          const drawing = fromView(view);
          const keys = new Set(drawing.shapes.map(({ key }) => key));
          const points = moved(drawing, keys, [x, y]).shapes.flatMap((shape) => shape.points);
          for (const point of points) expect(inPicture(point, drawing.size)).toEqual(point);
        },
      ),
    );
    const drawing = fromView(view);
    const [first] = drawing.shapes;
    const after = moved(drawing, new Set([first?.key ?? ""]), [5, -99]).shapes[0]?.points;
    expect(after).toEqual([
      [15, 0],
      [35, 0],
      [35, 30],
      [15, 30],
    ]);
  });
});

describe("corners", () => {
  test("one more stands on its side, and a polygon keeps three", () => {
    const more = withExtraCorner(square(), 3, [10, 25]);
    expect(more.points).toHaveLength(5);
    expect(more.points[4]).toEqual([10, 25]);
    const three = withoutCorner(withoutCorner(more, 0), 0);
    expect(withoutCorner(three, 0).points).toHaveLength(3);
  });

  test("snap to another corner before its side, and to nothing far away", () => {
    const shapes = [square()];
    expect(snapped([12, 11], shapes, 5)).toEqual([10, 10]);
    expect(snapped([20, 11], shapes, 5)).toEqual([20, 10]);
    expect(snapped([20, 25], shapes, 5)).toEqual([20, 25]);
  });

  test("a line has one side, a polygon as many as corners", () => {
    expect(fromView(view).shapes.map((shape) => sidesOf(shape).length)).toEqual([4, 3, 1]);
  });
});

describe("steps", () => {
  test("are taken back and done again; a new step forgets what was taken back", () => {
    const three = [1, 2, 3].reduce((history, step) => stepped(history, step), begun(0));
    expect(undone(undone(three)).present).toBe(1);
    expect(redone(undone(three)).present).toBe(3);
    expect(redone(stepped(undone(three), 9)).present).toBe(9);
    expect(undone(begun(0)).present).toBe(0);
  });
});

describe("the viewport", () => {
  const picture = { width: 1280, height: 720 };
  const stage = { width: 700, height: 500 };

  test("zooms about the finger: what is under it stays there", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 0, max: 500 }),
        (by, x, y) => {
          const before = fitted(picture, stage);
          const after = zoomed(before, by, [x, y], picture, stage);
          const [stillX, stillY] = toStage(after, toPicture(before, [x, y]));
          expect(stillX).toBeCloseTo(x, 6);
          expect(stillY).toBeCloseTo(y, 6);
        },
      ),
    );
  });

  test("fits the whole picture, and never loses it", () => {
    const view = fitted(picture, stage);
    const corners: Point[] = [
      [0, 0],
      [1280, 720],
    ];
    for (const [x, y] of corners.map((corner) => toStage(view, corner))) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(700);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(500);
    }
    const away = panned(view, [99_999, 0], picture, stage);
    expect(away.left).toBeLessThan(700);
  });
});
