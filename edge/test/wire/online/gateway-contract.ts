import type { OnlineDouble, QueuedEvent } from "@gatehouse/firmware-sim/wire/online-double";
import type { OnlineFault } from "@gatehouse/firmware-sim/wire/online-server";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import type { OnlineCallback, OnlineNews } from "@gatehouse/shared/online-news";
import type {
  Offer,
  OfferRequest,
  OnlineGateway,
  RefundRequest,
  SavedCharge,
} from "@gatehouse/shared/ports/online-gateway";
import { type Instant, later, minutes, seconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

export const apiKey = "sk_test_of_the_double";
export const secret = "whsec_of_the_double";
export const facilityId = "north";

/** What one make brings to the suite that all gateways pass. */
export interface GatewayMake {
  readonly make: string;
  double(clock: VirtualClock): OnlineDouble;
  /** @param secrets what it believes callbacks from */
  gateway(url: string, options?: { secrets?: string[]; apiKey?: string }): OnlineGateway;
  /** Saved means that behave so at the double. */
  readonly means: { readonly good: string; readonly declined: string; readonly confirm: string };
  /** Whether its signature covers a time, so that an old one can be told. */
  readonly signsTime: boolean;
}

/** Facts that hold for every gateway behind the port, against its double on a real socket. */
export function gatewayContract(make: GatewayMake): void {
  describe(`online payments: ${make.make}`, () => {
    let clock: VirtualClock;
    let double: OnlineDouble;
    let gateway: OnlineGateway;

    beforeEach(async () => {
      clock = new VirtualClock(Date.parse("2026-11-20T12:00:00Z") as Instant);
      double = make.double(clock);
      await double.start();
      gateway = make.gateway(double.server.url);
    });
    afterEach(() => double.stop());

    const request = (id = "p1", amount = 350): OfferRequest => ({
      paymentId: id,
      amount: minorUnits(amount),
      currency: "EUR",
      description: "Parking, North",
      offeredAt: clock.now(),
      expiresAt: later(clock.now(), minutes(15)),
      returnUrl: "http://127.0.0.1/thanks",
    });
    const refundOf = (chargeRef: string, refundId: string, amount: number): RefundRequest => ({
      refundId,
      paymentId: "p1",
      chargeRef,
      amount: minorUnits(amount),
      currency: "EUR",
    });
    const savedCharge = (meansRef: string): SavedCharge => ({
      paymentId: "p9",
      amount: minorUnits(5000),
      currency: "EUR",
      description: "Permit, December",
      customerRef: "cus_1",
      meansRef,
    });
    const stateOf = async (offer: Offer): Promise<OnlineNews | undefined> =>
      (await gateway.enquire({ offerRef: offer.offerRef })).news[0];
    async function paidOffer(): Promise<{ offer: Offer; chargeRef: string }> {
      const offer = await gateway.offer(request());
      double.bank.pay(offer.offerRef);
      const state = await stateOf(offer);
      check(state?.kind === "paid", "the double took the money");
      return { offer, chargeRef: state.chargeRef };
    }
    function eventAt(index: number): QueuedEvent {
      const event = double.events.at(index);
      check(event !== undefined, "the double told something");
      return event;
    }
    const believed = (event: QueuedEvent): OnlineCallback => {
      const { body, headers } = double.sign(event);
      const reading = gateway.readCallback(body, headers, clock.now());
      check(reading.kind === "callback", JSON.stringify(reading));
      return reading.callback;
    };
    const news = (): OnlineCallback["news"][] => double.events.map((event) => believed(event).news);

    describe("an offer", () => {
      test("is open until somebody pays, and then paid with our amount, currency and id", async () => {
        const offer = await gateway.offer(request());
        expect(offer.url).toMatch(/^http/);
        expect(await stateOf(offer)).toEqual({ kind: "open" });
        double.bank.pay(offer.offerRef, { lastFour: "0005", wallet: "apple_pay" });
        const answer = await gateway.enquire({ offerRef: offer.offerRef });
        expect(answer.paymentId).toBe("p1");
        expect(answer.news).toEqual([
          {
            kind: "paid",
            chargeRef: expect.any(String),
            amount: 350,
            currency: "EUR",
            lastFour: "0005",
            wallet: "apple_pay",
          },
        ]);
      });

      test("asked for twice is one offer", async () => {
        const first = await gateway.offer(request());
        expect(await gateway.offer(request())).toEqual(first);
        expect(double.bank.sales.size).toBe(1);
      });

      test("asked for with other numbers under the same id is refused", async () => {
        await gateway.offer(request());
        await expect(gateway.offer(request("p1", 360))).rejects.toThrow("gateway-refused");
        expect(double.bank.sales.size).toBe(1);
      });

      test("that a driver tried in vain is still open to another card", async () => {
        const offer = await gateway.offer(request());
        double.bank.pay(offer.offerRef, { outcome: "declined" });
        expect(["open", "attempt-failed"]).toContain((await stateOf(offer))?.kind);
        double.bank.pay(offer.offerRef);
        expect(await stateOf(offer)).toMatchObject({ kind: "paid", amount: 350 });
      });

      test("paid by a bank debit is on its way for days, then paid or failed", async () => {
        for (const arrives of [true, false]) {
          const offer = await gateway.offer(request(`p-${arrives}`));
          double.bank.pay(offer.offerRef, { outcome: "processing" });
          expect(await stateOf(offer)).toEqual({ kind: "processing" });
          await clock.advance(seconds(3 * 24 * 3600));
          double.bank.settle(offer.offerRef, arrives);
          expect((await stateOf(offer))?.kind).toBe(arrives ? "paid" : "failed");
        }
      });

      test("ended by us can no longer be paid", async () => {
        const offer = await gateway.offer(request());
        await gateway.expire(offer.offerRef);
        expect(double.bank.pay(offer.offerRef)).toBe(false);
        expect(["expired", "failed"]).toContain((await stateOf(offer))?.kind);
      });

      test("paid before we end it stays paid, and ending it is no fault", async () => {
        const { offer } = await paidOffer();
        await gateway.expire(offer.offerRef);
        expect((await stateOf(offer))?.kind).toBe("paid");
      });

      test("of yen or dinars has the currency's own digits", async () => {
        for (const [currency, amount] of [
          ["JPY", 1200],
          ["KWD", 1250],
          ["HUF", 99900],
        ] as const) {
          const offer = await gateway.offer({ ...request(currency, amount), currency });
          double.bank.pay(offer.offerRef);
          expect(await stateOf(offer)).toMatchObject({ kind: "paid", amount, currency });
        }
      });

      test("that keeps the means gives tokens to charge it again", async () => {
        const offer = await gateway.offer({ ...request(), keepMeansOf: "holder-7" });
        double.bank.pay(offer.offerRef);
        const state = await stateOf(offer);
        check(state?.kind === "paid" && state.saved !== undefined, "tokens came");
        const again = await gateway.chargeSaved({ ...savedCharge(""), ...state.saved });
        expect(again.kind).toBe("captured");
      });
    });

    describe("when the answer is lost", () => {
      const lost: readonly OnlineFault[] = [
        "lost-answer",
        "silent-after",
        "silent",
        "cut",
        "error",
        "error-after",
        "busy",
        "garbage",
      ];
      test.each(lost)(
        "%s: an offer is asked again under its id, and there is one",
        async (fault) => {
          double.server.failNext(fault, fault);
          await expect(gateway.offer(request())).rejects.toThrow("gateway-answer-lost");
          const offer = await untilAnswered(() => gateway.offer(request()));
          expect(double.bank.sales.size).toBe(1);
          double.bank.pay(offer.offerRef);
          expect(double.bank.purse()).toEqual(new Map([["p1", 350]]));
        },
      );

      test.each(lost)("%s: a refund is asked again under its id, and made once", async (fault) => {
        const { chargeRef } = await paidOffer();
        const refund = refundOf(chargeRef, "r1", 100);
        double.server.failNext(fault, fault);
        await expect(gateway.refund(refund)).rejects.toThrow("gateway-answer-lost");
        await untilAnswered(() => gateway.refund(refund));
        expect(double.bank.purse()).toEqual(new Map([["p1", 250]]));
        expect(await gateway.enquireRefund(refund)).toMatchObject({ state: "done" });
      });

      test.each(lost)("%s: a saved card is charged once", async (fault) => {
        double.server.failNext(fault, fault);
        const charge = savedCharge(make.means.good);
        await expect(gateway.chargeSaved(charge)).rejects.toThrow("gateway-answer-lost");
        const answer = await untilAnswered(() => gateway.chargeSaved(charge));
        expect(answer.kind).toBe("captured");
        expect(double.bank.purse()).toEqual(new Map([["p9", 5000]]));
      });

      test("an enquiry that brings nothing is asked again later, in whatever way it failed", async () => {
        const { offer } = await paidOffer();
        for (const fault of lost) {
          double.server.failNext(fault, fault);
          await expect(gateway.enquire({ offerRef: offer.offerRef })).rejects.toThrow(
            "gateway-unreachable",
          );
          expect((await untilAnswered(() => stateOf(offer)))?.kind).toBe("paid");
        }
      });

      test("surely nothing was booked: too many requests, or nobody there", async () => {
        double.server.failNext("limited");
        await expect(gateway.offer(request())).rejects.toThrow("gateway-unreachable");
        await double.stop();
        await expect(gateway.offer(request())).rejects.toThrow("gateway-unreachable");
        expect(double.bank.sales.size).toBe(0);
      });

      test("a wrong key is refused, and asking again is no use", async () => {
        const stranger = make.gateway(double.server.url, { apiKey: "sk_wrong" });
        const refusal = await stranger.offer(request()).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(Fault);
        expect(refusal).toMatchObject({ code: "gateway-refused", retryable: false });
      });
    });

    describe("a refund", () => {
      test("of a part, then of the rest, then of more is done, done and failed", async () => {
        const { offer, chargeRef } = await paidOffer();
        expect(await gateway.refund(refundOf(chargeRef, "r1", 100))).toMatchObject({
          state: "done",
        });
        expect(await gateway.refund(refundOf(chargeRef, "r2", 250))).toMatchObject({
          state: "done",
        });
        const third = await gateway.refund(refundOf(chargeRef, "r3", 1));
        expect(third).toEqual({ state: "failed", reason: expect.any(String) });
        const { news: told } = await gateway.enquire({ offerRef: offer.offerRef });
        expect(told.slice(1)).toMatchObject([
          { kind: "refund", refundId: "r1", chargeRef, amount: 100, state: "done" },
          { kind: "refund", refundId: "r2", chargeRef, amount: 250, state: "done" },
        ]);
      });

      test("that nobody asked for is not known", async () => {
        const { chargeRef } = await paidOffer();
        expect(await gateway.enquireRefund(refundOf(chargeRef, "r9", 100))).toBeUndefined();
      });

      test("can come back days after it was done", async () => {
        const { chargeRef } = await paidOffer();
        const refund = refundOf(chargeRef, "r1", 100);
        double.bank.holdRefunds();
        const made = await gateway.refund(refund);
        expect(made.state).toBe("pending");
        double.bank.settleRefund(made.refundRef ?? "", "done");
        double.bank.settleRefund(made.refundRef ?? "", "failed");
        expect(await gateway.enquireRefund(refund)).toMatchObject({ state: "failed" });
        const states = news().flatMap((told) => (told.kind === "refund" ? [told.state] : []));
        expect(states).toEqual(["pending", "done", "failed"]);
      });
    });

    describe("a saved means", () => {
      test("is charged, declined, or must be confirmed by its holder", async () => {
        const charged = await gateway.chargeSaved(savedCharge(make.means.good));
        expect(charged).toMatchObject({ kind: "captured", lastFour: "4242" });
        const declined = { ...savedCharge(make.means.declined), paymentId: "p10" };
        expect(await gateway.chargeSaved(declined)).toEqual({
          kind: "declined",
          reason: "insufficient_funds",
        });
        const confirm = { ...savedCharge(make.means.confirm), paymentId: "p11" };
        expect((await gateway.chargeSaved(confirm)).kind).toBe("needs-driver");
      });

      test("is found by its charge", async () => {
        const charged = await gateway.chargeSaved(savedCharge(make.means.good));
        check(charged.kind === "captured", "it was charged");
        expect(await gateway.enquire({ chargeRef: charged.chargeRef })).toMatchObject({
          paymentId: "p9",
          news: [{ kind: "paid", amount: 5000 }],
        });
      });
    });

    describe("a callback", () => {
      test("says what was paid, for which payment, and names itself", async () => {
        await paidOffer();
        const told = double.events.map(believed);
        expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
        for (const callback of told) {
          expect(callback).toMatchObject({
            paymentId: "p1",
            toldAt: clock.now(),
            news: { kind: "paid", amount: 350, currency: "EUR" },
          });
        }
      });

      test("tells refunds, disputes and their ends by the charge", async () => {
        const { chargeRef } = await paidOffer();
        await gateway.refund(refundOf(chargeRef, "r1", 100));
        const dispute = double.bank.dispute(chargeRef, 250, double.prefixes.dispute);
        await clock.advance(seconds(40 * 24 * 3600));
        double.bank.closeDispute(dispute.ref, "won");
        const aftermath = double.events
          .map(believed)
          .filter(({ news: told }) => told.kind !== "paid");
        expect(aftermath.every((callback) => callback.chargeRef === chargeRef)).toBe(true);
        const told = aftermath.map(({ news: one }) => one);
        expect(told).toContainEqual(expect.objectContaining({ kind: "refund", refundId: "r1" }));
        expect(told).toContainEqual(
          expect.objectContaining({ kind: "dispute", amount: 250, stage: "open" }),
        );
        expect(told.at(-1)).toMatchObject({ kind: "dispute", stage: "won" });
        const { news: known } = await gateway.enquire({ chargeRef });
        expect(known.at(-1)).toMatchObject({ kind: "dispute", amount: 250, stage: "won" });
      });

      test("without a signature, or with another's, is refused", async () => {
        await paidOffer();
        const { body, headers } = double.sign(eventAt(0), { secrets: ["whsec_of_a_thief"] });
        expect(gateway.readCallback(body, {}, clock.now())).toMatchObject({ reason: "unsigned" });
        expect(gateway.readCallback(body, headers, clock.now())).toMatchObject({
          reason: "bad-signature",
        });
      });

      test("changed on the way by one character is refused", async () => {
        await paidOffer();
        const { body, headers } = double.sign(eventAt(0));
        const forged = Buffer.from(body.toString().replace("350", "351").replace("3.50", "3.51"));
        expect(gateway.readCallback(forged, headers, clock.now())).toMatchObject({
          reason: "bad-signature",
        });
      });

      test("signed with either secret is believed while it is changed", async () => {
        await paidOffer();
        const both = make.gateway(double.server.url, { secrets: ["whsec_the_new_one", secret] });
        for (const one of ["whsec_the_new_one", secret]) {
          const { body, headers } = double.sign(eventAt(0), { secrets: [one] });
          expect(both.readCallback(body, headers, clock.now()).kind).toBe("callback");
        }
      });

      test("replayed later is refused for its age, or known by its event", async () => {
        await paidOffer();
        const first = believed(eventAt(0));
        const { body, headers } = double.sign(eventAt(0));
        const atLimit = gateway.readCallback(body, headers, later(clock.now(), seconds(300)));
        expect(atLimit.kind).toBe("callback");
        const after = gateway.readCallback(body, headers, later(clock.now(), seconds(301)));
        expect(after).toMatchObject(
          make.signsTime ? { reason: "too-old" } : { callback: { eventId: first.eventId } },
        );
      });

      test("from a gateway whose clock is ahead of ours is believed", async () => {
        await paidOffer();
        const { body, headers } = double.sign(eventAt(0), { at: later(clock.now(), minutes(20)) });
        expect(gateway.readCallback(body, headers, clock.now()).kind).toBe("callback");
      });

      test("of another facility on the same account is none of ours", async () => {
        await paidOffer();
        const event = eventAt(0);
        const elsewhere = { ...event, body: event.body.replaceAll(facilityId, "south") };
        expect(believed(elsewhere).news).toEqual({ kind: "none" });
      });

      test("of a kind that nobody told us about is none of ours", async () => {
        await paidOffer();
        const event = eventAt(0);
        const { body, headers } = double.sign({
          ...event,
          body: event.body.replace(event.type, "invoice.finalized"),
        });
        const reading = gateway.readCallback(body, headers, clock.now());
        expect(reading).toMatchObject({ callback: { news: { kind: "none" } } });
      });

      test("signed and unreadable is refused without an exception, whatever it holds", async () => {
        await paidOffer();
        const { body } = eventAt(0);
        const broken = [
          "",
          "null",
          "[]",
          "{",
          "\u0000\u00ff",
          '{"id":1}',
          body.slice(0, -9),
          body
            .replace(/"amount[^,]*,/g, '"amount":"1e3",')
            .replace(/"value":"[^"]*"/g, '"value":"-1"'),
          body.replace(/"(session|payment_intent|payment)"/g, '"x"'),
        ];
        for (const text of broken) {
          const { headers } = double.sign({ ...eventAt(0), body: text });
          const reading = gateway.readCallback(Buffer.from(text), headers, clock.now());
          expect(reading.kind === "refusal" || reading.callback.eventId.length > 0).toBe(true);
        }
      });
    });
  });
}

/** Asks again under the same id until what goes wrong has passed. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Fault && error.retryable)) throw error;
    }
  }
  return ask();
}
