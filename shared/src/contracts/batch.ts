import { z } from "zod";
import { identifier } from "./topics.ts";

/** So many ledger lines may travel together to any head office. */
export const batchLineLimit = 500;
/** So many this program takes together; its acknowledgements say so. */
export const batchLinesMax = 2_000;
/** So many batches of an edge are on their way at a time where more than one is waiting. */
export const batchesUnderWay = 2;

/** One ledger line as it travels: its exact text and the chain hash that ends with it. */
export const SealedLine = z.object({
  text: z.string().max(64_000),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SealedLine = z.infer<typeof SealedLine>;

/** The present state of one space; only spaces that changed since the cursor travel. */
export const SpaceState = z.object({
  space_id: z.string(),
  zone_id: z.string(),
  level: z.string(),
  space_type: z.string(),
  status: z.enum(["free", "occupied", "unknown", "out-of-service"]),
  changed_at: z.iso.datetime(),
  change: z.number().int().positive(),
});
export type SpaceState = z.infer<typeof SpaceState>;

/** What head office shows of a facility; from its configuration. */
export const FacilityCard = z.object({
  name: z.string().min(1).max(200),
  /** IANA; the days of takings are cut in it. */
  timezone: z.string().max(64),
  currency: z.string().regex(/^[A-Z]{3}$/),
  locale: z.string().max(35),
});
export type FacilityCard = z.infer<typeof FacilityCard>;

/** One upload: a gapless run of ledger lines and the spaces that changed. `POST /v1/facilities/{id}/batches`. */
export const Batch = z.object({
  facility_id: identifier,
  /** One life of the edge's ledger: a restore from a backup begins the next. */
  epoch: z.number().int().positive(),
  /** Sequence of the first line; the rest follow by one. Equals acked + 1 when `lines` is empty. */
  first_seq: z.number().int().positive(),
  lines: z.array(SealedLine).max(batchLinesMax),
  /** Change number up to which `spaces` is complete. */
  spaces_through: z.number().int().nonnegative(),
  spaces: z.array(SpaceState).max(12_000),
  /** The edge's wall clock, for the skew. */
  sent_at: z.iso.datetime(),
  /** Directives up to this number are applied at the edge. */
  directives_through: z.number().int().nonnegative(),
  version: z.string(),
  /** The last line written at the edge; what lies above the acknowledged one is its backlog. */
  written_seq: z.number().int().nonnegative().optional(),
  facility: FacilityCard.optional(),
});
export type Batch = z.infer<typeof Batch>;

/** What the cloud holds durably now; cumulative. A 409 answer carries it too, so that the edge resumes there. */
export const Ack = z.object({
  epoch: z.number().int().nonnegative(),
  acked_seq: z.number().int().nonnegative(),
  spaces_through: z.number().int().nonnegative(),
  /** Highest directive number waiting at head office. */
  directives_latest: z.number().int().nonnegative(),
  /** So many lines the next batch may hold; left out by a head office that takes 500. */
  lines_max: z.number().int().positive().optional(),
});
export type Ack = z.infer<typeof Ack>;

/**
 * What head office holds of a ledger: `GET /v1/facilities/{id}/ledger?epoch=E&seq=S`. An edge asks once when it
 * starts, because its book may be an older copy than the one that spoke last.
 */
export const HeldPlace = z.object({
  /** The latest epoch that head office holds; 0 when it holds nothing. */
  epoch: z.number().int().nonnegative(),
  /** The last line it holds of epoch E; 0 when it holds none. */
  acked_seq: z.number().int().nonnegative(),
  /** The hash of line S of epoch E; null when it does not hold that line. */
  hash: z.string().nullable(),
});
export type HeldPlace = z.infer<typeof HeldPlace>;
