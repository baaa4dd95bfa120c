import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { CannotEvaluate } from "./evaluate/cannot-evaluate.ts";
import { detectVerb } from "./evaluate/detect-verb.ts";
import { occupancyVerb } from "./evaluate/occupancy-verb.ts";
import { platesVerb } from "./evaluate/plates-verb.ts";
import { trackingVerb } from "./evaluate/tracking-verb.ts";
import type { Task, Verb } from "./evaluate/verb.ts";

const verbs: readonly Verb[] = [occupancyVerb, detectVerb, platesVerb, trackingVerb];

/** Exit codes of every command: 2 refused, 64 usage. */
const refused = 2;
const misused = 64;

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...words]: readonly string[]): Promise<number> {
  const verb = verbs.find((each) => each.name === name);
  if (name === "--help" || words.includes("--help")) {
    console.log(usageOf(verb));
    return 0;
  }
  if (verb === undefined) {
    return misuse(`say what to evaluate: ${verbs.map((each) => each.name).join(", ")}`, verb);
  }
  const order = orderOf(verb, words);
  if (typeof order === "string") return misuse(order, verb);
  try {
    const { score, lines } = await verb.run(order);
    if (!order.isTerse) console.error([...lines, `written to ${order.out}`].join("\n"));
    console.log(JSON.stringify(score));
    return 0;
  } catch (error) {
    if (!(error instanceof CannotEvaluate)) throw error;
    console.error(error.message);
    return refused;
  }
}

function misuse(complaint: string, verb: Verb | undefined): number {
  console.error(`${complaint}\n\n${usageOf(verb)}`);
  return misused;
}

/** @returns a complaint for arguments that name no task */
function orderOf(verb: Verb, words: readonly string[]): (Task & { isTerse: boolean }) | string {
  const text = { type: "string" } as const;
  const own = Object.keys(verb.options).map((flag) => [flag, text] as const);
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { set: text, out: text, json: { type: "boolean" }, ...Object.fromEntries(own) },
    });
    const { set, out, json, ...options } = values as Record<string, string | undefined>;
    if (set === undefined) return "--set is missing";
    if (out === undefined) return "--out is missing";
    return { set: resolve(set), out: resolve(out), options, isTerse: json !== undefined };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function usageOf(verb: Verb | undefined): string {
  return (verb === undefined ? verbs : [verb]).map(usageOfOne).join("\n\n");
}

function usageOfOne({ name, summary, set, out, options }: Verb): string {
  const flags = [
    ["--set DIR", set],
    ...Object.entries(options).map(([flag, { value, text }]) => [`--${flag} ${value}`, text]),
    ["--out FILE", out],
    ["--json", "only the result, as one line of JSON"],
  ];
  const width = Math.max(...flags.map(([flag = ""]) => flag.length));
  return [
    `npm run evaluate -- ${name} --set DIR --out FILE …`,
    `  ${summary}`,
    ...flags.map(([flag = "", text = ""]) => `    ${flag.padEnd(width)}  ${text}`),
  ].join("\n");
}
