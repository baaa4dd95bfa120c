import { z } from "zod";
import { FacilityCard } from "./batch.ts";
import { identifier } from "./topics.ts";

const instant = z.iso.datetime({ offset: true });
const requestId = z.string().min(1).max(100);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "write the SHA-256 of the token, in hex");
/** How long a code can be used. */
const hours = z.number().positive().max(168).default(24);

/** `POST /api/facilities`: makes a facility known and a code with which its box joins; one that is known stays as it is. */
export const FacilityOrder = z.strictObject({
  /** The same id again never makes a second code that works: the one before it ends. */
  request_id: requestId,
  /** As `facility.id` in the box's configuration. */
  facility_id: identifier,
  /** To whom it is to belong. */
  organisation_id: identifier.default("main"),
  name: FacilityCard.shape.name,
  timezone: FacilityCard.shape.timezone.default("UTC"),
  currency: FacilityCard.shape.currency.optional(),
  locale: FacilityCard.shape.locale.default("en"),
  hours,
});
export type FacilityOrder = z.infer<typeof FacilityOrder>;

/** `POST /api/facilities/{id}/codes`: another code, for a box that is replaced. */
export const CodeOrder = z.strictObject({ request_id: requestId, hours });

/** The answer to both: the code is told this once and kept nowhere. */
export const CodeMade = z.object({
  facility_id: identifier,
  code: z.string(),
  expires_at: instant,
});
export type CodeMade = z.infer<typeof CodeMade>;

/** `POST /v1/join`: a box with a code. It has made its token itself, so that asking again is the same. */
export const JoinRequest = z.strictObject({
  code: z.string().min(1).max(200),
  token_sha256: sha256,
});
export type JoinRequest = z.infer<typeof JoinRequest>;

/** Its answer: what head office knows of the facility. */
export const Joined = z.object({
  facility_id: identifier,
  name: z.string(),
  timezone: z.string(),
  currency: z.string().nullable(),
});
export type Joined = z.infer<typeof Joined>;

/** `POST /v1/facilities/{id}/tokens`: the next token, asked for with the present one. */
export const NextToken = z.strictObject({ token_sha256: sha256 });

/** Its answer: the beginning of the SHA-256 that is known now. */
export const NextTokenTaken = z.object({ token: z.string() });

/** One token of a facility as head office shows it; nobody can tell the token from it. */
const TokenView = z.object({
  /** The beginning of its SHA-256. */
  token: z.string(),
  created_at: instant,
  /** Null: never used yet. Its first use ends the older ones. */
  first_used_at: instant.nullable(),
  /** To the hour; null: not since head office keeps it. */
  last_used_at: instant.nullable(),
  revoked_at: instant.nullable(),
});

/** `GET /api/facilities/{id}/tokens`, the newest first. */
export const FacilityTokens = z.object({
  tokens: z.array(TokenView),
  /** Codes that a box may still join with. */
  codes: z.array(z.object({ created_at: instant, expires_at: instant })),
});
export type FacilityTokens = z.infer<typeof FacilityTokens>;
