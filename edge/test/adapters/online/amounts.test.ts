import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import { describe, expect, test } from "vitest";
import { decimalText, minorOfDecimal } from "../../../src/adapters/online/decimal-amount.ts";
import { fromStripe, toStripe } from "../../../src/adapters/online/stripe-amount.ts";

describe("amounts at Stripe", () => {
  test.each([
    ["EUR", 350, 350],
    ["JPY", 500, 500],
    ["HUF", 99900, 99900],
    ["KWD", 1250, 1250],
    // No decimals in ISO 4217, sent with two zeros.
    ["ISK", 700, 70000],
    ["UGX", 2000, 200000],
  ])("%s: %i minor units are %i there and back", (currency, ours, theirs) => {
    expect(toStripe(minorUnits(ours), currency)).toBe(theirs);
    expect(fromStripe(theirs, currency)).toBe(ours);
  });

  test("dinars whose last digit is not 0 cannot be asked for", () => {
    expect(() => toStripe(minorUnits(1255), "KWD")).toThrow(Fault);
  });
});

describe("amounts as decimal text", () => {
  test.each([
    ["EUR", 1, "0.01"],
    ["EUR", 1250, "12.50"],
    ["JPY", 1250, "1250"],
    ["KWD", 1250, "1.250"],
    ["EUR", 0, "0.00"],
  ])("%s %i is %s", (currency, minor, text) => {
    expect(decimalText(minorUnits(minor), currency)).toBe(text);
    expect(minorOfDecimal(text, currency)).toBe(minor);
  });

  test.each([
    ["EUR", "12.5"],
    ["EUR", "12"],
    ["EUR", "12,50"],
    ["EUR", "-1.00"],
    ["EUR", "1e2.00"],
    ["JPY", "12.00"],
    ["KWD", "1.25"],
    ["EUR", ""],
  ])("%s %s is not read", (currency, text) => {
    expect(minorOfDecimal(text, currency)).toBeUndefined();
  });
});
