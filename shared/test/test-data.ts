import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * A file or folder of the test data (labelled pictures, models, device payloads), which lies outside the project:
 * in `GATEHOUSE_TEST_DATA`, or in a folder `shared` beside the clone.
 *
 * @returns its path, or undefined where there is no test data: the test then skips with `noTestData`
 * @throws Error under `CI=true`, where test data must not be missing
 */
export function testData(...path: readonly string[]): string | undefined {
  const folder = candidates().find((each) => existsSync(join(each, "data/vision/MANIFEST.md")));
  if (folder !== undefined) return join(folder, ...path);
  if (process.env["CI"] === "true")
    throw new Error(`${noTestData} (looked in ${candidates().join(", ")})`);
  return undefined;
}

export const noTestData = "no test data: set GATEHOUSE_TEST_DATA to its folder";

function candidates(): string[] {
  const beside = resolve(import.meta.dirname, "../../../shared");
  const told = process.env["GATEHOUSE_TEST_DATA"];
  return told === undefined ? [beside] : [told];
}
