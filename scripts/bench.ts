import { parseArgs } from "node:util";
import type { PagesOptions } from "./bench/pages.ts";

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
  /** What else is to be read, line by line. */
  readonly lines?: readonly string[];
}

type Measure = (options: PagesOptions) => Promise<Bench | undefined>;

/** Each bench is loaded only when it is asked for: they bring different native modules. */
const benches: Readonly<Record<string, () => Promise<Measure>>> = {
  ingest: async () => (await import("./bench/ingest.ts")).benchIngest,
  gate: async () => (await import("./bench/gate.ts")).benchGate,
  vision: async () => (await import("./bench/vision.ts")).benchVision,
  cloud: async () => (await import("./bench/cloud.ts")).benchCloud,
  price: async () => (await import("./bench/price.ts")).benchPrice,
  pages: async () => (await import("./bench/pages.ts")).benchPages,
};

/** It fills a database first, which takes long: only by its name. */
const onlyNamed: ReadonlySet<string> = new Set(["pages"]);

const usage = `npm run bench -- [NAME …] [--json]   names: ${Object.keys(benches).join(", ")}

of pages:
  --data DIR       a folder that \`npm run populate\` has filled; left out, one is made and removed again,
  --facilities N   with so many car parks (50)
  --days N         and so many days (90)
  --sites N        copies car parks until there are so many, for the overview (0: none)
  --sessions N     copies sessions of the one with the longest ledger until there are so many, and asks it once more
                   (a million; 0, and with --data: none)`;

const { values, positionals } = readArguments();
const names =
  positionals.length === 0
    ? Object.keys(benches).filter((name) => !onlyNamed.has(name))
    : positionals;
const options: PagesOptions = {
  data: values.data,
  facilities: count("facilities", values.facilities, 50),
  days: count("days", values.days, 90),
  sites: count("sites", values.sites, 0),
  sessions: count("sessions", values.sessions, undefined),
};
const results: Bench[] = [];
for (const name of names) {
  const load = benches[name];
  if (load === undefined) fail(`there is no bench "${name}"`);
  const result = await (await load())(options);
  if (result === undefined) console.error(`${name}: skipped, the test data folder is not there`);
  else results.push(result);
}
if (values.json) console.log(JSON.stringify(results));
else {
  for (const { name, value, floor, ratio, unit, parts = {}, lines = [] } of results) {
    console.log(
      `${name.padEnd(8)} ${value.toFixed(1)} ${unit}, floor ${floor.toFixed(1)}, ratio ${ratio.toFixed(2)}`,
    );
    for (const [part, figure] of Object.entries(parts)) {
      console.log(`         ${part.padEnd(30)} ${figure.toFixed(figure < 100 ? 2 : 0)}`);
    }
    for (const line of lines) console.log(line);
  }
}
process.exit(0);

function readArguments() {
  try {
    const text = { type: "string" } as const;
    const pages = { data: text, facilities: text, days: text, sites: text, sessions: text };
    return parseArgs({ allowPositionals: true, options: { json: { type: "boolean" }, ...pages } });
  } catch (error) {
    return fail((error as Error).message);
  }
}

function count<Usual extends number | undefined>(
  name: string,
  told: string | undefined,
  usual: Usual,
): number | Usual {
  if (told === undefined) return usual;
  return /^\d{1,8}$/.test(told) ? Number(told) : fail(`--${name}: write a whole number`);
}

function fail(message: string): never {
  console.error(`${message}\n${usage}`);
  process.exit(64);
}
