import { hours, earlier, type Instant, isoOf, minutes, later } from "@gatehouse/shared/time";
import type { ChainedLedger } from "../../../scripts/populate/chained-ledger.ts";

const by = { kind: "attendant", id: "anna" } as const;

/** What goes wrong at real sites, each in its own session. */
export function writeOddities(ledger: ChainedLedger, now: Instant): void {
  const come = (id: string, at: Instant): void => {
    const session = { session_id: id, lane_id: "entry-2" };
    ledger.write(now, "session-pending", {
      ...session,
      plate: id.toUpperCase(),
      raw_plate: id.toUpperCase(),
      vehicle_class: "van",
      tariff_id: "default",
      tariff_version: 1,
      permit_id: null,
      steady_ms: 1,
    });
    ledger.write(now, "session-opened", {
      ...session,
      entry_at: isoOf(at),
      steady_ms: 1,
      assumed: false,
    });
  };
  const leave = (
    session_id: string,
    at: Instant,
    outcome: "closed" | "closed-assumed",
    duration_s: number,
  ): void =>
    ledger.write(now, "session-closed", {
      session_id,
      lane_id: "exit-2",
      exit_at: isoOf(at),
      duration_s,
      total_minor: 0,
      paid_minor: 0,
      owed_minor: 0,
      outcome,
    });

  // It was taken to have left, turned up again and then really left.
  come("reopened", earlier(now, hours(50)));
  leave("reopened", earlier(now, hours(40)), "closed-assumed", 36_000);
  ledger.write(now, "session-flagged", { session_id: "reopened", flag: "reopened" });
  leave("reopened", earlier(now, hours(2)), "closed", 172_800);
  // It was taken to have left, turned up again and is still there.
  come("still-there", earlier(now, hours(30)));
  leave("still-there", earlier(now, hours(20)), "closed-assumed", 36_000);
  ledger.write(now, "session-flagged", { session_id: "still-there", flag: "reopened" });
  // Two sessions of one vehicle: one goes on, the other never was.
  come("doubled", earlier(now, hours(6)));
  come("kept", earlier(now, hours(6)));
  ledger.write(now, "session-superseded", { session_id: "doubled", kept_id: "kept", by });
  // Somebody said where it stands, although its lane leads to the roof.
  ledger.write(now, "session-in-space", {
    session_id: "kept",
    segment: 1,
    space_id: "A001",
    plate: "KEPT",
    from: isoOf(now),
    stay_id: null,
    witness: "person",
    read_id: null,
    by,
  });
  // Nobody saw it come in.
  ledger.write(now, "session-flagged", { session_id: "orphan", flag: "orphan-exit" });
  leave("orphan", earlier(now, hours(1)), "closed", 0);
  // Known only days later.
  come("late", earlier(now, hours(90)));
  leave("late", earlier(now, hours(89)), "closed", 3600);

  // Stored value is loaded: no revenue. A payment that nobody makes: none either.
  for (const [payment_id, method, purpose] of [
    ["loaded", "card", "top-up"],
    ["given-up", "nil", "stay"],
    ["penalty", "online", "violation"],
  ] as const) {
    const payment = { payment_id, session_id: purpose === "stay" ? "late" : null };
    ledger.write(now, "payment-started", {
      ...payment,
      method,
      amount_minor: 5000,
      currency: "EUR",
      terminal_id: null,
      purpose,
      subject_id: null,
    });
    ledger.write(later(now, minutes(1)), "payment-captured", {
      ...payment,
      amount_minor: 5000,
      receipt_number: null,
      trace_number: null,
      terminal_id: null,
      card_last_four: null,
      known_by: "callback",
    });
  }
}
