import { areaOfBox, type Box, overlapOf } from "../geometry.ts";
import type { Detection } from "../vehicles.ts";
import { bestPairs, type Pair } from "./matching.ts";
import { Track } from "./track.ts";

/** How vehicles are followed; one default for every camera. */
export interface TrackSettings {
  /**
   * A detection scored lower begins no track, but may go on with one: the score at which the detector is as often
   * right as wrong.
   */
  readonly sureMin: number;
  /** Least overlap with where a track ought to be: of a sure detection, and of an unsure one. */
  readonly overlapSure: number;
  readonly overlapUnsure: number;
  /** How far a vehicle may have come between two pictures beyond where it ought to be, in its own sides a second. */
  readonly reach: number;
  /** Sights until a track counts: a single one may be a ghost. */
  readonly sightsToCount: number;
  /** How long a hidden vehicle is waited for: one that moves, one that stands. */
  readonly patienceMs: number;
  readonly stillPatienceMs: number;
}

export const defaultTracking: TrackSettings = {
  sureMin: 0.5,
  overlapSure: 0.2,
  overlapUnsure: 0.4,
  reach: 1.5,
  sightsToCount: 2,
  patienceMs: 2000,
  stillPatienceMs: 60_000,
};

/** A picture that was missed is no reason to forget anybody. */
const mostMissed = 3;

/** More vehicles than this are noise. */
const mostTracks = 500;

/** A vehicle in the picture and, once it counts, the track it belongs to. */
export interface Followed {
  readonly detection: Detection;
  readonly track: Track | undefined;
}

/**
 * Follows vehicles from picture to picture.
 *
 * Sure detections are matched with tracks first, the unsure ones then with the tracks that are left (Zhang et
 * al., "ByteTrack: Multi-object tracking by associating every detection box", 2022, algorithm 1): a car half
 * hidden by another keeps its number. What still has no partner may be a vehicle that a slow camera lost sight
 * of for a length or two, so at last nearness counts too. Numbers begin at 1 and are never used again.
 */
export class Tracker {
  readonly #settings: TrackSettings;
  #tracks: Track[] = [];
  #nextId = 1;
  #lastMs: number | undefined;

  constructor(settings: Partial<TrackSettings> = {}) {
    this.#settings = { ...defaultTracking, ...settings };
  }

  /**
   * @param detections of one picture, one a vehicle
   * @param atMs when it was taken; never earlier than the last one
   * @returns each detection, in its order
   */
  update(detections: readonly Detection[], atMs: number): Followed[] {
    const dt = Math.max(0, atMs - (this.#lastMs ?? atMs)) / 1000;
    this.#lastMs = atMs;
    for (const track of this.#tracks) {
      track.predict(dt);
      track.missed += 1;
    }
    const { sureMin, overlapSure, overlapUnsure, sightsToCount } = this.#settings;
    const sure = detections.filter(({ score }) => score >= sureMin);
    const unsure = detections.filter(({ score }) => score < sureMin);
    const trackOf = new Map<Detection, Track>();
    const matched = new Set<Track>();
    const match = (some: readonly Detection[], gain: Gain): void => {
      const open = this.#tracks.filter((track) => !matched.has(track));
      const free = some.filter((detection) => !trackOf.has(detection));
      for (const { row, column } of bestPairs(pairsOf(open, free, gain))) {
        const [track, detection] = [open[row], free[column]];
        if (track === undefined || detection === undefined) continue;
        track.see(detection, atMs);
        matched.add(track);
        trackOf.set(detection, track);
      }
    };
    match(sure, atLeast(overlapSure));
    match(unsure, atLeast(overlapUnsure));
    match(sure, (detection, box, track) =>
      // Who stood still and has long been hidden is behind something, not next to where it was.
      track.isStill && track.missed > 1 ? 0 : this.#nearness(detection, box, dt * track.missed),
    );
    for (const detection of sure) {
      if (trackOf.has(detection) || this.#tracks.length >= mostTracks) continue;
      const track = new Track(this.#nextId, detection, atMs);
      this.#nextId += 1;
      this.#tracks.push(track);
      trackOf.set(detection, track);
    }
    this.#tracks = this.#tracks.filter((track) => this.#isWaitedFor(track, atMs));
    return detections.map((detection) => {
      const track = trackOf.get(detection);
      const counts = track !== undefined && track.sights >= sightsToCount;
      return { detection, track: counts ? track : undefined };
    });
  }

  /** Everybody who is still waited for. */
  get known(): ReadonlySet<number> {
    return new Set(this.#tracks.map(({ id }) => id));
  }

  /** @returns 0–1, above 0 when the detection lies within reach of where the track ought to be */
  #nearness(detection: Detection, box: Box, unseenFor: number): number {
    const [side, size] = [sideOf(box), sideOf(detection)];
    if (size > sizeWithin * side || side > sizeWithin * size) return 0;
    const reach = this.#settings.reach * side * Math.min(longestReach, unseenFor);
    const apart = Math.hypot(
      (box.left + box.right - detection.left - detection.right) / 2,
      (box.top + box.bottom - detection.top - detection.bottom) / 2,
    );
    return reach === 0 ? 0 : Math.max(0, 1 - apart / reach);
  }

  /** A track that does not count yet is given up at its first miss. */
  #isWaitedFor(track: Track, atMs: number): boolean {
    if (track.missed === 0) return true;
    const { sightsToCount, patienceMs, stillPatienceMs } = this.#settings;
    if (track.sights < sightsToCount) return false;
    const patience = track.isStill ? stillPatienceMs : patienceMs;
    return track.missed <= mostMissed || atMs - track.lastMs <= patience;
  }
}

/** How well a detection fits where a track ought to be; 0: not at all. */
type Gain = (detection: Detection, box: Box, track: Track) => number;

/** How much two sizes may differ and still be one vehicle's. */
const sizeWithin = 1.6;

/** Seconds; whoever was hidden for longer may be anywhere. */
const longestReach = 2;

const sideOf = (box: Box): number => Math.sqrt(areaOfBox(box));

const atLeast =
  (overlapMin: number): Gain =>
  (detection, box) => {
    const overlap = overlapOf(box, detection);
    return overlap >= overlapMin ? overlap : 0;
  };

function pairsOf(tracks: readonly Track[], detections: readonly Detection[], gainOf: Gain): Pair[] {
  const pairs: Pair[] = [];
  for (const [row, track] of tracks.entries()) {
    const { box } = track;
    for (const [column, detection] of detections.entries()) {
      const gain = gainOf(detection, box, track);
      if (gain > 0) pairs.push({ row, column, gain });
    }
  }
  return pairs;
}
