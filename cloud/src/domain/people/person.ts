import type { Holder } from "./rights.ts";

/** The organisation that everything belongs to as long as nobody says otherwise; it stands above all others. */
export const rootOrganisation = "main";

/** Who asks head office for something, and by what they are known. */
export type Who =
  /** Whoever holds head office's first token. */
  { readonly kind: "office-token" };

/** Somebody at head office: who, and what they may. */
export interface Person extends Holder {
  readonly who: Who;
}

/** The bearer of head office's first token may everything. */
export const officeTokenBearer: Person = {
  who: { kind: "office-token" },
  grants: [{ role: "admin", reach: { kind: "everywhere" } }],
};
