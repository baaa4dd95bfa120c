import { factOf, type LedgerFact, LedgerLine } from "@gatehouse/shared/contracts/event";
import { LaneFold } from "./lane-fold.ts";
import { MoneyFold } from "./money-fold.ts";
import { type Complain, Notebook } from "./notebook.ts";
import { PaperFold } from "./paper-fold.ts";
import { RenewalFold } from "./renewal-fold.ts";
import { SessionFold } from "./session-fold.ts";
import { ViolationFold } from "./violation-fold.ts";

/** Replays a ledger line by line, and complains about every line that may not follow those before it. */
export class LedgerFold {
  readonly notebook: Notebook;
  readonly sessions: SessionFold;
  readonly money: MoneyFold;
  readonly lanes: LaneFold;
  readonly papers: PaperFold;
  readonly renewals: RenewalFold;
  readonly violations: ViolationFold;
  readonly openAlerts = new Set<string>();
  directivesThrough = 0;
  readonly #touched = new Set<string>();

  constructor(complain: Complain) {
    this.notebook = new Notebook(complain);
    this.sessions = new SessionFold(this.notebook);
    this.money = new MoneyFold(this.sessions, this.notebook);
    this.lanes = new LaneFold(this.sessions, this.notebook);
    this.papers = new PaperFold(this.notebook);
    this.renewals = new RenewalFold(this.notebook);
    this.violations = new ViolationFold(this.notebook);
  }

  /** Sessions that a line has spoken of since the last call. */
  takeTouched(): string[] {
    const ids = [...this.#touched];
    this.#touched.clear();
    return ids;
  }

  /** @param at world time (ms) at which the line was written */
  apply(text: string, at: number): void {
    const line = LedgerLine.parse(JSON.parse(text));
    const fact = factOf(line);
    if (fact === undefined)
      return this.notebook.complain("I7", `line ${line.seq} is no known fact: ${text}`);
    if ("session_id" in fact.body && typeof fact.body.session_id === "string")
      this.#touched.add(fact.body.session_id);
    this.#fold(fact, at);
  }

  #fold({ type, body }: LedgerFact, at: number): void {
    switch (type) {
      case "session-pending":
        return this.sessions.pending(body, at);
      case "session-opened":
        return this.sessions.opened(body, at);
      case "session-cancelled":
        return this.sessions.cancelled(body);
      case "session-flagged":
        return this.sessions.flagged(body);
      case "plate-corrected":
        return this.sessions.corrected(body);
      case "session-quoted":
        return this.sessions.quoted(body, at);
      case "session-settled":
        return this.sessions.settled(body, at);
      case "session-closed":
        return this.sessions.closed(body, at);
      case "payment-started":
        return this.money.started(body);
      case "payment-captured":
        return this.money.captured(body);
      case "payment-declined":
        return this.money.declined(body);
      case "payment-unknown":
        return this.money.unknown(body);
      case "payment-accepted-offline":
        return this.money.acceptedOffline(body);
      case "payment-reversed":
        return this.money.reversed(body);
      case "refund-changed":
        return this.money.refund(body);
      case "payment-disputed":
        return this.money.disputed(body);
      case "subscription-changed":
        return this.renewals.changed(body);
      case "violation-changed":
        return this.violations.changed(body);
      case "entry-posted":
        return this.money.posted(body);
      case "document-issued":
        return this.papers.issued(body);
      case "shift-closed":
        return this.papers.shiftClosed(body);
      case "debt-changed":
        return this.notebook.mark(`debts ${body.state}`);
      case "validation-changed":
        return this.money.validation(body);
      case "lane-decided":
        return this.lanes.decided(body, at);
      case "gate-commanded":
        return this.lanes.commanded(body);
      case "gate-answered":
        return this.lanes.answered(body);
      case "passage-ended":
        this.lanes.passagesEnded++;
        return;
      case "alert-raised":
        this.openAlerts.add(body.alert_id);
        return;
      case "alert-acknowledged":
        if (!this.openAlerts.has(body.alert_id))
          this.notebook.complain("I7", `alert ${body.alert_id} acknowledged but not open`);
        return;
      case "alert-resolved":
        if (!this.openAlerts.delete(body.alert_id))
          this.notebook.complain("I7", `alert ${body.alert_id} resolved but never raised`);
        return;
      case "directive-applied":
        if (body.number !== this.directivesThrough + 1)
          this.notebook.complain("I7", `directive ${body.number} after ${this.directivesThrough}`);
        this.directivesThrough = body.number;
        return;
      case "clock-stepped":
        return this.notebook.mark("clock steps noticed");
      case "edge-started":
      case "epoch-begun":
      case "layout-told":
      case "devices-told":
      case "gate-opened-unexplained":
      case "mode-set":
      case "lane-turned":
      case "lane-ordered":
      case "lane-order-answered":
      case "space-stay-closed":
      case "occupancy-hour":
      case "camera-flow-hour":
      case "camera-view-saved":
      case "spot-counted":
      case "session-chosen":
      case "session-in-space":
      case "session-out-of-space":
      case "session-superseded":
      case "list-entry-changed":
      case "visitor-changed":
      case "presence-reset":
      case "device-state-changed":
      case "ticket-changed":
      case "remedy-tried":
      case "parking-ticket-issued":
      case "parking-ticket-voided":
      case "parking-ticket-used":
      case "parking-ticket-lost":
      case "parking-ticket-reprinted":
      case "document-reprinted":
      case "shift-changed":
      case "merchant-changed":
      case "value-account-changed":
      case "terminal-day-ended":
        return;
    }
  }
}
