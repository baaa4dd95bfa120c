import type { Actor } from "@gatehouse/shared/contracts/event";
import type { ParkingTicketAnswer } from "@gatehouse/shared/contracts/parking-tickets";
import { Fault } from "@gatehouse/shared/fault";
import type { Log } from "@gatehouse/shared/ports/log";
import { printedNumber, typedNumber } from "../domain/parking-ticket.ts";
import { reasonText } from "../domain/explain.ts";
import type { Book } from "../store/book.ts";
import { findParkingTicket } from "../store/parking-tickets.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { Claim } from "./exit-ticket.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { ParkingTickets } from "./parking-tickets.ts";

export interface ParkingTicketDeskDeps {
  readonly book: Book;
  readonly log: Log;
  readonly lanes: readonly LaneRoute[];
  /** Missing: this facility has no tickets. */
  readonly tickets: ParkingTickets | undefined;
}

/** What drivers and attendants do with tickets; buttons and scanners of the lanes come in here too. */
export class ParkingTicketDesk {
  readonly #deps: ParkingTicketDeskDeps;

  constructor(deps: ParkingTicketDeskDeps) {
    this.#deps = deps;
    for (const route of deps.lanes) {
      const { lane, ports } = route.lane.deps;
      route.lane.onTicketButton(() => void this.#orTell(this.issue(lane.id, driver), lane.id));
      ports.ticketScanner?.onScan(
        (shown) => void this.#orTell(this.show(lane.id, shown, driver), lane.id),
      );
    }
  }

  /** A ticket for the vehicle at an entry; the gate opens when it is printed. */
  async issue(laneId: string, actor: Actor): Promise<ParkingTicketAnswer | Refusal> {
    const step = await this.#lane(laneId)?.issueTicket?.(actor);
    if (step === undefined) return noTickets(laneId);
    if (step.kind === "refused") return step;
    if (step.kind === "denied")
      return refusal(step.reason, `No ticket: ${reasonText(step.reason)}.`);
    const number = printedNumber(step.ticket.number);
    return {
      lane_id: laneId,
      session_id: step.ticket.sessionId,
      sentence: `Ticket ${number} is printed; the gate of ${laneId} opens.`,
    };
  }

  /** @param shown what a scanner read, or the number as it is printed */
  async show(laneId: string, shown: string, actor: Actor): Promise<ParkingTicketAnswer | Refusal> {
    return this.#claim(laneId, { kind: "ticket", shown }, actor);
  }

  /** The driver has no ticket to show. */
  async lost(
    laneId: string,
    told: Omit<Extract<Claim, { kind: "lost" }>, "kind">,
    actor: Actor,
  ): Promise<ParkingTicketAnswer | Refusal> {
    return this.#claim(laneId, { kind: "lost", ...told }, actor);
  }

  /** The same ticket on a new paper. @throws Fault of the printer */
  async reprint(laneId: string, typed: string): Promise<ParkingTicketAnswer | Refusal> {
    const { book, tickets } = this.#deps;
    const printer = this.#lane(laneId)?.lane.deps.ports.printer;
    if (tickets === undefined || printer === undefined) return noTickets(laneId);
    const number = typedNumber(typed);
    const ticket = number === undefined ? undefined : findParkingTicket(book, number);
    if (ticket?.state !== "issued")
      return refusal("ticket-unknown", "No ticket with this number holds.");
    await printer.print(tickets.paperOf(ticket));
    const { sessionId: session_id } = ticket;
    return { lane_id: laneId, session_id, sentence: `Ticket ${typed} is printed again.` };
  }

  /** Whether a ticket holds, without doing anything. */
  check(shown: string): ParkingTicketAnswer | Refusal {
    const { book, tickets } = this.#deps;
    if (tickets === undefined) return noTickets("any lane");
    const found = tickets.find(book, shown);
    if (typeof found === "string") return refusal(found, `It opens nothing: ${reasonText(found)}.`);
    const { laneId: lane_id, sessionId: session_id, number } = found;
    const sentence = `Ticket ${printedNumber(number)} of ${lane_id} holds.`;
    return { lane_id, session_id, sentence };
  }

  #claim(laneId: string, claim: Claim, actor: Actor): ParkingTicketAnswer | Refusal {
    const step = this.#lane(laneId)?.claim?.(claim, actor);
    if (step === undefined) return noTickets(laneId);
    if ("kind" in step) return step;
    const sentences = {
      open: "The gate opens.",
      collect: "The driver is asked to pay.",
      ask: `A person must look: ${reasonText(step.decision.reason)}.`,
      deny: `Not let out: ${reasonText(step.decision.reason)}.`,
    } as const;
    return {
      lane_id: laneId,
      session_id: step.sessionId,
      sentence: sentences[step.decision.kind],
    };
  }

  #lane(laneId: string): LaneRoute | undefined {
    return this.#deps.lanes.find(({ lane }) => lane.deps.lane.id === laneId);
  }

  /** Nobody waits for the answer: what is refused stands on the lane's display. */
  async #orTell(step: Promise<ParkingTicketAnswer | Refusal>, laneId: string): Promise<void> {
    try {
      const answer = await step;
      if ("kind" in answer)
        this.#deps.log.info("ticket-refused", { lane: laneId, reason: answer.reason });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#deps.log.error("not-decided", { lane: laneId, error: error.message });
    }
  }
}

const driver: Actor = { kind: "system", id: "ticket" };

const noTickets = (laneId: string): Refusal =>
  refusal("no-tickets", `${laneId} issues or takes no tickets.`);
