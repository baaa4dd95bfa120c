import { describe, expect, test } from "vitest";
import { PaymentFlow } from "../../../src/flows/money/payment.ts";
import type { Session } from "../../../src/store/sessions.ts";
import { CarPark } from "../car-park.ts";

/** A car that owes 3.13 and stands at exit 1 with a good card. */
async function payer(): Promise<CarPark> {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  return park;
}

const booked = (park: CarPark): number[] => [...park.terminal("exit-1").booked.values()];

/** What everyone must agree on: terminal, payments, session, ledger. */
function captured(park: CarPark): Record<string, number> {
  const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
  return {
    booked: sum(booked(park)),
    payments: sum(
      park.payments.filter(({ status }) => status === "captured").map(({ amount }) => amount),
    ),
    credited: sum(park.sessions.map(({ paidAmount }) => paidAmount)),
    ledger: sum(park.facts("payment-captured").map(({ amount_minor }) => amount_minor)),
  };
}
const all = (amount: number) => ({
  booked: amount,
  payments: amount,
  credited: amount,
  ledger: amount,
});

describe("a card", () => {
  test("that is good pays once, and the receipt is in the book", async () => {
    const park = await payer();
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(captured(park)).toEqual(all(313));
    expect(park.payments).toMatchObject([
      {
        transactionId: "0001",
        terminalId: "terminal-exit-1",
        paymentMethod: "card",
        currency: "EUR",
        paymentDetails: { card_last_four: "4242", trace_number: "000001" },
      },
    ]);
    expect(park.facts("payment-captured")).toMatchObject([{ known_by: "answer" }]);
  });

  test("whose approval the terminal tells twice pays once", async () => {
    const park = await payer();
    park.terminal("exit-1").setFault("duplicate-status");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(captured(park)).toEqual(all(313));
  });

  test("that is declined three times calls an attendant, and nobody is charged", async () => {
    const park = await payer();
    park.cards("exit-1", false);
    park.read("exit-1", "BGH1234");
    await park.pass(40);
    expect(park.payments.map(({ status }) => status)).toEqual(["declined", "declined", "declined"]);
    expect(park.alert("attendant-needed")).toMatchObject({
      severity: "critical",
      details: { reason: "payment-declined", sessions: [park.session("BGH1234").sessionId] },
    });
    expect(park.lane("exit-1").sign.shown).toMatchObject({
      lines: ["Payment not possible", "An attendant is coming"],
    });
    expect(park.openings("exit-1")).toBe(0);
    expect(captured(park)).toEqual(all(0));
  });

  test("that is good after one that was not opens the gate", async () => {
    const park = await payer();
    const terminal = park.terminal("exit-1");
    let cards = 0;
    terminal.onCardWanted(() => {
      const approves = ++cards > 1;
      terminal.presentCard({ lastFour: "4242", name: "Test card", approves });
    });
    park.read("exit-1", "BGH1234");
    await park.pass(15);
    expect(park.payments.map(({ status }) => status)).toEqual(["declined", "captured"]);
    expect(park.openings("exit-1")).toBe(1);
  });

  test("may be tried again when the car is read again", async () => {
    const park = await payer();
    park.cards("exit-1", false);
    park.read("exit-1", "BGH1234");
    await park.pass(40);
    park.cards("exit-1", true);
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(captured(park)).toEqual(all(313));
    expect(park.alerts).toEqual([]);
  });

  test("that takes its time is asked for what was quoted, although a new quarter has begun", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    const { entrySteady } = park.session("BGH1234");
    await park.pass((entrySteady + 3_600_000 - park.facility.steady.now()) / 1000 - 20);
    park.cards("exit-1", false);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(30);
    park.cards("exit-1", true);
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(captured(park)).toEqual(all(250));
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 250 });
  });
});

describe("a car that leaves the loop while it pays", () => {
  test("is asked for nothing more, and the terminal is free again", async () => {
    const park = await payer();
    park.cards("exit-1", undefined);
    park.read("exit-1", "BGH1234");
    await park.pass(2);
    await park.backOff("exit-1");
    await park.pass(2);
    expect(park.payments).toMatchObject([{ status: "declined" }]);
    expect(park.session("BGH1234").status).toBe("open");
    expect(park.flow("exit-1")).toMatchObject({ collecting: undefined });
    await park.pass(120);
    expect(park.payments).toHaveLength(1);
  });

  test("keeps what it has paid, and leaves later within its grace", async () => {
    const park = await payer();
    const terminal = park.terminal("exit-1");
    terminal.onCardWanted(() =>
      terminal.presentCard({ lastFour: "4242", name: "Test card", approves: true }),
    );
    park.read("exit-1", "BGH1234");
    await park.pass(0.7);
    await park.backOff("exit-1");
    await park.pass(10);
    expect(park.openings("exit-1")).toBe(0);
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", paidAmount: 313 });
    await park.arrive("exit-1");
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
    expect(captured(park)).toEqual(all(313));
  });
});

describe("a terminal that falls silent", () => {
  test("before it has booked: nothing was charged, and the driver may try again", async () => {
    const park = await payer();
    park.terminal("exit-1").setFault("close-before-booking");
    park.read("exit-1", "BGH1234");
    await park.pass(9);
    park.terminal("exit-1").setFault("none");
    await park.pass(20);
    expect(park.payments.map(({ status }) => status)).toEqual(["failed", "captured"]);
    expect(captured(park)).toEqual(all(313));
    expect(park.openings("exit-1")).toBe(1);
  });

  test("after it has booked: the charge is found by asking, and the driver pays once", async () => {
    const park = await payer();
    park.terminal("exit-1").setFault("close-after-booking");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    park.terminal("exit-1").setFault("none");
    await park.pass(20);
    expect(park.facts("payment-unknown")).toHaveLength(1);
    expect(park.facts("payment-captured")).toMatchObject([{ known_by: "enquiry" }]);
    expect(captured(park)).toEqual(all(313));
    expect(park.openings("exit-1")).toBe(1);
  });

  test("from the start: an attendant is called, and nothing was charged", async () => {
    const park = await payer();
    park.terminal("exit-1").setFault("silent");
    park.read("exit-1", "BGH1234");
    await park.pass(60);
    expect(park.payments.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
    expect(park.alert("attendant-needed")).toMatchObject({
      details: { reason: "payment-terminal-unreachable" },
    });
  });

  test("for good after it has booked: nobody is charged again, a person is called, and it is found in the end", async () => {
    const park = await payer();
    const terminal = park.terminal("exit-1");
    terminal.setFault("close-after-booking");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    terminal.setFault("silent");
    await park.pass(300);
    expect(park.alert("attendant-needed")).toMatchObject({
      details: { reason: "payment-unresolved" },
    });
    park.read("exit-1", "BGH1234");
    await park.pass(300);
    expect(park.payments).toMatchObject([{ status: "unknown" }]);
    terminal.setFault("none");
    await park.pass(70);
    expect(captured(park)).toEqual(all(313));
    expect(park.session("BGH1234").status).toBe("paid-grace");
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
  });

  test("that cannot tell is not asked again: a person decides, and the driver is not charged again", async () => {
    const park = await payer();
    const terminal = park.terminal("exit-1");
    terminal.setFault("close-before-booking");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    terminal.setFault("silent");
    await park.pass(30);
    await park.backOff("exit-1");
    await park.pass(5);
    // Another charge is booked at the terminal by hand, outside of the book.
    terminal.setFault("none");
    const outside = terminal.charge(
      { paymentId: "x", amount: 99 as never, currency: "EUR" },
      () => {},
    );
    await park.pass(20);
    expect(await outside).toMatchObject({ kind: "captured" });
    await park.pass(120);
    expect(park.payments).toMatchObject([
      { status: "unknown", paymentDetails: { undecided: true } },
    ]);
    expect(park.alert("payment-undecided")).toMatchObject({
      severity: "critical",
      subject: park.payments[0]?.paymentId,
    });
    const { lastSeen } = terminal.report()[0] ?? {};
    await park.pass(300);
    expect(terminal.report()[0]?.lastSeen).toBe(lastSeen);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(60);
    expect(park.payments).toHaveLength(1);
    expect(park.alert("attendant-needed")).toMatchObject({
      details: { reason: "payment-unresolved" },
    });
  });

  test("has its lost charge cleared before the next driver pays there", async () => {
    const park = await payer();
    const terminal = park.terminal("exit-1");
    await park.enter("AA1");
    terminal.setFault("close-after-booking");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    terminal.setFault("silent");
    await park.pass(10);
    await park.backOff("exit-1");
    await park.pass(6);
    terminal.setFault("none");
    await park.arrive("exit-1");
    park.read("exit-1", "AA1");
    await park.pass(12);
    expect(park.payments.map(({ status, amount }) => [status, amount])).toEqual([
      ["captured", 313],
      ["captured", 63],
    ]);
    expect(captured(park)).toEqual(all(376));
    expect(park.alerts).toEqual([]);
  });
});

describe("after a restart", () => {
  test("a charge that was booked in between is found by asking, not charged again", async () => {
    const park = await payer();
    const terminal = park.terminal("exit-1");
    terminal.onCardWanted(() =>
      terminal.presentCard({ lastFour: "4242", name: "Test card", approves: true }),
    );
    park.read("exit-1", "BGH1234");
    await park.pass(0.8);
    park.die();
    await park.pass(10);
    expect(booked(park)).toEqual([313]);
    await park.boot();
    expect(park.payments).toMatchObject([{ status: "started" }]);
    await park.pass(70);
    expect(captured(park)).toEqual(all(313));
    expect(park.facts("payment-captured")).toMatchObject([{ known_by: "enquiry" }]);
    expect(park.session("BGH1234").status).toBe("paid-grace");
  });

  test("a charge that never was booked has failed, and the driver may try again", async () => {
    const park = await payer();
    park.cards("exit-1", undefined);
    park.read("exit-1", "BGH1234");
    await park.pass(2);
    await park.restart();
    await park.pass(70);
    expect(park.payments).toMatchObject([{ status: "failed" }]);
    park.cards("exit-1", true);
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(captured(park)).toEqual(all(313));
  });

  test("between paid and opened: the car is read again and leaves within its grace, free", async () => {
    const park = await payer();
    park.read("exit-1", "BGH1234");
    for (let waited = 0; park.facts("payment-captured").length === 0 && waited < 100; waited++)
      await park.pass(0.1);
    await park.restart("power", 60);
    expect(park.openings("exit-1")).toBeLessThanOrEqual(1);
    const before = park.openings("exit-1");
    await park.pass(60);
    expect(park.openings("exit-1"), "no command is ever sent again").toBe(before);
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
    await park.cross("exit-1");
    await park.pass(12);
    expect(captured(park)).toEqual(all(313));
    expect(park.session("BGH1234").status).toBe("closed");
  });
});

describe("a charge whose answer was lost", () => {
  const card = { lastFour: "4242", name: "Test card", approves: true };

  /** Payments alone at a terminal, for two cars that owe. */
  async function till() {
    const park = await CarPark.open();
    const first = await park.enter("AA1");
    const second = await park.enter("BB2");
    const terminal = park.terminal("exit-1");
    terminal.onCardWanted(() => terminal.presentCard(card));
    const flow = new PaymentFlow({
      ...park.flow("exit-1").lane.deps,
      cashStep: 1,
      terminals: new Map([[terminal.id, terminal]]),
    });
    const collect = ({ sessionId }: Session, wanted = () => true) =>
      flow.collect("exit-1", sessionId, terminal, wanted);
    return { park, first, second, terminal, flow, collect };
  }

  test("is asked about to its end before the next driver is charged, also when it is being asked about already", async () => {
    const { park, first, second, terminal, flow, collect } = await till();
    terminal.setFault("close-after-booking");
    let wanted = true;
    const lost = collect(first, () => wanted);
    await park.pass(5);
    terminal.setFault("silent");
    wanted = false;
    await park.pass(20);
    expect(await lost).toBe("unresolved");
    const asking = flow.resolveAll();
    await park.pass(1);
    terminal.setFault("none");
    const next = collect(second);
    await park.pass(30);
    await asking;
    expect(await next).toBe("paid");
    expect(park.facts("payment-captured").map(({ known_by }) => known_by)).toEqual([
      "enquiry",
      "answer",
    ]);
    expect(captured(park)).toEqual(all(126));
  });

  test("charges nobody while it has not told of the charge before: its next receipt would hide it", async () => {
    const { park, first, second, terminal, collect } = await till();
    terminal.setFault("close-after-booking");
    let wanted = true;
    const lost = collect(first, () => wanted);
    await park.pass(5);
    terminal.setFault("silent");
    wanted = false;
    await park.pass(20);
    expect(await lost).toBe("unresolved");
    const tooSoon = collect(second);
    await park.pass(2);
    terminal.setFault("none");
    await park.pass(10);
    expect(await tooSoon).toBe("terminal-unreachable");
    expect(park.payments).toHaveLength(1);
    const next = collect(second);
    await park.pass(10);
    expect(await next).toBe("paid");
    expect(captured(park)).toEqual(all(126));
  });

  test("is not paid by a receipt that pays for something else: a person decides", async () => {
    const { park, first, second, terminal, collect } = await till();
    const paid = collect(first);
    await park.pass(10);
    expect(await paid).toBe("paid");
    terminal.setFault("close-before-booking");
    let wanted = true;
    const lost = collect(second, () => wanted);
    await park.pass(5);
    terminal.setFault("silent");
    wanted = false;
    await park.pass(20);
    expect(await lost).toBe("unresolved");
    park.book.write((tx) =>
      tx.db.run("update payments set payment_details = '{}' where status = 'unknown'"),
    );
    terminal.setFault("none");
    const again = collect(second);
    await park.pass(10);
    expect(await again).toBe("unresolved");
    expect(park.alert("payment-undecided")).toMatchObject({ details: { receipt: "0001" } });
    expect(captured(park)).toEqual(all(63));
  });
});
