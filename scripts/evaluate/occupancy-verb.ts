import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import { evaluateOccupancy } from "./occupancy.ts";
import { percent, type Verb } from "./verb.ts";

export const occupancyVerb: Verb = {
  name: "occupancy",
  summary:
    "Says of labelled photographs which spaces are occupied, with the daemon's own pipeline.",
  set: "folder with the photographs and their labels.json",
  out: "JSON file for the predictions",
  options: {
    detector: { value: "FILE", text: "detector (.onnx)" },
    "calibrate-on": {
      value: "FRAME",
      text: "photograph of the empty lot from the same camera",
    },
  },
  async run({ set, out, options }) {
    const { detector, "calibrate-on": calibrateOn } = options;
    if (detector === undefined) throw new CannotEvaluate("--detector is missing");
    const { score, predictions } = await evaluateOccupancy({
      set,
      detector: resolve(detector),
      ...(calibrateOn === undefined ? {} : { calibrateOn: resolve(calibrateOn) }),
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
    ];
    return { score, lines };
  },
};
