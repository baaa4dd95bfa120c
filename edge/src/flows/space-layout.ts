import type { Instant } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import { saveSpace, type Space } from "../store/spaces.ts";
import { isInPlace, type LiveSpace, rowOf, type SavingDeps } from "./live-space.ts";

/**
 * Brings the book in step with the configuration: spaces that are new, that were moved, that are gone.
 *
 * @param live the configured spaces, by id; those that change are marked as saved
 * @param saved what the book has
 */
export function saveLayout(
  deps: SavingDeps & { readonly book: Book },
  live: ReadonlyMap<string, LiveSpace>,
  saved: readonly Space[],
  now: Instant,
): void {
  const moved = [...live.values()].filter((each) => !isInPlace(each, deps));
  const gone = saved.filter(
    ({ spaceId, status }) => !live.has(spaceId) && status !== "out-of-service",
  );
  if (moved.length === 0 && gone.length === 0) return;
  deps.book.write((tx) => {
    for (const each of moved) each.saved = saveSpace(tx, rowOf(deps, each, each.fused));
    for (const space of gone)
      saveSpace(tx, {
        ...space,
        status: "out-of-service",
        lastUpdated: now,
        sensorData: { ...space.sensorData, removed: true },
      });
  });
}
