import { expect, test } from "vitest";

test("a Node that runs TypeScript sources directly is what runs", () => {
  expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(24);
});
