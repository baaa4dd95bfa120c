import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { canonicalJson, type Json } from "@gatehouse/shared/canonical";
import { check } from "@gatehouse/shared/check";
import { minorUnits } from "@gatehouse/shared/money";
import type { OnlineNews } from "@gatehouse/shared/online-news";
import { describe, expect, test } from "vitest";
import { learn, nothingTold, type OnlineFacts } from "../../src/domain/online-facts.ts";
import {
  allotCapture,
  changeBetween,
  type OnlineChange,
  type OnlineView,
  viewOf,
} from "../../src/domain/online-payment.ts";
import { asDelivered, makeHistory, type Told } from "./online-histories.ts";

/** How many callbacks are shuffled; `GATEHOUSE_CALLBACKS=1000000` for the long run. */
const callbacks = Number(process.env["GATEHOUSE_CALLBACKS"] ?? 20_000);

const ask = { amount: minorUnits(350), currency: "EUR" };
const paid: OnlineNews = { kind: "paid", chargeRef: "pi_1", amount: 350, currency: "EUR" };
const refund = {
  kind: "refund",
  refundRef: "re_1",
  refundId: "r1",
  chargeRef: "pi_1",
  amount: 100,
  currency: "EUR",
} as const;
const dispute = {
  kind: "dispute",
  disputeRef: "dp_1",
  chargeRef: "pi_1",
  amount: 350,
  currency: "EUR",
} as const;

const after = (...news: readonly OnlineNews[]): OnlineView =>
  viewOf(
    ask,
    news.reduce<OnlineFacts>((facts, one, at) => learn(facts, one, at), nothingTold),
  );

describe("what a gateway tells means", () => {
  test.each<[string, readonly OnlineNews[], Partial<OnlineView>]>([
    ["nothing yet: open", [], { state: "open", counted: minorUnits(0) }],
    ["a debit on its way: processing", [{ kind: "processing" }], { state: "processing" }],
    [
      "a failed attempt: open to another card",
      [{ kind: "attempt-failed", reason: "x" }],
      { state: "open" },
    ],
    ["time ran out: expired", [{ kind: "expired" }], { state: "expired" }],
    [
      "time ran out, and its intent was cancelled with it: expired",
      [{ kind: "expired" }, { kind: "failed", reason: "canceled" }],
      { state: "expired" },
    ],
    ["money: paid", [paid], { state: "paid", counted: minorUnits(350) }],
    ["money after time ran out: paid", [{ kind: "expired" }, paid], { state: "paid" }],
    [
      "another amount: nothing is paid",
      [{ ...paid, amount: 349 }],
      { state: "mismatched", counted: minorUnits(0), reviews: ["amount-mismatch"] },
    ],
    [
      "another currency: nothing is paid",
      [{ ...paid, currency: "HUF" }],
      { state: "mismatched", counted: minorUnits(0), reviews: ["amount-mismatch"] },
    ],
    [
      "a second charge: paid once, the other owed back",
      [paid, { ...paid, chargeRef: "pi_2" }],
      { counted: minorUnits(350), surplus: minorUnits(350), reviews: ["paid-twice"] },
    ],
    [
      "a part given back",
      [paid, { ...refund, state: "done" }],
      { state: "part-refunded", refunded: minorUnits(100) },
    ],
    [
      "all given back",
      [paid, { ...refund, amount: 350, state: "done" }],
      { state: "refunded", refunded: minorUnits(350) },
    ],
    [
      "a refund that came back: not given back",
      [paid, { ...refund, state: "failed" }, { ...refund, state: "done" }],
      { state: "paid", refunded: minorUnits(0), reviews: ["refund-failed"] },
    ],
    [
      "a refund before anybody told of the payment",
      [{ ...refund, state: "done" }, paid],
      { state: "part-refunded" },
    ],
    [
      "a refund at the gateway's desk",
      [
        paid,
        { ...refund, state: "done" },
        { ...dispute, kind: "refund", refundRef: "re_2", amount: 1, state: "done" },
      ],
      { refunded: minorUnits(101), reviews: ["refund-not-ours"] },
    ],
    [
      "a dispute: the money is away",
      [paid, { ...dispute, stage: "open" }],
      { state: "dispute-open", withdrawn: minorUnits(350), reviews: ["disputed"] },
    ],
    [
      "a dispute won: the money is back",
      [paid, { ...dispute, stage: "won" }, { ...dispute, stage: "open" }],
      { state: "dispute-won", withdrawn: minorUnits(0), reviews: [] },
    ],
    [
      "a dispute lost: the money is gone",
      [paid, { ...dispute, stage: "open" }, { ...dispute, stage: "lost" }],
      { state: "dispute-lost", withdrawn: minorUnits(350) },
    ],
    [
      "a bank that only asks: the money stays",
      [paid, { ...dispute, stage: "inquiry" }],
      { state: "dispute-open", withdrawn: minorUnits(0) },
    ],
  ])("%s", (_, news, view) => {
    expect(after(...news)).toMatchObject(view);
    expect(after(...news.toReversed())).toMatchObject(view);
  });

  test("what can still be given back is less what went, is on its way, or is disputed", () => {
    const view = after(
      paid,
      { ...refund, state: "pending" },
      { ...dispute, amount: 50, stage: "open" },
    );
    expect(view.charges).toEqual([{ chargeRef: "pi_1", amount: 350, refundable: 200 }]);
  });
});

describe("a capture", () => {
  const capture: OnlineChange = {
    counted: 350,
    surplus: 0,
    refunded: 0,
    withdrawn: 0,
    reviews: [],
  };

  test.each([
    ["pays what is due", capture, 350, { settles: 350, credit: 0 }],
    ["of a session that owes more pays a part", capture, 500, { settles: 350, credit: 0 }],
    [
      "after the session was settled otherwise is owed back",
      capture,
      0,
      { settles: 0, credit: 350 },
    ],
    [
      "after a part was settled otherwise is partly owed back",
      capture,
      100,
      { settles: 100, credit: 250 },
    ],
    [
      "taken twice is owed back once",
      { ...capture, surplus: 350 },
      350,
      { settles: 350, credit: 350 },
    ],
    [
      "that is only a surplus pays nothing",
      { ...capture, counted: 0, surplus: 350 },
      350,
      { settles: 0, credit: 350 },
    ],
  ])("%s", (_, change, due, allotment) => {
    expect(allotCapture(change, minorUnits(due))).toEqual(allotment);
  });
});

test(
  `${callbacks} callbacks, shuffled and repeated, charge nobody twice`,
  { timeout: 600_000 },
  () => {
    const chance = new SeededRandom(5);
    let delivered = 0;
    while (delivered < callbacks) {
      const { ask: asked, told, truth } = makeHistory(chance);
      const first = walk(asDelivered(told, chance));
      const second = walk(asDelivered(told, chance));
      delivered += first.steps + second.steps;
      // Plain comparisons: a million expectations would take minutes.
      const problem =
        difference(first.booked, truth) ??
        difference(second.booked, truth) ??
        (first.facts === second.facts
          ? undefined
          : "the order of callbacks changes what is known") ??
        (Math.max(first.counts, second.counts) > 1 ? "counted twice" : undefined);
      check(problem === undefined, `${problem}: ${JSON.stringify(told)}`);

      function walk(order: readonly Told[]) {
        let facts = nothingTold;
        let view = viewOf(asked, facts);
        let counts = 0;
        const booked = { counted: 0, surplus: 0, refunded: 0, withdrawn: 0 };
        for (const { news, at } of order) {
          facts = learn(facts, news, at);
          const next = viewOf(asked, facts);
          const change = changeBetween(view, next);
          view = next;
          if (change.counted !== 0) counts += 1;
          booked.counted += change.counted;
          booked.surplus += change.surplus;
          booked.refunded += change.refunded;
          booked.withdrawn += change.withdrawn;
        }
        return {
          booked,
          counts,
          facts: canonicalJson(facts as unknown as Json),
          steps: order.length,
        };
      }
    }
    expect(delivered).toBeGreaterThanOrEqual(callbacks);
  },
);

function difference(
  booked: Readonly<Record<string, number>>,
  truth: Readonly<Record<string, number>>,
): string | undefined {
  const wrong = Object.keys(truth).find((name) => booked[name] !== truth[name]);
  return wrong === undefined ? undefined : `${wrong} is ${booked[wrong]}, not ${truth[wrong]}`;
}
