import { generateKeyPairSync, randomUUID } from "node:crypto";
import { PrinterSim } from "@gatehouse/firmware-sim/devices/printer-sim";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { CarPark } from "../../flows/car-park.ts";
import { anna, boss, complaints, granted, press } from "../../flows/money/till.ts";
import { PhoneSite } from "./phone-site.ts";

describe("a driver's phone", () => {
  let site: PhoneSite;
  let park: CarPark;

  beforeEach(async () => {
    site = new PhoneSite();
    park = new CarPark(site.park);
    await site.equip(park);
    await park.boot();
    await park.enter("BGH1234");
    await park.pass(3600);
  });
  afterEach(() => site.double.stop());

  const drivers = () => park.facility.drivers;
  const offer = (request_id: string = randomUUID()) =>
    drivers().offer({ plate: "b-gh 1234", request_id, gateway: "stripe" });

  test("shows for a plate what is due and how many minutes, and nothing that tells more of the stay", () => {
    const due = drivers().due({ plate: "b-gh 1234" });
    expect(due).toEqual({
      stay: "inside",
      minutes: 60,
      currency: "EUR",
      total_minor: 313,
      paid_minor: 0,
      given_minor: 0,
      due_minor: 313,
      leave_within_s: null,
      lines: [],
    });
    expect(drivers().due({ plate: "BGH1235" })).toMatchObject({ reason: "not-inside" });
    expect(park.payments).toEqual([]);
  });

  test("pays once, may leave within the grace, and has its receipt", async () => {
    const id = randomUUID();
    const first = await granted(offer(id));
    expect(await granted(offer(id))).toEqual(first);
    expect(drivers().payment(id)).toMatchObject({
      state: "waiting",
      url: first.url,
      receipt: null,
    });
    site.double.bank.pay(site.sale);
    await site.deliver();
    const paid = drivers().payment(id);
    expect(paid).toMatchObject({ state: "paid", amount_minor: 313, due_minor: 0, url: null });
    expect(paid?.leave_within_s).toBeGreaterThan(60);
    const token = paid?.receipt?.split("/").at(-1) ?? "";
    expect(park.facility.documents.byToken(token)?.title).toContain("1");
    expect(drivers().due({ plate: "BGH1234" })).toMatchObject({
      due_minor: 0,
      leave_within_s: paid?.leave_within_s,
    });
    expect(await offer()).toMatchObject({ reason: "nothing-due" });
    expect(complaints(park)).toEqual([]);
  });

  test("learns by asking that it has paid where no callback comes", async () => {
    const id = randomUUID();
    await granted(offer(id));
    site.double.bank.pay(site.sale);
    expect(drivers().payment(id)?.state).toBe("waiting");
    await expect.poll(() => drivers().payment(id)?.state, { timeout: 5000 }).toBe("paid");
    expect(complaints(park)).toEqual([]);
  });

  test("that paid opens the exit at which its car stands, where the terminal had asked in vain", async () => {
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(4);
    expect(park.openings("exit-1")).toBe(0);
    const id = randomUUID();
    await granted(offer(id));
    site.double.bank.pay(site.sale);
    await site.deliver();
    for (let tries = 0; tries < 50 && park.openings("exit-1") === 0; tries++) await park.pass(1);
    expect(park.openings("exit-1")).toBe(1);
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", paymentStatus: "paid" });
    expect(complaints(park)).toEqual([]);
  });

  test("sees what a merchant takes off before it pays, and pays the rest", async () => {
    const { money } = park.facility;
    const merchant = { merchant_id: "bakery", name: "Bakery", stay_cap_minor: null };
    const limits = { month_cap_minor: 250, is_active: true, new_token: false };
    const kept = { ...merchant, ...limits, request_id: press(), reason: "new" };
    await park.facility.accounts.keepMerchant(kept, boss);
    const session_id = park.session("BGH1234").sessionId;
    const gift = { merchant_id: "bakery", session_id, kind: "amount" as const };
    await granted(money.validate({ ...gift, request_id: press(), value: 200 }, boss));
    await granted(money.validate({ ...gift, request_id: press(), value: 100 }, boss));
    expect(drivers().due({ plate: "BGH1234" })).toMatchObject({ given_minor: 250, due_minor: 63 });
    const id = randomUUID();
    expect(await granted(offer(id))).toMatchObject({ amount_minor: 63 });
    site.double.bank.pay(site.sale);
    await site.deliver();
    expect(drivers().payment(id)).toMatchObject({ state: "paid", due_minor: 0 });
    expect(complaints(park)).toEqual([]);
  });

  test("that declines and lets the page end has paid nothing", async () => {
    const id = randomUUID();
    await granted(offer(id));
    site.double.bank.pay(site.sale, { outcome: "declined" });
    await site.deliver();
    expect(drivers().payment(id)).toMatchObject({ state: "waiting" });
    site.double.bank.end(site.sale);
    await site.deliver();
    expect(drivers().payment(id)).toMatchObject({ state: "declined", due_minor: 313, url: null });
  });

  test("whose gateway is away is told so, and the same press pays later", async () => {
    const id = randomUUID();
    site.double.server.failNext("cut", "lost-answer");
    await expect(offer(id)).rejects.toMatchObject({ code: "gateway-answer-lost" });
    await expect(offer(id)).rejects.toMatchObject({ code: "gateway-answer-lost" });
    await granted(offer(id));
    site.double.bank.pay(site.sale);
    await site.deliver();
    expect(drivers().payment(id)?.state).toBe("paid");
    expect(park.payments).toHaveLength(1);
    expect([...site.double.bank.purse().values()]).toEqual([313]);
  });

  test("of a stranger holds no more than five pages open for a stay, and learns nothing of another's payment", async () => {
    for (let phone = 0; phone < 5; phone++) await granted(offer());
    expect(await offer()).toMatchObject({ reason: "too-many-offers" });
    expect(drivers().payment(randomUUID())).toBeUndefined();
    const { requestId } = park.payments[0] ?? {};
    expect(drivers().payment(requestId ?? "")).toBeUndefined();
    await park.pass(31 * 60);
    await granted(offer());
  });

  test("pays what its vehicle left without paying", async () => {
    park.cards("exit-1", false);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(8);
    await park.facility.openByHand(park.opening("exit-1"));
    await park.cross("exit-1");
    await park.pass(12);
    expect(drivers().due({ plate: "BGH1234" })).toMatchObject({ stay: "left", due_minor: 313 });
    const id = randomUUID();
    await granted(offer(id));
    site.double.bank.pay(site.sale);
    await site.deliver();
    expect(drivers().payment(id)).toMatchObject({ state: "paid", due_minor: 0 });
    expect(drivers().due({ plate: "BGH1234" })).toMatchObject({ reason: "not-inside" });
    expect(complaints(park)).toEqual([]);
  });
});

test("a ticket's number shows what its price is made of, and its code leads a phone to it", async () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const ticketKey = String(privateKey.export({ type: "pkcs8", format: "pem" }));
  const equipment: Record<string, { printer?: PrinterSim }> = { "entry-1": {} };
  const site = new PhoneSite({
    ticketKey,
    equipment,
    change: (config) => ({
      ...config,
      business: { name: "P", address: "A", plate_on_receipts: true, receipt_url: "https://p.test" },
    }),
  });
  const park = new CarPark(site.park);
  await site.equip(park);
  onTestFinished(() => site.double.stop());
  const printer = new PrinterSim(park.machine, "printer-1");
  equipment["entry-1"] = { printer };
  await park.boot();
  await park.arrive("entry-1");
  void park.facility.parkingTickets.issue("entry-1", anna, press());
  await park.pass(2);
  await park.cross("entry-1");
  await park.pass(3600);
  const codes = (printer.papers[0] ?? []).flatMap((piece) =>
    piece.kind === "qr" ? piece.text : [],
  );
  expect(codes[1]).toMatch(/^https:\/\/p\.test\/pay#\d{7}$/);
  const ticket = codes[1]?.split("#")[1] ?? "";
  expect(park.facility.drivers.due({ ticket })).toMatchObject({
    due_minor: 313,
    lines: [{ rule: "hourly:car", minor: 313 }],
  });
  expect(park.facility.parkingTickets.check(codes[1] ?? "")).toEqual(
    park.facility.parkingTickets.check(codes[0] ?? ""),
  );
  expect(park.facility.drivers.due({ ticket: "0000000" })).toMatchObject({ reason: "not-inside" });
});
