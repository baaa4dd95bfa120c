import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { TestSummary } from "./test-summary.ts";

/**
 * `npm test [-- [--fast] [PATTERN…]]`: the checks, then the tests.
 *
 * `--fast` leaves out simulation, wire and browser. With a pattern only the matching tests run, without the checks.
 * The last line is `N passed, N failed, N skipped`; a failure of any kind makes the exit code 1.
 */
const root = resolve(import.meta.dirname, "..");
const summaryFile = resolve(root, ".cache/test-summary.json");
/** The many programs that tests start load the same sources: Node keeps them compiled here. */
const compiled = resolve(root, ".cache/compiled");

/** Of `vitest.config.ts`: what is quick, and what has something real or long in it. */
const quickProjects = ["alone", "unit"];
const slowProjects = ["browser", "office", "wire", "simulation"];

const checks: readonly [name: string, tool: string, ...args: string[]][] = [
  ["format", "oxfmt/bin/oxfmt", "--check"],
  ["lint and floors", "oxlint/bin/oxlint"],
  ["types", "typescript/bin/tsc", "--noEmit"],
  ["dead code", "knip/bin/knip.js"],
];

const isFast = process.argv.includes("--fast");
const patterns = process.argv.slice(2).filter((argument) => argument !== "--fast");

const total = { passed: 0, failed: 0, skipped: 0 };
if (patterns.length === 0) await runChecks();
runTests();
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** All at the same time, for none keeps two cores busy alone; told in their order. */
async function runChecks(): Promise<void> {
  const running = checks.map((check) => runCheck(check));
  for (const [index, [name]] of checks.entries()) {
    console.log(`\n── ${name}`);
    const ended = await running[index];
    process.stdout.write(ended?.said ?? "");
    const isGood = ended?.status === 0;
    total[isGood ? "passed" : "failed"] += 1;
    console.log(isGood ? `${name}: good` : `${name}: FAILED`);
  }
}

async function runCheck([, tool, ...args]: (typeof checks)[number]) {
  const child = spawn(process.execPath, [`node_modules/${tool}`, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[status], ...said] = await Promise.all([
    once(child, "close") as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, said: said.join("") };
}

function runTests(): void {
  console.log("\n── tests");
  mkdirSync(resolve(root, ".cache"), { recursive: true });
  rmSync(summaryFile, { force: true });
  const projects = [...quickProjects, ...(isFast ? [] : slowProjects)].map(
    (name) => `--project=${name}`,
  );
  const status = runTool("vitest/vitest.mjs", ["run", ...projects, ...patterns]);

  const summary = readSummary();
  total.passed += summary.passed;
  total.failed += summary.failed;
  total.skipped += summary.skips.length;
  // A crash before or after the tests (a broken config, an unhandled rejection) is a failure without a test.
  if (status !== 0 && summary.failed === 0) total.failed += 1;
  if (patterns.length > 0 && total.passed + total.failed + total.skipped === 0) {
    console.log(`no test matches ${patterns.join(" ")}`);
    total.failed += 1;
  }
  for (const { test, reason } of summary.skips) console.log(`skipped: ${test}: ${reason}`);
}

/** Nothing here may wait for an answer: standard input stays closed. */
function runTool(tool: string, args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [`node_modules/${tool}`, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, GATEHOUSE_TEST_SUMMARY: summaryFile, NODE_COMPILE_CACHE: compiled },
  });
  return status ?? 1;
}

function readSummary(): TestSummary {
  try {
    return JSON.parse(readFileSync(summaryFile, "utf8")) as TestSummary;
  } catch {
    return { passed: 0, failed: 0, skips: [] };
  }
}
