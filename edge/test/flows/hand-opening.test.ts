import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

describe("an opening by hand at an entry", () => {
  test("gives a car without a readable plate a session of its own", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "");
    const answer = await park.facility.openByHand(
      park.opening("entry-1", { reason: "plate-not-read", note: "muddy" }),
    );
    expect(answer).toMatchObject({ sentence: "Opened: by hand: plate not read, by anna." });
    await park.cross("entry-1");
    expect(park.sessions).toMatchObject([{ status: "open", vehicleLicense: null }]);
    expect(park.alerts).toEqual([]);
    expect(park.facts("lane-decided").at(-1)).toMatchObject({
      actor: { kind: "attendant", id: "anna" },
      rules: ["override"],
      note: "muddy",
    });
  });

  test("keeps the plate that was read too unsurely, and the class of its vehicle", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234", { confidence: 0.4, vehicleClass: "truck" });
    await park.facility.openByHand(park.opening("entry-1"));
    await park.cross("entry-1");
    expect(park.session("BGH1234")).toMatchObject({ status: "open", vehicleClass: "truck" });
  });

  test("does not give the next car the plate of the one before", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.arrive("entry-1");
    const { sessionId } = park.session("BGH1234");
    await park.facility.openByHand(park.opening("entry-1", { sessionId }));
    await park.cross("entry-1");
    expect(park.sessions.map(({ vehicleLicense, status }) => [vehicleLicense, status])).toEqual([
      ["BGH1234", "open"],
      [null, "open"],
    ]);
  });

  test("does not give it the plate of one that was not let in and has driven off", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234", { confidence: 0.4 });
    await park.backOff("entry-1");
    await park.arrive("entry-1");
    await park.facility.openByHand(park.opening("entry-1"));
    expect(park.sessions).toMatchObject([{ vehicleLicense: null, status: "pending" }]);
  });

  test("does not give it to the next car that follows bumper to bumper either", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.cross("entry-1", true);
    await park.facility.openByHand(park.opening("entry-1"));
    expect(park.sessions.map(({ vehicleLicense, status }) => [vehicleLicense, status])).toEqual([
      ["BGH1234", "open"],
      [null, "pending"],
    ]);
  });

  test("opens again for the car that the gate did not let in, under the same session", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("dead");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(5);
    park.lane("entry-1").gate.setFault("none");
    await park.facility.openByHand(park.opening("entry-1"));
    await park.cross("entry-1");
    expect(park.sessions.map(({ status }) => status)).toEqual(["open"]);
    expect(park.passages.map(({ outcome }) => outcome)).toEqual(["nobody-passed", null]);
  });

  test("pressed again while the car drives off loses neither the car nor its session", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(3.6);
    park.underArm("entry-1", true);
    await park.pass(0.3);
    await park.facility.openByHand(park.opening("entry-1"));
    await park.backOff("entry-1");
    park.underArm("entry-1", false);
    await park.pass(12);
    expect(park.sessions.map(({ status }) => status)).toEqual(["open"]);
    expect(park.passages.map(({ outcome }) => outcome)).toEqual(["unconfirmed", "passed"]);
  });

  test("is possible when the facility is full and for a plate on the deny list alike", async () => {
    const park = await CarPark.open({ spaces: 2 });
    await park.enter("AA1");
    await park.enter("BB2");
    await park.arrive("entry-1");
    park.read("entry-1", "CC3");
    await park.facility.openByHand(park.opening("entry-1"));
    await park.cross("entry-1");
    expect(park.session("CC3").status).toBe("open");
  });
});

describe("an opening by hand at an exit", () => {
  test("binds to the session at the gate and leaves what is owed owing", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(3600);
    park.cards("exit-1", false);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(40);
    const answer = await park.facility.openByHand(
      park.opening("exit-1", { reason: "payment-terminal-broken" }),
    );
    expect(answer).toMatchObject({ session_id: park.session("BGH1234").sessionId });
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({
      status: "closed-unpaid",
      totalAmount: 313,
      paidAmount: 0,
      paymentStatus: "unpaid",
    });
    expect(park.facts("session-closed")).toMatchObject([
      { outcome: "closed-unpaid", owed_minor: 313 },
    ]);
    expect(park.alerts).toEqual([]);
  });

  test("ends what the driver was paying, and a second card is not asked for", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(3600);
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(2);
    expect(park.facility.state().lanes[2]).toMatchObject({ state: "collecting", due_minor: 313 });
    await park.facility.openByHand(park.opening("exit-1"));
    await park.pass(1);
    expect(park.payments).toMatchObject([{ status: "declined" }]);
    await park.cross("exit-1");
    await park.pass(60);
    expect(park.payments).toHaveLength(1);
    expect(park.session("BGH1234").status).toBe("closed-unpaid");
  });

  test("while the bank is answering: the money that still comes is credited, and the session closed as paid", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(3600);
    const terminal = park.terminal("exit-1");
    const asked = new Promise<void>((resolve) => terminal.onCardWanted(() => resolve()));
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(1);
    await asked;
    terminal.presentCard({ lastFour: "4242", name: "Test card", approves: true });
    await park.pass(0.1);
    await park.facility.openByHand(park.opening("exit-1"));
    await park.pass(3.2);
    expect(park.session("BGH1234")).toMatchObject({ status: "exiting", paidAmount: 313 });
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.payments).toMatchObject([{ status: "captured", amount: 313 }]);
    expect(park.session("BGH1234")).toMatchObject({
      status: "closed",
      paidAmount: 313,
      totalAmount: 313,
    });
  });

  test("that lets a car out before its lost payment is known: the money is credited to the ended session", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(3600);
    const terminal = park.terminal("exit-1");
    terminal.setFault("close-after-booking");
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    terminal.setFault("silent");
    await park.pass(10);
    await park.facility.openByHand(park.opening("exit-1"));
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed-unpaid", totalAmount: 313 });
    terminal.setFault("none");
    await park.pass(120);
    expect(park.payments).toMatchObject([{ status: "captured", amount: 313 }]);
    expect(park.session("BGH1234")).toMatchObject({
      status: "closed-unpaid",
      paidAmount: 313,
      paymentStatus: "paid",
    });
    expect(park.facility.overview.takings()).toMatchObject({ captured_minor: 313 });
  });

  test("gives a car without a session one that is an orphan, and charges it nothing", async () => {
    const park = await CarPark.open();
    await park.arrive("exit-1");
    park.read("exit-1", "ZZZ999");
    await park.facility.openByHand(park.opening("exit-1"));
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("ZZZ999")).toMatchObject({
      status: "closed",
      totalAmount: 0,
      sessionMetadata: { orphan_exit: true },
    });
    expect(park.facts("session-flagged")).toMatchObject([{ flag: "orphan-exit" }]);
    expect(park.facility.overview.sessions()).toEqual({ pending: 0, open: 0 });
  });

  test("that an orphan does not use leaves nothing behind", async () => {
    const park = await CarPark.open();
    await park.arrive("exit-1");
    await park.facility.openByHand(park.opening("exit-1"));
    await park.pass(5);
    await park.backOff("exit-1");
    await park.pass(60);
    expect(park.facility.overview.sessions()).toEqual({ pending: 0, open: 0 });
    expect(park.sessions).toMatchObject([{ status: "closed-assumed" }]);
  });

  test("does not bind the next car to the session of the one before", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await park.cross("exit-1");
    await park.pass(12);
    await park.arrive("exit-1");
    await park.facility.openByHand(park.opening("exit-1"));
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.sessions.map(({ vehicleLicense, status }) => [vehicleLicense, status])).toEqual([
      ["BGH1234", "closed"],
      [null, "closed"],
    ]);
  });

  test("binds to the session that the attendant has picked", async () => {
    const park = await CarPark.open();
    await park.enter("KAO12");
    const { sessionId } = await park.enter("KAQ12");
    await park.arrive("exit-1");
    park.read("exit-1", "KA012");
    await park.facility.openByHand(park.opening("exit-1", { sessionId }));
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.session("KAQ12").status).toBe("closed-unpaid");
    expect(park.session("KAO12").status).toBe("open");
  });

  test("given twice for the same car still closes its session", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(1);
    await park.facility.openByHand(park.opening("exit-1"));
    await park.pass(1);
    await park.facility.openByHand(park.opening("exit-1"));
    await park.cross("exit-1");
    await park.pass(12);
    expect(park.sessions.map(({ status }) => status)).toEqual(["closed-unpaid"]);
    expect(park.passages.map(({ outcome }) => outcome)).toEqual([
      "passed",
      "nobody-passed",
      "passed",
    ]);
  });

  test("that nothing came of ends no stay while its driver is asked to pay", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(1800);
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    park.lane("exit-1").inputs.setLost(true);
    park.lane("exit-1").gate.setFault("dead");
    void park.facility.openByHand(park.opening("exit-1"));
    await park.pass(8);
    park.lane("exit-1").gate.setFault("none");
    park.read("exit-1", "BGH1234");
    await park.pass(40);
    expect(park.passages.at(-1)).toMatchObject({ outcome: "unconfirmed" });
    expect(park.session("BGH1234").status).toBe("open");
    park.lane("exit-1").inputs.setLost(false);
    park.terminal("exit-1").presentCard({ lastFour: "4242", name: "Test card", approves: true });
    await park.pass(5);
    await park.cross("exit-1");
    await park.pass(10);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", paymentStatus: "paid" });
    expect(park.facts("session-closed")).toHaveLength(1);
  });
});

describe("one press", () => {
  test("that arrives twice is one opening and one answer", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const opening = park.opening("entry-1");
    const first = await park.facility.openByHand(opening);
    const second = await park.facility.openByHand(opening);
    expect(second).toEqual(first);
    await park.pass(5);
    expect(park.openings("entry-1")).toBe(1);
    expect(park.commands).toHaveLength(1);
  });

  test("that arrives twice at the same moment is one opening too", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const opening = park.opening("entry-1");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => park.facility.openByHand(opening)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await park.pass(5);
    expect(park.openings("entry-1")).toBe(1);
  });

  test("is one opening across a restart", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const opening = park.opening("entry-1");
    const first = await park.facility.openByHand(opening);
    await park.restart();
    expect(await park.facility.openByHand(opening)).toEqual(first);
    await park.pass(5);
    expect(park.commands).toHaveLength(1);
  });

  test("at a lane that nobody knows is refused with the lanes there are", async () => {
    const park = await CarPark.open();
    const answer = await park.facility.openByHand({
      ...park.opening("entry-1"),
      laneId: "entry-9",
    });
    expect(answer).toEqual({
      kind: "refused",
      reason: "unknown-lane",
      sentence: "There is no lane entry-9; lanes: entry-1, entry-2, exit-1, exit-2.",
    });
  });
});
