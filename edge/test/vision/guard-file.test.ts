import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetGuard, readGuard, writeGuard } from "../../src/vision/guard-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-guard-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const learnt = { pictures: 31, sharpness: 0.2, detail: 30, regions: Array<number>(16).fill(12) };

test("what is known of a camera is the same after a restart", async () => {
  const dir = join(folder, "cameras/north");
  const edges = Float32Array.of(0.5, -0.25, 1);
  await writeGuard(dir, { learnt, edges });
  expect(await readGuard(dir)).toEqual({ learnt, edges });
  expect(readdirSync(dir)).toEqual(["health.json"]);
  await writeGuard(dir, { learnt, edges: undefined });
  expect(await readGuard(dir)).toEqual({ learnt, edges: undefined });
});

test("nothing kept, something broken and something forgotten are learnt again", async () => {
  expect(await readGuard(folder)).toBeUndefined();
  for (const text of ["", "{", "[]", `{"learnt":{"pictures":-1}}`]) {
    writeFileSync(join(folder, "health.json"), text);
    expect(await readGuard(folder)).toBeUndefined();
  }
  await writeGuard(folder, { learnt, edges: undefined });
  await forgetGuard(folder);
  expect(await readGuard(folder)).toBeUndefined();
});

test("a folder that cannot be written costs nothing else", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  await writeGuard(join(file, "north"), { learnt, edges: undefined });
  await forgetGuard(join(file, "north"));
  expect(await readGuard(join(file, "north"))).toBeUndefined();
});
