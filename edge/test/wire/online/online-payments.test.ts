import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueuedEvent } from "@gatehouse/firmware-sim/wire/online-double";
import { check } from "@gatehouse/shared/check";
import { minorUnits } from "@gatehouse/shared/money";
import { minutes, seconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { subjectsOfOpen } from "../../../src/store/alerts.ts";
import { type CallbackRow, listWaiting } from "../../../src/store/callbacks.ts";
import { callbacks as callbackTable } from "../../../src/store/callback-schema.ts";
import { findOnlinePayment } from "../../../src/store/online-payments.ts";
import { asDelivered } from "../../domain/online-histories.ts";
import { OnlineSite } from "./online-site.ts";

describe("online payments of a site", () => {
  let site: OnlineSite;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "gatehouse-online-"));
    site = new OnlineSite(join(folder, "book.db"));
    await site.start();
  });
  afterEach(async () => {
    await site.stop();
    rmSync(folder, { recursive: true });
  });

  const kept = (): CallbackRow[] => site.book.db.select().from(callbackTable).all();
  const states = (): string[] => kept().map(({ state }) => state);
  const stateOf = (paymentId: string): string | undefined =>
    findOnlinePayment(site.book, paymentId)?.state;
  function event(index: number): QueuedEvent {
    const found = site.double.events.at(index);
    check(found !== undefined, "the double told something");
    return found;
  }

  test("a callback is kept before it is acknowledged, and handled afterwards", async () => {
    site.double.bank.pay(await site.offer("p1"));
    expect(site.deliver(...site.double.events)).toEqual([{ kind: "stored" }, { kind: "stored" }]);
    expect(states()).toEqual(["received", "received"]);
    expect(site.due.get("p1")).toBe(350);
    site.restart();
    await site.callbacks.handleAll();
    expect(states()).toEqual(["handled", "handled"]);
    expect(site.due.get("p1")).toBe(0);
    expect(site.captures).toEqual(["p1"]);
  });

  test("an event that comes again is counted and changes nothing", async () => {
    site.double.bank.pay(await site.offer("p1"));
    site.deliver(event(0), event(0));
    await site.callbacks.handleAll();
    expect(site.deliver(event(0))).toEqual([{ kind: "repeated" }]);
    await site.callbacks.handleAll();
    expect(kept()).toMatchObject([{ repeats: 2, state: "handled", attempts: 1 }]);
    expect(site.captures).toEqual(["p1"]);
  });

  test("a forged callback is refused, books nothing, and does not keep the true one out", async () => {
    site.double.bank.pay(await site.offer("p1"));
    const { body, headers } = site.double.sign(event(0), { secrets: ["whsec_of_a_thief"] });
    const receivedAt = site.clock.now();
    const forged = { gateway: "stripe", body, headers, receivedAt, via: "door" } as const;
    expect(site.callbacks.receive(forged)).toEqual({ kind: "refused", reason: "bad-signature" });
    expect(site.callbacks.receive({ ...forged, gateway: "other" })).toMatchObject({
      reason: "unknown-gateway",
    });
    expect(site.deliver(event(0))).toEqual([{ kind: "stored" }]);
    await site.callbacks.handleAll();
    expect(states().toSorted()).toEqual(["handled", "refused"]);
    expect(site.captures).toEqual(["p1"]);
  });

  test("a replay after 301 s is refused and tells that a clock may be wrong", async () => {
    site.double.bank.pay(await site.offer("p1"));
    const at = site.clock.now();
    await site.clock.advance(seconds(301));
    const { body, headers } = site.double.sign(event(0), { at });
    const receivedAt = site.clock.now();
    expect(
      site.callbacks.receive({ gateway: "stripe", body, headers, receivedAt, via: "door" }),
    ).toEqual({ kind: "refused", reason: "too-old" });
    expect(subjectsOfOpen(site.book, "online-callback-refused")).toContain("stripe");
  });

  test("one that head office hands on days later is as old as when it came there", async () => {
    site.double.bank.pay(await site.offer("p1"));
    const signed = site.double.sign(event(0));
    const receivedAt = site.clock.now();
    await site.clock.advance(minutes(3 * 24 * 60));
    site.callbacks.receive({ gateway: "stripe", ...signed, receivedAt, via: "office" });
    await site.callbacks.handleAll();
    expect(kept()).toMatchObject([{ via: "office", state: "handled" }]);
    expect(stateOf("p1")).toBe("paid");
  });

  test("a payment that nobody here asked for is refused and told", async () => {
    site.double.bank.pay(await site.offer("p1"));
    const stranger = { ...event(0), body: event(0).body.replaceAll('"p1"', '"p-of-nobody"') };
    site.deliver({ ...stranger, body: stranger.body.replaceAll("pi_", "pi_x") });
    await site.callbacks.handleAll();
    expect(kept()).toMatchObject([{ state: "refused" }]);
    expect(site.captures).toEqual([]);
    expect(subjectsOfOpen(site.book, "online-callback-refused")).toContain("stripe");
  });

  test.each([
    ["amount", "350", "349"],
    ["currency", "eur", "usd"],
  ])("another %s than we asked for pays nothing and is told", async (_, ours, theirs) => {
    site.double.bank.pay(await site.offer("p1"));
    site.deliver({ ...event(0), body: event(0).body.replaceAll(ours, theirs) });
    await site.callbacks.handleAll();
    expect(stateOf("p1")).toBe("mismatched");
    expect(site.due.get("p1")).toBe(350);
    expect(subjectsOfOpen(site.book, "online-payment-review")).toContain("p1");
  });

  test("one charge pays for one payment", async () => {
    site.double.bank.pay(await site.offer("p1"));
    await site.offer("p2");
    site.deliver(event(0));
    const twin = {
      id: "evt_twin",
      type: event(0).type,
      body: event(0).body.replaceAll('"p1"', '"p2"'),
    };
    site.deliver({ ...twin, body: twin.body.replace(event(0).id, twin.id) });
    await site.callbacks.handleAll();
    expect(site.captures).toEqual(["p1"]);
    expect(stateOf("p2")).toBe("open");
    expect(subjectsOfOpen(site.book, "online-payment-review")).toContain("p2");
  });

  test("a payment that comes after the session was settled otherwise is owed back", async () => {
    const offer = await site.offer("p1");
    site.due.set("p1", 0);
    site.double.bank.pay(offer);
    site.deliver(...site.double.events);
    await site.callbacks.handleAll();
    expect(site.credit.get("p1")).toBe(350);
  });

  test("a dispute before anybody told of the payment finds it by its charge", async () => {
    const offer = await site.offer("p1");
    site.double.bank.pay(offer);
    site.double.bank.dispute(offer, 350, "dp_");
    site.deliver(event(-1));
    await site.callbacks.handleAll();
    expect(stateOf("p1")).toBe("dispute-open");
    expect(site.captures).toEqual(["p1"]);
    expect(site.held.get("p1")).toBe(0);
  });

  test("while the gateway cannot be asked a callback waits, and the others go on", async () => {
    const first = await site.offer("p1");
    const second = await site.offer("p2");
    site.double.bank.pay(first);
    site.double.bank.dispute(first, 350, "dp_");
    const dispute = event(-1);
    site.double.bank.pay(second);
    site.deliver(dispute, event(-1));
    site.double.server.failNext("error");
    await site.callbacks.handleAll();
    expect(site.captures).toEqual(["p2"]);
    expect(listWaiting(site.book, 10, 0)).toMatchObject([{ attempts: 0 }]);
    await site.callbacks.handleAll();
    expect(site.captures).toEqual(["p2", "p1"]);
  });

  test("a callback over which the daemon dies is given up, and the rest is handled", async () => {
    const first = await site.offer("p1");
    const second = await site.offer("p2");
    site.double.bank.pay(first);
    site.double.bank.pay(second);
    site.deliver(event(0), event(2));
    const dying: typeof site.settle = (tx, payment, change, view) => {
      check(payment.paymentId !== "p1", "a bug");
      site.settle(tx, payment, change, view);
    };
    for (let life = 0; life < 3; life++) {
      site.restart(dying);
      await expect(site.callbacks.handleAll()).rejects.toThrow("a bug");
    }
    site.restart(dying);
    await site.callbacks.handleAll();
    expect(kept().map(({ state, reason }) => [state, reason])).toEqual([
      ["refused", "given up: handling it has failed three times"],
      ["handled", "paid"],
    ]);
    expect(site.captures).toEqual(["p2"]);
  });

  test("without any callback the enquiry finds out, and a later callback adds nothing", async () => {
    site.double.bank.pay(await site.offer("p1"));
    await site.payments.enquireUnsettled();
    expect(stateOf("p1")).toBe("paid");
    site.deliver(...site.double.events);
    await site.callbacks.handleAll();
    expect(site.captures).toEqual(["p1"]);
  });

  test("an offer whose time is up is ended, or was paid just before", async () => {
    const first = await site.offer("p1");
    const second = await site.offer("p2");
    site.double.bank.pay(second);
    await site.clock.advance(minutes(16));
    await site.payments.enquireUnsettled();
    expect([stateOf("p1"), stateOf("p2")]).toEqual(["expired", "paid"]);
    expect(site.double.bank.pay(first)).toBe(false);
  });

  test("an offer that never got a name is over a day later, and still counts if somebody paid it", async () => {
    site.double.server.failNext("lost-answer");
    await expect(site.offer("p1")).rejects.toThrow("gateway-answer-lost");
    await site.payments.enquireUnsettled();
    expect(stateOf("p1")).toBe("open");
    site.double.bank.pay([...site.double.bank.sales.keys()][0] ?? "");
    await site.clock.advance(minutes(25 * 60));
    await site.payments.enquireUnsettled();
    expect(stateOf("p1")).toBe("expired");
    site.deliver(event(0));
    await site.callbacks.handleAll();
    expect(stateOf("p1")).toBe("paid");
  });

  test("an offer whose answer was lost is the same after a restart", async () => {
    site.double.server.failNext("lost-answer");
    await expect(site.offer("p1")).rejects.toThrow("gateway-answer-lost");
    site.restart();
    await site.clock.advance(minutes(5));
    const again = await site.payments.ask("p1", { returnUrl: "http://127.0.0.1/" });
    expect([...site.double.bank.sales.keys()]).toEqual([again.offerRef]);
  });

  test("a refund is booked once, by its answer or by its callbacks, and again when it comes back", async () => {
    const offer = await site.offer("p1");
    site.double.bank.pay(offer);
    await site.payments.enquireUnsettled();
    const chargeRef = site.double.bank.find(offer)?.chargeRef ?? "";
    const request = {
      refundId: "r1",
      paymentId: "p1",
      chargeRef,
      amount: minorUnits(100),
      currency: "EUR",
    };
    site.double.server.failNext("lost-answer");
    await expect(site.payments.refund(request)).rejects.toThrow("gateway-answer-lost");
    const answer = await site.payments.refund(request);
    site.deliver(...site.double.events);
    await site.callbacks.handleAll();
    expect(site.held.get("p1")).toBe(250);
    site.double.bank.settleRefund(answer.refundRef ?? "", "failed");
    site.deliver(event(-1));
    await site.callbacks.handleAll();
    expect(site.held.get("p1")).toBe(350);
    expect(
      await site.payments.refund({ ...request, refundId: "r2", amount: minorUnits(400) }),
    ).toEqual({
      state: "failed",
      reason: "charge_already_refunded",
    });
  });

  test.each([
    ["pm_1", "captured", "paid"],
    ["pm_slow", "pending", "processing"],
    ["pm_declined", "declined", "failed"],
    ["pm_confirm", "needs-driver", "failed"],
  ])("a means on file, %s: %s", async (meansRef, kind, state) => {
    site.begin("p1", 5000);
    const means = { customerRef: "cus_1", meansRef };
    site.double.server.failNext("lost-answer");
    await expect(site.payments.chargeSaved("p1", means)).rejects.toThrow("gateway-answer-lost");
    expect(await site.payments.enquire("p1")).toBeUndefined();
    site.restart();
    expect(await site.payments.chargeSaved("p1", means)).toMatchObject({ kind });
    site.deliver(...site.double.events);
    await site.callbacks.handleAll();
    expect(stateOf("p1")).toBe(state);
    expect(site.captures).toEqual(state === "paid" ? ["p1"] : []);
  });

  test("a means on file whose bank takes days is asked about until the money is there", async () => {
    site.begin("p1", 5000);
    const means = { customerRef: "cus_1", meansRef: "pm_slow" };
    await site.payments.chargeSaved("p1", means);
    site.double.bank.settle([...site.double.bank.sales.keys()][0] ?? "", true);
    await site.payments.enquireUnsettled();
    expect(site.captures).toEqual(["p1"]);
  });

  test("no card number is kept, wherever it stood", async () => {
    site.double.bank.pay(await site.offer("p1"));
    const { body, id } = event(0);
    const leaky = body.replace('"object":', '"note":"4111 1111 1111 1111","object":');
    site.deliver({
      id,
      type: "x",
      body: leaky.replace('"data":', '"pan":"5555555555554444","data":'),
    });
    site.callbacks.receive({
      gateway: "stripe",
      body: Buffer.from('{"card":"378282246310005"}'),
      headers: { "stripe-signature": "t=1,v1=4111111111111111" },
      receivedAt: site.clock.now(),
      via: "door",
    });
    await site.callbacks.handleAll();
    expect(kept().map(({ redacted }) => redacted)).toEqual([true, true]);
    expect(site.captures).toEqual(["p1"]);
    site.book.close();
    const bytes = readFileSync(join(folder, "book.db")).toString("latin1");
    for (const pan of [
      "4111 1111 1111 1111",
      "4111111111111111",
      "5555555555554444",
      "378282246310005",
    ]) {
      expect(bytes).not.toContain(pan);
    }
    site.restart();
  });

  test("what strangers send does not fill the disk", () => {
    for (let sent = 0; sent < 600; sent++) {
      const receivedAt = site.clock.now();
      const body = Buffer.from(`{"sent":${sent}}`);
      site.callbacks.receive({ gateway: "stripe", body, headers: {}, receivedAt, via: "door" });
    }
    expect(kept()).toHaveLength(500);
    const body = Buffer.alloc(300_000, 120);
    const receivedAt = site.clock.now();
    expect(
      site.callbacks.receive({ gateway: "stripe", body, headers: {}, receivedAt, via: "door" }),
    ).toEqual({ kind: "refused", reason: "too-large" });
  });

  test("a bad week: what the drivers lost is what we hold, whatever was delivered, in whatever order", async () => {
    const { bank } = site.double;
    const odds = (share: number): boolean => site.random.fraction() < share;
    for (let index = 0; index < 80; index++) {
      const id = `p${index}`;
      const offer = await site.offer(id, 100 + index);
      if (odds(0.2)) bank.pay(offer, { outcome: "declined" });
      if (odds(0.1)) bank.end(offer);
      if (odds(0.1) && bank.pay(offer, { outcome: "processing" })) bank.settle(offer, odds(0.7));
      if (bank.find(offer)?.state === "open" && odds(0.8)) bank.pay(offer);
      if (bank.find(offer)?.state !== "paid") continue;
      if (odds(0.3)) {
        const refund = bank.refund(offer, 40, { refund_id: `r${index}`, payment_id: id }, "re_");
        if (refund !== undefined && odds(0.3)) bank.settleRefund(refund.ref, "failed");
      }
      if (odds(0.15)) {
        const { ref } = bank.dispute(offer, 50, "dp_");
        if (odds(0.6)) bank.closeDispute(ref, odds(0.5) ? "won" : "lost");
      }
    }
    const told = site.double.events.map((one) => ({ one }));
    // One in ten never arrives.
    const arriving = asDelivered(told, site.random).filter(() => odds(0.9));
    for (const [index, { one }] of arriving.entries()) {
      site.deliver(one);
      if (index % 50 === 0) await site.callbacks.handleAll();
      if (index % 200 === 0) site.restart();
    }
    await site.callbacks.handleAll();
    expect(listWaiting(site.book, 10, 0)).toEqual([]);
    for (const id of site.due.keys()) await site.payments.enquire(id);
    expect(new Set(site.captures).size).toBe(site.captures.length);
    for (const [id, taken] of bank.purse())
      expect([id, site.held.get(id) ?? 0]).toEqual([id, taken]);
  });
});
