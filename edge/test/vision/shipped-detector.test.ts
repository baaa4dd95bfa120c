import { expect, test } from "vitest";
import { LotExporter } from "@gatehouse/firmware-sim/scene/export-scenes";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Detector } from "../../src/vision/detector.ts";
import { overlapOf } from "../../src/vision/geometry.ts";
import { modelFile } from "../../src/vision/models.ts";
import { defaultSettings } from "../../src/vision/settings.ts";
import { suppress } from "../../src/vision/suppress.ts";

const size = { width: 512, height: 320 };
const views = 6;
const sameBox = 0.5;

/** Vehicles that nobody could miss: large enough, and nothing in front of them. */
const plainToSee = { visible: 0.8, side: 24 };

test(
  "the detector that ships finds most vehicles of car parks it has never seen, and few where there are none",
  { timeout: 120_000 },
  async () => {
    const file = modelFile("gatehouse-vehicles", { dataDir: "/nonexistent", baseDir: "/" });
    const detector = await Detector.load(file);
    const { confidenceMin, sameVehicleOverlap } = defaultSettings(detector.family.kind);
    const seenIn = async (rgb: Uint8ClampedArray) => {
      const fit = detector.fit(size.width, size.height);
      const found = await detector.detect(new Uint8Array(rgb.buffer), fit, { left: 0, top: 0 });
      return suppress(found, sameVehicleOverlap).filter(({ score }) => score >= confidenceMin);
    };

    const exporter = new LotExporter(size, 1, "lot");
    const random = new SeededRandom(987_654);
    let [found, there, ghosts] = [0, 0, 0];
    for (let view = 0; view < views; view += 1) {
      const { pictures, empty } = exporter.view(random.fork(`view ${view}`));
      const picture = pictures(0);
      const seen = await seenIn(picture.rgb);
      for (const { box, visible } of picture.vehicles) {
        const [left, top, right, bottom] = box;
        const side = Math.min(right - left, bottom - top);
        if (visible < plainToSee.visible || side < plainToSee.side) continue;
        there += 1;
        const truth = { left, top, right, bottom };
        if (seen.some((each) => overlapOf(each, truth) >= sameBox)) found += 1;
      }
      ghosts += (await seenIn(empty.rgb)).length;
    }
    expect(there).toBeGreaterThan(20);
    expect(found / there).toBeGreaterThan(0.8);
    expect(ghosts).toBeLessThanOrEqual(views);
  },
);
