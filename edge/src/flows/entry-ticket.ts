import type { Actor } from "@gatehouse/shared/contracts/actor";
import { Fault } from "@gatehouse/shared/fault";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { Instant } from "@gatehouse/shared/time";
import { decideEntry } from "../domain/entry.ts";
import type { Tx } from "../store/book.ts";
import { type ParkingTicket, ticketOfSession } from "../store/parking-tickets.ts";
import { findDecisionByRequest, type Passage } from "../store/passages.ts";
import { findSession, listPendingAt, type Session } from "../store/sessions.ts";
import { admit } from "./admission.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import { type Refusal, refusal } from "./desk.ts";
import { type EntrySite, ticketScene } from "./entry-scene.ts";
import { commandEntry } from "./entry-session.ts";
import { notePrint, type ParkingTickets } from "./parking-tickets.ts";
import { readFacts } from "./reads.ts";
import { cancelSession } from "./sessions.ts";

export interface EntryTicketDeps extends EntrySite {
  readonly tickets: ParkingTickets;
  /** The last read of the vehicle that stands here. */
  readonly lastRead: () => PlateRead | undefined;
}

/** What became of a driver's wish for a ticket. */
export type TicketStep =
  | { readonly kind: "issued"; readonly ticket: ParkingTicket; readonly decisionId: string }
  | { readonly kind: "denied"; readonly reason: string }
  | Refusal;

interface Waiting {
  readonly ticket: ParkingTicket;
  readonly session: Session;
}

/**
 * An entry for vehicles without a readable plate: decide and write the session with its ticket, print, and only when
 * the paper is out let the vehicle pass.
 */
export class EntryTicket {
  readonly #deps: EntryTicketDeps;
  #isPrinting = false;

  constructor(deps: EntryTicketDeps) {
    this.#deps = deps;
  }

  /** @throws Fault `disk-full`: nothing happened */
  async issue(actor: Actor, requestId?: string): Promise<TicketStep> {
    const { lane, tickets } = this.#deps;
    const { book, clock, ports } = lane.deps;
    const { printer } = ports;
    if (printer === undefined) return noPrinter;
    const issued = this.#issuedFor(requestId);
    if (issued !== undefined) return issued;
    if (this.#isPrinting || lane.busy) return laneBusy;
    if (lane.state.arming === false) return nobodyThere;
    if (lane.state.hold === "locked") return locked;
    const step = book.write<Waiting | { kind: "denied"; reason: string }>((tx) =>
      this.#decide(tx, actor, clock.now()),
    );
    if ("kind" in step) {
      lane.show({ lines: [step.reason === "facility-full" ? "Full" : "No entry"], tone: "stop" });
      return step;
    }
    this.#isPrinting = true;
    lane.show({ lines: ["Please take your ticket"], tone: "attention" });
    try {
      await printer.print(tickets.paperOf(step.ticket));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return this.#notPrinted(step, error);
    } finally {
      this.#isPrinting = false;
    }
    return this.#open(step, actor, requestId);
  }

  /** The ticket that the same press has brought already. */
  #issuedFor(requestId: string | undefined): TicketStep | undefined {
    const { book } = this.#deps.lane.deps;
    const known = requestId === undefined ? undefined : findDecisionByRequest(book, requestId);
    const ticket = ticketOfSession(book, known?.sessionId ?? "");
    if (known === undefined || ticket === undefined) return undefined;
    return { kind: "issued", ticket, decisionId: known.decisionId };
  }

  /** The vehicle has left: a session whose vehicle never had the gate is over. */
  left(tx: Tx, at: Instant): void {
    const { deps } = this.#deps.lane;
    for (const session of listPendingAt(tx, deps.lane.id)) {
      if (session.sessionMetadata["ticket"] !== undefined)
        cancelSession(tx, deps, session, at, "backed-out");
    }
  }

  #decide(tx: Tx, actor: Actor, now: Instant): Waiting | { kind: "denied"; reason: string } {
    const { lane, tickets, lastRead } = this.#deps;
    const read = lastRead();
    const decision = decideEntry(ticketScene(tx, this.#deps, read, now));
    if (decision.kind !== "open") {
      const facts = read === undefined ? {} : { read: readFacts(read) };
      lane.decide(tx, now, { ...decision, actor, sessionId: null, ...facts });
      return { kind: "denied", reason: decision.reason };
    }
    for (const earlier of listPendingAt(tx, lane.deps.lane.id))
      cancelSession(tx, lane.deps, earlier, now, "superseded");
    const rawPlate = read === undefined ? "" : readFacts(read).rawPlate;
    const vehicleClass = read?.vehicleClass ?? "unknown";
    const session = admit(tx, lane.deps, now, { plate: "", rawPlate, vehicleClass }, "pending", {
      ticket: true,
    });
    return { session, ticket: tickets.issue(tx, session, now) };
  }

  #open({ ticket, session }: Waiting, actor: Actor, requestId: string | undefined): TicketStep {
    const { lane } = this.#deps;
    const { book, clock } = lane.deps;
    const now = clock.now();
    const opened = book.write<{ decisionId: string; passage: Passage } | undefined>((tx) => {
      notePrint(tx, ticket.number, "printed");
      const present = findSession(tx, session.sessionId);
      // It backed out, or was let in otherwise, while its ticket was being printed.
      if (present?.status !== "pending" || lane.busy || lane.state.arming === false)
        return undefined;
      const decisionId = lane.decide(tx, now, {
        kind: "open",
        reason: "ticket",
        rules: ["free-places", "ticket-printed"],
        actor,
        sessionId: session.sessionId,
        ...(requestId === undefined ? {} : { requestId }),
      });
      clearAlert(tx, now, "attendant-needed", lane.deps.lane.id);
      return { decisionId, passage: commandEntry(tx, lane, now, decisionId, present) };
    });
    if (opened === undefined) return nobodyThere;
    lane.act(opened.passage);
    lane.show({ lines: ["Welcome", "Keep your ticket"], tone: "go" });
    lane.deps.changed();
    return { kind: "issued", ticket, decisionId: opened.decisionId };
  }

  /** Surely nothing came out: the session never was. If a paper may be out, a person looks, and opens for it. */
  #notPrinted({ ticket, session }: Waiting, fault: Fault): Refusal {
    const { lane } = this.#deps;
    const { random, clock, counters } = lane.deps;
    const isUnknown = fault.code === "print-unknown";
    const at = clock.now();
    counters.count("tickets_not_printed_total", { reason: fault.code });
    lane.keep((tx) => {
      if (isUnknown) notePrint(tx, ticket.number, "unknown");
      const present = findSession(tx, session.sessionId);
      if (!isUnknown && present?.status === "pending")
        cancelSession(tx, lane.deps, present, at, "ticket-not-printed");
      raiseAlert(tx, random, at, {
        type: "attendant-needed",
        subject: lane.deps.lane.id,
        severity: "critical",
        details: { reason: `ticket-${fault.code}`, sessions: isUnknown ? [session.sessionId] : [] },
      });
    });
    lane.show({ lines: ["Please wait", "An attendant is coming"], tone: "attention" });
    lane.deps.changed();
    return refusal(fault.code, fault.hint);
  }
}

const noPrinter = refusal("no-printer", "This lane prints no tickets.");
const laneBusy = refusal("lane-busy", "A vehicle has just been served here; wait for it.");
const nobodyThere = refusal("nobody-there", "No vehicle stands at this lane any more.");
const locked = refusal("lane-locked", "The lane is locked: unlock it first.");
