import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

describe("a run that was killed", () => {
  test("is followed by one that says so, with everything it had written", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    const before = park.ledger;
    await park.restart();
    expect(park.ledger.slice(0, before.length)).toEqual(before);
    expect(park.facts("edge-started")).toHaveLength(2);
    expect(park.session("BGH1234").status).toBe("open");
  });

  test("between the command and its answer: nothing is sent again, and the car may be inside", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.restart();
    await park.pass(120);
    expect(park.commands).toMatchObject([{ result: "unknown", evidence: "restart" }]);
    expect(park.passages).toMatchObject([{ outcome: "unconfirmed" }]);
    expect(park.session("BGH1234")).toMatchObject({
      status: "open",
      sessionMetadata: { assumed: true },
    });
    expect(park.openings("entry-1"), "no command is ever replayed").toBeLessThanOrEqual(1);
    expect(park.facts("gate-answered")).toMatchObject([{ result: "unknown" }]);
  });

  test("before a car that stood there had passed: it tries again under the same session", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(2);
    await park.restart();
    await park.arrive("entry-1");
    expect(park.read("entry-1", "BGH1234").kind).toBe("open");
    await park.cross("entry-1");
    expect(park.sessions.map(({ status }) => status)).toEqual(["open"]);
    expect(park.facts("lane-decided").at(-1)).toMatchObject({ reason: "same-vehicle" });
  });

  test("after the gate had refused: the car is not taken for one inside", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("rejects");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(2);
    await park.restart();
    expect(park.session("BGH1234").status).toBe("pending");
  });

  test("after a gate had opened whose answer was lost: the car may be inside", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("answer-lost");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(4.5);
    expect(park.commands).toMatchObject([{ result: "unreachable" }]);
    await park.restart();
    expect(park.session("BGH1234")).toMatchObject({
      status: "open",
      sessionMetadata: { assumed: true },
    });
  });

  test("after a gate had opened, and neither its answer nor the car was seen: the next car cancels nothing", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("answer-lost");
    park.lane("entry-1").inputs.setLost(true);
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(4.5);
    expect(park.commands).toMatchObject([{ result: "unreachable" }]);
    expect(park.passages).toMatchObject([{ movedAt: null }]);
    await park.restart();
    park.lane("entry-1").gate.setFault("none");
    park.lane("entry-1").inputs.setLost(false);
    await park.enter("BNE77");
    expect(park.session("BGH1234")).toMatchObject({
      status: "open",
      sessionMetadata: { assumed: true },
    });
  });

  test("after the car had passed and before the arm was down: the passage ended as passed", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.cross("entry-1");
    await park.restart();
    expect(park.passages).toMatchObject([{ outcome: "passed", closedAt: null }]);
    expect(park.session("BGH1234")).toMatchObject({ status: "open", sessionMetadata: {} });
  });

  test("leaves no passage, command or alert hanging, however often it happens", async () => {
    const park = await CarPark.open();
    for (let round = 0; round < 12; round++) {
      await park.arrive("entry-1");
      park.read("entry-1", `CAR${round}`);
      await park.pass((round * 7) % 11);
      await park.restart(round % 3 === 0 ? "power" : "killed");
      await park.backOff("entry-1");
    }
    await park.pass(60);
    expect(park.passages.filter(({ outcome }) => outcome === null)).toEqual([]);
    expect(park.commands.filter(({ result }) => result === "asked")).toEqual([]);
    expect(park.openings("entry-1")).toBeLessThanOrEqual(12);
    const ended = park.facts("passage-ended").map(({ passage_id }) => passage_id);
    expect(new Set(ended).size).toBe(ended.length);
    expect(ended).toHaveLength(park.passages.length);
  });
});

describe("an exit that a restart cut off", () => {
  async function leaving(): Promise<CarPark> {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(1800);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    return park;
  }

  test("leaves the session paid, told to a person, and closed as assumed when its grace is over", async () => {
    const park = await leaving();
    await park.restart();
    expect(park.session("BGH1234")).toMatchObject({ status: "paid-grace", exitLane: null });
    expect(park.alert("exit-unconfirmed")).toMatchObject({
      subject: park.session("BGH1234").sessionId,
    });
    await park.pass(13 * 60);
    expect(park.session("BGH1234").status).toBe("paid-grace");
    await park.pass(4 * 60);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed-assumed", totalAmount: 188 });
    expect(park.alert("exit-unconfirmed")).toBeUndefined();
  });

  test("lets the car out when it is read again, and nobody is told any more", async () => {
    const park = await leaving();
    await park.restart();
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.cross("exit-1");
    await park.pass(70);
    expect(park.session("BGH1234").status).toBe("closed");
    expect(park.alerts).toEqual([]);
  });

  test("ends nothing while the car stands at an exit and is asked to pay", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(1800);
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    park.flow("exit-1").openByHand(park.opening("exit-1"));
    await park.pass(0.1);
    await park.restart();
    expect(park.alert("exit-unconfirmed")).toBeDefined();
    park.read("exit-1", "BGH1234");
    await park.pass(3 * 60);
    expect(park.session("BGH1234").status).toBe("open");
    expect(park.facts("session-closed")).toEqual([]);
    await park.backOff("exit-1");
    await park.pass(2 * 60);
    expect(park.session("BGH1234").status).toBe("closed-assumed");
  });

  test("lets the car out later still, from another exit, for what it owes then", async () => {
    const park = await leaving();
    await park.restart();
    await park.pass(3600);
    expect(park.session("BGH1234").status).toBe("closed-assumed");
    park.cards("exit-2", true);
    await park.arrive("exit-2");
    park.read("exit-2", "BGH1234");
    await park.pass(7);
    await park.cross("exit-2");
    await park.pass(12);
    expect(park.session("BGH1234")).toMatchObject({ status: "closed", paidAmount: 438 });
  });

  test("of a car without a session leaves none behind", async () => {
    const park = await CarPark.open();
    await park.arrive("exit-1");
    await park.facility.openByHand(park.opening("exit-1"));
    await park.pass(2);
    await park.restart();
    expect(park.facility.overview.sessions()).toEqual({ pending: 0, open: 0 });
    expect(park.alerts).toEqual([]);
  });
});

test("an orderly end and a new beginning lose nothing either", async () => {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  await park.arrive("entry-1");
  park.read("entry-1", "AA1");
  await park.pass(1);
  await park.facility.stop();
  await park.pass(60);
  await park.boot();
  expect(park.session("AA1")).toMatchObject({ status: "open", sessionMetadata: { assumed: true } });
  expect(park.session("BGH1234").status).toBe("open");
});

test("a charge that runs into the end of the daemon is not captured behind its back", async () => {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  const terminal = park.terminal("exit-1");
  terminal.onCardWanted(() =>
    terminal.presentCard({ lastFour: "4242", name: "Test card", approves: true }),
  );
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(0.8);
  await park.facility.stop();
  await park.pass(30);
  expect(terminal.booked.size, "the terminal took it back").toBe(0);
  expect(park.payments).toMatchObject([{ status: "started" }]);
  await park.boot();
  await park.pass(70);
  expect(park.payments).toMatchObject([{ status: "failed" }]);
});
