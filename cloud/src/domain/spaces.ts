import type { SpaceState } from "@gatehouse/shared/contracts/batch";
import { instantOf } from "@gatehouse/shared/time";

/** An honest name is short; beyond this an index cannot hold it. */
const longestName = 200;
/** PostgreSQL knows no year 0; a space that changed before 1970 did not change. */
const earliest = 0;

/** The newest state of each space of a batch, without those that no table can hold. */
export function newestOf(told: readonly SpaceState[]): { spaces: SpaceState[]; refused: number } {
  const newest = new Map<string, SpaceState>();
  let refused = 0;
  for (const space of told) {
    const known = newest.get(space.space_id);
    if (!isStorable(space)) refused += 1;
    else if (known === undefined || known.change < space.change) newest.set(space.space_id, space);
  }
  return { spaces: [...newest.values()], refused };
}

function isStorable(space: SpaceState): boolean {
  const names = [space.space_id, space.zone_id, space.level, space.space_type];
  const hasNames = names.every((name) => name.length <= longestName && !name.includes("\0"));
  return hasNames && (instantOf(space.changed_at) ?? -1) >= earliest;
}
