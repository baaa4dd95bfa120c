import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hours, type Instant } from "../src/time.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PictureFolder } from "../src/picture-folder.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gatehouse-crops-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const now = 1_790_000_000_000;
const at = (h: number): Instant => (now + hours(h)) as Instant;

test("a crop lies under the name of its read, for nobody else to see", async () => {
  const crops = new PictureFolder(join(dir, "crops"), 7);
  expect(await crops.keep(`${now}-1`, Buffer.from("jpeg"))).toBe(`${now}-1.jpg`);
  expect(readdirSync(join(dir, "crops"))).toEqual([`${now}-1.jpg`]);
  expect(statSync(join(dir, "crops", `${now}-1.jpg`)).mode & 0o777).toBe(0o600);
});

test("crops go when their time is over, and what is no crop stays", async () => {
  const crops = new PictureFolder(dir, 7);
  await crops.keep(`${at(0)}-1`, Buffer.from("old"));
  await crops.keep(`${at(24)}-2`, Buffer.from("young"));
  writeFileSync(join(dir, "notes.txt"), "mine");
  await crops.tidy(at(7 * 24 + 1));
  expect(readdirSync(dir).toSorted()).toEqual([`${at(24)}-2.jpg`, "notes.txt"]);
});

test("a folder holds so many crops and no more: the oldest go", async () => {
  mkdirSync(dir, { recursive: true });
  for (let index = 0; index < 5010; index += 1)
    writeFileSync(join(dir, `${now + index}-1.jpg`), "");
  await new PictureFolder(dir, 7).tidy(at(1));
  const left = readdirSync(dir).toSorted();
  expect(left).toHaveLength(5000);
  expect(left[0]).toBe(`${now + 10}-1.jpg`);
});

test("a folder that nobody has made yet holds nothing", async () => {
  await expect(new PictureFolder(join(dir, "none"), 7).tidy(at(0))).resolves.toBeUndefined();
});

test("a picture is found by the end of its id, the newest first", async () => {
  const folder = new PictureFolder(dir, 7);
  await folder.keep(`${now}-abc-plate`, Buffer.from("first"));
  await folder.keep(`${now + 1}-abc-plate`, Buffer.from("second"));
  expect(Buffer.from((await folder.find("-abc-plate")) ?? []).toString()).toBe("second");
  expect(await folder.find("-abd-plate")).toBeUndefined();
  expect(await new PictureFolder(join(dir, "none"), 7).find("x")).toBeUndefined();
});
