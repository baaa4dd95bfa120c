import { type EventType, eventBodies, type LedgerFact } from "../../src/contracts/event.ts";
import { describe, expect, test } from "vitest";
import { alertText, decisionSentence, lineSentence, reasonText } from "../../src/told/explain.ts";

const at = "2026-06-01T05:30:00.000Z";
const fact = { at, evidence: "safety-loop" };
const anna = { kind: "attendant" as const, id: "anna" };
const lane = { session_id: "s", lane_id: "entry-1" };

/** One line of every type there is; a new type without a sentence does not compile here. */
const lines: { readonly [T in EventType]: Extract<LedgerFact, { type: T }>["body"] } = {
  "epoch-begun": { previous_epoch: 1, previous_seq: 900, forgotten: 40, retold: 2 },
  "edge-started": { boot_id: "b", version: "0.1.0", clock_suspect: true },
  "layout-told": { zones: [], lanes: [], devices: {} },
  "clock-stepped": { by_ms: -3_600_000 },
  "lane-decided": {
    decision_id: "d",
    lane_id: "entry-1",
    direction: "entry",
    kind: "deny",
    reason: "facility-full",
    rules: [],
    actor: { kind: "plate-rule", id: "camera-1" },
    session_id: null,
    read_id: "r",
    plate: "AA1",
    raw_plate: "AA1",
    confidence: 1,
  },
  "gate-commanded": { ...lane, command_id: "c", decision_id: "d" },
  "gate-answered": { command_id: "c", lane_id: "entry-1", result: "rejected", evidence: "busy" },
  "passage-ended": {
    ...lane,
    passage_id: "p",
    direction: "entry",
    outcome: "unconfirmed",
    commanded: fact,
    acknowledged: fact,
    moved: null,
    passed: null,
    closed: null,
  },
  "gate-opened-unexplained": { lane_id: "entry-1", evidence: "limit-open" },
  "mode-set": {
    lane_id: null,
    mode: "closed-to-all",
    actor: { kind: "attendant", id: "anna" },
    reason: "flood",
  },
  "lane-turned": {
    lane_id: "mid-1",
    direction: "exit",
    actor: { kind: "attendant", id: "anna" },
    reason: "evening",
  },
  "lane-ordered": {
    order_id: "o",
    lane_id: "entry-1",
    order: "hold-open",
    actor: { kind: "system", id: "fire-alarm" },
    reason: "fire alarm",
  },
  "lane-order-answered": {
    order_id: "o",
    lane_id: "entry-1",
    result: "accepted",
    evidence: "readback",
  },
  "session-pending": {
    ...lane,
    plate: "",
    raw_plate: "",
    vehicle_class: "car",
    tariff_id: "default",
    tariff_version: 1,
    permit_id: null,
    steady_ms: 0,
  },
  "session-opened": { ...lane, entry_at: at, steady_ms: 0, assumed: true },
  "session-cancelled": { ...lane, reason: "backed-out" },
  "session-quoted": {
    ...lane,
    duration_s: 3600,
    due_minor: 250,
    total_minor: 250,
    currency: "EUR",
    honoured_until: at,
  },
  "session-settled": { ...lane, paid_minor: 250, grace_until: at, grace_until_steady_ms: 1 },
  "session-closed": {
    ...lane,
    exit_at: at,
    duration_s: 5400,
    total_minor: 375,
    paid_minor: 0,
    owed_minor: 375,
    outcome: "closed-unpaid",
  },
  "session-flagged": { session_id: "s", flag: "reopened" },
  "plate-corrected": {
    session_id: "s",
    from: "8GH1234",
    to: "BGH1234",
    raw_plate: "8-GH 1234",
    permit_id: null,
    reason: "looked at the picture",
    by: { kind: "attendant", id: "anna" },
  },
  "session-chosen": {
    session_id: "s",
    lane_id: "exit-1",
    decision_id: "d",
    plate: "BGH1234",
    read_id: "r",
    read_plate: "8GH1234",
    by: { kind: "attendant", id: "anna" },
  },
  "session-in-space": {
    session_id: "s",
    segment: 1,
    space_id: "A001",
    plate: "BGH1234",
    from: at,
    stay_id: null,
    witness: "person",
    read_id: null,
    by: { kind: "attendant", id: "anna" },
  },
  "session-out-of-space": {
    session_id: "s",
    segment: 1,
    space_id: "A001",
    plate: "BGH1234",
    as: "space-free",
    last_space_id: "A001",
    by: { kind: "system" },
  },
  "session-superseded": {
    session_id: "s",
    kept_id: "s2",
    by: { kind: "attendant", id: "anna" },
  },
  "payment-started": {
    payment_id: "p",
    session_id: "s",
    method: "card",
    amount_minor: 250,
    currency: "EUR",
    terminal_id: "t1",
  },
  "payment-captured": {
    payment_id: "p",
    session_id: "s",
    amount_minor: 250,
    receipt_number: "0001",
    trace_number: null,
    terminal_id: "t1",
    card_last_four: "4242",
    known_by: "enquiry",
  },
  "payment-declined": {
    payment_id: "p",
    session_id: "s",
    result_code: "05",
    reason: "the bank declines",
  },
  "payment-unknown": { payment_id: "p", session_id: "s", detail: "silence" },
  "payment-accepted-offline": {
    payment_id: "p",
    session_id: "s",
    amount_minor: 250,
    detail: "gateway away",
  },
  "payment-reversed": {
    payment_id: "p",
    session_id: "s",
    amount_minor: 250,
    reason: "wrong car",
    by: anna,
  },
  "payment-disputed": {
    payment_id: "p",
    session_id: "s",
    amount_minor: 250,
    state: "opened",
    detail: "fraudulent",
  },
  "refund-changed": {
    payment_id: "p",
    session_id: "s",
    refund_id: "r",
    amount_minor: 250,
    status: "done",
    reason: "goodwill",
    requested_by: "anna",
    approved_by: "boris",
    provider_ref: "0007",
  },
  "entry-posted": {
    entry_id: "e",
    kind: "capture",
    currency: "EUR",
    payment_id: "p",
    session_id: "s",
    shift_id: null,
    lines: [
      { account: "drawer", subject: "till-1", minor: 250, rate_ppm: null },
      { account: "receivable", subject: "s", minor: -250, rate_ppm: null },
    ],
  },
  "document-issued": {
    document_id: "d",
    device_id: "till-1",
    kind: "receipt",
    number: 7,
    session_id: "s",
    payment_id: "p",
    token: "t",
    body: {},
  },
  "document-reprinted": { document_id: "d", copy: 1, by: anna },
  "shift-changed": {
    shift_id: "h",
    drawer_id: "till-1",
    operator: "anna",
    move: "drop",
    amount_minor: 20000,
    reason: "safe",
    by: anna,
  },
  "shift-closed": {
    shift_id: "h",
    drawer_id: "till-1",
    operator: "anna",
    z_number: 3,
    float_minor: 10000,
    expected_minor: 12500,
    counted_minor: 12500,
    report: {},
    signature: "x",
  },
  "violation-changed": {
    violation_id: "v",
    session_id: "s",
    violation_type: "overstay",
    status: "issued",
    penalty_minor: 3000,
    plate: "AA1",
    reason: "five hours",
    by: anna,
  },
  "validation-changed": {
    validation_id: "w",
    merchant_id: "cinema",
    session_id: "s",
    kind: "minutes",
    value: 60,
    state: "used",
    reason: "film",
    by: { kind: "merchant", id: "cinema" },
  },
  "merchant-changed": {
    merchant_id: "cinema",
    name: "Cinema",
    stay_cap_minor: 500,
    month_cap_minor: null,
    is_active: true,
    reason: "a longer contract",
    new_token: true,
    by: anna,
  },
  "value-account-changed": {
    account_id: "a",
    holder: "Ada",
    plates: ["AA1"],
    is_active: true,
    floor_limit_minor: 2000,
    last_four: "4242",
    reason: "a new plate",
    by: anna,
  },
  "subscription-changed": {
    subscription_id: "u",
    permit_id: "season-1",
    account_id: "a",
    state: "active",
    price_minor: 9000,
    paid_until: at,
    reason: "renewed",
    by: { kind: "system" },
  },
  "terminal-day-ended": {
    terminal_id: "terminal-1",
    currency: "EUR",
    totals: { from_receipt: "0001", to_receipt: "0042", count: 41, amount_minor: 12_850 },
    by: { kind: "technician", id: "chen" },
  },
  "debt-changed": {
    note_id: "n",
    session_id: "s",
    plate: "AA1",
    amount_minor: 750,
    currency: "EUR",
    state: "open",
    reason: "terminal broken",
    by: anna,
  },
  "space-stay-closed": {
    stay_id: "y",
    space_id: "A001",
    zone_id: "west",
    source: "sensor",
    entry_time: at,
    exit_time: at,
    duration_seconds: 720,
  },
  "occupancy-hour": { hour: at, zones: {}, spaces: {} },
  "alert-raised": {
    alert_id: "a",
    alert_type: "gate-fault",
    subject: "entry-1",
    severity: "critical",
    details: {},
  },
  "alert-acknowledged": { alert_id: "a", by: { kind: "attendant", id: "kim" } },
  "alert-resolved": { alert_id: "a", by: { kind: "system" } },
  "camera-flow-hour": {
    camera_id: "CAM1",
    hour: at,
    entries: 12,
    exits: 9,
    vehicles: 31,
    occupancy_rate: 0.5,
    max_occupied: 18,
  },
  "camera-view-saved": {
    camera_id: "north",
    by: { kind: "technician", id: "chen" },
    spaces: 22,
    sha256: "ab",
  },
  "spot-counted": {
    count_id: "c",
    by: { kind: "attendant", id: "anna" },
    method: "each",
    zone_id: "a",
    camera_id: null,
    spaces: 24,
    occupied: 11,
    sources: [],
  },
  "list-entry-changed": {
    list: "deny",
    plate: "AA1",
    actor: { kind: "attendant", id: "boris" },
    reason: "damaged the arm",
    before: null,
    after: { reason: "unpaid damage", valid_until: null },
  },
  "visitor-changed": {
    visitor_id: "v",
    actor: { kind: "attendant", id: "anna" },
    reason: "phone call",
    before: null,
    after: {
      kind: "contractor",
      plate: "AA1",
      name: "Lift service",
      host: null,
      valid_from: at,
      valid_until: at,
      entries_max: 2,
      ended: false,
    },
  },
  "presence-reset": {
    permit_id: null,
    vehicles: 12,
    actor: { kind: "attendant", id: "boris" },
    reason: "the gate stood open",
  },
  "device-state-changed": {
    device_id: "bay-A001",
    from: "approved",
    to: "quarantined",
    actor: { kind: "system", id: "device-conduct" },
    reason: "topic-violations",
  },
  "parking-ticket-issued": { number: 7, session_id: "s-1", lane_id: "entry-1" },
  "parking-ticket-voided": {
    number: 7,
    session_id: "s-1",
    lane_id: "entry-1",
    reason: "backed-out",
  },
  "parking-ticket-used": { number: 7, session_id: "s-1", lane_id: "entry-1", reason: "closed" },
  "parking-ticket-reprinted": {
    session_id: "s",
    lane_id: "entry-1",
    number: 7,
    reason: "wet",
    by: anna,
  },
  "parking-ticket-lost": {
    session_id: "s-1",
    lane_id: "exit-1",
    found_by: "nothing",
    reason: "left at home",
    by: { kind: "attendant", id: "anna" },
  },
  "devices-told": {
    devices: [
      {
        device_id: "bay-A001",
        kind: "bay-sensor",
        make: "plain",
        lane_id: null,
        state: "offline",
        state_since: "2026-06-01T08:00:00.000Z",
        standing: "approved",
        configured: true,
        last_seen: null,
        battery_pct: null,
        firmware: null,
      },
    ],
  },
  "ticket-changed": {
    ticket_id: "t-1",
    equipment_id: "bay-A001",
    maintenance_type: "battery",
    description: "the battery must be changed",
    status: "completed",
    technician_id: "chen",
    scheduled_at: "2026-06-01T08:00:00.000Z",
    done: "new battery",
    actor: { kind: "technician", id: "chen" },
  },
  "remedy-tried": {
    device_id: "loops-1",
    action: "reconnect-client",
    because: "it did not come back",
    outcome: "done",
    detail: "",
  },
  "directive-applied": { number: 7, kind: "tariff", result: "expired" },
};

describe("a line of the ledger", () => {
  test.each(Object.entries(lines))("%s is told in one sentence", (type, body) => {
    expect(eventBodies[type as EventType].parse(body)).toEqual(body);
    const sentence = lineSentence({ type, body } as LedgerFact);
    expect(sentence).toMatch(/^[A-Z€].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test("says what is not proven", () => {
    expect(lineSentence({ type: "passage-ended", body: lines["passage-ended"] })).toBe(
      "The passage at entry-1 ended: unconfirmed; not proven: moved, passed, closed.",
    );
  });
});

describe("a decision", () => {
  test("is told with what it rests on: the read, what was known, the rules, how long it took, who", () => {
    const body = {
      ...lines["lane-decided"],
      kind: "open" as const,
      reason: "permit",
      confidence: 0.954,
      rules: ["visitor-expired", "permit", "inside-already"],
      inputs: {
        confidence_min: 0.6,
        free_places: 0,
        mode: "full",
        inside_already: true,
        grant: "permit P1",
      },
      latency_ms: 3.2,
    };
    expect(lineSentence({ type: "lane-decided", body })).toBe(
      "Opened for AA1: the plate has a valid permit; read with 95 % by camera-1; confidence min 0.6; " +
        "free places 0; mode full; inside already; grant permit P1; " +
        "rules: visitor-expired > permit > inside-already; decided in 3.2 ms.",
    );
  });

  test.each([
    ["open", "transient", "AA1", "plate-rule", "Opened for AA1: there was a free place."],
    ["deny", "deny-listed", "AA1", "plate-rule", "Refused for AA1: the plate is on the deny list."],
    [
      "ask",
      "plate-unreadable",
      "",
      "plate-rule",
      "Asked for a person: the plate could not be read.",
    ],
    ["ask", "owes", "AA1", "plate-rule", "Asked for payment for AA1: the stay is not paid yet."],
    [
      "open",
      "by-hand:payment-terminal-broken",
      null,
      "attendant",
      "Opened: by hand: payment terminal broken, by anna.",
    ],
    ["deny", "not-yet-invented", null, "plate-rule", "Refused: not yet invented."],
  ] as const)("to %s because of %s", (kind, reason, plate, actor, sentence) => {
    expect(decisionSentence({ kind, reason, plate, actor: { kind: actor, id: "anna" } })).toBe(
      sentence,
    );
  });
});

test("a reason or an alert without words of its own is said as it stands", () => {
  expect(reasonText("over-height")).toBe("over height");
  expect(alertText("over-height", "entry-1")).toBe("entry-1: over height.");
});

test("an alert about a stay names its plate, and an id of ours is shown to nobody", () => {
  const stay = "00000000-0fd1-7862-8d1c-1c2e442a3992";
  const said = "the vehicle has stood there longer than is allowed.";
  expect(alertText("overstay", stay, { plate: "BGH1234" })).toBe(`BGH1234: ${said}`);
  expect(alertText("overstay", `overstay-${stay}`, { plate: null })).toBe(
    "The vehicle has stood there longer than is allowed.",
  );
  expect(alertText("overstay", "A001", { plate: "BGH1234" })).toBe(`A001: ${said}`);
});
