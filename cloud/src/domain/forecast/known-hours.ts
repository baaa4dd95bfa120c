/** What is known of one hour of the past. */
export interface HourFacts {
  readonly day: string;
  /** From 0, Monday's first hour. */
  readonly slot: number;
  /** The facility told how its spaces were occupied. */
  readonly isTold: boolean;
  /** A vehicle came or went, or somebody paid. */
  readonly hasMoved: boolean;
  /** It was over when the newest fact was told, and began after the first. */
  readonly isCovered: boolean;
}

const lately = 28 * 24;
/** A weekday that is silent no more often than this is not closed: its silent days are gaps. */
const silentShareMost = 0.5;

/**
 * Which hours are known, so that an outage is never taken for an empty car park. Where the facility tells of its
 * spaces every hour, an hour that it did not tell of is unknown. Where it never does, a whole silent day is unknown,
 * unless that weekday is usually silent: then it is closed.
 */
export function knownHours(facts: readonly HourFacts[]): boolean[] {
  const recent = facts.filter(({ isCovered }) => isCovered).slice(-lately);
  const told = recent.filter(({ isTold }) => isTold).length;
  if (told * 2 >= recent.length && told > 0)
    return facts.map(({ isCovered, isTold }) => isCovered && isTold);
  const isGap = silentDays(facts);
  return facts.map(({ isCovered, day }) => isCovered && !isGap.has(day));
}

function silentDays(facts: readonly HourFacts[]): ReadonlySet<string> {
  const days = new Map<string, { weekday: number; hasMoved: boolean }>();
  for (const { day, slot, hasMoved, isCovered } of facts) {
    if (!isCovered) continue;
    const known = days.get(day);
    if (known === undefined) days.set(day, { weekday: Math.floor(slot / 24), hasMoved });
    else known.hasMoved ||= hasMoved;
  }
  const isClosed = (weekday: number): boolean => {
    const same = [...days.values()].filter((day) => day.weekday === weekday);
    return same.filter(({ hasMoved }) => !hasMoved).length > silentShareMost * same.length;
  };
  return new Set(
    [...days].flatMap(([day, { weekday, hasMoved }]) =>
      hasMoved || isClosed(weekday) ? [] : [day],
    ),
  );
}
