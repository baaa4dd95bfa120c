import type { OfficeKey } from "../people/office-key.ts";

const belongsTo = (organisationId: string, targetId: string): string =>
  `target ${organisationId}/${targetId}`;

/** Seals the secret of a target. @param nonce never the same twice */
export const sealSecret = (
  key: OfficeKey,
  organisationId: string,
  targetId: string,
  secret: string,
  nonce: Uint8Array,
): string => key.seal(Buffer.from(secret), belongsTo(organisationId, targetId), nonce);

/** @returns undefined when it was sealed with another key, or for another target */
export const openSecret = (
  key: OfficeKey,
  organisationId: string,
  targetId: string,
  sealed: string,
): string | undefined => key.open(sealed, belongsTo(organisationId, targetId))?.toString();
