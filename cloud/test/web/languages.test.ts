import { expect, test } from "vitest";
import { wishedLanguages } from "../../web/frame/language.ts";

test.each([
  [undefined, ["de-AT", "en"], ["de-AT", "en"]],
  ["es", ["de-AT", "en"], ["es", "de-AT", "en"]],
  ["es", ["en", "es-MX"], ["es-MX", "es", "en", "es-MX"]],
] as const)("chosen %s, a browser that asks for %j", (chosen, browser, wished) => {
  expect(wishedLanguages(chosen, browser)).toEqual(wished);
});
