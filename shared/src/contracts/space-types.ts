/** Kinds of space (APDS supply; requirements P44 `space_type`). */
export const spaceTypes = [
  "standard",
  "accessible",
  "ev",
  "motorcycle",
  "family",
  "compact",
  "oversize",
  "reserved",
] as const;
export type SpaceType = (typeof spaceTypes)[number];
