import { ownOrganisation } from "../own-rights.ts";

/** An address below what one's own organisation has set. */
export const notifyPath = (rest = ""): string =>
  `/api/notify/${encodeURIComponent(ownOrganisation())}${rest}`;
