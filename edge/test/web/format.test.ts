import { expect, test } from "vitest";
import { dayText, durationText, timeText } from "../../web/format.ts";
import { tongueFor } from "../../web/words.ts";

test.each([
  [0, "0 s"],
  [-5, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_000, "59 min"],
  [9_000_000, "2 h 30"],
  [172_799_000, "47 h 59"],
  [172_800_000, "2 d"],
])("%i ms are said as %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test("the time of day is the facility's, not the kiosk's", () => {
  const at = Date.UTC(2026, 2, 4, 6, 30, 5);
  expect(timeText(at, "Europe/Berlin")).toContain("7:30:05");
  expect(timeText(at, "Pacific/Auckland")).toContain("7:30:05");
  expect(timeText(at, "Asia/Kolkata")).toContain("12:00:05");
});

test("a civil day stays that day wherever the kiosk stands", () => {
  expect(dayText("2026-03-04")).toContain("4");
  expect(dayText("whenever")).toBe("whenever");
});

test.each([
  [["de-AT", "en"], "de", "de-AT"],
  [["fr", "de"], "de", "de"],
  [["EN-us"], "en", "EN-us"],
  [["fr", "it"], "en", "en"],
  [[], "en", "en"],
])("a browser that asks for %j hears %s", (wanted, language, locale) => {
  const tongue = tongueFor(wanted);
  expect([tongue.words.language, tongue.locale]).toEqual([language, locale]);
});

test("every language says everything, and nothing is left in another", () => {
  const [en, de] = [tongueFor(["en"]).words, tongueFor(["de"]).words];
  const same = Object.entries(en)
    .filter(([key, value]) => typeof value === "string" && value === de[key as keyof typeof de])
    .map(([key]) => key);
  expect(same).toEqual(["pin", "zone"]);
  expect(Object.keys(de.laneStates)).toEqual(Object.keys(en.laneStates));
});
