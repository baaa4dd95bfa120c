import { createPublicKey, type KeyObject } from "node:crypto";
import { check } from "@gatehouse/shared/check";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import type { Instant } from "@gatehouse/shared/time";
import {
  printedNumber,
  readTicket,
  type TicketRefusal,
  typedNumber,
  writeTicket,
} from "../domain/parking-ticket.ts";
import type { Reader, Tx } from "../store/book.ts";
import {
  findParkingTicket,
  nextTicketNumber,
  type ParkingTicket,
  saveParkingTicket,
} from "../store/parking-tickets.ts";
import type { Session } from "../store/sessions.ts";

export interface ParkingTicketsDeps {
  readonly facilityId: string;
  readonly facilityName: string;
  /** IANA zone of the times that are printed. */
  readonly timezone: string;
  readonly locale: string;
  /** The page where phones pay; left out: nobody pays by phone. */
  readonly payUrl?: string | undefined;
  /** The facility's private Ed25519 key. */
  readonly key: KeyObject;
}

/** Why a ticket that was shown opens nothing. */
export type TicketTrouble = TicketRefusal | "ticket-unknown" | "ticket-voided" | "ticket-used";

/** What one facility's tickets say and whether they hold. */
export class ParkingTickets {
  readonly #deps: ParkingTicketsDeps;
  readonly #publicKey: KeyObject;

  constructor(deps: ParkingTicketsDeps) {
    this.#deps = deps;
    this.#publicKey = createPublicKey(deps.key);
  }

  /** Writes a ticket for a session; it is still to be printed. */
  issue(tx: Tx, session: Session, at: Instant): ParkingTicket {
    const ticket: ParkingTicket = {
      number: nextTicketNumber(tx),
      sessionId: session.sessionId,
      laneId: session.entryLane,
      issuedAt: at,
      state: "issued",
      print: "pending",
    };
    saveParkingTicket(tx, ticket);
    const { number, sessionId: session_id, laneId: lane_id } = ticket;
    tx.append(at, { type: "parking-ticket-issued", body: { number, session_id, lane_id } });
    return ticket;
  }

  /** What stands in the code of a ticket: the same whenever it is asked for. */
  textOf(ticket: ParkingTicket): string {
    const { facilityId, key } = this.#deps;
    return writeTicket({ ...ticket, facilityId, issuedAt: ticket.issuedAt as Instant }, key);
  }

  /** The paper that the driver gets. */
  paperOf(ticket: ParkingTicket): PrintPiece[] {
    const { facilityName, timezone, locale } = this.#deps;
    const when = new Intl.DateTimeFormat(locale, {
      timeZone: timezone,
      dateStyle: "medium",
      timeStyle: "short",
    }).format(ticket.issuedAt);
    return [
      { kind: "line", text: facilityName, style: "title" },
      { kind: "line", text: when, style: "centred" },
      { kind: "qr", text: this.textOf(ticket) },
      { kind: "line", text: printedNumber(ticket.number), style: "title" },
      { kind: "line", text: ticket.laneId, style: "centred" },
      ...this.#forPhones(printedNumber(ticket.number)),
    ];
  }

  /** The page where phones pay, as a code that knows the ticket and as an address to type. */
  #forPhones(number: string): PrintPiece[] {
    const { payUrl, locale } = this.#deps;
    if (payUrl === undefined) return [];
    const isGerman = locale.toLowerCase().startsWith("de");
    const text = isGerman ? "Mit dem Telefon bezahlen:" : "Pay with your phone:";
    return [
      { kind: "rule" },
      { kind: "line", text, style: "centred" },
      { kind: "qr", text: `${payUrl}#${number}` },
      { kind: "line", text: payUrl, style: "centred" },
    ];
  }

  /**
   * Whose ticket it is.
   *
   * @param shown what a scanner read (the code for phones will do), or the printed number as somebody typed it
   */
  find(reader: Reader, shown: string): ParkingTicket | TicketTrouble {
    const typed = typedNumber(/#(\d+)$/.exec(shown.trim())?.[1] ?? shown);
    const said =
      typed === undefined ? readTicket(shown, this.#deps.facilityId, this.#publicKey) : undefined;
    if (typeof said === "string") return said;
    const ticket = findParkingTicket(reader, typed ?? said?.number ?? 0);
    if (ticket === undefined || (said !== undefined && said.sessionId !== ticket.sessionId))
      return "ticket-unknown";
    return ticket.state === "issued" ? ticket : (`ticket-${ticket.state}` as const);
  }
}

/** What became of the paper. */
export function notePrint(tx: Tx, number: number, print: ParkingTicket["print"]): void {
  const ticket = findParkingTicket(tx, number);
  check(ticket !== undefined, `ticket ${number} was written before it was printed`);
  saveParkingTicket(tx, { ...ticket, print });
}
