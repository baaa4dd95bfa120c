import { parseArgs } from "node:util";

/** One route measured against its floor, both in the same run on the same machine. */
export interface Bench {
  readonly name: string;
  readonly value: number;
  readonly floor: number;
  /** value / floor. For a rate more is better, for a time less. */
  readonly ratio: number;
  readonly unit: string;
  /** What else was measured beside it, by what it is. */
  readonly parts?: Readonly<Record<string, number>>;
}

type Measure = () => Promise<Bench | undefined>;

/** Each bench is loaded only when it is asked for: they bring different native modules. */
const benches: Readonly<Record<string, () => Promise<Measure>>> = {
  ingest: async () => (await import("./bench/ingest.ts")).benchIngest,
  gate: async () => (await import("./bench/gate.ts")).benchGate,
  vision: async () => (await import("./bench/vision.ts")).benchVision,
  cloud: async () => (await import("./bench/cloud.ts")).benchCloud,
  price: async () => (await import("./bench/price.ts")).benchPrice,
};

const usage = `npm run bench -- [NAME …] [--json]   names: ${Object.keys(benches).join(", ")}`;

const { values, positionals } = readArguments();
const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const results: Bench[] = [];
for (const name of names) {
  const load = benches[name];
  if (load === undefined) fail(`there is no bench "${name}"`);
  const result = await (await load())();
  if (result === undefined) console.error(`${name}: skipped, the test data folder is not there`);
  else results.push(result);
}
if (values.json) console.log(JSON.stringify(results));
else {
  for (const { name, value, floor, ratio, unit, parts = {} } of results) {
    console.log(
      `${name.padEnd(8)} ${value.toFixed(1)} ${unit}, floor ${floor.toFixed(1)}, ratio ${ratio.toFixed(2)}`,
    );
    for (const [part, figure] of Object.entries(parts)) {
      console.log(`         ${part.padEnd(30)} ${figure.toFixed(figure < 100 ? 2 : 0)}`);
    }
  }
}
process.exit(0);

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { json: { type: "boolean" } } });
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(message: string): never {
  console.error(`${message}\n${usage}`);
  process.exit(64);
}
