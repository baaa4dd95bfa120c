import type { Instant } from "@gatehouse/shared/time";
import type { Reader } from "../store/book.ts";
import { wordBefore } from "../store/observations.ts";
import type { SpaceNow } from "./occupancy.ts";

/** The last word of one source about a space, and whether it still counts. */
export interface SpokenWord {
  readonly source: "sensor" | "camera";
  readonly sourceId: string;
  readonly occupied: boolean;
  readonly receivedAt: Instant;
  readonly counts: boolean;
}

/** What is known of spaces, and who said it. */
export interface SpokenSpaces {
  all(): SpaceNow[];
  one(spaceId: string): SpaceNow | undefined;
  words(spaceId: string): SpokenWord[];
  /** The spaces that a source has spoken of. */
  spacesOf(sourceId: string): string[];
  /** Every camera that has spoken. */
  cameras(): string[];
}

/** What one source said of a space at a moment: undefined when it said nothing. */
export interface Said {
  readonly source: "fused" | "sensor" | "camera";
  /** Empty for what was published. */
  readonly sourceId: string;
  readonly occupied: boolean | undefined;
}

/**
 * What was said of a space at a moment that is not long ago: by each source, and what was published. A source's
 * earlier words are found among the observations; what was published before its last change is not known, so it is
 * left out then.
 */
export function saidAt(reader: Reader, spaces: SpokenSpaces, space: SpaceNow, at: Instant): Said[] {
  const { spaceId } = space.spec;
  const words = spaces.words(spaceId).map(({ source, sourceId, occupied, receivedAt, counts }) => {
    if (receivedAt > at)
      return { source, sourceId, occupied: wordBefore(reader, sourceId, spaceId, at) };
    return { source, sourceId, occupied: counts ? occupied : undefined };
  });
  if (space.since > at) return words;
  return [{ source: "fused", sourceId: "", occupied: publishedOf(space) }, ...words];
}

/** @returns undefined for a space of which nothing is known, or that is out of service */
export function publishedOf({ status }: SpaceNow): boolean | undefined {
  return status === "free" || status === "occupied" ? status === "occupied" : undefined;
}
