import type { EventBody, EventType } from "@gatehouse/shared/contracts/event";
import { expect, test } from "vitest";
import { readLine } from "../../src/domain/ledger-reading.ts";
import { project } from "../../src/domain/projection.ts";
import { EdgeLedger } from "../edge-ledger.ts";

const pay = { payment_id: "p", session_id: "s" };
const captured = {
  ...pay,
  amount_minor: 250,
  receipt_number: null,
  trace_number: null,
  terminal_id: null,
  card_last_four: null,
  known_by: "callback",
} as const;
const by = { kind: "attendant", id: "anna" } as const;
const offline = { ...pay, amount_minor: 250, detail: "no answer" };
const disputed = (state: "opened" | "won" | "lost") => ({
  ...pay,
  amount_minor: 250,
  state,
  detail: "card holder",
});

type Line = { [T in EventType]: readonly [type: T, body: EventBody<T>] }[EventType];

const moneyOf = (...lines: readonly Line[]) => {
  const ledger = new EdgeLedger();
  for (const [type, body] of lines) ledger.write(type, body);
  const read = ledger.lines.map((line, index) => readLine(line, 1, index + 1));
  return project(read, "Europe/Berlin").money;
};

test.each<[string, readonly Line[]]>([
  ["accepted-offline", [["payment-accepted-offline", offline]]],
  [
    "captured",
    [
      ["payment-accepted-offline", offline],
      ["payment-captured", captured],
    ],
  ],
  [
    "reversed",
    [
      ["payment-captured", captured],
      ["payment-reversed", { ...pay, amount_minor: 250, reason: "wrong car", by }],
    ],
  ],
  [
    "disputed",
    [
      ["payment-captured", captured],
      ["payment-disputed", disputed("opened")],
    ],
  ],
  [
    "captured",
    [
      ["payment-captured", captured],
      ["payment-disputed", disputed("opened")],
      ["payment-disputed", disputed("won")],
    ],
  ],
  [
    "charged-back",
    [
      ["payment-captured", captured],
      ["payment-disputed", disputed("opened")],
      ["payment-disputed", disputed("lost")],
    ],
  ],
  [
    "captured",
    [
      ["payment-declined", { ...pay, result_code: "51", reason: "no cover" }],
      ["payment-captured", captured],
    ],
  ],
])("a payment is %s after the last of its lines", (state, lines) => {
  expect(moneyOf(...lines).payments.get("p")).toMatchObject({ state, amount_minor: 250 });
});

test("a reversed payment keeps the day on which it was taken beside the one on which it went back", () => {
  const ledger = new EdgeLedger()
    .write("payment-captured", captured, "2026-11-20T22:30:00.000Z")
    .write(
      "payment-reversed",
      { ...pay, amount_minor: 250, reason: "wrong car", by },
      "2026-11-20T23:30:00.000Z",
    );
  const read = ledger.lines.map((line, index) => readLine(line, 1, index + 1));
  expect(project(read, "Europe/Berlin").money.payments.get("p")).toMatchObject({
    captured_on: "2026-11-20",
    reversed_on: "2026-11-21",
  });
});

test("a shift that is counted is not closed before its report", () => {
  const shift = { shift_id: "z", drawer_id: "till-1", operator: "anna" };
  const move = { ...shift, reason: "", by };
  const { shifts } = moneyOf(
    ["shift-changed", { ...move, move: "open", amount_minor: 5000 }],
    ["shift-changed", { ...move, move: "drop", amount_minor: 2000 }],
    ["shift-changed", { ...move, move: "count", amount_minor: 4000 }],
  );
  expect(shifts.get("z")).toMatchObject({
    state: "counted",
    float_minor: 5000,
    counted_minor: 4000,
  });
});

test("a violation and a debt are as their last lines say", () => {
  const violation = { violation_id: "v", session_id: "s", plate: "BGH1234", penalty_minor: 3000 };
  const debt = { note_id: "n", session_id: "s", plate: null, amount_minor: 900, currency: "EUR" };
  const { violations, debts } = moneyOf(
    [
      "violation-changed",
      { ...violation, violation_type: "overstay", status: "issued", reason: "", by },
    ],
    [
      "violation-changed",
      { ...violation, violation_type: "overstay", status: "waived", reason: "ill", by },
    ],
    ["debt-changed", { ...debt, state: "open", reason: "no card", by }],
    ["debt-changed", { ...debt, state: "paid", reason: "came back", by }],
  );
  expect(violations.get("v")).toMatchObject({ status: "waived", reason: "ill" });
  expect(debts.get("n")).toMatchObject({ state: "paid" });
});
