import { KioskState, WhyAnswer } from "@gatehouse/shared/contracts/kiosk";
import { describe, expect, test } from "vitest";
import { CarPark } from "./car-park.ts";

const laneOf = (park: CarPark, laneId: string) => {
  const lane = park.facility.state().lanes.find((view) => view.lane_id === laneId);
  if (lane === undefined) throw new RangeError(laneId);
  return lane;
};

describe("the state of a facility", () => {
  test("fits its contract at every moment of a visit", async () => {
    const park = await CarPark.open();
    const look = (): unknown => KioskState.parse(park.facility.state());
    look();
    await park.arrive("entry-1");
    look();
    park.read("entry-1", "BGH1234");
    for (let moment = 0; moment < 8; moment++) {
      await park.pass(0.5);
      look();
    }
    await park.cross("entry-1");
    look();
    await park.pass(600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    for (let moment = 0; moment < 14; moment++) {
      await park.pass(0.5);
      look();
    }
    await park.cross("exit-1");
    await park.pass(12);
    expect(look()).toMatchObject({
      sessions: { pending: 0, open: 0 },
      takings: { day: "2026-06-01", captured_minor: 63, payments: 1, entries: 1, exits: 1 },
      alerts: [],
    });
  });

  test("shows each lane where it stands, with what was read and decided", async () => {
    const park = await CarPark.open();
    expect(laneOf(park, "entry-1")).toMatchObject({
      state: "idle",
      sentence: "No decision yet.",
      last_read: null,
      arming: false,
      safety: false,
      health: "unknown",
    });
    await park.arrive("entry-1");
    expect(laneOf(park, "entry-1")).toMatchObject({ state: "vehicle-present", arming: true });
    park.read("entry-1", "b-gh 1234", { confidence: 0.87 });
    const { sessionId } = park.session("BGH1234");
    expect(laneOf(park, "entry-1")).toMatchObject({
      state: "open-commanded",
      sentence: "Opened for BGH1234: there was a free place.",
      last_read: { plate: "BGH1234", raw_plate: "b-gh 1234", confidence: 0.87 },
      session_id: sessionId,
      proofs: { acknowledged: null, moved: null, passed: null, closed: null },
    });
    await park.cross("entry-1");
    expect(laneOf(park, "entry-1")).toMatchObject({
      state: "passed",
      proofs: {
        commanded: { evidence: expect.stringContaining("decision ") },
        acknowledged: { evidence: "readback" },
        moved: { evidence: "limit-open" },
        passed: { evidence: "safety-loop" },
        closed: null,
      },
    });
  });

  test("shows what a driver owes while the terminal asks for it", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.pass(3600);
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    expect(laneOf(park, "exit-1")).toMatchObject({
      state: "collecting",
      due_minor: 313,
      sentence: "Asked for payment for BGH1234: the stay is not paid yet.",
    });
  });

  test("shows the worst device of a lane, and an input that is lost as unknown", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("dead");
    park.lane("exit-2").inputs.setLost(true);
    expect(laneOf(park, "entry-1")).toMatchObject({
      health: "offline",
      health_detail: "gate gate entry-1: offline",
    });
    expect(laneOf(park, "exit-2")).toMatchObject({ health: "offline", arming: null, safety: null });
    expect(laneOf(park, "entry-2")).toMatchObject({ health: "unknown", health_detail: "" });
  });

  test("counts spaces by zone, and unknown ones as unknown", async () => {
    const park = await CarPark.open({ spaces: 4 });
    park.site.bays[0]?.sensor?.set(true);
    await park.pass(5);
    park.site.spaces.lose("A004");
    await park.pass(5);
    expect(park.facility.state().counts).toEqual({
      total: 4,
      free: 2,
      occupied: 1,
      unknown: 1,
      zones: [
        { zone_id: "west", name: "West", level: "0", total: 2, free: 1, occupied: 1, unknown: 0 },
        { zone_id: "east", name: "East", level: "0", total: 2, free: 1, occupied: 0, unknown: 1 },
      ],
    });
  });

  test("begins its takings anew at midnight where the facility stands", async () => {
    const park = await CarPark.open();
    const toMidnight = Date.parse("2026-06-01T22:00:00Z") - park.machine.now();
    await park.enter("BGH1234");
    await park.pass(toMidnight / 1000 - 120);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await park.cross("exit-1");
    expect(park.facility.state().takings).toMatchObject({
      day: "2026-06-01",
      payments: 1,
      exits: 1,
    });
    await park.pass(180);
    expect(park.facility.state().takings).toEqual({
      day: "2026-06-02",
      captured_minor: 0,
      payments: 0,
      entries: 0,
      exits: 0,
    });
  });
});

describe("why", () => {
  test("is told for a session, a decision, a passage, a payment, a command and an alert, in sentences", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "", {});
    const alert = park.alert("attendant-needed");
    await park.backOff("entry-1");
    const { sessionId } = await park.enter("BGH1234");
    await park.pass(3600);
    park.cards("exit-1", true);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(7);
    await park.cross("exit-1");
    await park.pass(12);
    const told = park.facility.why(sessionId);
    expect(WhyAnswer.parse(told)).toEqual(told);
    const paid =
      "Opened for BGH1234: the stay was paid; read with 95 % by camera-exit-1; rules: payment.";
    expect(told?.sentence).toBe(paid);
    expect(told?.lines.map(({ sentence }) => sentence)).toEqual([
      "A session was prepared for BGH1234 at entry-1.",
      expect.stringMatching(/^Opened for BGH1234: there was a free place; read with 95 % by /),
      "The gate of entry-1 was told to open.",
      "The vehicle passed; the session is open.",
      "The passage at entry-1 ended: passed; all five facts are proven.",
      expect.stringMatching(
        /^Asked for payment for BGH1234: the stay is not paid yet; .*due minor 313;/,
      ),
      "€3.13 asked for 1 h 00.",
      "€3.13 asked, by card at terminal-exit-1.",
      "Paid, receipt 0001 (known by answer).",
      "Booked (capture): card clearing €3.13, receivable -€3.13.",
      "Booked (charge): receivable €3.13, revenue -€3.13.",
      expect.stringMatching(/^Settled; free to leave until /),
      "Receipt 1 was issued at terminal-exit-1.",
      paid,
      "The gate of exit-1 was told to open.",
      "The session ended as closed after 1 h 00; owed: 0 minor units.",
      "The passage at exit-1 ended: passed; all five facts are proven.",
    ]);
    const ids = [
      park.decisions[1]?.decisionId,
      park.passages[0]?.passageId,
      park.payments[0]?.paymentId,
      park.commands[0]?.commandId,
      alert?.alertId,
    ];
    for (const id of ids) expect(park.facility.why(id ?? "")?.lines.length).toBeGreaterThan(0);
    expect(park.facility.why(alert?.alertId ?? "")?.sentence).toBe("The alert was resolved.");
  });

  test("is not told for what the ledger does not know", async () => {
    const park = await CarPark.open();
    expect(park.facility.why("nobody")).toBeUndefined();
  });
});

describe("the doctor", () => {
  test("finds a new facility healthy", async () => {
    const park = await CarPark.open();
    expect(park.facility.status()).toMatchObject({
      level: "healthy",
      verdict: "All lanes work.",
      facilityId: "small",
      version: "0.1.0",
      sessions: { pending: 0, open: 0 },
      spaces: { total: 10, free: 10, unknown: 0 },
      ledger: { epoch: 1, acknowledged: 0 },
      alerts: 0,
    });
    expect(park.facility.doctor().filter(({ ok }) => !ok)).toEqual([]);
  });

  test("calls a dead gate a fault, names the lane, and says what to try", async () => {
    const park = await CarPark.open();
    park.lane("entry-1").gate.setFault("dead");
    expect(park.facility.status()).toMatchObject({
      level: "attention",
      verdict: "A device of entry-1 is away.",
    });
    await park.arrive("entry-1");
    park.read("entry-1", "BGH1234");
    await park.pass(5);
    expect(park.facility.status()).toMatchObject({
      level: "fault",
      verdict: "entry-1: the gate did not take its command.",
      alerts: 1,
    });
    expect(park.facility.doctor().filter(({ ok }) => !ok)).toEqual([
      {
        name: "gate gate entry-1",
        ok: false,
        detail: "offline",
        next: "npx gatehouse devices; with the daemon stopped: npx gatehouse probe entry-1 --config facility.yaml",
      },
    ]);
  });

  test("counts what happened for whoever measures", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    const metrics = park.facility.metrics();
    const value = (name: string, labels = {}): number | undefined =>
      metrics.find(
        (metric) =>
          metric.name === name && JSON.stringify(metric.labels) === JSON.stringify(labels),
      )?.value;
    expect(value("sessions_opened_total")).toBe(1);
    expect(value("passages_total", { lane: "entry-1", outcome: "passed" })).toBe(1);
    expect(value("decisions_total", { lane: "entry-1", kind: "open", reason: "transient" })).toBe(
      1,
    );
    expect(value("sessions", { status: "open" })).toBe(1);
    expect(value("gate_ms", { quantile: "0.5" })).toBeGreaterThanOrEqual(0);
    expect(metrics.every(({ name }) => /^[a-z][a-z0-9_]*$/.test(name))).toBe(true);
  });
});

describe("an alert", () => {
  test("is one while it is open, is resolved by a person once, and may come again", async () => {
    const park = await CarPark.open();
    await park.arrive("entry-1");
    park.read("entry-1", "");
    park.read("entry-1", "");
    const [alert] = park.alerts;
    const actor = { kind: "attendant", id: "anna" } as const;
    expect(park.alerts).toHaveLength(1);
    expect(park.facility.resolveAlert(alert?.alertId ?? "", actor)).toBe(true);
    expect(park.facility.resolveAlert(alert?.alertId ?? "", actor)).toBe(false);
    expect(park.facility.resolveAlert("nobody", actor)).toBe(false);
    expect(park.alerts).toEqual([]);
    expect(park.facts("alert-resolved")).toEqual([{ alert_id: alert?.alertId, by: actor }]);
    park.read("entry-1", "");
    expect(park.alerts).toHaveLength(1);
  });
});
