import type { TimeBand } from "@gatehouse/shared/contracts/reports/advice";

const cuts = [0, 6, 10, 16, 20, 24] as const;

/** The week in ten times: night, morning, day, evening and late, of working days and of weekends. */
export const bands: readonly TimeBand[] = (["working", "weekend"] as const).flatMap((days) =>
  cuts.slice(0, -1).map((from, place) => ({ days, from, to: cuts[place + 1] ?? 24 })),
);

/** Whether an hour of the week (0: Monday, midnight) lies in it. */
export function isIn({ days, from, to }: TimeBand, slot: number): boolean {
  const isWeekend = slot >= 5 * 24;
  const hour = slot % 24;
  return isWeekend === (days === "weekend") && from <= hour && hour < to;
}

/** As a sentence says it in English. */
export const bandWords = ({ days, from, to }: TimeBand): string =>
  `${days === "working" ? "on working days" : "at weekends"} from ${from} to ${to} o'clock`;
