import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  CannotEvaluate,
  evaluateOccupancy,
  type OccupancyScore,
  type OccupancyTask,
} from "./evaluate/occupancy.ts";

const usage = `usage: npm run evaluate -- occupancy --set DIR --detector FILE [--calibrate-on FRAME] --out FILE [--json]

Runs the daemon's own pipeline on labelled photographs and says how often it is right.
  --set DIR             folder with the photographs and their labels.json
  --detector FILE       detector (.onnx)
  --calibrate-on FRAME  photograph of the empty lot from the same camera
  --out FILE            where to write the predictions
  --json                only the result, as one line of JSON`;

/** Exit codes of every command: 2 refused, 64 usage. */
const refused = 2;
const misused = 64;

interface Command extends OccupancyTask {
  readonly out: string;
  readonly isTerse: boolean;
}

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    console.log(usage);
    return 0;
  }
  const command = commandOf(words);
  if (typeof command === "string") {
    console.error(`${command}\n\n${usage}`);
    return misused;
  }
  try {
    const { score, predictions } = await evaluateOccupancy(command);
    await writeFile(command.out, `${JSON.stringify(predictions, undefined, 1)}\n`).catch(
      (error: unknown) => {
        throw new CannotEvaluate(String(error));
      },
    );
    if (!command.isTerse) console.error(inWords(score, command.out));
    console.log(JSON.stringify(score));
    return 0;
  } catch (error) {
    if (!(error instanceof CannotEvaluate)) throw error;
    console.error(error.message);
    return refused;
  }
}

/** @returns a complaint for arguments that name no task */
function commandOf(words: readonly string[]): Command | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        set: { type: "string" },
        detector: { type: "string" },
        "calibrate-on": { type: "string" },
        out: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const { set, detector, out, "calibrate-on": calibrateOn } = values;
    if (positionals.length !== 1 || positionals[0] !== "occupancy") {
      return "say what to evaluate: occupancy";
    }
    if (set === undefined) return "--set is missing";
    if (detector === undefined) return "--detector is missing";
    if (out === undefined) return "--out is missing";
    return {
      set: resolve(set),
      detector: resolve(detector),
      ...(calibrateOn === undefined ? {} : { calibrateOn: resolve(calibrateOn) }),
      out: resolve(out),
      isTerse: values.json,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function inWords({ accuracy, occupied, free, spaces }: OccupancyScore, out: string): string {
  const percent = (share: number | null): string =>
    share === null ? "none in the set" : `${(100 * share).toFixed(2)} %`;
  return [
    `right        ${percent(accuracy)} of ${spaces} spaces`,
    `  occupied   ${percent(occupied)}`,
    `  free       ${percent(free)}`,
    `predictions  ${out}`,
  ].join("\n");
}
