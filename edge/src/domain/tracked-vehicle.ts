import type { Instant } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";

/** When something was seen, on three scales. */
export interface SeenAt {
  /** For people and the book. */
  readonly at: Instant;
  /** Milliseconds on the scale that lengths are measured with: the message's own time, or monotonic time. */
  readonly measured: number;
  /** Monotonic time of its arrival: silence is measured with it. */
  readonly arrived: number;
}

/** One followed vehicle in one picture. */
export interface VehicleSeen extends SeenAt {
  readonly vehicleClass: VehicleClass;
  /** 0–1. */
  readonly confidence: number;
  /** Where it touches the ground, in pixels. */
  readonly position: readonly [x: number, y: number];
  /** The space it stands in. */
  readonly spaceId?: string;
}

/** How long it has stood in one space: from the first picture there to the last. */
export interface Standing {
  readonly spaceId: string;
  readonly first: SeenAt;
  readonly last: SeenAt;
}

/** What is known of a followed vehicle. Times of `changes` are on the measured scale. */
export interface TrackedVehicle {
  readonly vehicleClass: VehicleClass;
  readonly confidence: number;
  readonly first: SeenAt;
  readonly last: SeenAt;
  readonly path: readonly (readonly [x: number, y: number])[];
  readonly standing: Standing | undefined;
  /** The space it stood in last, also when it has left it. */
  readonly lastSpaceId: string | undefined;
  /** One picture has it in another space; the next one in a row makes it so. */
  readonly elsewhere: Standing | undefined;
  readonly changes: readonly number[];
}

/** What a picture made happen. */
export type VehicleStep =
  | { readonly kind: "arrived"; readonly standing: Standing }
  | { readonly kind: "left"; readonly standing: Standing }
  | { readonly kind: "changed"; readonly from: string; readonly to: string };

/** Points of a path that are kept; when full, every second one goes. */
const pathMax = 32;
/** Changes that are remembered: enough for any rule about how often. */
const changesMax = 20;

/**
 * Follows a vehicle one picture further (requirements T10, T11).
 *
 * It stands in a space from the first picture that has it there. It has changed to another one when two pictures
 * in a row say so: a box between two spaces that trembles is no change. Not being matched ends nothing: see `idle`.
 */
export function follow(
  known: TrackedVehicle | undefined,
  seen: VehicleSeen,
): { readonly vehicle: TrackedVehicle; readonly steps: readonly VehicleStep[] } {
  const vehicle = known === undefined ? firstSight(seen) : seenAgain(known, seen);
  const { spaceId } = seen;
  if (spaceId === undefined) return { vehicle: { ...vehicle, elsewhere: undefined }, steps: [] };
  const at: SeenAt = { at: seen.at, measured: seen.measured, arrived: seen.arrived };
  const { standing, elsewhere } = vehicle;

  if (standing?.spaceId === spaceId) {
    const longer = { ...standing, last: at };
    return { vehicle: { ...vehicle, standing: longer, elsewhere: undefined }, steps: [] };
  }
  if (standing !== undefined && elsewhere?.spaceId !== spaceId) {
    const there = { spaceId, first: at, last: at };
    return { vehicle: { ...vehicle, elsewhere: there }, steps: [] };
  }
  return settleIn(vehicle, { spaceId, first: elsewhere?.first ?? at, last: at });
}

/** Whether a vehicle that was last seen then is given up. Exactly so long is not yet too long. */
export const isIdle = (last: SeenAt, now: number, idleMs: number): boolean =>
  now - last.arrived > idleMs;

/** How long it has stood, in milliseconds; a clock that was set back makes it no shorter than nothing. */
export const lengthOf = ({ first, last }: Standing): number =>
  Math.max(0, last.measured - first.measured);

function settleIn(
  vehicle: TrackedVehicle,
  standing: Standing,
): { readonly vehicle: TrackedVehicle; readonly steps: readonly VehicleStep[] } {
  const { spaceId } = standing;
  const from = vehicle.lastSpaceId;
  const hasChanged = from !== undefined && from !== spaceId;
  const changes = hasChanged
    ? [...vehicle.changes, standing.first.measured].slice(-changesMax)
    : vehicle.changes;
  const steps: VehicleStep[] = [];
  if (vehicle.standing !== undefined) steps.push({ kind: "left", standing: vehicle.standing });
  if (hasChanged) steps.push({ kind: "changed", from, to: spaceId });
  steps.push({ kind: "arrived", standing });
  return {
    vehicle: { ...vehicle, standing, lastSpaceId: spaceId, elsewhere: undefined, changes },
    steps,
  };
}

function firstSight(seen: VehicleSeen): TrackedVehicle {
  const at: SeenAt = { at: seen.at, measured: seen.measured, arrived: seen.arrived };
  return {
    vehicleClass: seen.vehicleClass,
    confidence: seen.confidence,
    first: at,
    last: at,
    path: [seen.position],
    standing: undefined,
    lastSpaceId: undefined,
    elsewhere: undefined,
    changes: [],
  };
}

/** Its class is what the surest picture said. */
function seenAgain(known: TrackedVehicle, seen: VehicleSeen): TrackedVehicle {
  const isSurer = seen.confidence > known.confidence;
  return {
    ...known,
    vehicleClass: isSurer ? seen.vehicleClass : known.vehicleClass,
    confidence: Math.max(known.confidence, seen.confidence),
    last: { at: seen.at, measured: seen.measured, arrived: seen.arrived },
    path: lengthened(known.path, seen.position),
  };
}

function lengthened(
  path: TrackedVehicle["path"],
  [x, y]: readonly [number, number],
): TrackedVehicle["path"] {
  const [lastX, lastY] = path.at(-1) ?? [Number.NaN, Number.NaN];
  if (Math.hypot(x - lastX, y - lastY) < stirPx) return path;
  const room = path.length < pathMax ? path : path.filter((_, index) => index % 2 === 0);
  return [...room, [Math.round(x), Math.round(y)]];
}

/** A parked vehicle's box trembles; less than this is no movement. */
const stirPx = 8;
