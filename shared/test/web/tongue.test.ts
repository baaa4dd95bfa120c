import { expect, test } from "vitest";
import { tongueFor } from "../../web/tongue.ts";

test.each([
  [["de-AT", "en"], "de", "de-AT"],
  [["fr", "de"], "de", "de"],
  [["EN-us"], "en", "EN-us"],
  [["fr", "it"], "en", "en"],
  [[], "en", "en"],
])("a browser that asks for %j hears %s", (wanted, language, locale) => {
  const tongue = tongueFor([{ language: "en" }, { language: "de" }], wanted);
  expect([tongue.words.language, tongue.locale]).toEqual([language, locale]);
});
