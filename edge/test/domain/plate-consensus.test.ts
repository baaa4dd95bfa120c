import { expect, test } from "vitest";
import { agreedPlate, maybeSamePlate } from "../../src/domain/plate-consensus.ts";

const read = (plate: string, confidence: number) => ({ plate, confidence });

test("one read alone stands as it came, and unreadable ones beside it change nothing", () => {
  expect(agreedPlate([read("BGH1234", 0.83)])).toEqual(read("BGH1234", 0.83));
  expect(agreedPlate([read("", 0), read("BGH1234", 0.83), read("", 0.9)])).toEqual(
    read("BGH1234", 0.83),
  );
  expect(agreedPlate([])).toEqual({ plate: "", confidence: 0 });
});

test("two of three frames outvote the third, and are surer than each alone", () => {
  const agreed = agreedPlate([read("8GH1234", 0.7), read("BGH1234", 0.7), read("BGH1234", 0.7)]);
  expect(agreed.plate).toBe("BGH1234");
  const same = agreedPlate([read("BGH1234", 0.7), read("BGH1234", 0.7)]);
  expect(same.confidence).toBeGreaterThan(0.7);
});

test("a sure read outvotes a poor one that came first", () => {
  expect(agreedPlate([read("8GH1234", 0.4), read("BGH1234", 0.95)])).toEqual(read("BGH1234", 0.95));
});

test("two sure reads that say different things leave a doubt", () => {
  expect(agreedPlate([read("8GH1234", 0.9), read("BGH1234", 0.9)]).confidence).toBeLessThan(0.6);
});

test("the characters' own confidences decide where the camera tells them", () => {
  const first = { ...read("8GH1Z34", 0.6), characterConfidences: [0.5, 1, 1, 1, 0.99, 1, 1] };
  const second = { ...read("BGH1234", 0.6), characterConfidences: [0.97, 1, 1, 1, 0.5, 1, 1] };
  expect(agreedPlate([first, second]).plate).toBe("BGH1Z34");
});

test("a dropped character shifts nothing", () => {
  const reads = [read("BGH1234", 0.8), read("GH1234", 0.8), read("BGH1234", 0.8)];
  expect(agreedPlate(reads).plate).toBe("BGH1234");
});

test("reads that are confusable may be of one plate, others are of two; an unread one of any", () => {
  expect(maybeSamePlate("8GH1234", "BGH1234")).toBe(true);
  expect(maybeSamePlate("GH1234", "8GH1234")).toBe(true);
  expect(maybeSamePlate("KAX7771", "BGH1234")).toBe(false);
  expect(maybeSamePlate("", "BGH1234")).toBe(true);
});
