import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Book } from "@gatehouse/edge/store/book";
import { insertObservation } from "@gatehouse/edge/store/observations";
import { afterAll, expect, test } from "vitest";
import { cameraWords } from "../../start/camera-word.ts";

const folder = mkdtempSync(join(tmpdir(), "camera-word-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a camera's own words come in the order of their time, without what sensors said", () => {
  const file = join(folder, "book.sqlite");
  const book = new Book(file);
  const saw = (sourceId: string, sequence: number, at: number, occupied: boolean): void => {
    const row = { sourceId, spaceId: "A001", boot: "b", sequence, occupied, at };
    book.write((tx) => void insertObservation(tx, { ...row, confidence: 0.9, receivedAt: at }));
  };
  saw("overhead-1", 2, 2000, true);
  saw("sensor-a001", 1, 1500, true);
  saw("overhead-1", 1, 1000, false);
  book.close();
  expect(cameraWords(file, "overhead-1")).toEqual([
    { spaceId: "A001", at: 1000, occupied: false },
    { spaceId: "A001", at: 2000, occupied: true },
  ]);
});
