import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { officeKeyIn } from "../src/main-office-key.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the key is made once, for its owner alone, and nothing else is left beside it", () => {
  const key = officeKeyIn(join(folder, "data"));
  expect(key).toHaveLength(32);
  expect(officeKeyIn(join(folder, "data"))).toEqual(key);
  expect(readdirSync(join(folder, "data"))).toEqual(["head-office.key"]);
  expect(statSync(join(folder, "data/head-office.key")).mode & 0o777).toBe(0o600);
});

test("a key that others can read is refused, with what to do", () => {
  officeKeyIn(folder);
  chmodSync(join(folder, "head-office.key"), 0o644);
  expect(() => officeKeyIn(folder)).toThrow(/others can read it: chmod 600/);
});

test("what is no key is never replaced", () => {
  writeFileSync(join(folder, "head-office.key"), "half a k", { mode: 0o600 });
  expect(() => officeKeyIn(folder)).toThrow(/put the right one back from a backup/);
});
