import { describe, expect, test } from "vitest";
import { readLine } from "../../src/domain/ledger-reading.ts";
import { project } from "../../src/domain/projection.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";

const linesOf = (ledger: EdgeLedger) =>
  ledger.lines.map((line, index) => readLine(line, ledger.epoch, index + 1));

describe("the lines of one stay", () => {
  const told = project(linesOf(writeStay(new EdgeLedger(), "1", 375)), "Europe/Berlin");

  test("end as one closed session with what was paid", () => {
    expect([...told.sessions.values()]).toEqual([
      expect.objectContaining({
        session_id: "session-1",
        state: "closed",
        entry_lane_id: "entry-1",
        exit_lane_id: "exit-1",
        plate: "AB12CDE",
        duration_s: 3600,
        paid_minor: 375,
        owed_minor: 0,
      }),
    ]);
  });

  test("end as one captured payment that remembers how it began", () => {
    expect([...told.money.payments.values()]).toEqual([
      expect.objectContaining({
        state: "captured",
        method: "card",
        currency: "EUR",
        amount_minor: 375,
      }),
    ]);
  });

  test("add up in the day", () => {
    expect([...told.days.values()]).toEqual([
      { day: "2026-11-20", captured_minor: 375, payments_captured: 1, entries: 1, exits: 1 },
    ]);
  });
});

test("money counts in the day that it is at the facility", () => {
  const ledger = new EdgeLedger();
  const payment = { payment_id: "p", session_id: "s", receipt_number: null, trace_number: null };
  const capture = {
    ...payment,
    terminal_id: null,
    card_last_four: null,
    known_by: "answer" as const,
  };
  ledger.write("payment-captured", { ...capture, amount_minor: 100 }, "2026-11-20T22:59:59.999Z");
  ledger.write("payment-captured", { ...capture, amount_minor: 200 }, "2026-11-20T23:00:00.000Z");
  const { days } = project(linesOf(ledger), "Europe/Berlin");
  expect([...days.values()].map(({ day, captured_minor }) => [day, captured_minor])).toEqual([
    ["2026-11-20", 100],
    ["2026-11-21", 200],
  ]);
});

test("a session that was assumed closed is open when its vehicle turns up, until it has left", () => {
  const ledger = writeStay(new EdgeLedger(), "1", 375);
  const state = (): string | undefined =>
    project(linesOf(ledger), "UTC").sessions.get("session-1")?.state;
  ledger.write("session-closed", { ...leaving, outcome: "closed-assumed" });
  expect(state()).toBe("closed-assumed");
  ledger.write("session-flagged", { session_id: "session-1", flag: "reopened" });
  expect(state()).toBe("open");
  ledger.write("session-closed", { ...leaving, outcome: "closed" });
  expect(state()).toBe("closed");
});

const leaving = {
  session_id: "session-1",
  lane_id: "exit-1",
  exit_at: "2026-11-20T12:00:00.000Z",
  duration_s: 3600,
  total_minor: 375,
  paid_minor: 375,
  owed_minor: 0,
};

test("flags of a session grow and an alert keeps how it began when it ends", () => {
  const ledger = new EdgeLedger()
    .write("session-flagged", { session_id: "s", flag: "overstay" })
    .write("session-flagged", { session_id: "s", flag: "misread" })
    .write("session-flagged", { session_id: "s", flag: "overstay" })
    .write("alert-raised", {
      alert_id: "a",
      alert_type: "gate-fault",
      subject: "entry-1",
      severity: "critical",
      details: { tries: 2 },
    })
    .write("alert-resolved", { alert_id: "a", by: { kind: "attendant", id: "kim" } });
  const { sessions, alerts } = project(linesOf(ledger), "UTC");
  expect(sessions.get("s")?.flags).toEqual(["overstay", "misread"]);
  expect(alerts.get("a")).toMatchObject({ severity: "critical", resolved_by: "kim" });
});

test("a session tells where its vehicle stood last, and what was taken back never was", () => {
  const by = { kind: "attendant", id: "kim" } as const;
  const ledger = writeStay(new EdgeLedger(), "1", 375);
  const session = { session_id: "session-1", plate: "AB12CDE", by };
  const at = "2026-11-20T12:00:00.000Z";
  const word = { from: at, stay_id: null, witness: "person" as const, read_id: null };
  const space = (): string | undefined =>
    project(linesOf(ledger), "UTC").sessions.get("session-1")?.space_id;
  expect(space()).toBeUndefined();
  ledger.write("session-in-space", { ...session, ...word, segment: 1, space_id: "A001" });
  expect(space()).toBe("A001");
  const ended = { ...session, segment: 1, space_id: "A001" };
  ledger.write("session-out-of-space", { ...ended, as: "space-free", last_space_id: "A001" });
  expect(space()).toBe("A001");
  ledger.write("session-out-of-space", { ...ended, as: "taken-back", last_space_id: null });
  expect(space()).toBe("");
});
