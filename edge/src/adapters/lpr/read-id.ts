import { createHash } from "node:crypto";

/** An id for a read whose vendor gives none: the same content is the same read, however often it arrives. */
export const madeReadId = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
