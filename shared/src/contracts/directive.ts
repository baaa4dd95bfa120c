import { z } from "zod";
import { Tariff } from "./tariff.ts";

/** A right to park that does not pay by stay: a season permit, staff, a resident. */
export const Permit = z.object({
  permit_id: z.string().min(1),
  /** Normalised plates (A–Z, 0–9) that may use it; one at a time. */
  plates: z.array(z.string().regex(/^[A-Z0-9]{1,12}$/, "normalised plate: A–Z and 0–9")).min(1),
  holder: z.string().optional(),
  valid_from: z.iso.datetime({ offset: true }),
  valid_until: z.iso.datetime({ offset: true }),
  revoked: z.boolean().optional(),
});
export type Permit = z.infer<typeof Permit>;

/** One plate on the allow or deny list, with the reason an attendant may read out. */
export const ListEntry = z.object({
  list: z.enum(["allow", "deny"]),
  plate: z.string().regex(/^[A-Z0-9]{1,12}$/, "normalised plate: A–Z and 0–9"),
  reason: z.string().min(1),
  valid_until: z.iso.datetime({ offset: true }).optional(),
  removed: z.boolean().optional(),
});
export type ListEntry = z.infer<typeof ListEntry>;

/** Something for the attendants to read. */
export const Notice = z.object({ notice_id: z.string().min(1), text: z.string().min(1).max(500) });
export type Notice = z.infer<typeof Notice>;

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
  z.object({ ...numbered, kind: z.literal("list-entry"), body: ListEntry }),
  z.object({ ...numbered, kind: z.literal("notice"), body: Notice }),
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
