import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly { test: string; reason: string }[];
}

/** Counts the tests for `npm test` and keeps the reason of each skip, which the JSON reporter drops. */
export default class TestSummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env["GATEHOUSE_TEST_SUMMARY"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(summarize(modules, unhandled)));
  }
}

/** A file that does not even load, or an error outside every test, counts as one failure. */
function summarize(
  modules: readonly TestModule[],
  unhandled: readonly SerializedError[],
): TestSummary {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (wanted: string) => tests.filter((test) => test.result().state === wanted);
  const brokenOutside = modules.flatMap((module) => [
    ...module.errors(),
    ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
  ]);
  return {
    passed: inState("passed").length,
    failed: inState("failed").length + brokenOutside.length + unhandled.length,
    skips: inState("skipped").map((test) => {
      const result = test.result();
      const note = result.state === "skipped" ? result.note : undefined;
      return {
        test: `${test.module.relativeModuleId} > ${test.fullName}`,
        reason: note ?? "no reason given",
      };
    }),
  };
}
