import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { ChooseAnswer, noSessionReasons } from "@gatehouse/shared/contracts/plates";
import type { ParkingTicketAnswer } from "@gatehouse/shared/contracts/parking-tickets";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { momentOf } from "../domain/calendar.ts";
import { printedNumber, typedNumber } from "../domain/parking-ticket.ts";
import { reasonText } from "@gatehouse/shared/told/explain";
import type { Book } from "../store/book.ts";
import { findParkingTicket } from "../store/parking-tickets.ts";
import { AskedOnce } from "./asked-once.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { RepeatedChoice } from "./exit-choice.ts";
import type { ExitStep } from "./exit-decision.ts";
import type { Claim } from "./exit-ticket.ts";
import type { LaneReceipts } from "./lane-receipts.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { ParkingTickets } from "./parking-tickets.ts";
import { platesOf } from "./reads.ts";

export interface ParkingTicketDeskDeps {
  readonly book: Book;
  readonly log: Log;
  readonly lanes: readonly LaneRoute[];
  /** Missing: this facility has no tickets. */
  readonly tickets: ParkingTickets | undefined;
  /** At exits the driver's button asks for the receipt. */
  readonly receipts?: Pick<LaneReceipts, "request">;
  readonly clock: Clock;
  /** IANA zone of the times that people write. */
  readonly timezone: string;
}

type TicketAnswer = ParkingTicketAnswer | Refusal;

/** What the driver can tell instead of a ticket. */
export interface LostTicket {
  readonly plate?: string | undefined;
  /** ISO 8601; without an offset it is the facility's clock. */
  readonly enteredAt?: string | undefined;
  readonly reason: string;
}

/** What drivers and attendants do with tickets; buttons and scanners of the lanes come in here too. */
export class ParkingTicketDesk {
  readonly #deps: ParkingTicketDeskDeps;
  readonly #asked = new AskedOnce<TicketAnswer>();

  constructor(deps: ParkingTicketDeskDeps) {
    this.#deps = deps;
    for (const route of deps.lanes) {
      const { lane, ports } = route.lane.deps;
      route.lane.onTicketButton(() => void this.#orTell(this.#pressed(lane.id), lane.id));
      ports.ticketScanner?.onScan(
        (shown) => void this.#orTell(this.show(lane.id, shown, driver), lane.id),
      );
    }
  }

  /** The driver's button: a ticket at an entry, the receipt at an exit. */
  async #pressed(laneId: string): Promise<TicketAnswer> {
    const answer = await this.issue(laneId, driver);
    const { receipts } = this.#deps;
    const isExit = "kind" in answer && answer.reason === "no-tickets";
    return isExit && receipts !== undefined ? receipts.request(laneId) : answer;
  }

  /** A ticket for the vehicle at an entry; the gate opens when it is printed. */
  async issue(laneId: string, actor: Actor, requestId?: string): Promise<TicketAnswer> {
    return this.#asked.ask(requestId, async () => {
      const step = await this.#lane(laneId)?.issueTicket?.(actor, requestId);
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
    });
  }

  /** @param shown what a scanner read, or the number as it is printed */
  async show(
    laneId: string,
    shown: string,
    actor: Actor,
    requestId?: string,
  ): Promise<TicketAnswer> {
    return this.#claim(laneId, { kind: "ticket", shown }, actor, requestId);
  }

  /** The driver has no ticket to show. */
  async lost(
    laneId: string,
    { plate, enteredAt, reason }: LostTicket,
    actor: Actor,
    requestId?: string,
  ): Promise<TicketAnswer> {
    const { clock, timezone } = this.#deps;
    const entered =
      enteredAt === undefined ? undefined : momentOf(enteredAt, timezone, clock.now());
    if (enteredAt !== undefined && entered === undefined)
      return refusal("no-moment", `"${enteredAt}" is no moment: write it as 2026-06-01T18:00.`);
    if (entered !== undefined && entered > clock.now())
      return refusal("not-yet", "That moment is still to come: nobody came in then.");
    const claim = { kind: "lost", plate, enteredAt: entered, reason } as const;
    return this.#claim(laneId, claim, actor, requestId);
  }

  /** A vehicle at an exit that has no session which anybody could find: the tariff's rule for a lost ticket. */
  async without(
    laneId: string,
    why: (typeof noSessionReasons)[number],
    requestId: string,
    actor: Actor,
  ): Promise<ChooseAnswer | Refusal> {
    const read = why === "lost-ticket" ? this.#lane(laneId)?.standingRead : undefined;
    const plate = read && platesOf(read).plate;
    const reason = noSessionWords[why];
    const step = this.#lane(laneId)?.claim?.({ kind: "lost", plate, reason }, actor, requestId);
    if (step === undefined) return noTickets(laneId);
    if ("kind" in step) return step;
    const { decisionId, sessionId } = step;
    return { decision_id: decisionId, session_id: sessionId, sentence: sentenceOf(step) };
  }

  /** The same ticket on a new paper; who asked for it is written before. @throws Fault of the printer, `disk-full` */
  async reprint(
    laneId: string,
    { number: typed, reason }: { readonly number: string; readonly reason: string },
    actor: Actor,
    requestId?: string,
  ): Promise<TicketAnswer> {
    return this.#asked.ask(requestId, async () => {
      const { book, clock, tickets } = this.#deps;
      const printer = this.#lane(laneId)?.lane.deps.ports.printer;
      if (tickets === undefined || printer === undefined) return noTickets(laneId);
      const number = typedNumber(typed);
      const ticket = number === undefined ? undefined : findParkingTicket(book, number);
      if (ticket?.state !== "issued")
        return refusal("ticket-unknown", "No ticket with this number holds.");
      const { sessionId: session_id } = ticket;
      const about = { session_id, lane_id: laneId, number: ticket.number };
      book.write((tx) =>
        tx.append(clock.now(), {
          type: "parking-ticket-reprinted",
          body: { ...about, reason, by: actor },
        }),
      );
      await printer.print(tickets.paperOf(ticket));
      return { lane_id: laneId, session_id, sentence: `Ticket ${typed} is printed again.` };
    });
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

  #claim(laneId: string, claim: Claim, actor: Actor, requestId: string | undefined): TicketAnswer {
    const step = this.#lane(laneId)?.claim?.(claim, actor, requestId);
    if (step === undefined) return noTickets(laneId);
    if ("kind" in step) return step;
    return { lane_id: laneId, session_id: step.sessionId, sentence: sentenceOf(step) };
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

/** What became of a claim, for whoever made it. */
function sentenceOf(step: ExitStep | RepeatedChoice): string {
  if ("isRepeated" in step) return "This was asked already.";
  const sentences = {
    open: "The gate opens.",
    collect: "The driver is asked to pay.",
    ask: `A person must look: ${reasonText(step.decision.reason)}.`,
    deny: `Not let out: ${reasonText(step.decision.reason)}.`,
  } as const;
  return sentences[step.decision.kind];
}

const noSessionWords: Readonly<Record<(typeof noSessionReasons)[number], string>> = {
  "lost-ticket": "the ticket is lost",
  "not-among-them": "it is none of those inside",
  "came-in-unseen": "it came in unseen",
};

const driver: Actor = { kind: "system", id: "ticket" };

const noTickets = (laneId: string): Refusal =>
  refusal("no-tickets", `${laneId} issues or takes no tickets.`);
