import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { WorkOrder } from "@gatehouse/shared/contracts/directive";
import { type Instant, instantOf } from "@gatehouse/shared/time";
import { ticketAfter } from "../domain/ticket.ts";
import type { Tx } from "../store/book.ts";
import { findTicket, insertTicket, saveTicket, type TicketRow } from "../store/tickets.ts";
import { tellTicket } from "./tickets.ts";

/**
 * Keeps work that head office asks for as a ticket, and tells it like one of our own. The same order again changes
 * who does it and when, as long as it is not over.
 *
 * @returns why it could not be kept
 */
export function keepWorkOrder(tx: Tx, order: WorkOrder, now: Instant): string | undefined {
  const actor: Actor = { kind: "system", id: "head-office" };
  const known = findTicket(tx, order.ticket_id);
  if (known !== undefined && known.equipmentId !== order.equipment_id)
    return "body.ticket_id: the facility has a ticket of its own under this id";
  const scheduledAt = scheduleOf(order) ?? known?.scheduledAt ?? null;
  const technicianId = order.technician_id ?? known?.technicianId ?? null;
  if (known === undefined) {
    const row: TicketRow = {
      logId: order.ticket_id,
      equipmentId: order.equipment_id,
      maintenanceType: order.maintenance_type,
      description: order.description,
      technicianId,
      scheduledAt,
      completedAt: null,
      status: statusOf(scheduledAt, technicianId),
      openedAt: now,
      alertId: null,
      details: { opened_by: order.asked_by },
    };
    if (insertTicket(tx, row)) tellTicket(tx, row, actor, now);
    return undefined;
  }
  if (ticketAfter(known.status, "assign") === undefined)
    return `body.ticket_id: this work was ${known.status} already`;
  const status = statusOf(scheduledAt, technicianId);
  const row = { ...known, technicianId, scheduledAt, status };
  saveTicket(tx, row);
  tellTicket(tx, row, actor, now);
  return undefined;
}

const scheduleOf = ({ scheduled_at }: WorkOrder): Instant | undefined =>
  scheduled_at === undefined ? undefined : instantOf(scheduled_at);

const statusOf = (scheduledAt: number | null, technicianId: string | null): TicketRow["status"] =>
  scheduledAt !== null ? "scheduled" : technicianId === null ? "open" : "assigned";
