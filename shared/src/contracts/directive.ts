import { z } from "zod";
import {
  accessTerms,
  overruns,
  permitKinds,
  plateText,
  reservationStatuses,
  visitorKinds,
} from "./access-terms.ts";
import { spaceTypes } from "./facility.ts";
import { Tariff } from "./tariff.ts";
import { identifier } from "./topics.ts";

const moment = z.iso.datetime({ offset: true });

/** A right to park that does not pay by stay: a season permit, staff, a resident. */
export const Permit = z.object({
  permit_id: z.string().min(1),
  /** Normalised plates (A–Z, 0–9) that may use it. How many at a time, `anti_passback` says. */
  plates: z.array(plateText).min(1),
  holder: z.string().optional(),
  valid_from: moment,
  valid_until: moment,
  revoked: z.boolean().optional(),
  kind: z.enum(permitKinds).optional(),
  /** More people than bays: the pool whose places it uses. Its own terms come before the pool's. */
  pool_id: z.string().min(1).optional(),
  /** Lanes where it is taken; left out: every lane. */
  lanes: z.array(z.string()).optional(),
  /** Zones where it may park: it is taken at lanes that lead to one of them; left out: every zone. */
  zones: z.array(z.string()).optional(),
  ...accessTerms,
});
export type Permit = z.infer<typeof Permit>;

/** Places that several permits share; there are usually more permits than places. */
export const Pool = z.object({
  pool_id: z.string().min(1),
  name: z.string().min(1),
  /** So many vehicles of its permits at a time. */
  capacity: z.number().int().nonnegative(),
  when_full: z.enum(overruns),
  ...accessTerms,
});
export type Pool = z.infer<typeof Pool>;

/** One plate on the allow or deny list, with the reason an attendant may read out. */
export const ListEntry = z.object({
  list: z.enum(["allow", "deny"]),
  plate: plateText,
  reason: z.string().min(1),
  valid_until: moment.optional(),
  removed: z.boolean().optional(),
});
export type ListEntry = z.infer<typeof ListEntry>;

/** Somebody who may come in for a while without paying: a guest, a tradesman. */
export const Visitor = z.object({
  visitor_id: z.string().min(1),
  kind: z.enum(visitorKinds).optional(),
  plate: plateText,
  name: z.string().min(1).max(100),
  /** Whom they visit or work for. */
  host: z.string().max(100).optional(),
  valid_from: moment,
  valid_until: moment,
  windows: accessTerms.windows,
  /** So often; left out: as often as they like. */
  entries_max: z.number().int().positive().optional(),
  ended: z.boolean().optional(),
});
export type Visitor = z.infer<typeof Visitor>;

/** A place that somebody has reserved (requirements P46). */
export const Reservation = z.object({
  reservation_id: z.string().min(1),
  user_id: z.string().optional(),
  plate: plateText,
  /** The very space, or the kind of space; usually the kind, the space is found on arrival. */
  space_id: z.string().optional(),
  space_type: z.enum(spaceTypes).optional(),
  reserved_from: moment,
  reserved_until: moment,
  /** Whole minor units. */
  reservation_amount: z.number().int().nonnegative(),
  status: z.enum(reservationStatuses),
  created_at: moment,
  reservation_details: z.record(z.string(), z.unknown()).optional(),
});
export type Reservation = z.infer<typeof Reservation>;

/** Something for the attendants to read. */
export const Notice = z.object({ notice_id: z.string().min(1), text: z.string().min(1).max(500) });
export type Notice = z.infer<typeof Notice>;

/** Work on a device that head office asks for. Sent again while it is not over, it changes who does it and when. */
export const WorkOrder = z.object({
  ticket_id: z.string().min(1).max(120),
  equipment_id: z.string().trim().min(1).max(64),
  maintenance_type: z.string().trim().min(1).max(64),
  description: z.string().trim().min(1).max(500),
  technician_id: z.string().trim().min(1).max(64).optional(),
  scheduled_at: moment.optional(),
  /** Who asks for it, as people are named at head office. */
  asked_by: z.string().max(200),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

/** What a payment gateway has told head office; it hands it on unread, for the facility alone can judge it. */
export const PaymentCallback = z.object({
  /** Its id in the facility's configuration. */
  gateway: identifier,
  /** When it came, by head office's clock. */
  received_at: moment,
  /** Those that a signature may stand in; names in lower case. */
  headers: z.record(z.string(), z.string()),
  /** Its bytes as they came: every one of them is signed. */
  body_base64: z.base64(),
});
export type PaymentCallback = z.infer<typeof PaymentCallback>;

const numbered = {
  /** Per facility, from 1, without a hole. */
  number: z.number().int().positive(),
  /** After this moment it is acknowledged as expired and not carried out; missing: for ever. */
  expires_at: z.iso.datetime({ offset: true }).optional(),
};

/** What head office decides for a facility. Applied in number order, in one transaction with the cursor. */
export const Directive = z.discriminatedUnion("kind", [
  z.object({ ...numbered, kind: z.literal("tariff"), body: Tariff }),
  z.object({ ...numbered, kind: z.literal("permit"), body: Permit }),
  z.object({ ...numbered, kind: z.literal("pool"), body: Pool }),
  z.object({ ...numbered, kind: z.literal("list-entry"), body: ListEntry }),
  z.object({ ...numbered, kind: z.literal("visitor"), body: Visitor }),
  z.object({ ...numbered, kind: z.literal("reservation"), body: Reservation }),
  z.object({ ...numbered, kind: z.literal("notice"), body: Notice }),
  z.object({ ...numbered, kind: z.literal("payment-callback"), body: PaymentCallback }),
  z.object({ ...numbered, kind: z.literal("work-order"), body: WorkOrder }),
]);
export type Directive = z.infer<typeof Directive>;

/**
 * A page of directives as it arrives: each is checked by itself, so that one this edge does not understand
 * is reported and passed over and never blocks the rest.
 */
export const DirectivePage = z.object({
  directives: z
    .array(z.looseObject({ number: z.number().int().positive(), kind: z.string() }))
    .max(200),
  /** The highest number that head office has for this facility. */
  latest: z.number().int().nonnegative(),
});
export type DirectivePage = z.infer<typeof DirectivePage>;
