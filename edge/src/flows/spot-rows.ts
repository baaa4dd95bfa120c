import type { SpotCountRequest } from "@gatehouse/shared/contracts/accuracy";
import { earlier, hours, type Instant, instantOf } from "@gatehouse/shared/time";
import type { Reader } from "../store/book.ts";
import type { SpotCountRow } from "../store/spot-counts.ts";
import type { SpaceNow } from "./occupancy.ts";
import { publishedOf, type Said, saidAt, type SpokenSpaces } from "./spoken-words.ts";

/** What was walked past: a zone, or what one camera sees. */
export interface Walk {
  /** As it is kept: `zone <id>` or `camera <id>`. */
  readonly scope: string;
  /** Empty for a camera. */
  readonly zoneId: string;
  readonly cameraId?: string;
  readonly spaces: readonly SpaceNow[];
}

interface Signed {
  readonly at: Instant;
  readonly by: string;
}

/** What somebody looked at longer ago can no longer be compared. */
const oldest = hours(12);

/** A count as rows: each source against what is true, space by space, or by number. */
export function rowsOf(
  reader: Reader,
  spaces: SpokenSpaces,
  walk: Walk,
  { count_id: countId, found }: SpotCountRequest,
  { at, by }: Signed,
): SpotCountRow[] {
  const common = { countId, scope: walk.scope, method: found.method, countedBy: by };
  if (found.method === "total") {
    const words = [publishedTotal(walk), ...cameraTotal(spaces, walk)];
    return words.map(({ source, sourceId, said }) => ({
      ...common,
      spaceId: "",
      source,
      sourceId,
      zoneId: walk.zoneId,
      spaces: walk.spaces.length,
      occupied: found.occupied,
      said,
      countedAt: at,
    }));
  }
  return looksOf(walk, found, at).flatMap(({ space, occupied, seenAt }) =>
    saidAt(reader, spaces, space, seenAt).map((said) => ({
      ...common,
      spaceId: space.spec.spaceId,
      source: said.source,
      sourceId: said.sourceId,
      zoneId: space.spec.zoneId,
      spaces: 1,
      occupied: Number(occupied),
      said: numberOf(said),
      countedAt: seenAt,
    })),
  );
}

interface LookedAt {
  readonly space: SpaceNow;
  readonly occupied: boolean;
  readonly seenAt: Instant;
}

/** Each space of the walk that was looked at. Where only wrong ones were told, all others are as published now. */
function looksOf(
  { spaces }: Walk,
  found: Exclude<SpotCountRequest["found"], { method: "total" }>,
  now: Instant,
): LookedAt[] {
  const told = new Map(found.spaces.map((seen) => [seen.space_id, seen]));
  return spaces.flatMap((space) => {
    const seen = told.get(space.spec.spaceId);
    if (seen === undefined) {
      const published = publishedOf(space);
      if (found.method === "each" || published === undefined) return [];
      return [{ space, occupied: published, seenAt: now }];
    }
    const seenAt = Math.min(now, instantOf(seen.at) ?? now) as Instant;
    return seenAt < earlier(now, oldest) ? [] : [{ space, occupied: seen.occupied, seenAt }];
  });
}

/** How many are published as occupied; nobody knows when one of them is unknown. */
function publishedTotal({ spaces }: Walk) {
  const known = spaces.map(publishedOf);
  return { source: "fused" as const, sourceId: "", said: totalOf(known) };
}

/** The number of the camera whose spaces were walked. */
function cameraTotal(spoken: SpokenSpaces, { cameraId, spaces }: Walk) {
  if (cameraId === undefined) return [];
  const words = spaces.map(({ spec }) => {
    const word = spoken.words(spec.spaceId).find(({ sourceId }) => sourceId === cameraId);
    return word?.counts === true ? word.occupied : undefined;
  });
  return [{ source: "camera" as const, sourceId: cameraId, said: totalOf(words) }];
}

function totalOf(words: readonly (boolean | undefined)[]): number | null {
  return words.includes(undefined) ? null : words.filter((word) => word === true).length;
}

const numberOf = ({ occupied }: Said): number | null =>
  occupied === undefined ? null : Number(occupied);
