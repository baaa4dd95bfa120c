import { expect, test } from "vitest";
import { dayText } from "../../web/format.ts";
import { languages } from "../../web/words.ts";

test("a civil day stays that day wherever the kiosk stands", () => {
  expect(dayText("2026-03-04")).toContain("4");
  expect(dayText("whenever")).toBe("whenever");
});

test("every language says everything, and nothing is left in another", () => {
  const [en, de] = languages;
  const same = Object.entries(en)
    .filter(([key, value]) => typeof value === "string" && value === de[key as keyof typeof de])
    .map(([key]) => key);
  expect(same).toEqual(["pin", "zone"]);
  expect(Object.keys(de.laneStates)).toEqual(Object.keys(en.laneStates));
});
