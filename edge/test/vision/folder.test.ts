import { mkdirSync, mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PictureFolder } from "../../src/vision/folder.ts";
import { mostBytes } from "../../src/vision/picture.ts";

let path: string;
beforeEach(() => (path = mkdtempSync(join(tmpdir(), "gatehouse-folder-"))));
afterEach(() => rmSync(path, { recursive: true, force: true }));

const put = (...names: readonly string[]): void => {
  for (const name of names) writeFileSync(join(path, name), name);
};

async function nextNames(folder: PictureFolder, count: number): Promise<string[]> {
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const picture = await folder.next();
    names.push(picture.kind === "picture" ? picture.name : picture.reason);
  }
  return names;
}

test("pictures are shown in the order of their names, again and again", async () => {
  put("b.png", "c.JPEG", "a.jpg", "labels.json");
  expect(await nextNames(new PictureFolder(path), 5)).toEqual([
    "a.jpg",
    "b.png",
    "c.JPEG",
    "a.jpg",
    "b.png",
  ]);
});

test("a picture that comes or goes meanwhile joins or leaves the round", async () => {
  put("a.jpg", "c.jpg");
  const folder = new PictureFolder(path);
  expect(await nextNames(folder, 1)).toEqual(["a.jpg"]);
  put("b.jpg");
  unlinkSync(join(path, "c.jpg"));
  expect(await nextNames(folder, 3)).toEqual(["b.jpg", "a.jpg", "b.jpg"]);
});

test("an empty folder and a missing one have no picture, and say so", async () => {
  expect(await new PictureFolder(path).next()).toMatchObject({ reason: "missing" });
  expect(await new PictureFolder(join(path, "none")).next()).toMatchObject({ reason: "missing" });
});

test("a folder named like a picture and a file too large are passed over", async () => {
  put("b.jpg", "c.jpg");
  mkdirSync(join(path, "a.jpg"));
  truncateSync(join(path, "b.jpg"), mostBytes + 1);
  expect(await nextNames(new PictureFolder(path), 3)).toEqual(["missing", "too_large", "c.jpg"]);
});
