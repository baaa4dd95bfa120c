import { createPublicKey } from "node:crypto";
import { minutes } from "@gatehouse/shared/time";
import type { ShiftAnswer } from "@gatehouse/shared/contracts/shifts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imbalanceOf, shiftReport } from "../../../src/domain/money/shift.ts";
import { isSignedBy } from "../../../src/domain/money/signed-report.ts";
import { factsOfShift } from "../../../src/flows/money/shift-report.ts";
import { balanceOf, trialBalance } from "../../../src/store/books.ts";
import { latestDocuments } from "../../../src/store/documents.ts";
import { findShift, openShiftAt } from "../../../src/store/shifts.ts";
import { as, keys, tillsOf } from "./till-fixture.ts";

const publicKey = createPublicKey(keys.privateKey);
const anna = as("anna");
const boss = as("boss", true);

function done(answer: ShiftAnswer | { kind: "refused"; reason: string }): ShiftAnswer {
  if ("kind" in answer) throw new Error(`refused: ${answer.reason}`);
  return answer;
}
const open = (
  site: ReturnType<typeof tillsOf>,
  float = 10_000,
  id = "open-1",
  who = anna,
): string =>
  done(site.desk.open("till-1", { request_id: id, float_minor: float }, who)).shift.shift_id;
const drawer = (site: ReturnType<typeof tillsOf>): number =>
  balanceOf(site.book, "drawer", "till-1");
const zOf = (site: ReturnType<typeof tillsOf>, shiftId: string) => {
  const answer = site.desk.report(shiftId, boss);
  if ("reason" in answer || answer.kind !== "z") throw new Error("no Z");
  return answer;
};

describe("a shift", () => {
  test("from float to Z: what came, what went, what was counted", () => {
    const site = tillsOf();
    const { desk, take, giveBack } = site;
    const shiftId = open(site);
    take("cash", 350);
    const paid = take("cash", 1000);
    take("card", 700);
    take("nil", 200);
    giveBack(paid, 1000, 400);
    const move = (move: "drop" | "pay-in" | "pay-out", amount_minor: number) =>
      done(desk.move(shiftId, { request_id: move, move, amount_minor, reason: "safe" }, anna));
    move("drop", 5000);
    move("pay-in", 2000);
    move("pay-out", 150);
    expect(drawer(site)).toBe(10_000 + 350 + 1000 - 400 - 5000 + 2000 - 150);
    const counted = done(desk.count(shiftId, { request_id: "c", counted_minor: 7790 }, anna));
    expect(counted.shift).toMatchObject({ expected_minor: 7800, counted_minor: 7790 });
    expect(counted.sentence).toContain("€0.10 missing");
    const closed = done(desk.close(shiftId, { request_id: "z", leave_minor: 3000 }, anna));
    expect(closed.shift).toMatchObject({ state: "closed", z_number: 1 });
    const { report, signature } = zOf(site, shiftId);
    expect(report).toMatchObject({
      float_minor: 10_000,
      expected_minor: 7800,
      counted_minor: 7790,
      difference_minor: -10,
      left_minor: 3000,
      receipts: { first: 1, last: 3 },
      cash: [
        { kind: "capture", in_minor: 1350, out_minor: 0, count: 2 },
        { kind: "refund", in_minor: 0, out_minor: 400, count: 1 },
        { kind: "drop", in_minor: 0, out_minor: 5000, count: 1 },
        { kind: "pay-in", in_minor: 2000, out_minor: 0, count: 1 },
        { kind: "pay-out", in_minor: 0, out_minor: 150, count: 1 },
      ],
      means: [
        { method: "card", count: 1, taken_minor: 700, given_back_minor: 0 },
        { method: "cash", count: 2, taken_minor: 1350, given_back_minor: 400 },
        { method: "nil", count: 1, taken_minor: 200, given_back_minor: 0 },
      ],
      nil_payments: [{ amount_minor: 200, reason: "lift was out of order" }],
      refunds: [{ amount_minor: 400, reason: "paid twice" }],
    });
    expect(report.taxes.reduce((sum, tax) => sum + tax.net_minor + tax.tax_minor, 0)).toBe(1650);
    expect(
      isSignedBy(
        {
          report: { ...zOf(site, shiftId).report, expected_minor: 7800 },
          signature: signature ?? "",
        },
        publicKey,
      ),
    ).toBe(true);
    expect(
      isSignedBy(
        {
          report: { ...report, expected_minor: 7790, counted_minor: 7790 },
          signature: signature ?? "",
        },
        publicKey,
      ),
    ).toBe(false);
    expect(drawer(site)).toBe(3000);
    expect(balanceOf(site.book, "cash-difference", shiftId)).toBe(10);
    expect(latestDocuments(site.book, 1)).toMatchObject([{ kind: "shift-report", number: 1 }]);
    expect(site.facts().at(-2)).toMatchObject({ type: "shift-closed", body: { z_number: 1 } });
  });

  test("is handed to the next person with what was counted, and no money leaves the drawer", () => {
    const site = tillsOf();
    const { desk, take, book } = site;
    const shiftId = open(site);
    take("cash", 500);
    const request = { request_id: "r", counted_minor: 10_400, next_operator: "boris" };
    const relief = done(desk.relieve(shiftId, request, anna));
    expect(relief.shift).toMatchObject({ state: "closed", z_number: 1, operator: "anna" });
    expect(relief.next).toMatchObject({ operator: "boris", float_minor: 10_400, state: "open" });
    expect(drawer(site)).toBe(10_400);
    expect(balanceOf(book, "cash-difference", shiftId)).toBe(100);
    expect(balanceOf(book, "cash-in-transit", "till-1")).toBe(0);
    take("cash", 300);
    const next = relief.next?.shift_id ?? "";
    done(desk.count(next, { request_id: "c2", counted_minor: 10_700 }, as("boris")));
    done(desk.close(next, { request_id: "z2", leave_minor: 0 }, as("boris")));
    const { report } = zOf(site, next);
    expect(report).toMatchObject({ z_number: 2, relieves: shiftId, difference_minor: 0 });
    expect(done(desk.relieve(shiftId, request, anna)).next?.shift_id).toBe(next);
  });

  test("an X changes nothing and tells who has yet to count nothing of the cash", () => {
    const site = tillsOf();
    const shiftId = open(site);
    site.take("cash", 500);
    const before = [site.facts().length, trialBalance(site.book), findShift(site.book, shiftId)];
    expect(site.desk.report(shiftId, anna)).toMatchObject({
      kind: "x",
      report: { expected_minor: null, cash: [], means: [] },
    });
    expect(site.desk.report(shiftId, boss)).toMatchObject({ report: { expected_minor: 10_500 } });
    expect([site.facts().length, trialBalance(site.book), findShift(site.book, shiftId)]).toEqual(
      before,
    );
  });

  test("a press that comes twice is one move", () => {
    const site = tillsOf();
    const shiftId = open(site);
    expect(open(site)).toBe(shiftId);
    const drop = { request_id: "d", move: "drop", amount_minor: 100, reason: "safe" } as const;
    const first = done(site.desk.move(shiftId, drop, anna));
    expect(done(site.desk.move(shiftId, drop, anna))).toEqual(first);
    expect(drawer(site)).toBe(9900);
    const count = { request_id: "c", counted_minor: 9900 };
    done(site.desk.count(shiftId, count, anna));
    expect(done(site.desk.count(shiftId, count, anna)).shift.state).toBe("counted");
    const close = { request_id: "z", leave_minor: 0 };
    done(site.desk.close(shiftId, close, anna));
    expect(done(site.desk.close(shiftId, close, anna)).shift.z_number).toBe(1);
  });

  test("a power cut at any write of its close leaves it counted, and the next try gets the same number", () => {
    let left = Number.POSITIVE_INFINITY;
    const onStep = (): void => {
      if ((left -= 1) < 0) throw new Error("power cut");
    };
    for (let step = 0; ; step += 1) {
      left = Number.POSITIVE_INFINITY;
      const site = tillsOf(":memory:", { onStep });
      const shiftId = open(site);
      site.take("cash", 350);
      done(site.desk.count(shiftId, { request_id: "c", counted_minor: 10_340 }, anna));
      const facts = site.facts().length;
      const close = () => site.desk.close(shiftId, { request_id: "z", leave_minor: 1000 }, anna);
      left = step;
      try {
        close();
      } catch {
        // Cut off after the commit it is closed all the same: the next try is told so.
      }
      const isKept = findShift(site.book, shiftId)?.state === "closed";
      const before = [site.facts().length, drawer(site)];
      left = Number.POSITIVE_INFINITY;
      const { shift } = done(close());
      const reports = latestDocuments(site.book, 9).filter(({ kind }) => kind === "shift-report");
      expect(isKept ? [] : before).toEqual(isKept ? [] : [facts, 10_350]);
      expect(shift).toMatchObject({ z_number: 1, state: "closed" });
      expect([drawer(site), reports.length]).toEqual([1000, 1]);
      site.book.close();
      if (isKept) break;
    }
  });

  test("is refused what it may not do, with a reason", () => {
    const site = tillsOf();
    const { desk } = site;
    const shiftId = open(site);
    const refused = (answer: object) => expect(answer).toMatchObject({ kind: "refused" });
    const reasonOf = (answer: object) => ("reason" in answer ? answer.reason : undefined);
    expect(reasonOf(desk.open("till-1", { request_id: "o2", float_minor: 0 }, as("boris")))).toBe(
      "till-taken",
    );
    expect(reasonOf(desk.open("till-9", { request_id: "o3", float_minor: 0 }, anna))).toBe(
      "unknown-till",
    );
    const drop = { request_id: "d", move: "drop", amount_minor: 10_001, reason: "safe" } as const;
    expect(reasonOf(desk.move(shiftId, drop, anna))).toBe("too-much");
    expect(reasonOf(desk.move(shiftId, drop, as("boris")))).toBe("not-your-shift");
    expect(reasonOf(desk.close(shiftId, { request_id: "z", leave_minor: 0 }, anna))).toBe(
      "shift-open",
    );
    const wrong = { request_id: "c0", counted_minor: 10_000, pieces: { "500": 19 } };
    expect(reasonOf(desk.count(shiftId, wrong, anna))).toBe("wrong-sum");
    done(desk.count(shiftId, { ...wrong, pieces: { "500": 20 } }, anna));
    expect(openShiftAt(site.book, "till-1")).toBeUndefined();
    refused(desk.move(shiftId, { ...drop, amount_minor: 1 }, anna));
    const again = { request_id: "c1", counted_minor: 9990, reason: "a note stuck" };
    expect(reasonOf(desk.count(shiftId, again, anna))).toBe("counted-already");
    expect(done(desk.count(shiftId, again, boss)).shift.counted_minor).toBe(9990);
    expect(desk.list("2026-01-02", "2026-01-01")).toMatchObject({ reason: "bad-days" });
  });
});

const act = fc.oneof(
  fc.record({
    act: fc.constantFrom("cash", "card", "nil"),
    minor: fc.integer({ min: 1, max: 9999 }),
  }),
  fc.record({
    act: fc.constantFrom("drop", "pay-in", "pay-out"),
    minor: fc.integer({ min: 1, max: 20_000 }),
  }),
  fc.record({ act: fc.constant("back"), minor: fc.integer({ min: 1, max: 5000 }) }),
  fc.record({
    act: fc.constantFrom("relief", "close", "time"),
    minor: fc.integer({ min: 0, max: 30_000 }),
  }),
);

describe("whatever happens in shifts", () => {
  test("every Z balances to the minor unit, and is the same when it is made from the book again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const site = tillsOf();
        const { desk, book, clock } = site;
        let shiftId = open(site, 5000);
        let operator = "anna";
        const paid: { id: string; amount: number }[] = [];
        const ended: string[] = [];
        for (const [index, { act, minor }] of acts.entries()) {
          const request_id = `p-${index}`;
          const who = as(operator);
          if (act === "cash") paid.push({ id: site.take("cash", minor), amount: minor });
          else if (act === "card" || act === "nil") site.take(act, minor);
          else if (act === "back") {
            const payment = paid.pop();
            const most = Math.min(payment?.amount ?? 0, drawer(site), minor);
            if (payment !== undefined && most > 0) site.giveBack(payment.id, payment.amount, most);
          } else if (act === "relief") {
            const next_operator = operator === "anna" ? "boris" : "anna";
            const request = { request_id, counted_minor: minor, next_operator };
            ended.push(shiftId);
            shiftId = done(desk.relieve(shiftId, request, who)).next?.shift_id ?? "";
            operator = next_operator;
          } else if (act === "close") {
            done(desk.count(shiftId, { request_id, counted_minor: minor }, who));
            const leave_minor = Math.floor(minor / 3);
            done(desk.close(shiftId, { request_id: `${request_id}z`, leave_minor }, who));
            ended.push(shiftId);
            shiftId = open(site, 1234, `${request_id}o`, who);
          } else if (act === "time") await clock.advance(minutes(minor / 100));
          else {
            const move = act as "drop" | "pay-in" | "pay-out";
            const request = { request_id, move, amount_minor: minor, reason: "x" };
            if (move === "pay-in" || minor <= drawer(site)) done(desk.move(shiftId, request, who));
          }
        }
        expect(trialBalance(book).reduce((sum, { minor }) => sum + minor, 0)).toBe(0);
        for (const [index, id] of ended.entries()) {
          const { report, signature } = zOf(site, id);
          expect(report.z_number).toBe(index + 1);
          expect(
            isSignedBy({ report: report as never, signature: signature ?? "" }, publicKey),
          ).toBe(true);
          const shift = findShift(book, id);
          if (shift === undefined) throw new Error("lost");
          const head = { facilityId: "p1", facilityName: "Parkhaus Süd", currency: "EUR" };
          const again = shiftReport(
            factsOfShift(book, head, shift, Date.parse(report.until) as never),
            {
              z_number: report.z_number,
              counted_minor: report.counted_minor,
              pieces: report.pieces,
              left_minor: report.left_minor,
            },
          );
          expect(again).toEqual(report);
          expect(imbalanceOf(again, again.expected_minor)).toBeUndefined();
        }
        book.close();
      }),
      { numRuns: 60 },
    );
  });
});
