import { type Duration, elapsed, type Instant, seconds } from "@gatehouse/shared/time";
import type { Word } from "../domain/occupancy.ts";
import type { SourceRow } from "../store/observations.ts";

/** The last word of one source about a space. */
export interface Heard {
  readonly row: SourceRow;
  /** Monotonic time of its arrival. */
  readonly at: number;
  /**
   * When the source was first heard to say so after it had said otherwise (monotonic time). Unknown after a restart
   * and after a silence: then it may have changed long before it was heard.
   */
  readonly changedAt: number | undefined;
}

/** How long the last word of a source counts. */
export type StaleOf = (sourceId: string) => Duration;

/** Whether a source still has a say: it is not lost, and has not been silent for too long. */
export const counts = ({ row, at }: Heard, now: number, staleOf: StaleOf): boolean =>
  !row.lost && now - at < staleOf(row.sourceId);

/**
 * A source's new word after its last one.
 *
 * @param now when it arrived, monotonic time
 */
export function heardAfter(
  last: Heard | undefined,
  row: SourceRow,
  now: number,
  staleOf: StaleOf,
): Heard {
  if (last === undefined || !counts(last, now, staleOf))
    return { row, at: now, changedAt: undefined };
  return { row, at: now, changedAt: last.row.occupied === row.occupied ? last.changedAt : now };
}

/** From the lens to the word a picture takes no longer than this; where it seems to, a clock is wrong. */
const longestWay = seconds(15);

/** The moment a word speaks of, in monotonic time. */
function spokenOf({ row, at }: Heard): number {
  const way = elapsed(row.at as Instant, row.receivedAt as Instant);
  return at - Math.min(longestWay, way);
}

/** The words that still count, as they are weighed against each other. */
export const wordsOf = (sources: Iterable<Heard>, now: number, staleOf: StaleOf): Word[] =>
  [...sources]
    .filter((heard) => counts(heard, now, staleOf))
    .map((heard) => ({
      source: heard.row.source,
      occupied: heard.row.occupied,
      confidence: heard.row.confidence,
      at: spokenOf(heard),
      changedAt: heard.changedAt,
    }));
