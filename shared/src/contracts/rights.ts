import { z } from "zod";
import { owners, permitKinds, visitorKinds } from "./access-terms.ts";

/*
 * What people at a facility see and keep of who may come in: `/api/rights/…` of the kiosk, `access-…` of the control
 * socket. What head office has sent is shown and changed there; the facility's own is changed here.
 */

const instant = z.iso.datetime();
/** ISO 8601; without an offset it is the facility's own clock. */
const moment = z.iso.datetime({ offset: true, local: true });
/** As it is written on the car; marks and gaps do not count. */
const writtenPlate = z.string().min(1).max(32);
const lists = z.enum(["allow", "deny"]);
/** Why it is changed, for the ledger. */
const why = z.string().trim().min(1, "say why").max(200);

/** `POST /api/rights/lists`: puts a plate on a list, or changes the entry that the facility has there. */
export const ListEntryRequest = z.object({
  list: lists,
  plate: writtenPlate,
  /** What an attendant may read out to the driver. */
  reason: z.string().trim().min(1, "say what the driver may hear").max(200),
  /** Left out: until it is taken off. */
  valid_until: moment.optional(),
  why,
});
export type ListEntryRequest = z.infer<typeof ListEntryRequest>;

/** `POST /api/rights/lists/end`: takes the facility's own entry off a list. */
export const ListEndRequest = z.object({ list: lists, plate: writtenPlate, why });
export type ListEndRequest = z.infer<typeof ListEndRequest>;

/** `POST /api/rights/visitors/{visitor_id}`: what a visitor of the facility's own is to be, whole. */
export const VisitorRequest = z.object({
  kind: z.enum(visitorKinds).default("visitor"),
  plate: writtenPlate,
  name: z.string().trim().min(1).max(100),
  /** Whom they visit or work for. */
  host: z.string().trim().max(100).optional(),
  /** Left out: from now on. */
  valid_from: moment.optional(),
  valid_until: moment,
  /** So often; left out: as often as they like. */
  entries_max: z.number().int().positive().max(1000).optional(),
  why,
});
export type VisitorRequest = z.infer<typeof VisitorRequest>;

/** Made by the page or the command line; the same id twice is one visitor. */
const visitorId = z.string().regex(/^[\w-]{8,64}$/, "8 to 64 letters, digits, _ and -");

/** `POST /api/rights/visitors`: announces one. */
export const NewVisitorRequest = VisitorRequest.extend({ visitor_id: visitorId });
export type NewVisitorRequest = z.infer<typeof NewVisitorRequest>;

/** `POST /api/rights/visitors/{visitor_id}/end` */
export const VisitorEndRequest = z.object({ why });

/** `POST /api/rights/neutral`: nobody knows any more which vehicles are in, of one permit or (null) of all. */
export const NeutralRequest = z.object({ permit_id: z.string().min(1).nullable(), why });
export type NeutralRequest = z.infer<typeof NeutralRequest>;

/** What became of any of these, in one sentence. */
export const RightsAnswer = z.object({ sentence: z.string() });
export type RightsAnswer = z.infer<typeof RightsAnswer>;

const kept = {
  owner: z.enum(owners),
  changed_at: instant,
  /** Null: head office. */
  changed_by: z.string().nullable(),
};

export const ListEntryView = z.object({
  list: lists,
  plate: z.string(),
  reason: z.string(),
  valid_until: instant.nullable(),
  ...kept,
});
export type ListEntryView = z.infer<typeof ListEntryView>;

/** `GET /api/rights/lists?search=TEXT`: entries in force, by plate. */
export const ListsData = z.object({
  entries: z.array(ListEntryView),
  /** There are more than are told: search. */
  has_more: z.boolean(),
});
export type ListsData = z.infer<typeof ListsData>;

export const VisitorView = z.object({
  visitor_id: z.string(),
  kind: z.enum(visitorKinds),
  plate: z.string(),
  name: z.string(),
  host: z.string().nullable(),
  valid_from: instant,
  valid_until: instant,
  entries_max: z.number().int().nullable(),
  entries_used: z.number().int().nonnegative(),
  ...kept,
});
export type VisitorView = z.infer<typeof VisitorView>;

/** `GET /api/rights/visitors?search=TEXT`: who may still come, soonest first. */
export const VisitorsData = z.object({ visitors: z.array(VisitorView), has_more: z.boolean() });
export type VisitorsData = z.infer<typeof VisitorsData>;

export const PermitView = z.object({
  permit_id: z.string(),
  kind: z.enum(permitKinds),
  holder: z.string().nullable(),
  plates: z.array(z.string()),
  valid_from: instant,
  valid_until: instant,
  /** Whether it would let its vehicle in now, and the sentence why or why not. */
  holds: z.boolean(),
  sentence: z.string(),
  anti_passback: z.enum(["off", "soft", "hard", "timed"]),
  pool: z
    .object({
      pool_id: z.string(),
      name: z.string(),
      capacity: z.number().int(),
      /** Places in use by other vehicles than this plate's. */
      used_by_others: z.number().int(),
    })
    .nullable(),
  /** Where its vehicles are, by their confirmed passages. */
  presences: z.array(
    z.object({
      plate: z.string(),
      state: z.enum(["in", "out", "neutral"]),
      since: instant,
      lane_id: z.string(),
    }),
  ),
});
export type PermitView = z.infer<typeof PermitView>;

/** `GET /api/rights/permits?plate=PLATE` */
export const PermitsData = z.object({ plate: z.string(), permits: z.array(PermitView) });
export type PermitsData = z.infer<typeof PermitsData>;

const actor = z.string().min(1).max(64);
const search = z.string().max(64).default("");

/** What the control socket answers of these; `actor` names the technician. */
export const accessRequests = [
  z.object({ verb: z.literal("access-lists"), search }),
  z.object({ verb: z.literal("access-list"), actor, entry: ListEntryRequest }),
  z.object({ verb: z.literal("access-unlist"), actor, entry: ListEndRequest }),
  z.object({ verb: z.literal("access-visitors"), search }),
  z.object({ verb: z.literal("access-visitor"), actor, visitor: NewVisitorRequest }),
  z.object({ verb: z.literal("access-visitor-end"), actor, visitor_id: z.string(), why }),
  z.object({ verb: z.literal("access-permits"), plate: writtenPlate }),
  z.object({ verb: z.literal("access-neutral"), actor, ...NeutralRequest.shape }),
] as const;
