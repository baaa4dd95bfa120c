import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { Instant } from "@gatehouse/shared/time";
import { isLate } from "../domain/occupancy.ts";
import type { Tx } from "../store/book.ts";
import { insertObservation, saveSource, type SourceRow } from "../store/observations.ts";
import type { Counters } from "./counters.ts";
import type { LiveSpace } from "./live-space.ts";

export interface NewWord {
  readonly live: LiveSpace;
  readonly row: SourceRow;
}

/**
 * Keeps a batch of observations as they came: each once, late ones too, as history.
 *
 * @returns the words that are the newest of their source
 */
export function keepObservations(
  tx: Tx,
  counters: Counters,
  spaces: ReadonlyMap<string, LiveSpace>,
  batch: readonly SpaceObservation[],
  now: Instant,
): NewWord[] {
  const words: NewWord[] = [];
  const count = (name: string, labels = {}): void =>
    tx.afterCommit(() => counters.count(name, labels));
  for (const seen of batch) {
    const live = spaces.get(seen.spaceId);
    if (live === undefined) {
      count("observations_refused_total", { reason: "unknown-space" });
      continue;
    }
    const { batteryPercent, ...word } = { ...seen, receivedAt: now };
    if (!insertObservation(tx, word)) {
      count("observations_repeated_total");
      continue;
    }
    const last =
      words.findLast((each) => each.live === live && each.row.sourceId === seen.sourceId)?.row ??
      live.sources.get(seen.sourceId)?.row;
    if (isLate(last, word)) {
      count("observations_late_total");
      continue;
    }
    const row = {
      ...word,
      lost: false,
      batteryPercent: batteryPercent ?? last?.batteryPercent ?? null,
    };
    saveSource(tx, row);
    words.push({ live, row });
  }
  return words;
}
