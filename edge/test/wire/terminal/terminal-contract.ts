import type { Card, CardPurses } from "@gatehouse/firmware-sim/devices/card-purses";
import type { TerminalFront } from "@gatehouse/firmware-sim/hardware";
import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type {
  ChargeAnswer,
  PaymentTerminal,
  TerminalReceipt,
} from "@gatehouse/shared/ports/terminal";
import type { Instant } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** A terminal as the facility sees it, and its front with the accounts behind it. */
export interface TerminalBench {
  readonly terminal: PaymentTerminal;
  readonly front: TerminalFront;
  readonly now: () => Instant;
  /** Lets time pass until it is settled. */
  readonly settle: <T>(work: Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

const visa: Card = { id: "card-1", lastFour: "1234", name: "Visa", approves: true };
const girocard: Card = { id: "card-2", lastFour: "1234", name: "girocard", approves: true };
const money = { amount: minorUnits(350), currency: "EUR" };
const receiptNumber = expect.stringMatching(/^\d{4}$/);

/** What every card terminal does, whatever wire it is on. */
export function terminalContract(open: () => Promise<TerminalBench>): void {
  let bench: TerminalBench;
  let terminal: PaymentTerminal;
  let purses: CardPurses;
  beforeEach(async () => {
    bench = await open();
    ({ terminal } = bench);
    ({ purses } = bench.front);
    drivenBy(visa);
  });
  afterEach(() => bench.stop());

  const drivenBy = (card: Card | undefined): void =>
    bench.front.onCardWanted(() =>
      card === undefined ? bench.front.cancel() : bench.front.presentCard(card),
    );
  const charge = (paymentId = "p-1"): Promise<ChargeAnswer> =>
    bench.settle(terminal.charge({ paymentId, ...money }, () => undefined));
  const charged = async (): Promise<TerminalReceipt> => {
    const answer = await charge();
    if (answer.kind !== "captured") throw new Error(`declined: ${answer.reason}`);
    return answer.receipt;
  };
  const reverse = ({ receiptNumber: number }: Pick<TerminalReceipt, "receiptNumber">) =>
    bench.settle(terminal.reverse({ receiptNumber: number, ...money }));

  test("each card is charged what it was charged, and told by its last four digits", async () => {
    expect(await charge("p-1")).toMatchObject({
      kind: "captured",
      receipt: { receiptNumber, amount: 350, cardLastFour: "1234" },
    });
    drivenBy(girocard);
    await charge("p-2");
    await charge("p-3");
    expect([purses.charged("card-1"), purses.charged("card-2")]).toEqual([350, 700]);
    expect(purses.charged()).toBe(1050);
  });

  test.each<[string, Card | undefined, string]>([
    ["a card that its bank refuses", { ...visa, approves: false }, "05"],
    ["the red button", undefined, "6C"],
  ])("%s books nothing, neither way", async (_name, card, resultCode) => {
    drivenBy(card);
    const declined = { kind: "declined", resultCode, advice: "none" };
    expect(await charge()).toMatchObject(declined);
    expect(await bench.settle(terminal.refund(money))).toMatchObject(declined);
    expect(purses.bookings).toEqual([]);
  });

  test("a reversal gives the money back on a receipt of its own, once however often it is asked for", async () => {
    const receipt = await charged();
    const first = await reverse(receipt);
    expect(first).toMatchObject({ kind: "done", receipt: { receiptNumber, amount: 350 } });
    expect(await reverse(receipt)).toEqual({ kind: "done" });
    expect(purses.charged()).toBe(0);
    expect(bench.front.booked.size).toBe(0);
  });

  test("a reversal of what was never charged is declined", async () => {
    await charge();
    expect(await reverse({ receiptNumber: "7777" })).toMatchObject({
      kind: "declined",
      resultCode: "B5",
    });
    expect(purses.charged()).toBe(350);
  });

  test("a refund goes to the card that is presented, every time it is asked for", async () => {
    await charge();
    drivenBy(girocard);
    const refund = () => bench.settle(terminal.refund(money));
    expect(await refund()).toMatchObject({
      kind: "done",
      receipt: { receiptNumber, cardName: "girocard" },
    });
    expect(await refund()).toMatchObject({ kind: "done" });
    expect([purses.charged("card-1"), purses.charged("card-2")]).toEqual([350, -700]);
  });

  test("what was written down before it is acknowledged comes from the same receipt", async () => {
    const told: TerminalReceipt[] = [];
    const answer = await bench.settle(
      terminal.charge({ paymentId: "p-1", ...money }, (receipt) => told.push(receipt)),
    );
    expect(told).toHaveLength(1);
    expect(answer).toMatchObject({ kind: "captured", receipt: told[0] });
  });

  test("goods that cannot be issued are taken back", async () => {
    const request = { paymentId: "p-1", ...money };
    const full = (): never => {
      throw new Fault("disk-full", "no space");
    };
    expect(await bench.settle(terminal.charge(request, full))).toMatchObject({
      kind: "declined",
      resultCode: "66",
    });
    expect(purses.charged()).toBe(0);
  });

  test("one thing at a time: whoever comes meanwhile is told that it is busy, and nothing is booked twice", async () => {
    bench.front.onCardWanted(() => undefined);
    const first = terminal.charge({ paymentId: "p-1", ...money }, () => undefined);
    const others = [
      terminal.charge({ paymentId: "p-2", ...money }, () => undefined),
      terminal.reverse({ receiptNumber: "0001", ...money }),
      terminal.refund(money),
      terminal.endOfDay(),
      terminal.turnover(),
      terminal.status(),
    ];
    const codes = await bench.settle(Promise.all(others.map((each) => each.then(kindOf, codeOf))));
    expect(codes).toEqual(others.map(() => "terminal-busy"));
    await bench.settle(terminal.abort());
    expect(await bench.settle(first)).toMatchObject({ kind: "declined" });
    expect(purses.bookings).toEqual([]);
  });

  test("its status says that it is ready, and its last receipt", async () => {
    await charge();
    expect(await bench.settle(terminal.status())).toMatchObject({
      state: "ready",
      resultCode: "00",
      words: "all is well",
      needs: [],
      lastReceipt: terminal.lastReceipt(),
    });
  });

  describe("its end of day", () => {
    const sums = (totals: Awaited<ReturnType<PaymentTerminal["turnover"]>>) =>
      totals.kind === "done"
        ? (totals.totals?.schemes.filter(({ count }) => count > 0) ?? "none")
        : totals.reason;

    test("tells counts and sums by scheme, as the turnover did, and begins anew", async () => {
      await charge();
      await charge();
      drivenBy(girocard);
      const taken = await charged();
      await charge();
      await reverse(taken);
      const expected = [
        { scheme: "girocard", count: 1, amount: 350 },
        { scheme: "visa", count: 2, amount: 700 },
      ];
      expect(sums(await bench.settle(terminal.turnover()))).toEqual(expected);
      expect(sums(await bench.settle(terminal.endOfDay()))).toEqual(expected);
      expect(sums(await bench.settle(terminal.turnover()))).toEqual([]);
      expect(purses.charged()).toBe(1050);
    });

    test("ends what can be reversed", async () => {
      const receipt = await charged();
      await bench.settle(terminal.endOfDay());
      expect(await reverse(receipt)).toMatchObject({ kind: "declined", resultCode: "B5" });
      expect(purses.charged()).toBe(350);
    });

    test("makes no charge out of nothing: one that is asked after is not found", async () => {
      await charge();
      const since = terminal.lastReceipt();
      await bench.settle(terminal.endOfDay());
      const request = { paymentId: "p-2", ...money };
      const told = await enquired(() => terminal.enquire(request, since, bench.now()));
      // A terminal that prints its totals only leaves it to a person.
      expect(["not-booked", "undecided"]).toContain(told.kind);
    });
  });

  /** What each request comes to when its answer is lost: nothing before it was booked, all after. */
  describe.each(["close-before-booking", "close-after-booking"] as const)(
    "when the connection breaks: %s,",
    (fault) => {
      const isDone = fault === "close-after-booking";

      /** Asked, lost, enquired; and asked again where nothing was done. */
      const insist = async (
        ask: () => Promise<{ readonly kind: string }>,
        enquire: (since: string | undefined, at: Instant) => Promise<{ readonly kind: string }>,
      ): Promise<string[]> => {
        const since = terminal.lastReceipt();
        const at = bench.now();
        bench.front.setFault(fault);
        const lost = await bench.settle(ask().then(kindOf, codeOf));
        bench.front.setFault("none");
        const told = await enquired(() => enquire(since, at));
        if (told.kind.startsWith("not-")) await bench.settle(ask());
        return [lost, told.kind];
      };

      test("a charge is found by asking, and is made once", async () => {
        const request = { paymentId: "p-1", ...money };
        expect(
          await insist(
            () => terminal.charge(request, () => undefined),
            (since, at) => terminal.enquire(request, since, at),
          ),
        ).toEqual(["terminal-answer-lost", isDone ? "captured" : "not-booked"]);
        expect(purses.charged("card-1")).toBe(350);
      });

      test("a reversal is found by asking, and is made once", async () => {
        const { receiptNumber: number } = await charged();
        const request = { receiptNumber: number, ...money };
        expect(
          await insist(
            () => terminal.reverse(request),
            (since, at) => terminal.enquireReversal(request, since, at),
          ),
        ).toEqual(["terminal-answer-lost", isDone ? "done" : "not-done"]);
        expect(purses.charged("card-1")).toBe(0);
      });

      test("a refund is found by asking, and is made once", async () => {
        await charge();
        expect(
          await insist(
            () => terminal.refund(money),
            (since, at) => terminal.enquireRefund(money, since, at),
          ),
        ).toEqual(["terminal-answer-lost", isDone ? "done" : "not-done"]);
        expect(purses.charged("card-1")).toBe(0);
      });

      test("an end of day is found by asking, and takes place once", async () => {
        await charge();
        expect(
          await insist(
            () => terminal.endOfDay(),
            (_since, at) => terminal.enquireEndOfDay(at),
          ),
        ).toEqual(["terminal-answer-lost", isDone ? "done" : "not-done"]);
        const after = await bench.settle(terminal.turnover());
        expect(after).toMatchObject({ kind: "done", totals: { toReceipt: "0000" } });
      });
    },
  );

  test("a receipt of money given back is never taken for a charge", async () => {
    await charge();
    const since = terminal.lastReceipt();
    const request = { paymentId: "p-2", ...money };
    await bench.settle(terminal.refund(money));
    const told = await enquired(() => terminal.enquire(request, since, bench.now()));
    expect(told.kind).toBe("undecided");
  });

  /** Until it has an answer: a terminal that comes back is asked again. */
  async function enquired<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await bench.settle(ask());
      } catch (error) {
        const isLater = error instanceof Fault && error.code === "terminal-unreachable";
        if (!isLater || tries === 10) throw error;
      }
    }
  }
}

const kindOf = (answer: object): string => ("kind" in answer ? String(answer.kind) : "told");

function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code;
  throw error;
}
