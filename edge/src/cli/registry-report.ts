import {
  DeviceShowData,
  type Ticket,
  TicketAnswer,
  TicketsData,
} from "@gatehouse/shared/contracts/registry";
import { table } from "./table.ts";
import { plain, type Terminal } from "./terminal.ts";

/** One device, in lines of name and value, then its tickets. */
export function deviceShowLines(data: unknown, terminal: Terminal): string[] {
  const { device, tickets } = DeviceShowData.parse(data);
  const { counters, ...rest } = device;
  const rows = [...Object.entries(rest), ...Object.entries(counters)].flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)]],
  );
  return ["", table(terminal, undefined, rows), ...ticketTable(tickets, terminal)];
}

export const ticketsLines = (data: unknown, terminal: Terminal): string[] =>
  ticketTable(TicketsData.parse(data).tickets, terminal);

export function ticketLines(data: unknown): string[] {
  const { ticket } = TicketAnswer.parse(data);
  const isOver = ticket.completed_at !== null;
  return isOver
    ? []
    : [`Next: npx gatehouse tickets close ${plain(ticket.ticket_id)} --done "what was done"`];
}

function ticketTable(tickets: readonly Ticket[], terminal: Terminal): string[] {
  if (tickets.length === 0) return [];
  const rows = tickets.map((ticket) => [
    ticket.ticket_id,
    ticket.equipment_id,
    ticket.maintenance_type,
    ticket.status,
    ticket.opened_at.slice(0, 16),
    ticket.technician_id ?? "–",
    ticket.done ?? ticket.description,
  ]);
  const head = ["ticket", "device", "work", "status", "opened (UTC)", "technician", "what"];
  return ["", table(terminal, head, rows)];
}
