import { factOf, type LedgerFact, LedgerLine } from "@gatehouse/shared/contracts/event";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import { referencePrice } from "./reference-tariff.ts";

export type Complain = (invariant: string, what: string) => void;

/** A session as the ledger alone tells it. Times are the world's, in milliseconds. */
export interface FoldedSession {
  readonly sessionId: string;
  readonly lane: string;
  readonly plate: string;
  readonly vehicleClass: string;
  readonly tariffKey: string;
  readonly permitId: string | null;
  readonly pendingAt: number;
  status: "pending" | "open" | "cancelled" | "closed" | "closed-unpaid" | "closed-assumed";
  openedAt: number | undefined;
  /** Opened because nothing could see whether the vehicle passed. */
  assumed: boolean;
  orphan: boolean;
  paid: number;
  graceUntil: number | undefined;
  lastQuote: { readonly at: number; readonly total: number } | undefined;
  endedAt: number | undefined;
}

interface FoldedPayment {
  readonly sessionId: string;
  readonly amount: number;
  readonly terminal: string | null;
  status: "started" | "captured" | "declined" | "unknown";
  receipt: string | null;
}

interface FoldedDecision {
  readonly kind: string;
  readonly reason: string;
  readonly laneId: string;
  readonly direction: string;
  readonly actor: string;
  readonly sessionId: string | null;
  readonly at: number;
}

/** How exactly the daemon can measure a stay: its lines are written within this of the truth. */
const slackMs = 2000;
/** A quote given is honoured for so long. */
const quoteHeldMs = 300_000;
/** A read is fresh for 10 s, and may wait 30 s for the car before it to pass. */
const freshReadMs = 40_000;
/** A driver may take so long to pay. */
const paidReadMs = 900_000;
const legalExit = new Set(["paid", "settled", "free", "within-grace", "permit"]);

/** Replays a ledger line by line, and complains about every line that may not follow those before it. */
export class LedgerFold {
  readonly sessions = new Map<string, FoldedSession>();
  readonly payments = new Map<string, FoldedPayment>();
  readonly decisions = new Map<string, FoldedDecision>();
  readonly commands = new Map<string, { readonly decisionId: string; answered: boolean }>();
  readonly openAlerts = new Set<string>();
  /** `terminal/receipt` of every capture. */
  readonly receipts = new Map<string, { readonly paymentId: string; readonly amount: number }>();
  /** World time at which a camera saw what it told in a read. */
  readonly seenAt = new Map<string, number>();
  readonly tariffs = new Map<string, Tariff>();
  capturedMinor = 0;
  starts = 0;
  /** Lines that only trouble brings about, by what they tell. */
  readonly marks: Record<string, number> = {};
  directivesThrough = 0;
  passagesEnded = 0;
  readonly #complain: Complain;
  readonly #openedReads = new Map<string, string>();
  readonly #commandOfDecision = new Map<string, string>();
  readonly #touched = new Set<string>();
  /** Payment whose outcome is open, by session. */
  readonly #unresolved = new Map<string, string>();

  constructor(complain: Complain) {
    this.#complain = complain;
  }

  knowTariff(tariff: Tariff): void {
    this.tariffs.set(`${tariff.tariff_id}/${tariff.version}`, tariff);
  }

  /** Sessions that a line has spoken of since the last call. */
  takeTouched(): string[] {
    const ids = [...this.#touched];
    this.#touched.clear();
    return ids;
  }

  /** Payments whose outcome is not known. */
  get unresolvedCount(): number {
    return this.#unresolved.size;
  }

  /** @param at world time at which the line was written */
  apply(text: string, at: number): void {
    const line = LedgerLine.parse(JSON.parse(text));
    const fact = factOf(line);
    if (fact === undefined)
      return this.#complain("I7", `line ${line.seq} is no known fact: ${text}`);
    this.#fold(fact, at);
  }

  #fold({ type, body }: LedgerFact, at: number): void {
    if ("session_id" in body && typeof body.session_id === "string") {
      this.#touched.add(body.session_id);
    }
    switch (type) {
      case "edge-started":
        this.starts++;
        return;
      case "session-pending":
        return this.#pending(body, at);
      case "session-opened":
        if (body.assumed) this.#mark("entries assumed");
        return this.#change(body.session_id, ["pending"], (session) => {
          session.status = "open";
          session.openedAt = at;
          session.assumed = body.assumed;
        });
      case "session-cancelled":
        return this.#change(body.session_id, ["pending"], (session) => {
          session.status = "cancelled";
          session.endedAt = at;
        });
      case "session-flagged":
        return this.#flag(body.session_id, body.flag);
      case "session-quoted":
        return this.#quote(body, at);
      case "session-settled":
        return this.#change(body.session_id, ["open", "pending"], (session) => {
          session.status = "open";
          session.openedAt ??= at;
          if (body.paid_minor !== session.paid) {
            this.#complain(
              "I1",
              `${body.session_id} settled ${body.paid_minor} of ${session.paid}`,
            );
          }
          const tariff = this.tariffs.get(session.tariffKey);
          session.graceUntil = at + (tariff?.exit_grace_s ?? 0) * 1000;
        });
      case "session-closed":
        return this.#close(body, at);
      case "payment-started":
        return this.#start(body);
      case "payment-captured":
        return this.#capture(body);
      case "payment-declined":
      case "payment-unknown":
        return this.#endPayment(body.payment_id, type);
      case "lane-decided":
        return this.#decide(body, at);
      case "gate-commanded":
        return this.#command(body);
      case "gate-answered":
        return this.#answer(body.command_id);
      case "alert-raised": {
        this.openAlerts.add(body.alert_id);
        return;
      }
      case "alert-resolved": {
        if (!this.openAlerts.delete(body.alert_id))
          this.#complain("I7", `alert ${body.alert_id} resolved but never raised`);
        return;
      }
      case "directive-applied": {
        if (body.number !== this.directivesThrough + 1)
          this.#complain("I7", `directive ${body.number} follows ${this.directivesThrough}`);
        this.directivesThrough = body.number;
        return;
      }
      case "clock-stepped":
        this.#mark("clock steps noticed");
        return;
      case "passage-ended":
        this.passagesEnded++;
        return;
      case "gate-opened-unexplained":
      case "space-stay-closed":
      case "occupancy-hour":
        return;
    }
  }

  #mark(what: string): void {
    this.marks[what] = (this.marks[what] ?? 0) + 1;
  }

  #pending(body: Extract<LedgerFact, { type: "session-pending" }>["body"], at: number): void {
    if (this.sessions.has(body.session_id))
      this.#complain("I2", `session ${body.session_id} begins twice`);
    this.sessions.set(body.session_id, {
      sessionId: body.session_id,
      lane: body.lane_id,
      plate: body.plate,
      vehicleClass: body.vehicle_class,
      tariffKey: `${body.tariff_id}/${body.tariff_version}`,
      permitId: body.permit_id,
      pendingAt: at,
      status: "pending",
      openedAt: undefined,
      assumed: false,
      orphan: false,
      paid: 0,
      graceUntil: undefined,
      lastQuote: undefined,
      endedAt: undefined,
    });
  }

  #change(
    sessionId: string,
    from: readonly FoldedSession["status"][],
    change: (session: FoldedSession) => void,
  ): void {
    const session = this.sessions.get(sessionId);
    if (session === undefined) return this.#complain("I7", `unknown session ${sessionId}`);
    if (!from.includes(session.status)) {
      this.#complain("I2", `session ${sessionId} is ${session.status}, expected ${from.join("|")}`);
    }
    change(session);
  }

  #flag(sessionId: string, flag: string): void {
    const session = this.sessions.get(sessionId);
    if (session === undefined) return this.#complain("I7", `unknown session ${sessionId}`);
    if (flag === "orphan-exit") {
      this.#mark("exits without a session");
      session.orphan = true;
      session.status = "open";
    }
    if (flag === "reopened") {
      if (session.status !== "closed-assumed")
        this.#complain("I2", `session ${sessionId} reopened from ${session.status}`);
      session.status = "open";
      session.endedAt = undefined;
    }
  }

  /** I8: what is asked for is the reference price of the true stay, or an earlier quote that still holds. */
  #quote(body: Extract<LedgerFact, { type: "session-quoted" }>["body"], at: number): void {
    const session = this.sessions.get(body.session_id);
    if (session === undefined)
      return this.#complain("I7", `quote for unknown session ${body.session_id}`);
    const tariff = this.tariffs.get(session.tariffKey);
    if (tariff === undefined) return this.#complain("I8", `unknown tariff ${session.tariffKey}`);
    if (body.due_minor !== Math.max(0, body.total_minor - session.paid)) {
      this.#complain(
        "I8",
        `${body.session_id} due ${body.due_minor} of ${body.total_minor}, paid ${session.paid}`,
      );
    }
    const held =
      session.lastQuote !== undefined && at - session.lastQuote.at <= quoteHeldMs + slackMs;
    const least = Math.max(
      session.paid,
      this.#price(session, tariff, at - (held ? quoteHeldMs + slackMs : slackMs)),
    );
    const most = Math.max(session.paid, this.#price(session, tariff, at + slackMs));
    const total = body.total_minor;
    if (session.permitId === null && (total < least || total > most)) {
      const stayMin = ((at - session.pendingAt) / 60_000).toFixed(1);
      this.#complain(
        "I8",
        `${body.session_id} quoted ${total} for ${stayMin} min (${session.vehicleClass}), expected ${least}..${most}`,
      );
    }
    if (session.lastQuote !== undefined && body.total_minor < session.lastQuote.total) {
      this.#complain("I8", `${body.session_id} quoted less for longer: ${body.total_minor}`);
    }
    session.lastQuote = { at, total: body.total_minor };
  }

  #price(session: FoldedSession, tariff: Tariff, at: number): number {
    return referencePrice(tariff, session.vehicleClass, Math.max(0, at - session.pendingAt));
  }

  #close(body: Extract<LedgerFact, { type: "session-closed" }>["body"], at: number): void {
    this.#change(body.session_id, ["open", "pending"], (session) => {
      session.status = body.outcome;
      session.endedAt = at;
      const { total_minor: total, paid_minor: paid, owed_minor: owed } = body;
      if (paid !== session.paid)
        this.#complain(
          "I1",
          `${body.session_id} closed with ${paid} paid, captured ${session.paid}`,
        );
      if (owed !== Math.max(0, total - paid))
        this.#complain("I1", `${body.session_id} owes ${owed} of ${total}, paid ${paid}`);
      const tariff = this.tariffs.get(session.tariffKey);
      if (tariff === undefined || session.permitId !== null || session.orphan) return;
      const most = Math.max(paid, this.#price(session, tariff, at + slackMs));
      if (total > most) this.#complain("I8", `${body.session_id} closed at ${total}, most ${most}`);
      const least = this.#price(session, tariff, at - quoteHeldMs - slackMs);
      const inGrace = session.graceUntil !== undefined && at <= session.graceUntil + slackMs;
      if (body.outcome !== "closed-assumed" && !inGrace && total < least) {
        this.#complain("I8", `${body.session_id} closed at ${total}, least ${least}`);
      }
    });
  }

  #start(body: Extract<LedgerFact, { type: "payment-started" }>["body"]): void {
    if (this.payments.has(body.payment_id))
      this.#complain("I1", `payment ${body.payment_id} begins twice`);
    const other = this.#unresolved.get(body.session_id);
    if (other !== undefined)
      this.#complain("I1", `${body.session_id} is charged while ${other} is not resolved`);
    this.#unresolved.set(body.session_id, body.payment_id);
    this.payments.set(body.payment_id, {
      sessionId: body.session_id,
      amount: body.amount_minor,
      terminal: body.terminal_id,
      status: "started",
      receipt: null,
    });
  }

  #capture(body: Extract<LedgerFact, { type: "payment-captured" }>["body"]): void {
    const payment = this.payments.get(body.payment_id);
    const session = this.sessions.get(body.session_id);
    if (payment === undefined || session === undefined)
      return this.#complain("I1", `captured for nobody: ${body.payment_id}`);
    if (payment.status === "captured")
      return this.#complain("I1", `payment ${body.payment_id} is captured twice`);
    const key = `${body.terminal_id ?? ""}/${body.receipt_number ?? ""}`;
    const used = this.receipts.get(key);
    if (used !== undefined)
      this.#complain("I1", `receipt ${key} pays ${used.paymentId} and ${body.payment_id}`);
    if (body.amount_minor !== payment.amount)
      this.#complain("I1", `payment ${body.payment_id} captured another amount`);
    this.receipts.set(key, { paymentId: body.payment_id, amount: body.amount_minor });
    if (body.known_by === "enquiry") this.#mark("captures found by asking");
    this.#unresolved.delete(payment.sessionId);
    payment.status = "captured";
    payment.receipt = body.receipt_number;
    session.paid += body.amount_minor;
    this.capturedMinor += body.amount_minor;
  }

  #endPayment(paymentId: string, type: "payment-declined" | "payment-unknown"): void {
    const payment = this.payments.get(paymentId);
    if (payment === undefined) return this.#complain("I1", `unknown payment ${paymentId}`);
    if (payment.status === "captured" || payment.status === "declined")
      this.#complain("I1", `payment ${paymentId} is ${payment.status}, then ${type}`);
    if (type === "payment-unknown") this.#mark("payments unknown");
    payment.status = type === "payment-declined" ? "declined" : "unknown";
    if (payment.status === "declined") this.#unresolved.delete(payment.sessionId);
  }

  #decide(body: Extract<LedgerFact, { type: "lane-decided" }>["body"], at: number): void {
    this.decisions.set(body.decision_id, {
      kind: body.kind,
      reason: body.reason,
      laneId: body.lane_id,
      direction: body.direction,
      actor: body.actor.kind,
      sessionId: body.session_id,
      at,
    });
    if (body.kind === "open" && body.reason.startsWith("by-hand:")) this.#mark("openings by hand");
    if (body.reason === "permit") this.#mark("permits used");
    if (body.kind === "deny") this.#mark("entries denied");
    if (body.kind !== "open" || body.actor.kind !== "plate-rule") return;
    if (body.read_id !== null) {
      const earlier = this.#openedReads.get(body.read_id);
      if (earlier !== undefined)
        this.#complain("I3", `read ${body.read_id} opened twice: ${earlier}, ${body.decision_id}`);
      this.#openedReads.set(body.read_id, body.decision_id);
      const age = at - (this.seenAt.get(body.read_id) ?? -Infinity);
      if (age > (body.reason === "paid" ? paidReadMs : freshReadMs) + slackMs)
        this.#complain("I3", `read ${body.read_id} opened at an age of ${age} ms`);
    }
    if (body.direction === "exit") this.#checkExit(body, at);
  }

  /** I4: no exit opens by rule unless paid, free, within grace or by a right. */
  #checkExit(body: Extract<LedgerFact, { type: "lane-decided" }>["body"], at: number): void {
    const session = this.sessions.get(body.session_id ?? "");
    if (session === undefined || !legalExit.has(body.reason))
      return this.#complain("I4", `exit opened without a reason: ${JSON.stringify(body)}`);
    const tariff = this.tariffs.get(session.tariffKey);
    if (tariff === undefined || session.permitId !== null) return;
    const inGrace = session.graceUntil !== undefined && at <= session.graceUntil + slackMs;
    const owed = this.#price(session, tariff, at - quoteHeldMs - slackMs) - session.paid;
    if (!inGrace && owed > 0)
      this.#complain("I4", `exit opened for ${session.sessionId} which owes ${owed}`);
  }

  #command(body: Extract<LedgerFact, { type: "gate-commanded" }>["body"]): void {
    const decision = this.decisions.get(body.decision_id);
    if (decision === undefined || decision.kind !== "open" || decision.laneId !== body.lane_id)
      this.#complain("I3", `command ${body.command_id} without a decision to open`);
    const other = this.#commandOfDecision.get(body.decision_id);
    if (other !== undefined)
      this.#complain("I3", `decision ${body.decision_id} has two commands: ${other}`);
    this.#commandOfDecision.set(body.decision_id, body.command_id);
    this.commands.set(body.command_id, { decisionId: body.decision_id, answered: false });
  }

  #answer(commandId: string): void {
    const command = this.commands.get(commandId);
    if (command === undefined) return this.#complain("I3", `answer to no command: ${commandId}`);
    if (command.answered) this.#complain("I7", `command ${commandId} is answered twice`);
    command.answered = true;
  }
}
