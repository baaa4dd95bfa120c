import { describe, expect, test } from "vitest";
import { printedNumber } from "../../../src/domain/parking-ticket.ts";
import { saveParkingTicket } from "../../../src/store/parking-tickets.ts";
import { CarPark } from "../car-park.ts";
import { anna, balance, boss, complaints, granted, openDrawer, press } from "./till.ts";

/** A car that owes 3.13 and a till with a float of 50. */
async function owing(plate = "BGH1234"): Promise<{ park: CarPark; subject_id: string }> {
  const park = await CarPark.open();
  await park.enter(plate);
  await park.pass(3600);
  openDrawer(park);
  return { park, subject_id: park.session(plate).sessionId };
}

const cash = (subject_id: string, tendered_minor: number, more = {}) => ({
  request_id: press(),
  purpose: "stay" as const,
  subject_id,
  till_id: "till-1",
  tendered_minor,
  partial: false,
  ...more,
});

describe("cash", () => {
  test("that is more than the price gives change, and the car may leave", async () => {
    const { park, subject_id } = await owing();
    const answer = await granted(park.facility.money.cash(cash(subject_id, 500), anna));
    expect(answer).toMatchObject({ amount_minor: 313, change_minor: 187, due_minor: 0 });
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", paidAmount: 313 });
    expect(balance(park, "drawer")).toBe(5313);
    expect(balance(park, "revenue")).toBe(-313);
    expect(complaints(park)).toEqual([]);
  });

  test("pressed twice is taken once, and told the same", async () => {
    const { park, subject_id } = await owing();
    const request = cash(subject_id, 500);
    const first = await granted(park.facility.money.cash(request, anna));
    const second = await granted(park.facility.money.cash(request, anna));
    expect(second).toEqual(first);
    expect(park.payments).toHaveLength(1);
  });

  test("is taken by the first of two attendants only", async () => {
    const { park, subject_id } = await owing();
    openDrawer(park, "boss", "till-2");
    const both = await Promise.all([
      park.facility.money.cash(cash(subject_id, 400), anna),
      park.facility.money.cash(cash(subject_id, 400, { till_id: "till-2" }), boss),
    ]);
    expect(both[0]).toMatchObject({ status: "captured" });
    expect(both[1]).toMatchObject({ kind: "refused", reason: "nothing-due" });
    expect(complaints(park)).toEqual([]);
  });

  test("that is too little is refused, unless it is said to be a part", async () => {
    const { park, subject_id } = await owing();
    const { money } = park.facility;
    expect(await money.cash(cash(subject_id, 300), anna)).toMatchObject({ reason: "underpaid" });
    const part = await granted(money.cash(cash(subject_id, 300, { partial: true }), anna));
    expect(part).toMatchObject({ amount_minor: 300, due_minor: 13 });
    expect(park.session("BGH1234")).toMatchObject({ status: "open", paymentStatus: "due" });
    await granted(money.cash(cash(subject_id, 13), anna));
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", paidAmount: 313 });
    expect(complaints(park)).toEqual([]);
  });

  test("needs the person's own open shift", async () => {
    const { park, subject_id } = await owing();
    const { money } = park.facility;
    const elsewhere = cash(subject_id, 400, { till_id: "till-9" });
    expect(await money.cash(elsewhere, anna)).toMatchObject({ reason: "no-open-shift" });
    expect(await money.cash(cash(subject_id, 400), boss)).toMatchObject({
      reason: "shift-of-another",
    });
    expect(park.payments).toEqual([]);
  });

  test("leaves change owed where the till has none, until it is paid out", async () => {
    const { park, subject_id } = await owing();
    const { money } = park.facility;
    const answer = await granted(
      money.cash(cash(subject_id, 1000, { change_given_minor: 500 }), anna),
    );
    expect(answer).toMatchObject({ change_minor: 500, change_owed_minor: 187 });
    expect([balance(park, "drawer"), balance(park, "change-owed")]).toEqual([5500, -187]);
    const out = { request_id: press(), payment_id: answer.payment_id ?? "", till_id: "till-1" };
    const paidOut = await granted(money.changeOut(out, anna));
    expect(paidOut).toMatchObject({ change_minor: 187, change_owed_minor: 0 });
    expect(await granted(money.changeOut(out, anna))).toEqual(paidOut);
    expect(money.changeOut({ ...out, request_id: press() }, anna)).toMatchObject({
      reason: "no-change-owed",
    });
    expect([balance(park, "drawer"), balance(park, "change-owed")]).toEqual([5313, 0]);
    expect(complaints(park)).toEqual([]);
  });

  test("is rounded where small coins are gone, and the difference is in the books", async () => {
    const park = await CarPark.open({
      change: (config) => ({ ...config, money: { ...config.money, cash_step_minor: 5 } }),
    });
    await park.enter("AA1");
    await park.pass(3600);
    openDrawer(park);
    const { sessionId } = park.session("AA1");
    const view = park.facility.money.due({ purpose: "stay", subjectId: sessionId });
    expect(view).toMatchObject({ due_minor: 313, cash_due_minor: 315 });
    const answer = await granted(park.facility.money.cash(cash(sessionId, 320), anna));
    expect(answer).toMatchObject({ amount_minor: 313, change_minor: 5, due_minor: 0 });
    expect([balance(park, "drawer"), balance(park, "cash-difference")]).toEqual([5315, -2]);
    await granted(
      park.facility.money.refund(
        refund(answer.payment_id, { kind: "void", till_id: "till-1" }),
        anna,
      ),
    );
    expect([balance(park, "drawer"), balance(park, "cash-difference")]).toEqual([5000, 0]);
    expect(complaints(park)).toEqual([]);
  });

  test("for the car that stands at an exit ends what its terminal asks, and opens the gate", async () => {
    const { park, subject_id } = await owing();
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(2);
    expect(park.flow("exit-1").collecting).toBe(subject_id);
    const paying = park.facility.money.cash(cash(subject_id, 400), anna);
    await park.pass(4);
    expect(await paying).toMatchObject({ status: "captured" });
    expect(park.payments.map(({ status }) => status)).toEqual(["declined", "captured"]);
    expect(park.openings("exit-1")).toBe(1);
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 313 });
    expect(complaints(park)).toEqual([]);
  });

  test("for a part leaves the rest to the terminal at the exit", async () => {
    const { park, subject_id } = await owing();
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(2);
    park.cards("exit-1", true);
    const paying = park.facility.money.cash(cash(subject_id, 200, { partial: true }), anna);
    await park.pass(12);
    expect(await paying).toMatchObject({ amount_minor: 200, due_minor: 113 });
    expect(park.payments.filter(({ status }) => status === "captured")).toMatchObject([
      { paymentMethod: "cash", amount: 200 },
      { paymentMethod: "card", amount: 113 },
    ]);
    expect(park.openings("exit-1")).toBe(1);
    expect(complaints(park)).toEqual([]);
  });
});

describe("a card at a terminal that an attendant chooses", () => {
  const card = (subject_id: string) => ({
    request_id: press(),
    purpose: "stay" as const,
    subject_id,
    terminal_id: "terminal-exit-1",
  });

  test("pays what is due, and pressed twice is asked once", async () => {
    const { park, subject_id } = await owing();
    park.cards("exit-1", true);
    const request = card(subject_id);
    const both = [
      park.facility.money.card(request, anna),
      park.facility.money.card(request, anna),
    ] as const;
    await park.pass(8);
    expect(await both[0]).toMatchObject({ status: "captured", amount_minor: 313, due_minor: 0 });
    expect(await both[1]).toMatchObject({ status: "captured" });
    expect([...park.terminal("exit-1").booked.values()]).toEqual([313]);
    expect(complaints(park)).toEqual([]);
  });

  test("that is refused leaves all of it due", async () => {
    const { park, subject_id } = await owing();
    park.cards("exit-1", false);
    const paying = park.facility.money.card(card(subject_id), anna);
    await park.pass(8);
    expect(await paying).toMatchObject({ status: "declined", due_minor: 313 });
    const nowhere = { ...card(subject_id), terminal_id: "elsewhere" };
    expect(await park.facility.money.card(nowhere, anna)).toMatchObject({
      reason: "no-such-terminal",
    });
    expect(complaints(park)).toEqual([]);
  });
});

describe("what nobody pays", () => {
  const nil = (subject_id: string, more = {}) => ({
    request_id: press(),
    purpose: "stay" as const,
    subject_id,
    reason: "goodwill" as const,
    explanation: "",
    ...more,
  });

  test("is given up with a reason, and is a loss in the books", async () => {
    const { park, subject_id } = await owing();
    await granted(park.facility.money.nil(nil(subject_id), anna));
    expect(park.session("BGH1234").status).toBe("paid-grace");
    expect(balance(park, "write-offs")).toBe(313);
    expect(park.payments).toMatchObject([
      { paymentMethod: "nil", shiftId: "shift of anna", paymentDetails: { reason: "goodwill" } },
    ]);
    expect(complaints(park)).toEqual([]);
  });

  test("is owed again when it is taken back", async () => {
    const { park, subject_id } = await owing();
    const { payment_id } = await granted(park.facility.money.nil(nil(subject_id), anna));
    await granted(park.facility.money.refund(refund(payment_id, { kind: "void" }), anna));
    expect(park.session("BGH1234")).toMatchObject({ status: "open", paidAmount: 0 });
    expect(balance(park, "write-offs")).toBe(0);
    expect(complaints(park)).toEqual([]);
  });
});

const refund = (payment_id: string | null, more = {}) => ({
  request_id: press(),
  payment_id: payment_id ?? "",
  kind: "refund" as const,
  reason: "the lift was broken",
  ...more,
});

describe("money that goes back", () => {
  test("in part and then whole never comes to more than was paid", async () => {
    const { park, subject_id } = await owing();
    const { money } = park.facility;
    const { payment_id } = await granted(money.cash(cash(subject_id, 313), anna));
    const part = { amount_minor: 100, till_id: "till-1" };
    await granted(money.refund(refund(payment_id, part), anna));
    expect(park.payments).toMatchObject([{ status: "part-refunded", refunded: 100 }]);
    expect(
      await money.refund(refund(payment_id, { ...part, amount_minor: 214 }), anna),
    ).toMatchObject({ reason: "too-much" });
    await granted(money.refund(refund(payment_id, { till_id: "till-1" }), anna));
    expect(park.payments).toMatchObject([{ status: "refunded", refunded: 313 }]);
    expect([balance(park, "drawer"), balance(park, "refunds"), balance(park, "revenue")]).toEqual([
      5000, 313, -313,
    ]);
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", paidAmount: 0 });
    expect(complaints(park)).toEqual([]);
  });

  test("above the limit waits for another person", async () => {
    const park = await CarPark.open({
      change: (config) => ({ ...config, money: { ...config.money, refund_limit_minor: 300 } }),
    });
    await park.enter("AA1");
    await park.pass(3600);
    openDrawer(park);
    const { money } = park.facility;
    const { payment_id } = await granted(
      money.cash(cash(park.session("AA1").sessionId, 313), anna),
    );
    const request = refund(payment_id, { till_id: "till-1" });
    expect(await money.refund(request, anna)).toMatchObject({ status: "requested" });
    expect(park.alert("refund-to-agree")).toBeDefined();
    const word = { action: "agree" as const, reason: "I saw it" };
    expect(await money.answerRefund(request.request_id, word, anna)).toMatchObject({
      reason: "same-person",
    });
    expect(await money.refund(refund(payment_id, { till_id: "till-1" }), anna)).toMatchObject({
      reason: "too-much",
    });
    expect(await granted(money.answerRefund(request.request_id, word, boss))).toMatchObject({
      status: "done",
    });
    expect(park.alert("refund-to-agree")).toBeUndefined();
    expect(balance(park, "drawer")).toBe(5000);
    expect(complaints(park)).toEqual([]);
  });

  test("by card is taken back at the terminal, without the card", async () => {
    const { park, subject_id } = await owing();
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(8);
    await park.cross("exit-1");
    await park.pass(12);
    const [paid] = park.payments;
    const going = park.facility.money.refund(refund(paid?.paymentId ?? null), anna);
    await park.pass(5);
    expect(await going).toMatchObject({ status: "done", amount_minor: 313 });
    expect(park.payments).toMatchObject([{ status: "refunded" }]);
    expect(balance(park, "card-clearing")).toBe(0);
    expect(subject_id).toBe(park.session("BGH1234").sessionId);
    expect(complaints(park)).toEqual([]);
  });

  test("that the terminal takes back no longer, since its day has ended, goes to the card when asked again", async () => {
    const { park } = await owing();
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(8);
    const terminal = park.terminal("exit-1");
    const ended = terminal.endOfDay();
    await park.pass(10);
    expect(await ended).toMatchObject({ kind: "done" });
    const [paid] = park.payments;
    const reversed = park.facility.money.refund(refund(paid?.paymentId ?? null), anna);
    await park.pass(5);
    expect(await reversed).toMatchObject({ status: "failed" });
    const given = park.facility.money.refund(refund(paid?.paymentId ?? null), anna);
    await park.pass(10);
    expect(await given).toMatchObject({ status: "done", amount_minor: 313 });
    expect(terminal.purses.charged()).toBe(0);
    expect(complaints(park)).toEqual([]);
  });

  test.each([
    ["given", "done", 0],
    ["not-given", "failed", 313],
  ] as const)(
    "that no device can tell about is %s as a person says",
    async (action, status, kept) => {
      const { park } = await owing();
      park.cards("exit-1", true);
      await park.arrive("exit-1");
      park.read("exit-1", "BGH1234");
      await park.pass(8);
      const terminal = park.terminal("exit-1");
      terminal.setFault(action === "given" ? "close-after-booking" : "close-before-booking");
      const [paid] = park.payments;
      const { money } = park.facility;
      const going = money.refund(refund(paid?.paymentId ?? null), anna);
      await park.pass(30);
      const asked = await going;
      terminal.setFault("none");
      // Something else is booked there by hand: the terminal's last receipt tells of that.
      const other = terminal.charge(
        { paymentId: "x", amount: 99 as never, currency: "EUR" },
        () => {},
      );
      await park.pass(20);
      await other;
      await park.pass(130);
      expect(money.refunds().refunds).toMatchObject([{ status: "unknown", is_undecided: true }]);
      const refundId = "refund_id" in asked ? (asked.refund_id ?? "") : "";
      const word = { action, reason: "the terminal's journal" };
      expect(await money.answerRefund(refundId, word, boss)).toMatchObject({ status });
      expect(await money.answerRefund(refundId, word, boss)).toMatchObject({ status });
      expect(balance(park, "card-clearing")).toBe(kept);
      expect(park.alert("refund-undecided")).toBeUndefined();
      expect(complaints(park)).toEqual([]);
    },
  );

  test("whose answer is lost is asked about and not given twice", async () => {
    const { park } = await owing();
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(8);
    const terminal = park.terminal("exit-1");
    terminal.setFault("close-after-booking");
    const [paid] = park.payments;
    const going = park.facility.money.refund(refund(paid?.paymentId ?? null), anna);
    await park.pass(30);
    expect(await going).toMatchObject({ status: "unknown" });
    expect(balance(park, "card-clearing")).toBe(313);
    terminal.setFault("none");
    await park.pass(130);
    expect(park.facility.money.refunds().refunds).toMatchObject([{ status: "done" }]);
    expect(balance(park, "card-clearing")).toBe(0);
    expect(complaints(park)).toEqual([]);
  });
});

describe("a driver who cannot pay", () => {
  const note = (session_id: string, more = {}) => ({
    request_id: press(),
    session_id,
    name: "Jo",
    reason: "card refused, no cash",
    ...more,
  });

  test("leaves with a promise, is known when they come back, and pays then", async () => {
    const { park, subject_id } = await owing();
    await park.arrive("exit-1");
    await granted(park.facility.money.debtNote(note(subject_id, { lane_id: "exit-1" }), anna));
    await park.pass(4);
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed-unpaid" });
    expect(park.facility.money.debts("bgh 1234").debts).toMatchObject([
      { owed_minor: 313, note: { name: "Jo" } },
    ]);
    expect(balance(park, "receivable")).toBe(313);
    await park.enter("BGH1234");
    expect(park.alert("debt-known")).toMatchObject({ subject: "BGH1234" });
    const answer = await granted(park.facility.money.cash(cash(subject_id, 313), anna));
    expect(answer).toMatchObject({ due_minor: 0 });
    expect(park.facts("debt-changed").map(({ state }) => state)).toEqual(["open", "paid"]);
    expect(park.alert("debt-known")).toBeUndefined();
    expect(park.facility.money.debts(undefined).debts).toEqual([]);
    expect(complaints(park)).toEqual([]);
  });

  test("is let off by a supervisor, and it is a loss in the books", async () => {
    const { park, subject_id } = await owing();
    await park.arrive("exit-1");
    await granted(park.facility.money.debtNote(note(subject_id, { lane_id: "exit-1" }), anna));
    await park.pass(4);
    await park.cross("exit-1");
    await park.pass(12);
    const request = { request_id: press(), reason: "moved abroad" };
    await granted(park.facility.money.writeOff(subject_id, request, boss));
    expect([balance(park, "receivable"), balance(park, "write-offs")]).toEqual([0, 313]);
    expect(park.facts("debt-changed").at(-1)).toMatchObject({ state: "written-off" });
    expect(complaints(park)).toEqual([]);
  });
});

describe("a merchant's validation", () => {
  async function withMerchant(caps = {}) {
    const { park, subject_id } = await owing();
    const merchant = {
      request_id: press(),
      reason: "contract signed",
      merchant_id: "bakery",
      name: "Bakery",
      stay_cap_minor: null,
      month_cap_minor: null,
      is_active: true,
      new_token: true,
      ...caps,
    };
    const { token } = await park.facility.accounts.keepMerchant(merchant, boss);
    return { park, subject_id, token: token ?? "" };
  }
  const gift = (kind: "minutes" | "amount" | "percent" | "all", value = 0) => ({
    request_id: press(),
    kind,
    value,
    plate: "bgh-1234",
  });
  async function readAtExit(park: CarPark, hasToPay = true): Promise<void> {
    await park.arrive("exit-1");
    park.cards("exit-1", true);
    park.read("exit-1", "BGH1234");
    await park.pass(hasToPay ? 8 : 4);
  }
  const paid = (park: CarPark) =>
    park.payments
      .filter(({ status }) => status === "captured")
      .map(({ paymentMethod, amount }) => [paymentMethod, amount]);

  test("is taken off at a till too, away from every lane", async () => {
    const { park, subject_id, token } = await withMerchant();
    await granted(park.facility.money.validateAsMerchant(token, gift("amount", 100)) ?? {});
    const answer = await granted(
      park.facility.money.cash(
        {
          request_id: press(),
          purpose: "stay",
          subject_id,
          till_id: "till-1",
          tendered_minor: 313,
          partial: false,
        },
        anna,
      ),
    );
    expect(answer).toMatchObject({ change_minor: 100 });
    expect(paid(park)).toEqual([
      ["validation", 100],
      ["cash", 213],
    ]);
    expect(complaints(park)).toEqual([]);
  });

  test("given with its own token pays the first part, and the driver the rest", async () => {
    const { park, token } = await withMerchant();
    const answer = park.facility.money.validateAsMerchant(token, gift("amount", 100));
    expect(answer).toMatchObject({ sentence: expect.stringContaining("Bakery") });
    expect(park.facility.money.validateAsMerchant("no-token", gift("all"))).toBeUndefined();
    await readAtExit(park);
    expect(paid(park)).toEqual([
      ["validation", 100],
      ["card", 213],
    ]);
    expect(balance(park, "merchant-receivable")).toBe(100);
    expect(park.openings("exit-1")).toBe(1);
    expect(complaints(park)).toEqual([]);
  });

  test("of minutes, percent and the rest stack in their order, and never pay more than the price", async () => {
    const { park, token } = await withMerchant();
    const { money } = park.facility;
    for (const request of [gift("minutes", 30), gift("percent", 50), gift("all"), gift("all")])
      await granted(money.validateAsMerchant(token, request) ?? {});
    await readAtExit(park, false);
    expect(paid(park)).toEqual([
      ["validation", 125],
      ["validation", 157],
      ["validation", 31],
    ]);
    await park.cross("exit-1");
    await park.pass(80);
    expect(
      money
        .validations({ merchantId: "bakery" })
        .validations.map(({ state }) => state)
        .toSorted(),
    ).toEqual(["expired", "used", "used", "used"]);
    expect(complaints(park)).toEqual([]);
  });

  test("is given to the number on a ticket, too, as long as it holds", async () => {
    const { park, subject_id, token } = await withMerchant();
    const { money } = park.facility;
    park.book.write((tx) =>
      saveParkingTicket(tx, {
        number: 123_456,
        sessionId: subject_id,
        laneId: "entry-1",
        issuedAt: park.machine.now(),
        state: "issued",
        print: "printed",
      }),
    );
    const request = { request_id: press(), kind: "all" as const, value: 0 };
    const wrong = { ...request, ticket: "123-4560" };
    expect(money.validateAsMerchant(token, wrong)).toMatchObject({ reason: "not-inside" });
    const right = { ...request, ticket: printedNumber(123_456) };
    await granted(money.validateAsMerchant(token, right) ?? {});
    await readAtExit(park, false);
    expect(paid(park)).toEqual([["validation", 313]]);
  });

  test("stays within the merchant's limits for one stay and for the month", async () => {
    const stay = await withMerchant({ stay_cap_minor: 40 });
    stay.park.facility.money.validateAsMerchant(stay.token, gift("all"));
    await readAtExit(stay.park);
    expect(paid(stay.park)[0]).toEqual(["validation", 40]);
    const month = await withMerchant({ month_cap_minor: 70 });
    month.park.facility.money.validateAsMerchant(month.token, gift("all"));
    await readAtExit(month.park);
    expect(paid(month.park)[0]).toEqual(["validation", 70]);
    expect(month.park.facility.accounts.merchants().merchants).toMatchObject([
      { owes_minor: 70, used_this_month_minor: 70, has_token: true },
    ]);
  });

  test("taken back before the vehicle has left is owed again; after that it stays given", async () => {
    const { park, token } = await withMerchant();
    const { money } = park.facility;
    const request = gift("all");
    money.validateAsMerchant(token, request);
    await readAtExit(park, false);
    await park.backOff("exit-1");
    await park.pass(30);
    const reason = { reason: "never bought anything" };
    await granted(money.revokeValidation(request.request_id, reason, boss));
    expect(park.session("BGH1234")).toMatchObject({ status: "open", paidAmount: 0 });
    expect(balance(park, "merchant-receivable")).toBe(0);
    expect(complaints(park)).toEqual([]);
    const again = gift("all");
    money.validateAsMerchant(token, again);
    await readAtExit(park, false);
    await park.cross("exit-1");
    await park.pass(12);
    expect(money.revokeValidation(again.request_id, reason, boss)).toMatchObject({
      reason: "vehicle-left",
    });
    expect(complaints(park)).toEqual([]);
  });
});

describe("an account of stored value", () => {
  test("is loaded with cash and pays at the exit by its plate, as far as it reaches", async () => {
    const { park } = await owing();
    const { money, accounts } = park.facility;
    const account = {
      request_id: press(),
      reason: "asked at the desk",
      account_id: "acc-1",
      holder: "Jo",
      plates: ["BGH 1234"],
      is_active: true,
      floor_limit_minor: 0,
      means: null,
    };
    await accounts.keepAccount(account, boss);
    const load = cash("acc-1", 200, { purpose: "top-up", amount_minor: 200 });
    await granted(money.cash(load, anna));
    expect(accounts.accounts("jo").accounts).toMatchObject([{ balance_minor: 200 }]);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(8);
    expect(park.payments.map(({ paymentMethod, amount }) => [paymentMethod, amount])).toEqual([
      ["cash", 200],
      ["stored-value", 200],
      ["card", 113],
    ]);
    expect(accounts.accounts("jo").accounts).toMatchObject([{ balance_minor: 0 }]);
    expect(balance(park, "stored-value")).toBe(0);
    expect(complaints(park)).toEqual([]);
  });
});

describe("a payment that nobody can tell about", () => {
  test("is decided by a person, once", async () => {
    const { park, subject_id } = await owing();
    const terminal = park.terminal("exit-1");
    park.cards("exit-1", true);
    terminal.setFault("close-before-booking");
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    terminal.setFault("silent");
    await park.pass(30);
    await park.backOff("exit-1");
    await park.pass(5);
    terminal.setFault("none");
    const outside = terminal.charge(
      { paymentId: "x", amount: 99 as never, currency: "EUR" },
      () => {},
    );
    await park.pass(20);
    await outside;
    await park.pass(120);
    const { money } = park.facility;
    const [open] = money.payments(subject_id).payments;
    expect(open).toMatchObject({ status: "unknown", undecided: true });
    expect(await money.cash(cash(subject_id, 400), anna)).toMatchObject({
      reason: "payment-unresolved",
    });
    const word = { outcome: "not-captured" as const, reason: "not in the terminal's journal" };
    await granted(money.decide(open?.payment_id ?? "", word, boss));
    expect(park.alert("payment-undecided")).toBeUndefined();
    expect(await granted(money.cash(cash(subject_id, 400), anna))).toMatchObject({ due_minor: 0 });
    expect(complaints(park)).toEqual([]);
  });
});
