import { checkDigitOf } from "@gatehouse/shared/luhn";
import { type KeyObject, sign, verify } from "node:crypto";
import type { Instant } from "@gatehouse/shared/time";
import { bytesOfText, textOfBytes } from "./parking-ticket-text.ts";

/** What a ticket says. Whether it still holds is in the book. */
export interface Ticket {
  readonly facilityId: string;
  readonly sessionId: string;
  readonly laneId: string;
  readonly issuedAt: Instant;
  /** Unique within the facility; what a person types when the code cannot be read has one digit more. */
  readonly number: number;
}

/** `malformed`: not one of our tickets, or a part of one; `foreign`: another facility's; `forged`: not signed by us. */
export type TicketRefusal = "ticket-malformed" | "ticket-foreign" | "ticket-forged";

/** Longest text that is looked at; an honest one has about 190 characters. */
const textMax = 600;
const version = 1;
const signatureLength = 64;

/** @param key the facility's private Ed25519 key */
export function writeTicket(ticket: Ticket, key: KeyObject): string {
  const head = Buffer.alloc(11);
  head.writeUInt8(version, 0);
  head.writeUIntBE(ticket.issuedAt, 1, 6);
  head.writeUInt32BE(ticket.number, 7);
  const said = Buffer.concat([
    head,
    named(Buffer.from(ticket.facilityId)),
    named(bytesOfId(ticket.sessionId)),
    named(Buffer.from(ticket.laneId)),
  ]);
  return textOfBytes(Buffer.concat([said, sign(null, said, key)]));
}

/**
 * Reads a scanned ticket; nothing but the key is needed.
 *
 * @param key the facility's public Ed25519 key
 */
export function readTicket(
  text: string,
  facilityId: string,
  key: KeyObject,
): Ticket | TicketRefusal {
  const bytes = text.length > textMax ? undefined : bytesOfText(text.trim().toUpperCase());
  if (bytes === undefined || bytes.length < signatureLength) return "ticket-malformed";
  const said = Buffer.from(bytes.subarray(0, bytes.length - signatureLength));
  const ticket = ticketOf(said);
  if (ticket === undefined) return "ticket-malformed";
  if (ticket.facilityId !== facilityId) return "ticket-foreign";
  const signature = bytes.subarray(bytes.length - signatureLength);
  return verify(null, said, key, signature) ? ticket : "ticket-forged";
}

function ticketOf(said: Buffer): Ticket | undefined {
  if (said.length < 11 || said.readUInt8(0) !== version) return undefined;
  const fields: Buffer[] = [];
  let at = 11;
  while (at < said.length) {
    const end = at + 1 + said.readUInt8(at);
    if (end > said.length) return undefined;
    fields.push(said.subarray(at + 1, end));
    at = end;
  }
  const [facility, session, lane] = fields;
  if (facility === undefined || session === undefined || lane === undefined) return undefined;
  if (fields.length > 3) return undefined;
  return {
    facilityId: facility.toString(),
    sessionId: idOfBytes(session),
    laneId: lane.toString(),
    issuedAt: said.readUIntBE(1, 6) as Instant,
    number: said.readUInt32BE(7),
  };
}

const named = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([bytes.length]), bytes]);

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A UUID takes sixteen bytes instead of thirty-six. */
const bytesOfId = (id: string): Buffer =>
  uuid.test(id) ? Buffer.from(id.replaceAll("-", ""), "hex") : Buffer.from(id);

function idOfBytes(bytes: Buffer): string {
  if (bytes.length !== 16) return bytes.toString();
  const hex = bytes.toString("hex");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join("-");
}

/** A ticket's number as it is printed: its last digit catches every single digit that is mistyped (Luhn). */
export const printedNumber = (number: number): string => {
  const text = String(number).padStart(6, "0");
  return `${text}${checkDigitOf(text)}`;
};

/** @returns the ticket's number; undefined when what was typed is none */
export function typedNumber(typed: string): number | undefined {
  const text = typed.replaceAll(/[\s-]/g, "");
  if (!/^\d{7,11}$/.test(text)) return undefined;
  const number = text.slice(0, -1);
  return checkDigitOf(number) === Number(text.slice(-1)) ? Number(number) : undefined;
}
