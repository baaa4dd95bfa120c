import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../store/book.ts";
import { saveParkingTicket, ticketOfSession } from "../store/parking-tickets.ts";

/** The session that its ticket stands for is over, or never began: the ticket opens nothing any more. */
export function endTicketOf(
  tx: Tx,
  sessionId: string,
  state: "voided" | "used",
  at: Instant,
  reason: string,
): void {
  const ticket = ticketOfSession(tx, sessionId);
  if (ticket?.state !== "issued") return;
  saveParkingTicket(tx, { ...ticket, state });
  const body = { number: ticket.number, session_id: sessionId, lane_id: ticket.laneId, reason };
  tx.append(at, { type: `parking-ticket-${state}`, body });
}
