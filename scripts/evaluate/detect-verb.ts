import { writeFile } from "node:fs/promises";
import { shippedModels } from "@gatehouse/shared/contracts/camera";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import { evaluateDetect } from "./detect.ts";
import { modelNamed } from "./reading.ts";
import { percent, type Verb } from "./verb.ts";

export const detectVerb: Verb = {
  name: "detect",
  summary: "Finds the vehicles of photographs as the daemon does, tiles included.",
  set: "folder with photographs; with labels.json its spaces tell how many vehicles were found",
  out: "JSON file for the vehicles, the unsure ones too",
  options: {
    detector: {
      value: "NAME|FILE",
      text: `detector; left out: ${shippedModels.detector}, which ships`,
    },
  },
  async run({ set, out, options }) {
    const detector = modelNamed(options["detector"] ?? shippedModels.detector);
    if (detector === undefined) throw new CannotEvaluate("--detector: name one");
    const { score, found } = await evaluateDetect({ set, detector });
    await writeFile(out, `${JSON.stringify(found, undefined, 1)}\n`).catch((error: unknown) => {
      throw new CannotEvaluate(String(error));
    });
    const counts = Object.entries(score.classes).map(([name, count]) => `${name} ${count}`);
    const lines = [
      `vehicles     ${score.vehicles} in ${score.pictures} pictures (${counts.join(", ") || "none"})`,
      `  found in   ${percent(score.occupied)} of the occupied spaces`,
      `  none in    ${percent(score.free)} of the free spaces`,
    ];
    return { score, lines };
  },
};
