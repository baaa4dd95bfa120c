import type { Grant, Holder } from "./rights.ts";

/** The organisation that everything belongs to as long as nobody says otherwise; it stands above all others. */
export const rootOrganisation = "main";

/** One person among all: users belong to an organisation. */
export interface UserId {
  readonly organisationId: string;
  readonly userId: string;
}

/** Who asks head office for something, and by what they are known. */
export type Who =
  /** Whoever holds head office's first token. */
  | { readonly kind: "office-token" }
  /** A browser in which somebody is signed in. */
  | (UserId & { readonly kind: "login"; readonly loginId: string })
  /** A tool with a token of its own. */
  | (UserId & { readonly kind: "api-token"; readonly tokenId: string });

/** Somebody at head office: who, and what they may. */
export interface Person extends Holder {
  readonly who: Who;
}

const everywhere: Grant = { role: "admin", reach: { kind: "everywhere" } };

/** The bearer of head office's first token may everything. */
export const officeTokenBearer: Person = { who: { kind: "office-token" }, grants: [everywhere] };

/** The user behind a person; undefined behind head office's first token. */
export const userOf = ({ who }: Person): UserId | undefined =>
  who.kind === "office-token" ? undefined : who;

/** What of an actor stands in the audit. */
export function actorOf(who: Who) {
  if (who.kind === "office-token") return { kind: who.kind };
  const by = who.kind === "login" ? who.loginId : who.tokenId;
  return { kind: who.kind, organisation_id: who.organisationId, user_id: who.userId, by };
}
