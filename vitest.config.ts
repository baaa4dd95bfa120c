import { defineConfig } from "vitest/config";

const ignored = ["**/node_modules/**", "**/dist/**", "data/**", ".cache/**"];
const slow = ["simulation", "wire", "browser"];
const slowLimitMs = 300_000;
/** Days in virtual time take seconds, and on a busy machine several times as many. */
const quickLimitMs = 30_000;

const inFolder = (name: string): string => `**/test/${name}/**/*.test.{ts,tsx}`;
const office = "cloud/test/wire/**/*.test.ts";
/** Files whose sources keep something for their whole process: the eyes what a decoder takes, pages what they show. */
const alone = ["edge/test/vision/**/*.test.ts", inFolder("web")];

const pages = "./scripts/pages-before-tests.ts";
const postgres = "./cloud/test/postgres-of-the-run.ts";

interface Group {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly globalSetup?: string[];
  readonly maxWorkers?: number;
  /** A process for each file. */
  readonly isolate?: true;
  readonly isQuick?: true;
}

/**
 * One after the other, each two files at a time, for two cores or because much of it is waiting; but one browser at a
 * time, for a page that waits for its turn loses a typist's keys. Sources keep no state of a module's own, and loading
 * them takes longer than most files of tests: a process loads them once, for all the files that it is given, and is
 * kept only among files of one project.
 */
const groups: readonly Group[] = [
  { name: "alone", include: alone, isolate: true, isQuick: true },
  {
    name: "unit",
    include: ["**/test/**/*.test.{ts,tsx}"],
    exclude: [...alone, ...slow.map(inFolder)],
    isQuick: true,
  },
  {
    name: "browser",
    include: [inFolder("browser")],
    globalSetup: [pages, postgres],
    maxWorkers: 1,
  },
  { name: "office", include: [office], globalSetup: [postgres] },
  { name: "wire", include: [inFolder("wire")], exclude: [office] },
  { name: "simulation", include: [inFolder("simulation")], isolate: true },
];

const projects = groups.map(
  ({ name, include, exclude = [], globalSetup = [], maxWorkers = 2, ...group }, groupOrder) => ({
    extends: true as const,
    test: {
      name,
      include: [...include],
      exclude: [...ignored, ...exclude],
      globalSetup,
      maxWorkers,
      isolate: group.isolate === true,
      testTimeout: group.isQuick === true ? quickLimitMs : slowLimitMs,
      ...(group.isQuick === true ? {} : { hookTimeout: slowLimitMs }),
      sequence: { groupOrder },
    },
  }),
);

export default defineConfig({
  test: {
    passWithNoTests: true,
    reporters: ["default", "./scripts/test-summary.ts"],
    projects,
  },
});
