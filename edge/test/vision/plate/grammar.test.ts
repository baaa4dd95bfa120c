import { expect, test } from "vitest";
import { PlateGrammar } from "../../../src/vision/plate/grammar.ts";
import { readPlateProfiles } from "../../../src/vision/plate/profile.ts";
import { readingOf } from "@gatehouse/shared/plate/reading";
import { shapesOf } from "@gatehouse/shared/plate/shapes";

const profiles = readPlateProfiles();
const of = (...countries: readonly string[]) =>
  new PlateGrammar(profiles.filter(({ country }) => countries.includes(country)));
const read = (text: string, confidence = 0.95) =>
  readingOf(
    text,
    text.split("").map(() => confidence),
    [{ text, confidence }],
  );

const isWritten = (country: string, text: string): boolean =>
  shapesOf(profiles.filter((profile) => profile.country === country)).some(
    ({ places, isWeak }) =>
      !isWeak &&
      places.length === text.length &&
      places.every((set, index) => set.includes(text.charAt(index))),
  );

test.each([
  ["DE", ["MAE2821", "RWI282", "FSLL777", "OFPS309E"], ["M0123", "MAE28210"]],
  ["AT", ["S626VY", "KU217BI", "W76067I"], ["W1", "QA123B"]],
  ["CH", ["ZH123456", "AI12", "GE1"], ["ZH0123", "XX1234"]],
  ["FR", ["AA001AA", "AB123CD"], ["AI123AA"]],
  ["ES", ["1234BBC", "C1234BBC"], ["1234ABC", "1234BQC"]],
  ["IT", ["BF146ZM", "DJ234ZY", "AB12345"], ["EN399ZO"]],
  ["NL", ["GB12XT", "GHJK12", "12GHJ3", "1GHJ23", "PR005T", "G123HJ", "GHJ12K"], ["AE12XT"]],
  ["BE", ["1ABC234"], ["0ABC234"]],
  ["PL", ["WA12345", "PO1234A", "WA1CE23", "WPRA123", "KGR1A23"], ["WA123BD", "AA12345"]],
  ["GB", ["AB12CDE", "A123ABC", "ANG314D", "Q123ABC", "123D456"], ["AI12CDE", "AB12CQE"]],
  ["BR", ["ABC1234", "BRA2E19"], ["AB1234"]],
  ["IN", ["MH01AA1234", "KA01EK171", "DL2C6011", "22BH5678AA"], ["MH01IO1234"]],
  ["AU", ["CT00ZV", "DKY00A", "123AB4", "1AB2CD", "S000CAC", "CC50AA"], ["S000CQC"]],
])("plates of %s are written as they are", (country, plates, others) => {
  for (const plate of plates) expect([plate, isWritten(country, plate)]).toEqual([plate, true]);
  for (const plate of others) expect([plate, isWritten(country, plate)]).toEqual([plate, false]);
});

test("all fifteen countries have their profile", () => {
  expect(profiles.map(({ country }) => country).join(" ")).toBe(
    "AT AU BE BR CH DE ES FR GB IN IT KR NL PL US",
  );
});

test.each([
  ["AT", "RK896A0", "RK896AO"],
  ["GB", "0Y09FEU", "OY09FEU"],
  ["GB", "AB1ZCDE", "AB1ZCDE"],
  ["FR", "AAI23BC", "AA123BC"],
  ["IT", "BF1O6ZM", "BF106ZM"],
])("in %s, %s is %s", (country, text, meant) => {
  expect(of(country).meaningOf(read(text))).toMatchObject({ text: meant });
});

test("letters that are only alike are swapped when the reader doubts them, and not otherwise", () => {
  const doubted = readingOf(
    "AB1ZCDE",
    [0.9, 0.9, 0.9, 0.3, 0.9, 0.9, 0.9],
    [{ text: "AB1ZCDE", confidence: 0.3 }],
  );
  expect(of("GB").meaningOf(doubted).text).toBe("AB12CDE");
  expect(of("GB").meaningOf(read("AB1ZCDE")).text).toBe("AB1ZCDE");
});

test("a plate that is written as plates are stays as it was read, whatever else it might be", () => {
  expect(of("DE").meaningOf(read("KAI123")).text).toBe("KAI123");
  expect(of("DE").meaningOf(read("KA1123")).text).toBe("KA1123");
});

test("a foreign or a chosen plate stays as it was read", () => {
  expect(of("GB").meaningOf(read("M0LLY")).text).toBe("M0LLY");
  expect(of("DE").meaningOf(read("1T43213")).text).toBe("1T43213");
});

test("where nobody has said where the cars come from nothing is put right", () => {
  expect(of().meaningOf(read("0Y09FEU"))).toMatchObject({ text: "0Y09FEU", country: undefined });
});

test("the country is told where only one writes its plates so", () => {
  expect(of("GB", "IT").meaningOf(read("AB12CDE")).country).toBe("GB");
  expect(of("FR", "IT").meaningOf(read("AB123CD")).country).toBeUndefined();
});

test("the candidates keep what was read", () => {
  const { candidates } = of("AT").meaningOf(read("RK896A0"));
  expect(candidates.map(({ text }) => text)).toContain("RK896A0");
});
