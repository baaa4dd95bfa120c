import { z } from "zod";
import { FacilityBooks } from "../office-money.ts";
import {
  DirectiveIssued,
  DirectiveOrder,
  FacilityDetail,
  FacilitySummary,
  Overview,
} from "../office.ts";
import { listPage } from "./lists.ts";
import { takes, v1Route } from "./route.ts";

/* Facilities as head office sees them, and what it decides for them. */

const area = "Facilities";
const facility = "/v1/facilities/{facility_id}";
const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const day = z.iso.date("write a day, for example 2026-11-20").optional();
const search = z.string().max(200).optional();

export const getOverview = v1Route({
  id: "getOverview",
  method: "GET",
  path: "/v1/overview",
  area,
  summary: "The facilities with problems first, and how all of them stand.",
  access: takes("see-facilities"),
  query: z.object({ search }),
  answer: Overview,
});

export const listFacilities = v1Route({
  id: "listFacilities",
  method: "GET",
  path: "/v1/facilities",
  area,
  summary: "The facilities that one may see, by their id.",
  access: takes("see-facilities"),
  query: z.object({ search, ...listPage }),
  answer: z.object({
    as_of: instant,
    facilities: z.array(FacilitySummary),
    next_cursor: z.string().nullable(),
  }),
});

export const getFacility = v1Route({
  id: "getFacility",
  method: "GET",
  path: facility,
  area,
  summary: "One facility closely.",
  access: takes("see-facilities"),
  answer: FacilityDetail,
});

export const getBooks = v1Route({
  id: "getBooks",
  method: "GET",
  path: `${facility}/books`,
  area,
  summary: "Balances, revenue and takings of some days, as the books have them.",
  access: takes("see-money"),
  query: z.object({ from: day, to: day }),
  answer: FacilityBooks,
});

export const orderDirective = v1Route({
  id: "orderDirective",
  method: "POST",
  path: `${facility}/directives`,
  area,
  summary: "Sends the facility a directive; which right it takes, its kind tells.",
  access: takes("set-prices", "set-access", "send-notices", "plan-work"),
  body: DirectiveOrder,
  answer: DirectiveIssued,
  status: 201,
});

export const resolveAlert = v1Route({
  id: "resolveAlert",
  method: "POST",
  path: `${facility}/alerts/{alert_id}/resolve`,
  area,
  summary: "Closes an alert that head office has raised.",
  access: takes("close-alerts"),
  answer: "nothing",
  problems: ["no-such-alert"],
});

export const followChanges = v1Route({
  id: "followChanges",
  method: "GET",
  path: "/v1/live",
  area,
  summary: "Server-sent events: which facilities changed, and that the line lives.",
  access: takes("see-facilities"),
  answer: "nothing",
  status: 200,
  files: ["text/event-stream"],
  problems: ["too-many-viewers"],
});

export const SpacePage = z.object({
  as_of: instant,
  spaces: z.array(
    z.object({
      space_id: z.string(),
      zone_id: z.string(),
      level: z.string(),
      space_type: z.string(),
      /** free, occupied, unknown, out-of-service */
      status: z.string(),
      changed_at: instant,
    }),
  ),
  next_cursor: z.string().nullable(),
});
export type SpacePage = z.infer<typeof SpacePage>;

export const listSpaces = v1Route({
  id: "listSpaces",
  method: "GET",
  path: `${facility}/spaces`,
  area,
  summary: "Every space as it stands now, by its id.",
  access: takes("see-facilities"),
  query: z.object({ zone: z.string().max(200).optional(), ...listPage }),
  answer: SpacePage,
});

export const LedgerPage = z.object({
  lines: z.array(
    z.object({
      epoch: count,
      seq: count,
      type: z.string().nullable(),
      at: instant.nullable(),
      received_at: instant,
      hash: z.string(),
      /** The line as it came; null where PostgreSQL cannot hold it, or it lies in an archive. */
      text: z.string().nullable(),
    }),
  ),
  next_cursor: z.string().nullable(),
  /** Where to go on when there is more: the place of the last line; null before the first. */
  end_cursor: z.string().nullable(),
});
export type LedgerPage = z.infer<typeof LedgerPage>;

export const listLines = v1Route({
  id: "listLines",
  method: "GET",
  path: `${facility}/lines`,
  area,
  summary:
    "The facility's ledger line by line, in its order; whoever follows it goes on at end_cursor.",
  access: takes("see-audit"),
  query: z.object({
    /** Of the lines, for example `session-opened`. */
    type: z.string().max(100).optional(),
    ...listPage,
  }),
  answer: LedgerPage,
});
