import type { Instant } from "@gatehouse/shared/time";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { reversalRefusals, TerminalMemory } from "../../src/devices/terminal-memory.ts";

const at = 0 as Instant;
const cards = [
  { id: "a", lastFour: "1234", name: "Visa" },
  { id: "b", lastFour: "1234", name: "girocard" },
  { lastFour: "9999", name: "Debit Mastercard" },
];

const act = fc.oneof(
  fc.record({
    does: fc.constantFrom("pay", "refund"),
    card: fc.constantFrom(...cards),
    amount: fc.integer({ min: 1, max: 99_999 }),
  }),
  fc.record({ does: fc.constant("reverse"), number: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ does: fc.constant("end the day") }),
);

test("whatever is paid, reversed and refunded, the cards have lost what stands less what was given back", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const memory = new TerminalMemory(() => at, 0);
      let refunded = 0;
      for (const each of acts) {
        if ("card" in each && each.does === "pay") memory.pay(each.amount, each.card);
        else if ("card" in each) {
          memory.refund(each.amount, each.card);
          refunded += each.amount;
        } else if ("number" in each) memory.reverse(String(each.number).padStart(4, "0"));
        else memory.endDay();
      }
      const standing = [...memory.booked.values()].reduce((sum, amount) => sum + amount, 0);
      expect(memory.purses.charged()).toBe(standing - refunded);
      const byCard = ["a", "b", "9999"].map((id) => memory.purses.charged(id));
      expect(byCard.reduce((sum, amount) => sum + amount, 0)).toBe(memory.purses.charged());
    }),
  );
});

test("a payment is reversed once, and only before the end of its day", () => {
  const memory = new TerminalMemory(() => at, 9998);
  const [first, second] = [memory.pay(350, cards[0]!), memory.pay(350, cards[0]!)];
  expect([first.number, second.number]).toEqual(["9999", "0001"]);
  expect(memory.reverse("9999")).toMatchObject({ kind: "reversal", number: "0002" });
  expect(memory.reverse("9999")).toBe(reversalRefusals.alreadyReversed);
  expect(memory.reverse("0002")).toBe(reversalRefusals.notPossible);
  expect(memory.endDay().totals).toMatchObject({ fromReceipt: "9999", toReceipt: "0002" });
  expect(memory.reverse("0001")).toBe(reversalRefusals.notPossible);
  expect(memory.purses.charged("a")).toBe(350);
});

test("totals leave reversed payments out, and refunds stand beside them", () => {
  const memory = new TerminalMemory(() => at, 0);
  for (const card of cards) memory.pay(100, card);
  memory.reverse("0001");
  memory.refund(30, cards[1]!);
  const { schemes, refunds } = memory.totals();
  expect(schemes.filter(({ count }) => count > 0)).toEqual([
    { scheme: "girocard", count: 1, amountMinor: 100 },
    { scheme: "mastercard", count: 1, amountMinor: 100 },
  ]);
  expect(refunds).toEqual({ count: 1, amountMinor: 30 });
});
