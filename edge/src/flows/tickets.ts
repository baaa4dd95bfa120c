import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  Ticket,
  TicketAnswer,
  TicketRequest,
  TicketStep,
} from "@gatehouse/shared/contracts/registry";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Instant, instantOf, isoOf } from "@gatehouse/shared/time";
import { alertText } from "@gatehouse/shared/told/explain";
import { ticketAfter, workOf } from "../domain/ticket.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  findTicket,
  insertTicket,
  isAlertTicketed,
  isTicketLive,
  listTickets,
  saveTicket,
  type TicketRow,
  ticketsOf,
} from "../store/tickets.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { OpenAlerts } from "./open-alerts.ts";

/** So many tickets are shown; older ones are in the book. */
const shown = 200;

export interface TicketsDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
}

/** Work on devices: opened by people and by malfunctions, done by technicians, each step in the ledger. */
export class Tickets {
  readonly #deps: TicketsDeps;

  constructor(deps: TicketsDeps) {
    this.#deps = deps;
  }

  list(all: boolean): readonly Ticket[] {
    return listTickets(this.#deps.book, all, shown).map(ticketView);
  }

  of(equipmentId: string): readonly Ticket[] {
    return ticketsOf(this.#deps.book, equipmentId, shown).map(ticketView);
  }

  /** The same request twice is one ticket. */
  open(asked: TicketRequest, actor: Actor): TicketAnswer | Refusal {
    const { book, clock } = this.#deps;
    const known = findTicket(book, asked.request_id);
    if (known !== undefined) return answered(known);
    const row = {
      ...newTicket(asked.request_id, clock.now(), actor),
      equipmentId: asked.equipment_id,
      maintenanceType: asked.maintenance_type,
      description: asked.description,
    };
    book.write((tx) => {
      if (insertTicket(tx, row)) this.#tell(tx, row, actor);
    });
    return answered(row);
  }

  step(ticketId: string, step: TicketStep, actor: Actor): TicketAnswer | Refusal {
    const { book, clock } = this.#deps;
    const row = findTicket(book, ticketId);
    if (row === undefined) return refusal("no-such-ticket", `There is no ticket ${ticketId}.`);
    const status = ticketAfter(row.status, step.step);
    if (status === undefined)
      return refusal("ticket-over", `The ticket was ${row.status} already.`);
    const after = { ...row, status, ...changeOf(row, step, clock.now(), actor) };
    book.write((tx) => {
      saveTicket(tx, after);
      this.#tell(tx, after, actor);
    });
    return answered(after);
  }

  /** Every open alert about equipment becomes a ticket, unless such work on it is on its way. */
  openFor(alerts: OpenAlerts): void {
    const { book, clock, random } = this.#deps;
    for (const { alertId, alertType, subject } of alerts.all) {
      const work = workOf(alertType);
      if (work === undefined || isAlertTicketed(book, alertId)) continue;
      if (isTicketLive(book, subject, work)) continue;
      alerts.also((tx) => {
        // Two alerts of this look may ask for the same work.
        if (isTicketLive(tx, subject, work)) return;
        const row = {
          ...newTicket(random.id(), clock.now(), system),
          equipmentId: subject,
          maintenanceType: work,
          description: alertText(alertType, subject),
          alertId,
        };
        if (insertTicket(tx, row)) this.#tell(tx, row, system);
      });
    }
  }

  #tell(tx: Tx, row: TicketRow, actor: Actor): void {
    tellTicket(tx, row, actor, this.#deps.clock.now());
  }
}

/** Writes into the ledger how a ticket stands now. */
export function tellTicket(tx: Tx, row: TicketRow, actor: Actor, now: Instant): void {
  tx.append(now, {
    type: "ticket-changed",
    body: {
      ticket_id: row.logId,
      equipment_id: row.equipmentId,
      maintenance_type: row.maintenanceType,
      description: row.description,
      status: row.status,
      technician_id: row.technicianId,
      scheduled_at: row.scheduledAt === null ? null : isoOf(row.scheduledAt as Instant),
      done: doneOf(row),
      actor,
    },
  });
}

const system: Actor = { kind: "system", id: "malfunction" };

const newTicket = (logId: string, now: Instant, actor: Actor) => ({
  logId,
  technicianId: null,
  scheduledAt: null,
  completedAt: null,
  status: "open" as const,
  openedAt: now,
  alertId: null,
  details: { opened_by: actor.id ?? actor.kind },
});

function changeOf(row: TicketRow, step: TicketStep, now: Instant, actor: Actor) {
  const by = actor.id ?? actor.kind;
  switch (step.step) {
    case "assign":
      return { technicianId: step.technician_id };
    case "schedule":
      return { scheduledAt: instantOf(step.scheduled_at) ?? now };
    case "complete":
      return {
        completedAt: now,
        technicianId: row.technicianId ?? by,
        details: { ...row.details, done: step.done, closed_by: by },
      };
    case "cancel":
      return { completedAt: now, details: { ...row.details, done: step.reason, closed_by: by } };
  }
}

const doneOf = ({ details }: TicketRow): string | null =>
  typeof details["done"] === "string" ? details["done"] : null;

const ticketView = (row: TicketRow): Ticket => ({
  ticket_id: row.logId,
  equipment_id: row.equipmentId,
  maintenance_type: row.maintenanceType,
  description: row.description,
  status: row.status,
  technician_id: row.technicianId,
  opened_at: isoOf(row.openedAt as Instant),
  opened_by: typeof row.details["opened_by"] === "string" ? row.details["opened_by"] : "",
  scheduled_at: row.scheduledAt === null ? null : isoOf(row.scheduledAt as Instant),
  completed_at: row.completedAt === null ? null : isoOf(row.completedAt as Instant),
  done: doneOf(row),
  alert_id: row.alertId,
});

const answered = (row: TicketRow): TicketAnswer => ({
  ticket: ticketView(row),
  sentence: `The work on ${row.equipmentId} is ${row.status}.`,
});
