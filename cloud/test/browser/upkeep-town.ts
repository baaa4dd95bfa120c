import { isoOf, type Instant } from "@gatehouse/shared/time";
import { EdgeLedger, noon, writeStay } from "../edge-ledger.ts";
import type { TestOffice } from "../head-office.ts";

const facility = {
  name: "Parkhaus Nord",
  timezone: "Europe/Berlin",
  currency: "EUR",
  locale: "de",
};
const before = (hours: number): string => isoOf((noon - hours * 3_600_000) as Instant);

/** A facility on a bad day: alerts, devices that are away, overdue work, violations in every state. */
export async function tellTrouble(office: TestOffice): Promise<void> {
  const ledger = new EdgeLedger();
  for (let car = 0; car < 5; car += 1) writeStay(ledger, `${car}`);
  const alert = (
    alert_id: string,
    alert_type: string,
    subject: string,
    severity: "critical" | "warning" | "info",
    hours: number,
  ) =>
    ledger.write(
      "alert-raised",
      { alert_id, alert_type, subject, severity, details: { detail: "input 3 stayed on" } },
      before(hours),
    );
  alert("a0", "gate-fault", "exit-1", "critical", 50);
  ledger.write(
    "alert-resolved",
    { alert_id: "a0", by: { kind: "technician", id: "chen" } },
    before(49),
  );
  alert("a1", "gate-fault", "exit-1", "critical", 0.2);
  alert("a2", "sensor-silent", "bay-A014", "warning", 3);
  alert("a3", "payment-undecided", "terminal-1", "critical", 1);
  ledger.write(
    "alert-acknowledged",
    { alert_id: "a3", by: { kind: "attendant", id: "ana" } },
    before(0.9),
  );
  alert("a4", "session-assumed-closed", "entry-1", "info", 26);
  const device = (device_id: string, state: "online" | "offline" | "new", kind: string) => ({
    device_id,
    kind,
    make: kind === "gate" ? "Modbus gate" : "MQTT bay sensor",
    lane_id: kind === "gate" ? device_id : null,
    state,
    state_since: before(state === "online" ? 240 : 6),
    standing: state === "new" ? ("new" as const) : ("approved" as const),
    configured: state !== "new",
    last_seen: before(state === "online" ? 0.1 : 6),
    battery_pct: kind === "gate" ? null : 81,
    firmware: "1.4.2",
  });
  ledger.write(
    "devices-told",
    {
      devices: [
        { ...device("bay-A014", "online", "bay-sensor"), state_since: before(400) },
        device("exit-1", "online", "gate"),
        device("entry-1", "online", "gate"),
        device("bay-A015", "online", "bay-sensor"),
        device("listener-hall", "new", "client"),
      ],
    },
    before(240),
  );
  ledger.write(
    "devices-told",
    { devices: [device("bay-A014", "offline", "bay-sensor")] },
    before(5.9),
  );
  const work = (ticket_id: string, status: "scheduled" | "completed", hours: number) =>
    ledger.write(
      "ticket-changed",
      {
        ticket_id,
        equipment_id: "exit-1",
        maintenance_type: "gate",
        description: "Grease the bearings and check the springs",
        status,
        technician_id: "chen",
        scheduled_at: before(hours),
        done: status === "completed" ? "greased; one spring renewed" : null,
        actor: { kind: "technician", id: "chen" },
      },
      before(hours + 1),
    );
  work("t1", "completed", 700);
  work("t2", "scheduled", 20);
  const violation = (
    violation_id: string,
    status: "detected" | "issued" | "escalated" | "paid" | "waived",
    hours: number,
    penalty_minor = 2500,
  ) =>
    ledger.write(
      "violation-changed",
      {
        violation_id,
        session_id: "session-1",
        violation_type: "overstay",
        status,
        penalty_minor,
        plate: "AB12CDE",
        reason: "stood 4 h 12 min, 4 h are allowed",
        by: { kind: "system" },
        evidence_sha256: "5f".repeat(32),
      },
      before(hours),
    );
  violation("v1", "detected", 900);
  violation("v1", "issued", 890);
  violation("v1", "escalated", 20, 3750);
  violation("v2", "detected", 60);
  violation("v2", "issued", 59);
  violation("v2", "paid", 30);
  violation("v3", "issued", 10);
  violation("v4", "waived", 8);
  const payment = { payment_id: "p-v2", session_id: null };
  ledger.write(
    "payment-started",
    {
      ...payment,
      method: "card",
      amount_minor: 2500,
      currency: "EUR",
      terminal_id: "terminal-1",
      purpose: "violation",
      subject_id: "v2",
    },
    before(30),
  );
  ledger.write(
    "payment-captured",
    {
      ...payment,
      amount_minor: 2500,
      receipt_number: "7",
      trace_number: "7",
      terminal_id: "terminal-1",
      card_last_four: "4242",
      known_by: "answer",
    },
    before(30),
  );
  await office.send(ledger.batch(1, undefined, { facility }));
}
