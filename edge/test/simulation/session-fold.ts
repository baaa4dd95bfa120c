import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { Tariff } from "@gatehouse/shared/contracts/tariff";
import type { Notebook } from "./notebook.ts";
import { minutesIn, referencePrice } from "./reference-tariff.ts";

/** A session as the ledger alone tells it. Times are the world's, in milliseconds. */
export interface FoldedSession {
  readonly sessionId: string;
  readonly lane: string;
  plate: string;
  readonly vehicleClass: string;
  readonly tariffKey: string;
  permitId: string | null;
  readonly pendingAt: number;
  status: "pending" | "open" | "cancelled" | "closed" | "closed-unpaid" | "closed-assumed";
  openedAt: number | undefined;
  /** Opened because nothing could see whether the vehicle passed. */
  assumed: boolean;
  orphan: boolean;
  paid: number;
  /** Of its price, what was given up by a refund. */
  allowed: number;
  graceUntil: number | undefined;
  /** The price that was last told, or stood when an exit was last commanded. */
  offer: Offer | undefined;
}

/** A total in minor units; two, where it turns on a moment that nobody can tell exactly. */
interface Offer {
  readonly at: number;
  readonly least: number;
  readonly most: number;
}

/** How exactly the daemon can measure a stay: its lines are written within this of the truth. */
const slackMs = 2000;
/** A price given is honoured for so long; an exit that is commanded gives its price anew. */
const heldMs = 300_000;

/** What the ledger says of sessions: I2, I8, and the session's side of I1. */
export class SessionFold {
  readonly all = new Map<string, FoldedSession>();
  /** What is credited to all of them together. */
  paidMinor = 0;
  readonly #tariffs = new Map<string, Tariff>();
  readonly #notebook: Notebook;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  knowTariff(tariff: Tariff): void {
    this.#tariffs.set(`${tariff.tariff_id}/${tariff.version}`, tariff);
  }

  pending(body: EventBody<"session-pending">, at: number): void {
    if (this.all.has(body.session_id))
      this.#notebook.complain("I2", `session ${body.session_id} begins twice`);
    this.all.set(body.session_id, {
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
      allowed: 0,
      graceUntil: undefined,
      offer: undefined,
    });
  }

  corrected(body: EventBody<"plate-corrected">): void {
    const session = this.all.get(body.session_id);
    if (session?.plate !== body.from)
      return this.#notebook.complain("I7", `${body.session_id} had no plate ${body.from}`);
    session.plate = body.to;
    session.permitId = body.permit_id;
  }

  opened(body: EventBody<"session-opened">, at: number): void {
    const session = this.#expect(body.session_id, ["pending"]);
    if (session === undefined) return;
    session.status = "open";
    session.openedAt = at;
    session.assumed = body.assumed;
    if (body.assumed) this.#notebook.mark("entries assumed");
  }

  cancelled(body: EventBody<"session-cancelled">): void {
    const session = this.#expect(body.session_id, ["pending"]);
    if (session !== undefined) session.status = "cancelled";
  }

  flagged({ session_id: id, flag }: EventBody<"session-flagged">): void {
    if (flag === "orphan-exit") {
      const session = this.#expect(id, ["pending"]);
      this.#notebook.mark("exits without a session");
      if (session !== undefined) Object.assign(session, { orphan: true, status: "open" });
    }
    if (flag === "reopened") {
      const session = this.#expect(id, ["closed-assumed"]);
      if (session !== undefined) session.status = "open";
    }
  }

  settled(body: EventBody<"session-settled">, at: number): void {
    const session = this.#expect(body.session_id, ["open", "pending"]);
    if (session === undefined) return;
    session.status = "open";
    session.openedAt ??= at;
    if (body.paid_minor !== session.paid)
      this.#notebook.complain(
        "I1",
        `${body.session_id} settled ${body.paid_minor} of ${session.paid}`,
      );
    session.offer = undefined;
    const grace = this.#tariffs.get(session.tariffKey)?.exit_grace;
    session.graceUntil = at + (grace === undefined ? 0 : minutesIn(grace) * 60_000);
  }

  /** I8: what is asked for is the reference price of the true stay, or a price given that still holds. */
  quoted(body: EventBody<"session-quoted">, at: number): void {
    const session = this.#expect(body.session_id, ["open", "pending"]);
    if (session === undefined) return;
    const { due_minor: due, total_minor: total } = body;
    const { paid, sessionId } = session;
    if (due !== Math.max(0, total - paid))
      this.#notebook.complain("I8", `${sessionId} due ${due} of ${total}, paid ${paid}`);
    this.#checkTotal(session, total, at, "quoted");
    const price = total + session.allowed;
    session.offer = { at, least: price, most: price };
  }

  /** The exit was commanded for this session: the price of this moment holds while it drives out. */
  exitOffered(session: FoldedSession, at: number): void {
    session.offer = { at, ...this.#totalAt(session, at) };
  }

  closed(body: EventBody<"session-closed">, at: number): void {
    const session = this.#expect(body.session_id, ["open", "pending"]);
    if (session === undefined) return;
    const { total_minor: total, paid_minor: paid, owed_minor: owed, outcome } = body;
    session.status = outcome;
    const { sessionId } = session;
    if (paid !== session.paid)
      this.#notebook.complain("I1", `${sessionId} closed with ${paid}, captured ${session.paid}`);
    if (owed !== Math.max(0, total - paid))
      this.#notebook.complain("I1", `${sessionId} owes ${owed} of ${total}, paid ${paid}`);
    if (outcome !== "closed-assumed" && !session.orphan)
      this.#checkTotal(session, total, at, "closed");
  }

  /** What a session surely owes at that moment. */
  surelyOwes(session: FoldedSession, at: number): number {
    if (session.permitId !== null) return 0;
    return this.#totalAt(session, at).least - creditOf(session);
  }

  /** Money was captured for a session, or (below zero) taken back. @returns false when nobody knows the session */
  credited(sessionId: string, minor: number): boolean {
    const session = this.all.get(sessionId);
    if (session === undefined) return false;
    session.paid += minor;
    this.paidMinor += minor;
    return true;
  }

  /** Money went back, and so much of the price stands no longer. */
  allowed(sessionId: string | null, minor: number): void {
    const session = this.all.get(sessionId ?? "");
    if (session !== undefined) session.allowed += minor;
  }

  /** A payment was taken back as if it had never been: its grace is over. */
  takenBack(sessionId: string | null): void {
    const session = this.all.get(sessionId ?? "");
    if (session !== undefined) session.graceUntil = undefined;
  }

  #checkTotal(session: FoldedSession, total: number, at: number, what: string): void {
    if (session.permitId !== null) return;
    const { least, most } = this.#totalAt(session, at);
    const price = total + session.allowed;
    if (price >= least && price <= most) return;
    const stay = ((at - session.pendingAt) / 60_000).toFixed(1);
    this.#notebook.complain(
      "I8",
      `${session.sessionId} ${what} at ${total} after ${stay} min, expected ${least} to ${most}`,
    );
  }

  /**
   * What a session costs in all at that moment: nothing more in grace, the price given while it holds. What was paid
   * beyond the price is no part of it.
   */
  #totalAt(session: FoldedSession, at: number): { least: number; most: number } {
    const { graceUntil = -Infinity, offer } = session;
    const low = this.#price(session, at - slackMs);
    const high = this.#price(session, at + slackMs);
    const credit = creditOf(session);
    const settled = { least: Math.min(credit, low), most: Math.min(credit, high) };
    const heldUntil = (offer?.at ?? -Infinity) + heldMs;
    let least = low;
    let most = high;
    if (at <= heldUntil + slackMs)
      least = Math.max(settled.least, Math.min(low, offer?.least ?? low));
    if (at <= heldUntil - slackMs)
      most = Math.max(settled.most, Math.min(high, offer?.most ?? high));
    if (at <= graceUntil + slackMs) ({ least } = settled);
    if (at <= graceUntil - slackMs) ({ most } = settled);
    return { least, most };
  }

  #price(session: FoldedSession, at: number): number {
    const tariff = this.#tariffs.get(session.tariffKey);
    if (tariff === undefined) {
      this.#notebook.complain("I8", `session ${session.sessionId} has no tariff that anyone gave`);
      return 0;
    }
    return referencePrice(tariff, session.vehicleClass, Math.max(0, at - session.pendingAt));
  }

  #expect(sessionId: string, from: readonly FoldedSession["status"][]): FoldedSession | undefined {
    const session = this.all.get(sessionId);
    if (session === undefined) this.#notebook.complain("I7", `unknown session ${sessionId}`);
    else if (!from.includes(session.status)) {
      this.#notebook.complain(
        "I2",
        `session ${sessionId} is ${session.status}, expected ${from.join(" or ")}`,
      );
    }
    return session;
  }
}

/** What counts as paid against the full price. */
const creditOf = ({ paid, allowed }: FoldedSession): number => paid + allowed;
