import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderScenes } from "../src/main-scenes.ts";
import sharp from "sharp";
import { afterAll, expect, test, vi } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "render-scenes-"));
afterAll(() => rmSync(folder, { recursive: true }));

const small = [
  "--width",
  "160",
  "--height",
  "100",
  "--detail",
  "1",
  "--seed",
  "7",
  "--per-view",
  "2",
];
const linesOf = (name: string): { file: string; empty?: string; spaces: unknown[] }[] =>
  readFileSync(join(folder, name, "scenes.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("a training folder holds a picture for each line, and each view's picture without vehicles", async () => {
  expect(await renderScenes(["--out", join(folder, "all"), "--count", "3", ...small])).toBe(0);
  const lines = linesOf("all");
  expect(lines.map(({ file, empty }) => [file, empty])).toEqual([
    ["empty-000000.jpg", undefined],
    ["000000.jpg", "empty-000000.jpg"],
    ["000001.jpg", "empty-000000.jpg"],
    ["empty-000001.jpg", undefined],
    ["000002.jpg", "empty-000001.jpg"],
  ]);
  for (const { file } of lines)
    expect(await sharp(readFileSync(join(folder, "all", file))).metadata()).toMatchObject({
      width: 160,
      height: 100,
    });
});

test("a run that goes on where another ended draws what one long run draws", async () => {
  await renderScenes(["--out", join(folder, "rest"), "--from", "2", "--count", "1", ...small]);
  const read = (run: string): Buffer => readFileSync(join(folder, run, "000002.jpg"));
  expect(read("rest").equals(read("all"))).toBe(true);
});

test.each([
  [["--count", "1"]],
  [["--out", folder, "--kind", "boat"]],
  [["--out", folder, "--count", "many"]],
])("an unclear wish is refused with the usage: %j", async (args) => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(await renderScenes(args)).toBe(64);
  expect(said).toHaveBeenCalledWith(expect.stringContaining("usage: render-scenes"));
  said.mockRestore();
});
