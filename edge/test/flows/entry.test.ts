import type { ListEntry, Permit } from "@gatehouse/shared/contracts/directive";
import { minutes, type Instant } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { keepListEntry, keepPermit } from "../../src/store/rights.ts";
import { CarPark, morning } from "./car-park.ts";

const permit = (plate: string): Permit => ({
  permit_id: `permit-${plate}`,
  plates: [plate],
  valid_from: "2026-01-01T00:00:00Z",
  valid_until: "2027-01-01T00:00:00Z",
});
const denied = (plate: string): ListEntry => ({ list: "deny", plate, reason: "unpaid" });

describe("a car that comes in", () => {
  test("is in the book before the barrier moves", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const bookWhenMoved = new Promise<string>((resolve) => {
      park.lane("entry-1").barrier.onMove(() => resolve(park.session("BGH1234").status));
    });
    expect(park.read("entry-1", "b-gh 1234")).toMatchObject({ kind: "open" });
    expect(park.openings("entry-1")).toBe(0);
    await park.cross("entry-1");
    expect(await bookWhenMoved).toBe("pending");
    expect(park.session("BGH1234")).toMatchObject({ status: "open", rawPlate: "b-gh 1234" });
  });

  test("proves each of the five facts of its passage", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    expect(park.passages).toMatchObject([
      {
        outcome: "passed",
        commandedEvidence: `decision ${park.decisions[0]?.decisionId}`,
        acknowledgedEvidence: "readback",
        movedEvidence: "limit-open",
        passedEvidence: "safety-loop",
        closedEvidence: "limit-open",
      },
    ]);
    const [ended] = park.facts("passage-ended");
    const facts = [
      ended?.commanded,
      ended?.acknowledged,
      ended?.moved,
      ended?.passed,
      ended?.closed,
    ];
    const times = facts.map((fact) => Date.parse(fact?.at ?? ""));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("has its entry told by the ledger from the decision to the open session", async () => {
    const park = await CarPark.open();
    const { sessionId } = await park.enter("BGH1234");
    const told = park.ledger.filter(
      ({ body }) => "session_id" in body && body.session_id === sessionId,
    );
    expect(told.map(({ type }) => type)).toEqual([
      "session-pending",
      "lane-decided",
      "gate-commanded",
      "session-opened",
      "passage-ended",
    ]);
  });

  test("is welcomed on the display with its plate, and leaves the free places behind", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(0.1);
    expect(park.lane("entry-1").sign.shown).toMatchObject({
      lines: ["Welcome", "BGH1234"],
      tone: "go",
    });
    await park.cross("entry-1");
    await park.pass(12);
    expect(park.lane("entry-1").sign.shown).toEqual({ lines: [], free: 9, tone: "neutral" });
  });

  test("comes in as it is seen by its own camera, over a line that repeats itself", async () => {
    const park = await CarPark.open();
    const { reader } = park.lane("entry-1");
    reader.setFaults({ repeated: 1, retransmitted: 1 });
    await park.arrive("entry-1");
    reader.see({
      readId: "r1",
      truePlate: "BGH1234",
      rawPlate: "BGH1234",
      confidence: 0.9,
      vehicleClass: "car",
      at: park.machine.now(),
      retransmission: false,
    });
    await park.cross("entry-1");
    await park.pass(1900);
    expect(park.decisions).toHaveLength(1);
    expect(park.openings("entry-1")).toBe(1);
    expect(reader.answered).toBe(3);
  });
});

describe("a car that does not come in", () => {
  test("has its session cancelled when it backs out before the open arm", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(5);
    await park.backOff("entry-1");
    await park.pass(4);
    expect(park.session("BGH1234").status).toBe("cancelled");
    expect(park.passages[0]).toMatchObject({ outcome: "backed-out", passedAt: null });
    expect(park.facts("session-cancelled")[0]).toMatchObject({ reason: "backed-out" });
    expect(park.facility.overview.sessions()).toEqual({ pending: 0, open: 0 });
  });

  test("keeps its session while it stands there, and uses it when it tries again", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(40);
    expect(park.passages[0]).toMatchObject({ outcome: "nobody-passed" });
    expect(park.session("BGH1234").status).toBe("pending");
    park.read("entry-1", "BGH1234");
    expect(park.decisions.map(({ reason }) => reason)).toEqual(["transient", "same-vehicle"]);
    await park.cross("entry-1");
    expect(park.sessions.map(({ status }) => status)).toEqual(["open"]);
  });

  test("loses its session when it gives up after standing there", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(40);
    await park.backOff("entry-1");
    expect(park.session("BGH1234").status).toBe("cancelled");
  });

  test("loses its session to the one that is read after it, and no session stays behind", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1284");
    await park.pass(40);
    park.read("entry-1", "BGH1234");
    await park.cross("entry-1");
    expect(park.session("BGH1284").status).toBe("cancelled");
    expect(park.session("BGH1234").status).toBe("open");
  });

  test("because the gate refused, and is never seen again, is given up after an hour", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.lane("entry-1").gate.setFault("rejects");
    park.read("entry-1", "BGH1234");
    await park.pass(10);
    await park.restart();
    expect(park.session("BGH1234").status).toBe("pending");
    await park.pass(3700);
    expect(park.session("BGH1234").status).toBe("cancelled");
    expect(park.facts("session-cancelled")).toMatchObject([{ reason: "never-passed" }]);
  });
});

describe("a car that may not come in", () => {
  test("is refused when no place is free, and told so", async () => {
    const park = await CarPark.open({ spaces: 2 });
    await park.enter("AA1");
    await park.enter("BB2");
    await park.arrive("entry-1");
    expect(park.read("entry-1", "CC3")).toEqual({ kind: "deny", reason: "facility-full" });
    await park.pass(0.1);
    expect(park.lane("entry-1").sign.shown).toMatchObject({ lines: ["Full"], tone: "stop" });
    expect(park.sessions).toHaveLength(2);
    expect(park.openings("entry-1")).toBe(2);
  });

  test("waits for a place that a pending car may still give back", async () => {
    const park = await CarPark.open({ spaces: 2 });
    await park.enter("AA1");
    await park.arrive("entry-1");
    park.read("entry-1", "BB2");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "CC3")).toMatchObject({ kind: "deny" });
    await park.pass(5);
    await park.backOff("entry-1");
    await park.pass(4);
    expect(park.read("entry-2", "CC3")).toMatchObject({ kind: "open" });
  });

  test("is refused on the deny list", async () => {
    const park = await CarPark.open();
    park.book.write((tx) => keepListEntry(tx, denied("BGH1234"), morning));
    await park.arrive("entry-1");
    expect(park.read("entry-1", "BGH1234")).toEqual({ kind: "deny", reason: "deny-listed" });
    await park.pass(0.1);
    expect(park.lane("entry-1").sign.shown).toMatchObject({ lines: ["No entry"], tone: "stop" });
    expect(park.openings("entry-1")).toBe(0);
  });

  test("is let in once its entry on the list is over", async () => {
    const park = await CarPark.open();
    const validUntil = new Date(park.machine.now() + minutes(1)).toISOString();
    const entry = { ...denied("BGH1234"), valid_until: validUntil };
    park.book.write((tx) => keepListEntry(tx, entry, morning));
    await park.arrive("entry-1");
    expect(park.read("entry-1", "BGH1234").kind).toBe("deny");
    await park.pass(60);
    expect(park.read("entry-1", "BGH1234").kind).toBe("open");
  });
});

describe("a permit", () => {
  test("opens a full facility", async () => {
    const park = await CarPark.open({ spaces: 2 });
    park.book.write((tx) => keepPermit(tx, permit("BGH1234")));
    await park.enter("AA1");
    await park.enter("BB2");
    const session = await park.enter("BGH1234");
    expect(session).toMatchObject({ status: "open", permitId: "permit-BGH1234" });
  });

  test("opens nothing when it is revoked, not yet valid or over", async () => {
    const park = await CarPark.open({ spaces: 2 });
    await park.enter("AA1");
    await park.enter("BB2");
    const bad: Partial<Permit>[] = [
      { revoked: true },
      { valid_from: "2026-12-01T00:00:00Z" },
      { valid_until: "2026-02-01T00:00:00+01:00" },
    ];
    await park.arrive("entry-1");
    const answers = bad.map((change) => {
      park.book.write((tx) => keepPermit(tx, { ...permit("BGH1234"), ...change }));
      return park.read("entry-1", "BGH1234").kind;
    });
    expect(answers).toEqual(["deny", "deny", "deny"]);
  });

  test("no longer opens for a plate that was taken off it", async () => {
    const park = await CarPark.open({ spaces: 2 });
    park.book.write((tx) => keepPermit(tx, permit("BGH1234")));
    park.book.write((tx) => keepPermit(tx, { ...permit("BGH1234"), plates: ["XY99"] }));
    await park.enter("AA1");
    await park.enter("BB2");
    await park.arrive("entry-1");
    expect(park.read("entry-1", "BGH1234").kind).toBe("deny");
    expect(park.read("entry-1", "XY99").kind).toBe("open");
  });
});

describe("a plate that cannot be read", () => {
  test.each([
    ["no plate at all", "", 0.99],
    ["an unsure one", "BGH1234", 0.4],
  ])("%s calls an attendant once, however often it is read", async (_, plate, confidence) => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    expect(park.read("entry-1", plate, { confidence }).kind).toBe("ask");
    await park.pass(5);
    expect(park.read("entry-1", plate, { confidence }).kind).toBe("ask");
    expect(park.alerts).toMatchObject([
      { alertType: "attendant-needed", subject: "entry-1", severity: "warning" },
    ]);
    expect(park.sessions).toEqual([]);
    expect(park.openings("entry-1")).toBe(0);
  });

  test("no longer needs the attendant when the car has gone", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "");
    await park.backOff("entry-1");
    expect(park.alerts).toEqual([]);
  });

  test("no longer needs the attendant when a better read has opened", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "");
    park.read("entry-1", "BGH1234");
    expect(park.alerts).toEqual([]);
  });

  test("is cut to what a plate can be, so that no camera fills the book", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "A".repeat(100_000));
    expect(park.sessions[0]?.rawPlate).toHaveLength(32);
  });
});

describe("a read that must not open", () => {
  test.each([
    ["repeated", "repeated-read", {}],
    ["older than the lane allows", "stale-read", { at: -10_001 }],
    ["ahead of its time", "stale-read", { at: 10_001 }],
    ["repeated by the camera after an outage", "retransmission", { retransmission: true }],
    ["of a car that drives the other way", "reverse-direction", { direction: "reverse" }],
  ] as const)("%s", async (_, reason, change) => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const fresh = park.plateRead("entry-1", "BGH1234");
    const { at, ...rest } = { at: 0, ...change };
    const read = { ...fresh, ...rest, at: (fresh.at + at) as Instant };
    if (reason === "repeated-read") {
      park.flow("entry-1").onRead(read);
      await park.cross("entry-1");
      await park.pass(10);
      await park.arrive("entry-1");
    }
    const before = park.openings("entry-1");
    expect(park.flow("entry-1").onRead(read)).toEqual({ kind: "ignore", reason });
    await park.pass(10);
    expect(park.openings("entry-1")).toBe(before);
    const refused = park.facility.metrics().find(({ name }) => name === "refused_total");
    expect(refused).toMatchObject({ labels: { reason }, value: 1 });
  });

  test("minutes old, and young by a clock that went back since", async () => {
    const park = await CarPark.open();
    const late = park.plateRead("entry-1", "BGH1234");
    await park.pass(160);
    park.machine.stepWall(-155_000);
    await park.arrive("entry-1");
    const ignored = { kind: "ignore", reason: "stale-read" };
    expect(park.flow("entry-1").onRead(late)).toEqual(ignored);
    await park.pass(300);
    expect(park.read("entry-1", "BGH1234").kind).toBe("open");
  });

  test("is as good as the last one that is still in time", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const at = (park.machine.now() - 10_000) as Instant;
    expect(park.read("entry-1", "BGH1234", { at }).kind).toBe("open");
  });

  test("does not open a second time when it comes again after a restart", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    const read = park.plateRead("entry-1", "BGH1234");
    park.flow("entry-1").onRead(read);
    await park.cross("entry-1");
    await park.restart();
    expect(park.flow("entry-1").onRead({ ...read, at: park.machine.now() })).toEqual({
      kind: "ignore",
      reason: "repeated-read",
    });
    expect(park.openings("entry-1")).toBe(1);
  });
});

describe("a plate that is inside already", () => {
  test("is let in; its earlier session is assumed closed and shown to a person", async () => {
    const park = await CarPark.open();
    const first = await park.enter("BGH1234");
    await park.pass(3600);
    const second = await park.enter("BGH1234");
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(park.sessions.map(({ status }) => status)).toEqual(["closed-assumed", "open"]);
    expect(park.alert("session-assumed-closed")).toMatchObject({ subject: first.sessionId });
    expect(park.facts("session-closed")).toMatchObject([
      { session_id: first.sessionId, outcome: "closed-assumed", total_minor: 0, owed_minor: 0 },
    ]);
  });

  test("at two lanes at once is two vehicles, and both are inside", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    await park.arrive("entry-2");
    park.read("entry-1", "BGH1234");
    park.read("entry-2", "BGH1234");
    for (const lane of ["entry-1", "entry-2"] as const) {
      await park.pass(lane === "entry-1" ? 3.6 : 0.1);
      park.underArm(lane, true);
      await park.pass(0.5);
      await park.backOff(lane);
      park.underArm(lane, false);
      await park.pass(0.5);
    }
    expect(park.sessions.map(({ status }) => status)).toEqual(["open", "open"]);
  });
});

describe("the car behind", () => {
  test("is served as soon as the first has passed", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.pass(1);
    expect(park.read("entry-1", "BB2")).toEqual({ kind: "ignore", reason: "waiting-for-loop" });
    expect(park.sessions).toHaveLength(1);
    await park.cross("entry-1", true);
    expect(park.session("AA1").status).toBe("open");
    expect(park.session("BB2").status).toBe("pending");
    await park.cross("entry-1");
    expect(park.session("BB2").status).toBe("open");
    expect(park.openings("entry-1")).toBe(2);
  });

  test("is served when it reaches the loop, read before it stood there", async () => {
    const park = await CarPark.open();
    expect(park.read("entry-1", "BGH1234")).toMatchObject({ reason: "waiting-for-loop" });
    await park.pass(5);
    await park.arrive("entry-1");
    expect(park.session("BGH1234").status).toBe("pending");
  });

  test("is not served by a read that has waited too long, whatever the wall clock says", async () => {
    const park = await CarPark.open();
    park.read("entry-1", "BGH1234");
    await park.pass(20);
    park.machine.stepWall(-3_600_000);
    await park.pass(11);
    await park.arrive("entry-1");
    expect(park.sessions).toEqual([]);
  });

  test("is not served while the first still stands there and does not move", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.pass(5);
    park.read("entry-1", "BB2");
    await park.pass(25);
    expect(park.passages[0]?.outcome).toBe("nobody-passed");
    expect(park.sessions.map(({ vehicleLicense }) => vehicleLicense)).toEqual(["AA1"]);
  });

  test("that follows through the open arm is told as a tailgater", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.cross("entry-1");
    park.underArm("entry-1", true);
    await park.pass(1);
    park.underArm("entry-1", false);
    await park.pass(20);
    expect(park.alert("tailgate")).toMatchObject({ subject: "entry-1", severity: "warning" });
    expect(park.passages).toMatchObject([{ outcome: "tailgated", passedEvidence: "safety-loop" }]);
  });
});

describe("a gate that does not do as it is told", () => {
  test("is written as unreachable, alarmed, and the car may try again at once", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("dead");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(4);
    expect(park.commands).toMatchObject([{ result: "unreachable" }]);
    expect(park.alert("gate-fault")).toMatchObject({ subject: "entry-1", severity: "critical" });
    expect(park.flow("entry-1").lane.state.phase).toBe("unreachable");
    park.lane("entry-1").gate.setFault("none");
    expect(park.read("entry-1", "BGH1234").kind).toBe("open");
    await park.cross("entry-1");
    expect(park.sessions.map(({ status }) => status)).toEqual(["open"]);
    expect(park.alerts).toEqual([]);
    expect(park.passages.map(({ outcome }) => outcome)).toEqual(["nobody-passed", null]);
  });

  test("gives up on the car that was read first when another plate is read there", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("dead");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1284");
    await park.pass(4);
    park.lane("entry-1").gate.setFault("none");
    park.read("entry-1", "BGH1234");
    await park.cross("entry-1");
    expect(park.session("BGH1284").status).toBe("cancelled");
    expect(park.session("BGH1234").status).toBe("open");
  });

  test("is written as rejected with what the board said", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("rejects");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(1);
    expect(park.commands).toMatchObject([
      { result: "rejected", evidence: "the board answers: illegal data address" },
    ]);
    expect(park.alert("gate-fault")).toMatchObject({ details: { result: "rejected" } });
  });

  test("lets the car pass although its answer was lost", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("answer-lost");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.cross("entry-1");
    await park.pass(12);
    expect(park.commands).toMatchObject([{ result: "unreachable" }]);
    expect(park.session("BGH1234").status).toBe("open");
    expect(park.passages).toMatchObject([{ outcome: "passed", acknowledgedAt: null }]);
  });

  test("whose contact sticks has opened, and that it may stay open is critical", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("stuck");
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(1);
    expect(park.commands).toMatchObject([{ result: "accepted", evidence: "echo" }]);
    expect(park.alerts).toMatchObject([{ alertType: "gate-release-failed", severity: "critical" }]);
    await park.cross("entry-1");
    expect(park.session("BGH1234").status).toBe("open");
    park.lane("entry-1").gate.setFault("none");
    await park.pass(60);
    expect(park.alerts).toEqual([]);
  });

  test("that opens without a command is told", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").site.arming.set(false);
    park.lane("entry-1").inputs.input("limit-open").set(true);
    await park.pass(1);
    expect(park.alert("gate-opened-unexplained")).toMatchObject({ subject: "entry-1" });
    expect(park.facts("gate-opened-unexplained")).toEqual([
      { lane_id: "entry-1", evidence: "limit-open" },
    ]);
  });
});

describe("loops that are lost", () => {
  test("leave the session open as assumed, because the car may be inside", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(3.6);
    park.lane("entry-1").inputs.setLost(true);
    await park.pass(40);
    expect(park.passages).toMatchObject([{ outcome: "unconfirmed", passedAt: null }]);
    expect(park.session("BGH1234")).toMatchObject({
      status: "open",
      sessionMetadata: { assumed: true },
    });
  });

  test("do not give the same car a second session when it tries again", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(3.6);
    park.lane("entry-1").inputs.setLost(true);
    await park.pass(40);
    park.lane("entry-1").inputs.setLost(false);
    await park.pass(1);
    park.machine.stepWall(3_600_000);
    park.read("entry-1", "BGH1234");
    await park.cross("entry-1");
    expect(park.sessions.map(({ status }) => status)).toEqual(["open"]);
  });

  test("lend no plate of a car that may be inside to the next one, whose plate cannot be read", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").inputs.setLost(true);
    await park.pass(1);
    park.read("entry-1", "BGH1234");
    await park.pass(40);
    expect(park.session("BGH1234").sessionMetadata).toMatchObject({ assumed: true });
    expect(park.read("entry-1", "").kind).toBe("ask");
    expect(park.openings("entry-1")).toBe(1);
  });

  test("that stay on are alarmed until they are quiet again", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").site.safety.set(true);
    await park.pass(601);
    expect(park.alert("loop-stuck")).toMatchObject({ subject: "entry-1", severity: "critical" });
    park.lane("entry-1").site.safety.set(false);
    await park.pass(1);
    expect(park.alerts).toEqual([]);
  });
});

test("a car that nobody could see passing keeps its session when the next one comes", async () => {
  const park = await CarPark.open();
  park.lane("entry-1").gate.setFault("answer-lost");
  park.lane("entry-1").inputs.setLost(true);
  await park.pass(1);
  park.read("entry-1", "B1");
  await park.pass(12);
  park.read("entry-1", "B2");
  await park.pass(5);
  expect(park.session("B1")).toMatchObject({ status: "open", sessionMetadata: { assumed: true } });
  expect(park.session("B2").status).toBe("pending");
});
