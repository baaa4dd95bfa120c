import { defineConfig } from "vitest/config";

const ignored = ["**/node_modules/**", "**/dist/**", "data/**", ".cache/**"];
const slow = ["simulation", "wire", "browser"];
const slowLimitMs = 300_000;
/** Days in virtual time take seconds, and on a busy machine several times as many. */
const unitLimitMs = 30_000;

/** One file at a time, in the order written: real sockets, real time, one browser. */
const slowProjects = slow.map((name, index) => ({
  extends: true as const,
  test: {
    name,
    include: [`**/test/${name}/**/*.test.{ts,tsx}`],
    exclude: ignored,
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: slowLimitMs,
    hookTimeout: slowLimitMs,
    sequence: { groupOrder: index + 1 },
  },
}));

export default defineConfig({
  test: {
    passWithNoTests: true,
    reporters: ["default", "./scripts/test-summary.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/test/**/*.test.{ts,tsx}"],
          exclude: [...ignored, ...slow.map((name) => `**/test/${name}/**`)],
          maxWorkers: 2,
          testTimeout: unitLimitMs,
          sequence: { groupOrder: 0 },
        },
      },
      ...slowProjects,
    ],
  },
});
