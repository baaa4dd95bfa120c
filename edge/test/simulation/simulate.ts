import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { LifeStory } from "./life.ts";
import type { LifeAnswer, LifeOrder } from "./life-worker.ts";
import { OfficeServer } from "./office-server.ts";
import type { Climate } from "./weather.ts";

const usage = `npm run simulate -- [--seeds N] [--days D] [--from SEED] [--json] [--jobs J] [--first] [--keep DIR]

Lives edge and head office through days of traffic and trouble in virtual time and checks that the
invariants I1 to I12 hold, at every crash and every hour. The same seed gives the same ledger.

  --seeds N    how many lives (10)          --jobs J    processes at a time (at most 2)
  --days D     days in each, for example 0.5 (1)        --first     a life ends at its first violation
  --storm      gates, loops, cameras, power and people fail by the hour, with queues before every gate
  --from SEED  the first seed (1)           --keep DIR  keeps the book of each life that went wrong
  --json       one object on the last line

GATEHOUSE_SIMULATION_POSTGRES names the socket folder of a PostgreSQL that is running already.

Exit code 0: everything held; 2: something did not; 3: it could not be run; 64: usage.`;

const exitCodes = { held: 0, violated: 2, broken: 3, usage: 64 };
const jobsMost = 2;
const seedsMost = 100_000;
const daysMost = 30;

interface Order {
  readonly seeds: number;
  readonly days: number;
  readonly climate: Climate;
  readonly from: number;
  readonly jobs: number;
  readonly isJson: boolean;
  readonly isImpatient: boolean;
  readonly keepIn: string | undefined;
}

/** @returns the exit code */
export async function simulate(args: readonly string[]): Promise<number> {
  const order = read(args);
  if (typeof order === "string") {
    console.error(`${order}\n\n${usage}`);
    return exitCodes.usage;
  }
  const told = process.env["GATEHOUSE_SIMULATION_POSTGRES"];
  const server = told === undefined ? new OfficeServer() : undefined;
  const interrupted = (): void => {
    void (server?.stop() ?? Promise.resolve()).finally(() => process.exit(exitCodes.broken));
  };
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  try {
    const host = told ?? (await server?.start()) ?? "";
    return report(order, await liveAll(order, host));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return exitCodes.broken;
  } finally {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
    await server?.stop();
  }
}

/** @returns what is wrong, in words, when the arguments cannot be followed */
function read(args: readonly string[]): Order | string {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    seeds: text,
    days: text,
    from: text,
    jobs: text,
    keep: text,
    storm: flag,
    json: flag,
    first: flag,
  };
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const seeds = Number(values.seeds ?? 10);
  const days = Number(values.days ?? 1);
  const from = Number(values.from ?? 1);
  const jobs = Number(values.jobs ?? Math.min(jobsMost, availableParallelism(), seeds));
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > seedsMost)
    return `--seeds: write a whole number from 1 to ${seedsMost}`;
  if (!(days > 0 && days <= daysMost)) return `--days: write a number up to ${daysMost}`;
  if (!Number.isInteger(from) || from < 0 || from > 2 ** 31)
    return "--from: write a whole number from 0";
  if (!Number.isInteger(jobs) || jobs < 1) return "--jobs: write a whole number from 1";
  return {
    seeds,
    days,
    climate: values.storm === true ? "storm" : "mild",
    from,
    jobs: Math.min(jobs, seeds),
    isJson: values.json === true,
    isImpatient: values.first === true,
    keepIn: values.keep,
  };
}

async function liveAll(order: Order, host: string): Promise<LifeStory[]> {
  const { seeds, from, jobs } = order;
  const waiting = Array.from({ length: seeds }, (_, index) => from + index);
  const stories: LifeStory[] = [];
  const work = async (): Promise<void> => {
    const worker = new Worker(host);
    try {
      await worker.ready();
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const story = await worker.live(seed, order);
        stories.push(story);
        if (!order.isJson) tellStory(story);
        if (order.isImpatient && story.violationCount > 0) waiting.length = 0;
      }
    } finally {
      await worker.end();
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return stories.toSorted((a, b) => a.seed - b.seed);
}

/** A process that lives one life after another, with a head office of its own. */
class Worker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(host: string) {
    this.#child = fork(fileURLToPath(new URL("life-worker.ts", import.meta.url)), [host]);
    this.#ended = new Promise((resolve) => this.#child.once("exit", () => resolve()));
  }

  async ready(): Promise<void> {
    const answer = await this.#answer();
    if (answer.kind === "broken") throw new Error(answer.reason);
  }

  async live(seed: number, { days, climate, isImpatient, keepIn }: Order): Promise<LifeStory> {
    const order: LifeOrder = {
      seed,
      days,
      climate,
      isImpatient,
      ...(keepIn === undefined ? {} : { keepIn }),
    };
    this.#child.send(order);
    const answer = await this.#answer();
    if (answer.kind === "story") return answer.story;
    throw new Error(
      `seed ${seed} could not be lived: ${answer.kind === "broken" ? answer.reason : ""}`,
    );
  }

  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }

  #answer(): Promise<LifeAnswer> {
    return new Promise((resolve, reject) => {
      const died = (): void => reject(new Error("a simulating process ended by itself"));
      this.#child.once("exit", died);
      this.#child.once("message", (answer: LifeAnswer) => {
        this.#child.off("exit", died);
        resolve(answer);
      });
    });
  }
}

function tellStory({ seed, cars, crashes, lines, violationCount, violations }: LifeStory): void {
  const verdict = violationCount === 0 ? "held" : `${violationCount} violations`;
  console.log(`seed ${seed}: ${cars} cars, ${crashes} crashes, ${lines} lines: ${verdict}`);
  for (const violation of violations) console.log(`  ${violation}`);
}

function report({ seeds, days, climate, isJson }: Order, stories: readonly LifeStory[]): number {
  const sum = (pick: (story: LifeStory) => number): number =>
    stories.reduce((total, story) => total + pick(story), 0);
  const failing = stories.filter(({ violationCount }) => violationCount > 0);
  const chained = stories.map(({ seed, ledgerHash }) => `${seed} ${ledgerHash}\n`).join("");
  const outcome = {
    seeds,
    days,
    cars: sum(({ cars }) => cars),
    crashes: sum(({ crashes }) => crashes),
    violations: sum(({ violationCount }) => violationCount),
    ledger_hash: createHash("sha256").update(chained).digest("hex"),
  };
  if (isJson) {
    const failed = failing.map(({ seed, violations }) => ({ seed, violations }));
    console.log(JSON.stringify(failing.length === 0 ? outcome : { ...outcome, failed }));
  } else {
    const { cars, crashes, violations, ledger_hash } = outcome;
    console.log(
      `${seeds} seeds of ${days} days: ${cars} cars, ${crashes} crashes, ${violations} violations`,
    );
    console.log(`troubles: ${troublesOf(stories)}`);
    console.log(`ledger ${ledger_hash}`);
    const sky = climate === "storm" ? "--storm " : "";
    for (const { seed } of failing)
      console.log(`again: npm run simulate -- ${sky}--from ${seed} --seeds 1 --days ${days}`);
  }
  return failing.length === 0 ? exitCodes.held : exitCodes.violated;
}

function troublesOf(stories: readonly LifeStory[]): string {
  const sums = new Map<string, number>();
  for (const { troubles } of stories) {
    for (const [what, count] of Object.entries(troubles))
      sums.set(what, (sums.get(what) ?? 0) + count);
  }
  return [...sums].map(([what, count]) => `${count} ${what}`).join(", ");
}
