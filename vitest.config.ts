import { defineConfig } from "vitest/config";

const ignored = ["**/node_modules/**", "**/dist/**", "data/**", ".cache/**"];
const slow = ["simulation", "wire", "browser"];
const slowLimitMs = 300_000;
/** Days in virtual time take seconds, and on a busy machine several times as many. */
const unitLimitMs = 30_000;

/**
 * Real sockets, real time, real browsers, long lives, after the others: two at a time, for much of it is waiting, but
 * one browser at a time, for a page that waits for its turn loses a typist's keys.
 */
const slowProjects = slow.map((name) => ({
  extends: true as const,
  test: {
    name,
    include: [`**/test/${name}/**/*.test.{ts,tsx}`],
    exclude: ignored,
    globalSetup: name === "browser" ? ["./scripts/pages-before-tests.ts"] : [],
    maxWorkers: name === "browser" ? 1 : 2,
    testTimeout: slowLimitMs,
    hookTimeout: slowLimitMs,
    sequence: { groupOrder: name === "browser" ? 1 : 2 },
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
