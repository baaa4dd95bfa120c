import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

/** A car that came in an hour ago and stands at exit 1, with a card that is good. */
async function atExit(plate = "BGH1234", stayedFor = 3600): Promise<CarPark> {
  const park = await CarPark.open();
  await park.enter(plate);
  await park.pass(stayedFor);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  return park;
}

/** Drives out through an arm that has been told to open. */
async function driveOut(park: CarPark): Promise<void> {
  await park.cross("exit-1");
  await park.pass(12);
}

describe("a car that leaves", () => {
  test("pays what it owes, then the gate opens, then its session is closed", async () => {
    const park = await atExit();
    const { sessionId } = park.session("BGH1234");
    expect(park.read("exit-1", "BGH1234")).toMatchObject({ kind: "ask" });
    await park.pass(0.2);
    expect(park.lane("exit-1").sign.shown).toMatchObject({
      lines: ["3,13\u00A0€", "Please pay by card"],
    });
    expect(park.openings("exit-1")).toBe(0);
    await park.pass(7);
    expect(park.payments).toMatchObject([{ amount: 313, status: "captured", sessionId }]);
    await driveOut(park);
    expect(park.session("BGH1234")).toMatchObject({
      status: "closed",
      totalAmount: 313,
      paidAmount: 313,
      paymentStatus: "paid",
      exitLane: "exit-1",
    });
    expect(park.facts("session-closed")).toMatchObject([{ outcome: "closed", owed_minor: 0 }]);
    expect([...park.terminal("exit-1").booked.values()]).toEqual([313]);
    expect(park.facility.overview.takings()).toMatchObject({
      captured_minor: 313,
      payments: 1,
      entries: 1,
      exits: 1,
    });
  });

  test("has its exit told by the ledger in this order", async () => {
    const park = await atExit();
    const before = park.ledger.length;
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await driveOut(park);
    expect(park.ledger.slice(before).map(({ type }) => type)).toEqual([
      "lane-decided",
      "session-quoted",
      "payment-started",
      "payment-captured",
      "entry-posted",
      "entry-posted",
      "session-settled",
      "document-issued",
      "lane-decided",
      "gate-commanded",
      "gate-answered",
      "session-closed",
      "passage-ended",
    ]);
  });

  test("pays by its class and for each started quarter of an hour", async () => {
    const park = await CarPark.open();
    await park.enter("LKW1", { vehicleClass: "truck" });
    await park.pass(61 * 60);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "LKW1");
    await park.pass(7);
    expect(park.payments).toMatchObject([{ amount: 625 }]);
  });

  test("leaves for nothing what costs nothing", async () => {
    const park = await CarPark.open();
    const free = JSON.stringify([{ time: "15 min", mode: "threshold" }]);
    park.book.write((tx) =>
      tx.db.run(`update tariffs set body = json_set(body, '$.free', json('${free}'))`),
    );
    await park.enter("BGH1234");
    await park.arrive("exit-1");
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
    await park.pass(3.6);
    await driveOut(park);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 0 });
    expect(park.payments).toEqual([]);
  });

  test("that is back so soon that its tariff lets the stay go on pays only what that adds", async () => {
    const park = await CarPark.open();
    const rule = JSON.stringify({ within: "2 h", stay: "continues" });
    const cap = JSON.stringify([{ price: 3, per: "24 h" }]);
    park.book.write((tx) =>
      tx.db.run(
        `update tariffs set body = json_set(body, '$.reentry', json('${rule}'), '$.caps', json('${cap}'))`,
      ),
    );
    await park.enter("BGH1234");
    await park.pass(3600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await driveOut(park);
    expect(park.payments).toMatchObject([{ amount: 300 }]);
    await park.pass(1800);
    await park.enter("BGH1234");
    await park.pass(3600);
    await park.arrive("exit-1");
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
    await park.pass(3.6);
    await driveOut(park);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 0 });
    expect(park.payments).toHaveLength(1);
  });

  test("is found although the camera took one letter for another", async () => {
    const park = await atExit("BGH1234");
    expect(park.read("exit-1", "8GHI234").kind).toBe("ask");
    await park.pass(7);
    expect(park.payments).toMatchObject([{ status: "captured" }]);
    expect(park.facts("lane-decided").at(-2)).toMatchObject({ rules: ["match-close", "tariff"] });
  });

  test("is found by the camera's second guess", async () => {
    const park = await atExit("BGH1234");
    const candidates = [
      { plate: "XX99", confidence: 0.5 },
      { plate: "b gh 1234", confidence: 0.3 },
    ];
    park.read("exit-1", "XX99", { candidates });
    expect(park.facts("lane-decided").at(-1)).toMatchObject({
      rules: ["match-candidate", "tariff"],
    });
  });

  test("is found by the best of very many guesses", async () => {
    const park = await atExit("BGH1234");
    const candidates = Array.from({ length: 30 }, (_, index) => ({
      plate: `XX${index}`,
      confidence: 0.01,
    }));
    park.read("exit-1", "XX99", {
      candidates: [...candidates, { plate: "BGH1234", confidence: 0.4 }],
    });
    expect(park.facts("lane-decided").at(-1)).toMatchObject({
      rules: ["match-candidate", "tariff"],
    });
  });

  test("came in unseen, and is inside all the same", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(1800);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    expect(park.session("BGH1234").status).toBe("open");
    await park.pass(7);
    await driveOut(park);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 188 });
  });
});

describe("a car that nobody can tell", () => {
  test.each([
    ["without a session", "ZZZ999", "no-session"],
    ["without a plate", "", "plate-unreadable"],
  ])("%s: an attendant is called", async (_, plate, reason) => {
    const park = await atExit();
    expect(park.read("exit-1", plate)).toMatchObject({ kind: "ask" });
    expect(park.alert("attendant-needed")).toMatchObject({
      subject: "exit-1",
      severity: "warning",
      details: { reason, sessions: [] },
    });
    await park.pass(60);
    expect(park.openings("exit-1")).toBe(0);
  });

  test("between two that are as alike: both are named to the attendant", async () => {
    const park = await CarPark.open();
    const ids = [await park.enter("KAO12"), await park.enter("KAQ12")].map(
      ({ sessionId }) => sessionId,
    );
    await park.arrive("exit-1");
    park.read("exit-1", "KA012");
    expect(park.alert("attendant-needed")).toMatchObject({
      details: { reason: "several-sessions", sessions: ids },
    });
    expect(park.sessions.map(({ status }) => status)).toEqual(["open", "open"]);
  });

  test("by an unsure read of a plate like its own: an attendant is called", async () => {
    const park = await atExit();
    park.read("exit-1", "8GH1234", { confidence: 0.5 });
    expect(park.alert("attendant-needed")).toMatchObject({ details: { reason: "plate-doubtful" } });
  });

  test("at an exit without a terminal: what it owes is for the attendant", async () => {
    const park = await CarPark.open({ hasTerminals: false });
    await park.enter("BGH1234");
    await park.arrive("exit-1");
    expect(park.read("exit-1", "BGH1234")).toMatchObject({ kind: "ask" });
    expect(park.alert("attendant-needed")).toMatchObject({ details: { reason: "owes" } });
  });

  test("was let in as the same plate twice: both sessions are for a person", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    park.book.write((tx) => tx.db.run("update parking_sessions set vehicle_license = 'AA1'"));
    await park.enter("BGH1234");
    park.book.write((tx) => tx.db.run("update parking_sessions set vehicle_license = 'AA1'"));
    await park.arrive("exit-1");
    park.read("exit-1", "AA1");
    expect(park.alert("attendant-needed")).toMatchObject({
      details: { reason: "several-sessions" },
    });
  });
});

describe("a session that was assumed closed", () => {
  /** As after an exit that nobody saw. */
  async function assumedClosed(daysAgo: number): Promise<CarPark> {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    const closedAt = park.machine.now() - daysAgo * 86_400_000;
    park.book.write((tx) =>
      tx.db.run(`update parking_sessions set status = 'closed-assumed', exit_time = ${closedAt}`),
    );
    return park;
  }

  test("more than a week ago is another visit", async () => {
    const park = await assumedClosed(7.01);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    expect(park.alert("attendant-needed")).toMatchObject({ details: { reason: "no-session" } });
  });

  test("opens again when its plate turns up at an exit, and owes its whole stay", async () => {
    const park = await assumedClosed(0);
    await park.pass(3600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await driveOut(park);
    expect(park.facts("session-flagged")).toMatchObject([{ flag: "reopened" }]);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", paidAmount: 313 });
  });
});

describe("a car that is told to leave and does not", () => {
  test("is inside as before, and leaves within its grace without paying again", async () => {
    const park = await atExit();
    park.read("exit-1", "BGH1234");
    await park.pass(60);
    expect(park.passages.at(-1)).toMatchObject({ outcome: "nobody-passed" });
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", exitLane: null });
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
    await driveOut(park);
    expect(park.payments).toHaveLength(1);
    expect(park.session("BGH1234").status).toBe("closed");
  });

  test("pays the rest once its grace is over", async () => {
    const park = await atExit();
    park.read("exit-1", "BGH1234");
    await park.pass(60);
    await park.backOff("exit-1");
    await park.pass(3600);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await driveOut(park);
    expect(park.payments.map(({ amount }) => amount)).toEqual([313, 250]);
    expect(park.session("BGH1234")).toMatchObject({
      status: "closed",
      totalAmount: 563,
      paidAmount: 563,
    });
  });

  test("pays no more for the seconds between an opening at the end of its grace and its passage", async () => {
    const park = await atExit();
    park.read("exit-1", "BGH1234");
    await park.pass(60);
    const grace = park.session("BGH1234").graceUntilSteady ?? 0;
    await park.pass((grace - park.facility.steady.now()) / 1000 - 1);
    expect(park.read("exit-1", "BGH1234").kind).toBe("open");
    await driveOut(park);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", totalAmount: 313 });
  });
});

describe("two exits", () => {
  test("do not let one session out twice", async () => {
    const park = await atExit();
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(park.session("BGH1234").status).toBe("exiting");
    await park.arrive("exit-2");
    expect(park.read("exit-2", "BGH1234")).toMatchObject({ kind: "ask" });
    expect(park.facts("lane-decided").at(-1)).toMatchObject({ reason: "no-session" });
    await driveOut(park);
    expect(park.session("BGH1234").status).toBe("closed");
    expect(park.openings("exit-2")).toBe(0);
  });

  test("do not collect for one session twice", async () => {
    const park = await atExit();
    park.cards("exit-2", true);
    park.read("exit-1", "BGH1234");
    await park.arrive("exit-2");
    park.read("exit-2", "BGH1234");
    await park.pass(7);
    expect(park.payments).toHaveLength(1);
    expect(park.terminal("exit-2").booked.size).toBe(0);
    expect(park.alert("attendant-needed")).toMatchObject({ subject: "exit-2" });
    await driveOut(park);
    expect(park.session("BGH1234").status).toBe("closed");
  });
});

describe("the car behind at an exit", () => {
  test("is served as soon as the first has passed", async () => {
    const park = await atExit();
    await park.enter("AA1");
    await park.pass(600);
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    expect(park.read("exit-1", "AA1")).toMatchObject({ reason: "waiting-for-loop" });
    await park.cross("exit-1", true);
    await park.pass(7);
    expect(park.payments).toHaveLength(2);
    await driveOut(park);
    expect(park.sessions.map(({ status }) => status)).toEqual(["closed", "closed"]);
  });

  test("is not charged while the first is paying", async () => {
    const park = await atExit();
    await park.enter("AA1");
    park.read("exit-1", "BGH1234");
    await park.pass(1);
    expect(park.read("exit-1", "AA1")).toEqual({ kind: "ignore", reason: "collecting" });
  });
});

describe("an exit whose loops are lost", () => {
  test("leaves owing what was owed when it was opened by hand", async () => {
    const park = await CarPark.open({ hasTerminals: false });
    await park.enter("BGH1234");
    await park.pass(3600);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.facility.openByHand(park.opening("exit-1"));
    await park.pass(1);
    park.lane("exit-1").inputs.setLost(true);
    await park.pass(60);
    expect(park.facts("session-closed")).toMatchObject([
      { outcome: "closed-assumed", total_minor: 313, owed_minor: 313 },
    ]);
    expect(park.session("BGH1234").paymentStatus).toBe("unpaid");
  });

  test("closes the session as assumed at the price it was opened at", async () => {
    const park = await atExit();
    park.read("exit-1", "BGH1234");
    await park.pass(8);
    park.lane("exit-1").inputs.setLost(true);
    await park.pass(60);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed-assumed", totalAmount: 313 });
    expect(park.facts("session-closed")).toMatchObject([
      { outcome: "closed-assumed", owed_minor: 0 },
    ]);
  });
});

test("a car that pays while its plate comes in at an entry drives out, and what it paid is its own", async () => {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  await park.pass(1800);
  park.cards("exit-1", undefined);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(5);
  const [paying] = park.sessions;
  await park.enter("BGH1234");
  expect(park.sessions.map(({ status }) => status)).toEqual(["closed-assumed", "open"]);
  park.terminal("exit-1").presentCard({ lastFour: "4242", name: "Test card", approves: true });
  await park.pass(4);
  await park.cross("exit-1");
  await park.pass(10);
  expect(
    park.sessions.map(({ sessionId, status }) => [sessionId === paying?.sessionId, status]),
  ).toEqual([
    [true, "closed"],
    [false, "open"],
  ]);
  expect(park.sessions[0]).toMatchObject({ paidAmount: 188, totalAmount: 188 });
});
