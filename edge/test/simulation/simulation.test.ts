import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noPostgres } from "../../../cloud/test/embedded.ts";
import { mutants } from "./mutants.ts";
import { OfficeServer } from "./office-server.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const preload = fileURLToPath(new URL("plant-mutant.ts", import.meta.url));
/** Generous: the machine may be doing much else. */
const limitMs = 15 * 60_000;

/** Socket folder of the database server that all these processes share. */
let postgres = "";

interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** `npm run simulate`, as anyone calls it. */
function simulate(args: readonly string[], mutant?: string): Promise<Outcome> {
  const command = [
    ...(mutant === undefined ? [] : ["--import", preload]),
    "scripts/simulate.mjs",
    ...args,
  ];
  const env = {
    ...process.env,
    GATEHOUSE_SIMULATION_POSTGRES: postgres,
    ...(mutant === undefined ? {} : { GATEHOUSE_MUTANT: mutant }),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      resolve({ code, text: `${stdout}${stderr}` });
    });
  });
}

const lastLine = (text: string): Record<string, unknown> =>
  JSON.parse(text.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;

describe.skipIf(noPostgres !== undefined)("edge and head office in virtual time", () => {
  const server = new OfficeServer();

  beforeAll(async () => {
    postgres = await server.start();
  }, limitMs);

  afterAll(() => server.stop());

  test("ten days of traffic and trouble keep every invariant", { timeout: limitMs }, async () => {
    const { code, text } = await simulate(["--seeds", "10", "--days", "1"]);
    expect(text).toContain(" 0 violations");
    expect(code).toBe(0);
    const [, cars, crashes] = /(\d+) cars, (\d+) crashes, 0 violations/.exec(text) ?? [];
    expect(Number(cars)).toBeGreaterThan(5000);
    expect(Number(crashes)).toBeGreaterThan(100);
    for (const trouble of troubles) expect(text).toMatch(new RegExp(`[1-9]\\d* ${trouble}`));
  });

  test(
    "gates that fail by the hour end with the right sessions",
    { timeout: limitMs },
    async () => {
      const { code, text } = await simulate(["--seeds", "24", "--days", "0.04", "--storm"]);
      expect(text).toContain(" 0 violations");
      expect(code).toBe(0);
      const [, cars, crashes] = /(\d+) cars, (\d+) crashes, 0 violations/.exec(text) ?? [];
      expect(Number(cars)).toBeGreaterThan(1000);
      expect(Number(crashes)).toBeGreaterThan(100);
      for (const trouble of gateTroubles) expect(text).toMatch(new RegExp(`[1-9]\\d* ${trouble}`));
    },
  );

  test(
    "the same seed gives the same ledger, another one another",
    { timeout: limitMs },
    async () => {
      const lives = ["41", "41", "42"].map((seed) =>
        simulate(["--seeds", "1", "--days", "0.3", "--from", seed, "--json"]),
      );
      const [first, again, other] = (await Promise.all(lives)).map(({ text }) => lastLine(text));
      expect(first).toMatchObject({ seeds: 1, days: 0.3, violations: 0 });
      expect(again).toEqual(first);
      expect(other?.["ledger_hash"]).not.toBe(first?.["ledger_hash"]);
    },
  );

  describe("a mistake planted into the product is caught", () => {
    const outcomes = new Map<string, Outcome>();

    beforeAll(async () => {
      const waiting = [...mutants];
      const work = async (): Promise<void> => {
        for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
          // Most fall in the first life; what depends on the moment of a death is given more of them.
          const args = ["--seeds", "16", "--days", "0.4", "--jobs", "1", "--first", "--json"];
          const climate = mutant.inStorm === true ? ["--storm"] : [];
          const from = ["--from", `${mutant.from ?? 1}`];
          outcomes.set(mutant.name, await simulate([...args, ...climate, ...from], mutant.name));
        }
      };
      await Promise.all([work(), work()]);
    }, limitMs);

    test.each(mutants)("$name: $mistake", ({ name }) => {
      const outcome = outcomes.get(name);
      expect(outcome?.text).toContain('"violations":');
      expect(outcome?.code).toBe(2);
    });
  });
});

const gateTroubles = [
  "cameras away",
  "stuck loops",
  "gates held open",
  "locks",
  "orders to close",
  "gate faults",
  "jammed arms",
  "lost loops",
  "power cuts",
  "tailgates",
  "back-outs",
];

const troubles = [
  "power cuts",
  "clock steps noticed",
  "internet cuts",
  "gate faults",
  "jammed arms",
  "lost loops",
  "terminal faults",
  "entries assumed",
  "payments unknown",
  "captures found by asking",
  "openings by hand",
  "exits without a session",
  "head office deaths",
  "lost uploads",
  "tailgates",
  "back-outs",
  "directives applied",
  "permits used",
  "gateway outages",
  "payments by cash",
  "payments by validation",
  "payments by stored-value",
  "payments by online",
  "payments by on-file",
  "payments by nil",
  "entries: change-out",
  "entries: cash-difference",
  "refunds done",
  "payments taken back",
  "debts open",
  "debts paid",
  "shifts closed",
  "renewals: renewed",
  "renewals: the means on file was declined",
  "renewals: moved away",
  "disputes won",
  "disputes lost",
  "violations issued",
  "violations paid",
  "violations waived",
  "violations disputed",
  "entries: discount",
];

test.each(mutants)("the mutant $name fits its file", ({ file, snippet }) => {
  expect(readFileSync(`${root}${file}`, "utf8").split(snippet)).toHaveLength(2);
});

test("a mutant that nobody knows ends the run", async () => {
  const { code, text } = await simulate(["--seeds", "1"], "no-such-mutant");
  expect(code).not.toBe(0);
  expect(text).toContain("write no-unique-key, ack-before-commit");
});

test.each([
  [["--seeds", "0"], "--seeds: write a whole number"],
  [["--seeds", "many"], "--seeds: write a whole number"],
  [["--days", "31"], "--days: write a number up to 30"],
  [["--from", "1.5"], "--from: write a whole number"],
  [["--sedes", "3"], "npm run simulate"],
])("%j is refused with what to write", async (args, hint) => {
  const { code, text } = await simulate(args);
  expect(code).toBe(64);
  expect(text).toContain(hint);
});
