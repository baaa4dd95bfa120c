import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import type { Instant } from "@gatehouse/shared/time";
import { dayOf } from "./day.ts";
import type { ReadLine } from "./ledger-reading.ts";
import { MoneyFolder, type MoneyProjection } from "./money-projection.ts";
import { ReportFolder, type ReportProjection } from "./report-projection.ts";
import { type ToldRule, toldRule } from "./rules/told-rules.ts";

/**
 * What a run of ledger lines changes in the tables that reports read. A member that is missing stays as it is, so a
 * row tells only what these lines say; lines are folded in their order, later ones win.
 */
export interface Projection {
  readonly sessions: ReadonlyMap<string, SessionChange>;
  readonly money: MoneyProjection;
  readonly reports: ReportProjection;
  readonly stays: ReadonlyMap<string, StayRow>;
  readonly alerts: ReadonlyMap<string, AlertChange>;
  readonly days: ReadonlyMap<string, DaySums>;
  readonly directives: ReadonlyMap<number, DirectiveResult>;
  /** Those of the facility's own. */
  readonly rules: ReadonlyMap<string, ToldRule>;
}

export type SessionState =
  | "pending"
  | "open"
  | "settled"
  | "cancelled"
  | "closed"
  | "closed-unpaid"
  | "closed-assumed"
  | "superseded";

export interface SessionChange {
  session_id: string;
  state?: SessionState;
  entry_lane_id?: string;
  exit_lane_id?: string;
  plate?: string;
  raw_plate?: string;
  vehicle_class?: string;
  tariff_id?: string;
  tariff_version?: number;
  permit_id?: string | null;
  reservation_id?: string;
  entry_at?: string;
  exit_at?: string;
  is_entry_assumed?: boolean;
  duration_s?: number;
  due_minor?: number;
  total_minor?: number;
  paid_minor?: number;
  owed_minor?: number;
  grace_until?: string;
  cancel_reason?: string;
  /** Where it stands, or stood last; "" once what was said is taken back, because a null tells nothing. */
  space_id?: string;
  flags?: string[];
  changed_at: string;
}

export interface StayRow {
  readonly stay_id: string;
  readonly space_id: string;
  readonly zone_id: string;
  readonly source: string;
  readonly entry_time: string;
  readonly exit_time: string;
  readonly duration_seconds: number;
}

export interface AlertChange {
  alert_id: string;
  alert_type?: string;
  subject?: string;
  severity?: string;
  details?: Readonly<Record<string, unknown>>;
  raised_at?: string;
  resolved_at?: string;
  resolved_by?: string;
  acknowledged_at?: string;
  acknowledged_by?: string;
  seen_at: string;
}

export interface DaySums {
  readonly day: string;
  captured_minor: number;
  payments_captured: number;
  entries: number;
  exits: number;
}

export interface DirectiveResult {
  readonly number: number;
  readonly result: string;
  readonly detail?: string;
  readonly result_at: string;
}

/** A vehicle that was taken to have left shows itself at an exit; one stands there that nobody saw coming in. */
const opening: ReadonlySet<string> = new Set(["reopened", "orphan-exit"]);

/** @param timezone the facility's; a day's sums are cut in it */
export function project(lines: readonly ReadLine[], timezone: string): Projection {
  const folder = new Folder(timezone);
  for (const { fact, at, seq } of lines)
    if (fact !== undefined && at !== null) folder.fold(fact, at, seq);
  return folder;
}

class Folder implements Projection {
  readonly sessions = new Map<string, SessionChange>();
  readonly money = new MoneyFolder(
    (at) => this.#dayOf(at),
    (sessionId) => this.#spaceOf(sessionId),
  );
  readonly reports: ReportFolder;
  readonly stays = new Map<string, StayRow>();
  readonly alerts = new Map<string, AlertChange>();
  readonly days = new Map<string, DaySums>();
  readonly directives = new Map<number, DirectiveResult>();
  readonly rules = new Map<string, ToldRule>();
  readonly #timezone: string;

  constructor(timezone: string) {
    this.#timezone = timezone;
    this.reports = new ReportFolder(timezone);
  }

  fold(fact: LedgerFact, at: string, seq: number): void {
    const isOfSession = this.#foldSession(fact, at);
    this.reports.fold(fact, at);
    if (isOfSession) return;
    this.money.fold(fact, { seq, at });
    const rule = toldRule(fact, at);
    if (rule !== undefined) this.rules.set(`${rule.kind} ${rule.rule_id}`, rule);
    switch (fact.type) {
      case "payment-captured": {
        const day = this.#day(at);
        day.captured_minor += fact.body.amount_minor;
        day.payments_captured += 1;
        break;
      }
      case "space-stay-closed":
        this.stays.set(fact.body.stay_id, fact.body);
        break;
      case "alert-raised": {
        const { alert_id, alert_type, subject, severity, details } = fact.body;
        const told = { alert_id, alert_type, subject, severity, details };
        this.#change(this.alerts, alert_id, { ...told, raised_at: at, seen_at: at });
        break;
      }
      case "alert-resolved": {
        const { alert_id, by } = fact.body;
        const resolved = { resolved_at: at, resolved_by: by.id ?? by.kind, seen_at: at };
        this.#change(this.alerts, alert_id, { alert_id, ...resolved });
        break;
      }
      case "alert-acknowledged": {
        const { alert_id, by } = fact.body;
        const told = { acknowledged_at: at, acknowledged_by: by.id ?? by.kind, seen_at: at };
        this.#change(this.alerts, alert_id, { alert_id, ...told });
        break;
      }
      case "directive-applied": {
        const { number, result, detail } = fact.body;
        const told = { number, result, result_at: at };
        this.directives.set(number, detail === undefined ? told : { ...told, detail });
        break;
      }
      default:
      // The other facts are read in the ledger itself: gate commands, passages, decisions.
    }
  }

  #foldSession(fact: LedgerFact, at: string): boolean {
    switch (fact.type) {
      case "session-pending": {
        const { session_id, lane_id, plate, raw_plate, vehicle_class, permit_id } = fact.body;
        const { tariff_id, tariff_version, reservation_id } = fact.body;
        const rights = reservation_id === undefined ? { permit_id } : { permit_id, reservation_id };
        const car = { plate, raw_plate, vehicle_class, tariff_id, tariff_version, ...rights };
        this.#session(session_id, at, { state: "pending", entry_lane_id: lane_id, ...car });
        return true;
      }
      case "session-opened": {
        const { session_id, lane_id, entry_at, assumed } = fact.body;
        const entry = { entry_lane_id: lane_id, entry_at, is_entry_assumed: assumed };
        this.#session(session_id, at, { state: "open", ...entry });
        this.#day(entry_at).entries += 1;
        return true;
      }
      case "session-cancelled":
        this.#session(fact.body.session_id, at, {
          state: "cancelled",
          cancel_reason: fact.body.reason,
        });
        return true;
      case "session-quoted": {
        const { session_id, duration_s, due_minor, total_minor } = fact.body;
        this.#session(session_id, at, { duration_s, due_minor, total_minor });
        return true;
      }
      case "session-settled": {
        const { session_id, paid_minor, grace_until } = fact.body;
        this.#session(session_id, at, { state: "settled", paid_minor, grace_until });
        return true;
      }
      case "session-closed": {
        const { session_id, lane_id, outcome, exit_at, duration_s } = fact.body;
        const { total_minor, paid_minor, owed_minor } = fact.body;
        const sums = { duration_s, total_minor, paid_minor, owed_minor };
        this.#session(session_id, at, { state: outcome, exit_lane_id: lane_id, exit_at, ...sums });
        this.#day(exit_at).exits += 1;
        return true;
      }
      case "plate-corrected":
        this.#session(fact.body.session_id, at, {
          plate: fact.body.to,
          permit_id: fact.body.permit_id,
        });
        return true;
      case "session-in-space":
        this.#session(fact.body.session_id, at, { space_id: fact.body.space_id });
        return true;
      case "session-out-of-space":
        this.#session(fact.body.session_id, at, { space_id: fact.body.last_space_id ?? "" });
        return true;
      case "session-superseded":
        this.#session(fact.body.session_id, at, { state: "superseded" });
        return true;
      case "session-flagged": {
        const known = this.sessions.get(fact.body.session_id)?.flags ?? [];
        const flags = [...new Set([...known, fact.body.flag])];
        const isOpen = opening.has(fact.body.flag);
        this.#session(fact.body.session_id, at, { flags, ...(isOpen ? { state: "open" } : {}) });
        return true;
      }
      default:
        return false;
    }
  }

  /** Of a session that begins in these lines everything is known: nowhere, where they say nothing. */
  #spaceOf(sessionId: string): string | undefined {
    const told = this.sessions.get(sessionId);
    return told?.space_id ?? (told?.raw_plate === undefined ? undefined : "");
  }

  #session(id: string, at: string, change: Omit<SessionChange, "session_id" | "changed_at">): void {
    this.#change(this.sessions, id, { session_id: id, changed_at: at, ...change });
  }

  #change<T extends object>(rows: Map<string, T>, id: string, change: T): void {
    const known = rows.get(id);
    if (known === undefined) rows.set(id, change);
    else Object.assign(known, change);
  }

  #dayOf(moment: string): string {
    return dayOf(Date.parse(moment) as Instant, this.#timezone);
  }

  #day(moment: string): DaySums {
    const day = this.#dayOf(moment);
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const sums = { day, captured_minor: 0, payments_captured: 0, entries: 0, exits: 0 };
    this.days.set(day, sums);
    return sums;
  }
}
