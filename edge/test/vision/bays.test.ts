import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CameraView } from "@gatehouse/shared/contracts/camera-view";
import { afterAll, expect, test } from "vitest";
import { BayMap, readBaysFile } from "../../src/vision/bays.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-bays-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bayMap = (view: unknown) => new BayMap(CameraView.parse(view));

const square = (size: number): [number, number][] => [
  [0, 0],
  [size, 0],
  [size, size],
  [0, size],
];

const frame = (file: string, size: number) => ({
  file,
  width: 100,
  height: 50,
  spaces: [{ id: "A1", polygon: square(size) }],
});

test("a named frame has its own spaces, any other those of the first frame", () => {
  const bays = bayMap({ frames: [frame("one.jpg", 10), frame("two.jpg", 20)] });
  expect(bays.of("two.jpg", 100, 50)).toEqual([{ id: "A1", polygon: square(20) }]);
  expect(bays.of("noon.jpg", 100, 50)).toEqual([{ id: "A1", polygon: square(10) }]);
});

test("spaces are drawn for one size and seen in another", () => {
  const bays = bayMap({ frames: [frame("one.jpg", 10)] });
  const [bay] = bays.of("one.jpg", 200, 150);
  expect(bay?.polygon[2]).toEqual([20, 30]);
});

test("the same frame and size give the same spaces, not equal ones", () => {
  const bays = bayMap({ frames: [frame("one.jpg", 10)] });
  expect(bays.of("a.jpg", 100, 50)).toBe(bays.of("b.jpg", 100, 50));
});

test.each<[string, string, RegExp]>([
  ["no JSON", "{", /JSON/],
  ["no frames", `{"frames": []}`, /frames: name at least one frame/],
  [
    "a polygon of two points",
    JSON.stringify({
      frames: [
        {
          ...frame("a.jpg", 1),
          spaces: [
            {
              id: "A1",
              polygon: [
                [0, 0],
                [1, 1],
              ],
            },
          ],
        },
      ],
    }),
    /frames\.0\.spaces\.0\.polygon: a polygon needs at least 3 points/,
  ],
  [
    "the same space twice",
    JSON.stringify({
      frames: [
        { ...frame("a.jpg", 1), spaces: [...frame("a", 1).spaces, ...frame("a", 2).spaces] },
      ],
    }),
    /the same space is drawn twice/,
  ],
])("a file with %s is refused by name", async (_what, text, complaint) => {
  const path = join(folder, "bays.json");
  writeFileSync(path, text);
  const reading = readBaysFile(path);
  await expect(reading).rejects.toMatchObject({ code: "bays-unusable" });
  await expect(reading).rejects.toThrow(complaint);
  await expect(reading).rejects.toThrow(path);
});

test("a missing file is a fault, not a crash", async () => {
  await expect(readBaysFile(join(folder, "none.json"))).rejects.toMatchObject({
    code: "bays-unusable",
  });
});
