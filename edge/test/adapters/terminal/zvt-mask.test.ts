import * as fc from "fast-check";
import { expect, test } from "vitest";
import { withoutCardNumbers } from "../../../src/adapters/terminal/zvt-mask.ts";

test.each([
  ["Karte 4532015112831234", "Karte ************1234"],
  ["Karte 4111 1111 1111 1111 ok", "Karte **** **** **** 1111 ok"],
  ["Karte 4111-1111-1111-1111", "Karte ****-****-****-1111"],
  ["3714 496353 98431", "**** ****** *8431"],
  ["PAN 6725 90## #### 1234", "PAN **** **## #### 1234"],
  ["PAN 453201XXXXXX1234", "PAN ******XXXXXX1234"],
  ["PAN ############1234", "PAN ############1234"],
  ["Ref 123456789012", "Ref ********9012"],
  ["IBAN DE89370400440532013000", "IBAN DE****************3000"],
])("%s becomes %s", (line, shown) => {
  expect(withoutCardNumbers(line)).toBe(shown);
});

test.each([
  "20.11.2026 14:22:33",
  "Terminal-ID 29001234",
  "TA-Nr. 000123 Beleg-Nr. 0042",
  "Betrag EUR 1.203,50",
  "Tel. 030 123456",
  "AID A0000000041010",
  "Parkhaus Nord * * * # # #",
  "",
])("%s is no card number", (line) => {
  expect(withoutCardNumbers(line)).toBe(line);
});

/** A number that Luhn finds right. */
const cardNumber = fc
  .tuple(fc.constantFrom(12, 14, 15, 18), fc.infiniteStream(fc.nat({ max: 9 })))
  .map(([length, stream]) => {
    const digits = Array.from({ length }, () => stream.next().value ?? 0);
    const check = Array.from({ length: 10 }, (_, digit) => digit).find(
      (digit) => luhn([...digits, digit]) % 10 === 0,
    );
    return [...digits, check].join("");
  });

function luhn(digits: readonly number[]): number {
  return digits.toReversed().reduce((sum, digit, index) => {
    const doubled = digit * 2;
    return sum + (index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled);
  }, 0);
}

test("no card number survives, in one row or in groups, whatever stands around it", () => {
  const around = fc.stringMatching(/^[A-Za-z .:]{0,12}$/);
  fc.assert(
    fc.property(
      cardNumber,
      fc.constantFrom("", " ", "-"),
      around,
      around,
      (number, gap, before, after) => {
        const written = number.match(/.{1,4}/g)?.join(gap) ?? "";
        const digits = withoutCardNumbers(`${before}${written}${after}`).replaceAll(/\D/g, "");
        expect(digits.length).toBeLessThanOrEqual(4);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a line of any length is read in no time worth speaking of", () => {
  const long = "1 ".repeat(30_000);
  expect(withoutCardNumbers(long)).toHaveLength(long.length);
});
