import { type Instant, isoOf } from "@gatehouse/shared/time";

/** PostgreSQL's moments as they leave the store. */
export const isoOfDate = (at: Date): string => isoOf(at.getTime() as Instant);
export const isoOrNull = (at: Date | null): string | null => (at === null ? null : isoOfDate(at));
export const instantOrNone = (at: Date | null): Instant | undefined =>
  at === null ? undefined : (at.getTime() as Instant);
