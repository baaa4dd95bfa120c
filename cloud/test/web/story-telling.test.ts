import { factOf, type LedgerFact, LedgerLine } from "@gatehouse/shared/contracts/event";
import { lineSentence } from "@gatehouse/shared/told/explain";
import { expect, test } from "vitest";
import { tellInGerman } from "../../web/sessions/story-de.ts";
import { tellInEnglish } from "../../web/sessions/story-en.ts";
import { tellInSpanish } from "../../web/sessions/story-es.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";

const say = {
  money: (minor: number) => `${minor / 100} EUR`,
  moment: () => "noon",
  stay: (seconds: number) => `${seconds / 60} min`,
};

/** Every line of a paid stay but the stay in its space, which names no session. */
const facts = writeStay(new EdgeLedger(), "1", 375).lines.flatMap(({ text }) => {
  const fact = factOf(LedgerLine.parse(JSON.parse(text)));
  return fact === undefined || fact.type === "space-stay-closed" ? [] : [fact];
});

test.each([
  ["German", tellInGerman],
  ["Spanish", tellInSpanish],
])("a whole stay is told in %s, without a word of machines", (_, tell) => {
  const told = facts.map((fact) => tell(fact, say));
  expect(told).toHaveLength(9);
  for (const sentence of told) {
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/undefined|minor units|\d{4}-\d\d-\d\dT/);
  }
  expect(told.join(" ")).toContain("3.75 EUR");
});

test("in English amounts and moments are said as people say them", () => {
  const told = facts.map((fact) => tellInEnglish(fact, say) ?? lineSentence(fact));
  expect(told).toContain("Paid; free to leave until noon.");
  expect(told).toContain("The session ended after 60 min (left); owed: 0 EUR.");
  expect(told.join(" ")).not.toMatch(/minor units|\d{4}-\d\d-\d\dT/);
});

test("what is decided by hand, and what no catalog names, is still said", () => {
  const decided: LedgerFact = {
    type: "lane-decided",
    body: {
      decision_id: "d",
      lane_id: "exit-1",
      direction: "exit",
      kind: "open",
      reason: "by-hand:driver-in-need",
      rules: [],
      actor: { kind: "attendant", id: "anna" },
      session_id: "s",
      read_id: null,
      plate: "AB12CDE",
      raw_plate: null,
      confidence: null,
    },
  };
  expect(tellInGerman(decided, say)).toBe(
    "Geöffnet für AB12CDE an exit-1: von Hand: driver in need, durch anna.",
  );
  expect(tellInSpanish(decided, say)).toContain("a mano: driver in need, por anna.");
});
