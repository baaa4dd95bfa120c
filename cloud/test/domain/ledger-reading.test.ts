import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLine } from "../../src/domain/ledger-reading.ts";

const hash = "0".repeat(64);
const at = "2026-11-20T12:00:00.000Z";
const read = (text: string) => readLine({ text, hash }, 1, 7);
const line = (more: Record<string, Json>): string =>
  canonicalJson({ at, body: { by_ms: 5 }, epoch: 1, seq: 7, type: "clock-stepped", ...more });

describe("a ledger line", () => {
  test("that fits its contract is a fact", () => {
    const { type, fact, aside } = read(line({}));
    expect({ type, fact, aside }).toEqual({
      type: "clock-stepped",
      fact: { type: "clock-stepped", body: { by_ms: 5 } },
      aside: undefined,
    });
  });

  test("with members that a newer edge has added is the same fact", () => {
    expect(read(line({ body: { by_ms: 5, source: "ntp" } })).aside).toBeUndefined();
  });

  test.each([
    ["of a type from the future", line({ type: "drone-landed" }), "unknown-type"],
    ["whose body does not fit", line({ body: { by_ms: "five" } }), "unreadable-body"],
    ["of a type that every object has", line({ type: "constructor" }), "unknown-type"],
    ["that stands at another's place", line({ seq: 8 }), "wrong-place"],
    ["of another epoch", line({ epoch: 2 }), "wrong-place"],
    ["without a moment", line({ at: "noon" }), "not-a-line"],
    ["that is JSON but no line", "[1,2,3]", "not-a-line"],
    ["that is no JSON", "{", "not-a-line"],
    ["that is empty", "", "not-a-line"],
  ])("%s is set aside whole", (_, text, reason) => {
    const { aside, fact, text: kept } = read(text);
    expect({ reason: aside?.reason, fact, kept }).toEqual({ reason, fact: undefined, kept: text });
  });

  test("never throws, whatever it holds", () => {
    const anything = fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(read(text).text).toBe(text);
    });
    fc.assert(anything);
  });
});
