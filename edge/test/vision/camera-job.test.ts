import { CameraConfig } from "@gatehouse/shared/contracts/camera";
import { expect, test } from "vitest";
import { jobOf } from "../../src/vision/camera-job.ts";

const places = { baseDir: "/site", dataDir: "/data", credentials: {}, plateCropsDays: 7 };
const job = (known: object) =>
  jobOf(
    CameraConfig.parse({ id: "eye", source: { kind: "folder", path: "pictures" }, ...known }),
    places,
  );

test("plates are read where a camera looks at a lane or at one space, and nowhere else", () => {
  expect(job({ lane: "entry-1" }).plates).toMatchObject({ cropsDays: 7 });
  expect(job({ plate_space: "A001" }).plates).toMatchObject({ cropsDays: 7 });
  expect(job({}).plates).toBeUndefined();
});
