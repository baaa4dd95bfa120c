import type {
  Detection,
  FrameMessage,
  TrackingMetadata,
} from "@gatehouse/shared/contracts/tracking";
import type { PixelBox, SeenSpace, SeenVehicle } from "@gatehouse/shared/ports/sight-feed";
import { hours, type Instant, seconds } from "@gatehouse/shared/time";
import { vehicleNamed } from "@gatehouse/shared/vehicle";
import { momentOf } from "../../domain/calendar.ts";

/** What a reader of messages must know of their camera and its facility. */
export interface MessageScene {
  readonly timezone: string;
  /** The worker's name of a space → ours, where they differ. */
  readonly spaceOfBay: Readonly<Record<string, string>>;
  readonly isSpace: (spaceId: string) => boolean;
  readonly arrived: Instant;
}

/** Where and how a message contradicts itself; each is counted, none refuses it (requirements T2). */
export type Flaw =
  | "vehicle-count"
  | "occupied-count"
  | "space-count"
  | "clock"
  | "track-twice"
  | "space-twice"
  | "match-unlisted"
  | "no-vehicle";

/** What a worker says of one picture, in our words. */
export interface WorkerSight {
  readonly at: Instant;
  readonly vehicles: readonly SeenVehicle[];
  readonly spaces: readonly NamedSpace[];
  readonly flaws: ReadonlySet<Flaw>;
}

export interface NamedSpace extends SeenSpace {
  readonly name: string;
  /** Shares of the picture. */
  readonly box?: NonNullable<TrackingMetadata["space_occupancy"][number]["bbox"]>;
}

/** A worker's clock may be ahead by the time that a message is under way, and by so much more. */
const aheadMost = seconds(5);
/** A message may have waited so long in a worker that was out of reach. */
const behindMost = hours(7 * 24);
/** A worker that does not say how sure it is of a space is as sure as a camera usually is. */
const usualConfidence = 0.8;

/**
 * Reads the tracking guide's message. Lists win over counts; a vehicle is listed once, and stands in one space; a
 * space holds one vehicle, the surest. Spaces get our own names where they can be told.
 */
export function readSight({ metadata }: FrameMessage, scene: MessageScene): WorkerSight {
  const flaws = new Set<Flaw>();
  const at = momentSaid(metadata, scene, flaws);
  const nameOf = spaceNamer(metadata, scene);
  const listed = listVehicles(metadata, flaws);
  const holders = matchSpaces(metadata, listed, nameOf, flaws);
  const spaces = metadata.space_occupancy.map((space): NamedSpace => {
    const spaceId = nameOf(space.space_id);
    const holder = space.is_occupied ? holders.get(spaceId) : undefined;
    return {
      spaceId,
      name: space.space_name ?? space.space_id,
      occupied: space.is_occupied,
      confidence: Math.max(0.5, holder?.confidence ?? usualConfidence),
      ...(space.bbox === undefined ? {} : { box: space.bbox }),
    };
  });
  if (metadata.vehicle_count !== metadata.detections.length) flaws.add("vehicle-count");
  if (metadata.total_spaces !== spaces.length) flaws.add("space-count");
  if (metadata.occupied_spaces !== spaces.filter(({ occupied }) => occupied).length)
    flaws.add("occupied-count");
  const spaceOf = new Map([...holders].map(([spaceId, vehicle]) => [vehicle, spaceId]));
  const vehicles = listed.map((vehicle) => {
    const spaceId = spaceOf.get(vehicle);
    return spaceId === undefined ? vehicle : { ...vehicle, spaceId };
  });
  return { at, vehicles, spaces, flaws };
}

/** A worker that has lost its clock says 1970, or next year: then the arrival counts. */
function momentSaid(
  { timestamp }: TrackingMetadata,
  { timezone, arrived }: MessageScene,
  flaws: Set<Flaw>,
): Instant {
  const said = momentOf(timestamp, timezone, arrived);
  if (said === undefined || said > arrived + aheadMost || said < arrived - behindMost) {
    flaws.add("clock");
    return arrived;
  }
  return Math.min(said, arrived) as Instant;
}

/** Our name of a worker's space: as the configuration maps it, its id, or the name painted on the floor. */
function spaceNamer(
  { space_occupancy }: TrackingMetadata,
  { spaceOfBay, isSpace }: MessageScene,
): (id: string) => string {
  const painted = new Map(space_occupancy.map((space) => [space.space_id, space.space_name]));
  return (id) => {
    const mapped = spaceOfBay[id];
    const name = painted.get(id);
    if (mapped !== undefined) return mapped;
    return !isSpace(id) && name !== undefined && isSpace(name) ? name : id;
  };
}

/** Each vehicle once: by its track, the surest; a match whose vehicle is not listed counts as well. */
function listVehicles(metadata: TrackingMetadata, flaws: Set<Flaw>): SeenVehicle[] {
  const { detections, matched_detections: matches, tracking_enabled: isTracking } = metadata;
  const byTrack = new Map<number, SeenVehicle>();
  const untracked: SeenVehicle[] = [];
  const add = (detection: Detection): void => {
    const vehicle = vehicleOf(detection, isTracking);
    if (vehicle === undefined) return void flaws.add("no-vehicle");
    if (vehicle.trackId === undefined) return void untracked.push(vehicle);
    const known = byTrack.get(vehicle.trackId);
    if (known !== undefined) flaws.add("track-twice");
    if (known === undefined || vehicle.confidence > known.confidence)
      byTrack.set(vehicle.trackId, vehicle);
  };
  for (const detection of detections) add(detection);
  for (const { detection } of matches) {
    const { track_id: track } = detection;
    if (!isTracking || typeof track !== "number" || byTrack.has(track)) continue;
    flaws.add("match-unlisted");
    add(detection);
  }
  return [...byTrack.values(), ...untracked];
}

/** The vehicle that stands in each space. */
function matchSpaces(
  { matched_detections: matches, tracking_enabled: isTracking }: TrackingMetadata,
  listed: readonly SeenVehicle[],
  nameOf: (id: string) => string,
  flaws: Set<Flaw>,
): Map<string, SeenVehicle> {
  const known = new Map(listed.map((vehicle) => [nameOfVehicle(vehicle), vehicle]));
  const standing = new Set<SeenVehicle>();
  const holders = new Map<string, SeenVehicle>();
  for (const { detection, space_id: id } of matches) {
    const read = vehicleOf(detection, isTracking);
    const vehicle = read === undefined ? undefined : known.get(nameOfVehicle(read));
    if (vehicle === undefined) continue;
    if (standing.has(vehicle)) {
      flaws.add("track-twice");
      continue;
    }
    standing.add(vehicle);
    const spaceId = nameOf(id);
    const holder = holders.get(spaceId);
    if (holder !== undefined) flaws.add("space-twice");
    if (holder === undefined || vehicle.confidence > holder.confidence)
      holders.set(spaceId, vehicle);
  }
  return holders;
}

/** By its track, else by where it is. */
const nameOfVehicle = ({ trackId, box }: SeenVehicle): string =>
  trackId === undefined ? Object.values(box).join(" ") : `track ${trackId}`;

function vehicleOf(detection: Detection, isTracking: boolean): SeenVehicle | undefined {
  const vehicleClass = vehicleNamed(detection.class);
  if (vehicleClass === undefined) return undefined;
  const [left, top, width, height] = detection.bbox;
  const box: PixelBox = { left, top, right: left + width, bottom: top + height };
  const { track_id: track, confidence } = detection;
  const isFollowed = isTracking && typeof track === "number";
  return { vehicleClass, confidence, box, ...(isFollowed ? { trackId: track } : {}) };
}
