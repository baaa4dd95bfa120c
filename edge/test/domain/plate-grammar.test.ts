import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { noTestData, testData } from "../../../shared/test/test-data.ts";
import { countriesOf, PlateSpelling } from "../../src/domain/plate-grammar.ts";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { readPlateProfiles } from "../../src/vision/plate/profile.ts";

const profiles = readPlateProfiles();
const at = (...countries: readonly string[]) => new PlateSpelling(profiles, countries);

describe("a plate is put right where one spelling alone is possible", () => {
  test.each([
    ["DE", "BGH12O4", "BGH1204"],
    ["DE", "8GH1234", "BGH1234"],
    ["FR", "AAOO1AA", "AA001AA"],
    ["FR", "AB1Z3CD", "AB123CD"],
    ["IT", "BF1O6ZM", "BF106ZM"],
    ["ES", "12S4BBC", "1254BBC"],
    ["GB", "AB1ZCDE", "AB12CDE"],
    ["CH", "ZHI23456", "ZH123456"],
    ["CH", "2H123456", "ZH123456"],
  ])("in %s, %s is %s", (country, read, right) => {
    expect(at(country).rightOf(read)).toBe(right);
  });
});

describe("a plate stays as it was read", () => {
  test.each([
    ["O, D or Q may stand there", "DE", "B0H1234"],
    ["it is written as it may be", "DE", "MAEZ821"],
    ["a letter may stand there", "DE", "BGHI234"],
    ["three characters would have to change", "FR", "AAOOOAA"],
    ["nothing that looks alike fits", "CH", "XX1234"],
    ["it is like no plate at all", "DE", "A"],
  ])("%s: %s %s", (_why, country, read) => {
    expect(at(country).rightOf(read)).toBe(read);
  });

  test("where nobody has said which countries vehicles come from", () => {
    expect(at().rightOf("AAOO1AA")).toBe("AAOO1AA");
  });

  test("where the camera knows better which country it comes from", () => {
    expect(at("DE").rightOf("12GHJ3", "NL")).toBe("12GHJ3");
    expect(at("DE").rightOf("1ZGHJ3", "XX")).toBe("1ZGHJ3");
    expect(at("DE").rightOf("AAOO1AA", "FR")).toBe("AA001AA");
  });
});

test.each([
  ["de-AT", ["AT"]],
  ["de", []],
  ["zh-Hans-CN", ["CN"]],
  ["en", []],
])("the countries of the locale %s are %j", (locale, countries) => {
  expect(countriesOf(locale)).toEqual(countries);
});

const file = testData("formats", "plate-grammars.json");
describe.skipIf(file === undefined)(`plates of fifteen countries (${noTestData})`, () => {
  const known = examplesIn(file ?? "");

  test("each published example stays as it is in its country", () => {
    const changed = known.filter(({ country, plate }) => at(country).rightOf(plate) !== plate);
    expect(changed).toEqual([]);
    expect(known.length).toBeGreaterThan(80);
  });

  test("with one look-alike misread, an example is put right or left alone, and never made another plate", () => {
    let right = 0;
    for (const { country, plate } of known) {
      for (const read of misreadsOf(plate)) {
        const taken = at(country).rightOf(read);
        expect([plate, read, taken]).toEqual([plate, read, taken === plate ? plate : read]);
        if (taken === plate) right += 1;
      }
    }
    expect(right).toBeGreaterThan(100);
  });
});

const twins = ["O0", "I1", "Z2", "S5", "B8", "G6"];

function misreadsOf(plate: string): string[] {
  return plate
    .split("")
    .flatMap((sign, place) =>
      twins
        .filter((pair) => pair.includes(sign))
        .map((pair) => plate.slice(0, place) + pair.replace(sign, "") + plate.slice(place + 1)),
    );
}

interface Grammars {
  readonly countries: Readonly<
    Record<string, { readonly patterns: readonly { readonly examples?: readonly string[] }[] }>
  >;
}

function examplesIn(path: string): { country: string; plate: string }[] {
  if (path === "") return [];
  const { countries } = JSON.parse(readFileSync(path, "utf8")) as Grammars;
  return Object.entries(countries).flatMap(([country, { patterns }]) =>
    patterns.flatMap(({ examples = [] }) =>
      examples
        .filter((plate) => plate === normalisePlate(plate))
        .map((plate) => ({ country, plate })),
    ),
  );
}
