import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { shippedModels } from "@gatehouse/shared/contracts/camera";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import { evaluateOccupancy, type OccupancyCalibration } from "./occupancy.ts";
import { modelNamed } from "./reading.ts";
import { percent, type Verb } from "./verb.ts";

export const occupancyVerb: Verb = {
  name: "occupancy",
  summary:
    "Says of labelled photographs which spaces are occupied, with the daemon's own pipeline.",
  set: "folder with the photographs and their labels.json",
  out: "JSON file for the predictions",
  options: {
    detector: {
      value: "NAME|FILE",
      text: `detector, or none; left out: ${shippedModels.detector}, which ships`,
    },
    classifier: {
      value: "NAME|FILE",
      text: `classifier of single spaces, or none; left out: ${shippedModels.classifier}, which ships`,
    },
    "calibrate-on": {
      value: "FRAME",
      text:
        "photograph of the empty car park from the same camera (not scored), or first-frames: each " +
        "photograph is judged with what was learnt from it and from those before it, without their labels",
    },
  },
  async run({ set, out, options }) {
    const { "calibrate-on": calibrateOn } = options;
    const { score, predictions } = await evaluateOccupancy({
      set,
      detector: modelNamed(options["detector"] ?? shippedModels.detector),
      classifier: modelNamed(options["classifier"] ?? shippedModels.classifier),
      calibration: calibrateOn === undefined ? undefined : calibrationOf(calibrateOn),
    });
    await writeFile(out, `${JSON.stringify(predictions, undefined, 1)}\n`).catch(
      (error: unknown) => {
        throw new CannotEvaluate(String(error));
      },
    );
    const lines = [
      `right        ${percent(score.accuracy)} of ${score.spaces} spaces`,
      `  occupied   ${percent(score.occupied)}`,
      `  free       ${percent(score.free)}`,
      `decided by   ${score.decided_by}`,
    ];
    return { score, lines };
  },
};

const calibrationOf = (word: string): OccupancyCalibration =>
  word === "first-frames" ? { kind: word } : { kind: "empty", frame: resolve(word) };
