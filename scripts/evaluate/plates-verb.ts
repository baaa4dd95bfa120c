import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { modelFile } from "../../edge/src/vision/models.ts";
import { shippedDetector } from "../../edge/src/vision/plate/plate-models.ts";
import { shippedReader } from "../../edge/src/vision/plate/reader.ts";
import { CannotEvaluate } from "./cannot-evaluate.ts";
import { evaluatePlates } from "./plates.ts";
import { percent, type Verb } from "./verb.ts";

export const platesVerb: Verb = {
  name: "plates",
  summary: "Finds and reads the plates of labelled photographs, with the daemon's own pipeline.",
  set: "folder with the photographs and their labels.tsv (file x y w h text)",
  out: "TSV file for what was read (file, text, confidence)",
  options: {
    "plate-detector": { value: "NAME|FILE", text: "finds plates; left out: ours, which ships" },
    "plate-model": { value: "NAME|FILE", text: "reads plates; left out: the one that ships" },
    countries: {
      value: "AT,DE,…",
      text: "where the cars come from: look-alikes are put right; left out: plates stand as read",
    },
  },
  async run({ set, out, options }) {
    const { "plate-detector": detector = shippedDetector, "plate-model": model } = options;
    const lookup = { dataDir: resolve("data"), baseDir: process.cwd() };
    try {
      const { score, lines } = await evaluatePlates({
        set,
        detector: modelFile(detector, lookup),
        reader: model === undefined ? shippedReader : modelFile(model, lookup),
        countries: options["countries"]?.split(",") ?? [],
      });
      const rows = lines.map(({ file, text, confidence }) =>
        [file, text, confidence.toFixed(3)].join("\t"),
      );
      await writeFile(out, `${["file\ttext\tconfidence", ...rows].join("\n")}\n`).catch(
        (error: unknown) => {
          throw new CannotEvaluate(String(error));
        },
      );
      return {
        score,
        lines: [
          `right      ${percent(score.exact)} of ${score.pictures} plates, letter for letter`,
          `  folded   ${percent(score.folded)} with O as 0 and I as 1`,
          `found      ${percent(score.located_first)} first, ${percent(score.located)} at all`,
          `told       ${score.read}, of them right ${percent(score.precision)}`,
          `  surely   ${score.sure}, of them right ${percent(score.sure_precision)}`,
        ],
      };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw new CannotEvaluate(error.message);
    }
  },
};
