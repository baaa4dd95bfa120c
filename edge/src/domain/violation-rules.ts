import type { SpaceType } from "@gatehouse/shared/contracts/space-types";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import { type Duration, hours } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";

/** Where a vehicle stands; undefined where nobody knows its space. */
export interface StandsIn {
  readonly type: SpaceType;
  readonly zoneId: string;
}

/** How long a vehicle may stand there: by the kind of space, else by its zone; undefined: the space has no limit of its own. */
export function ownLimit(
  rules: ViolationRules["overstay"],
  { type, zoneId }: StandsIn,
): Duration | undefined {
  const limit = rules.limit_h_by_type[type] ?? rules.limit_h_by_zone[zoneId];
  return limit === undefined ? undefined : hours(limit);
}

/** The shortest limit of any kind of space or zone; undefined: none has one. */
export function leastOwnLimit(rules: ViolationRules["overstay"]): Duration | undefined {
  const own = [...Object.values(rules.limit_h_by_type), ...Object.values(rules.limit_h_by_zone)];
  return own.length === 0 ? undefined : hours(Math.min(...own));
}

/** How long a vehicle is here; milliseconds of steady time. */
export interface StayLengths {
  /** From gate to gate. */
  readonly inside: number;
  /** In the space where it is known to stand. */
  readonly place: { readonly space: StandsIn; readonly length: number } | undefined;
}

/**
 * Whether a vehicle stays too long. A space's own limit is for the time in that space; the facility's is for the whole
 * stay, and yields to a longer one of the space.
 */
export function overstayOf(
  rules: ViolationRules["overstay"],
  { inside, place }: StayLengths,
): { readonly length: number; readonly limit: Duration } | undefined {
  const own = place && ownLimit(rules, place.space);
  const inPlace = place?.length ?? 0;
  if (own !== undefined && isTooLong(inPlace, own)) return { length: inPlace, limit: own };
  const limit = Math.max(hours(rules.limit_h), own ?? 0) as Duration;
  return isTooLong(inside, limit) ? { length: inside, limit } : undefined;
}

/** Strictly longer: exactly the limit is no overstay (requirements T24). Both in milliseconds of steady time. */
export const isTooLong = (length: number, limit: Duration): boolean => length > limit;

/** Who stands in a space, as far as anybody can tell. */
export interface SpaceUser {
  readonly vehicleClass: VehicleClass;
  /** Of the session that is bound to the space; undefined where none is known. */
  readonly permit: { readonly kind: string } | "none" | undefined;
}

/**
 * Whether a vehicle stands in a space that is kept for others. A vehicle whose kind nobody knows does not, and where
 * nobody knows whose it is, its permit is not asked for.
 *
 * @returns why, in a few words; undefined when it may stand there or nobody can tell
 */
export function wrongSpace(
  { permit_kinds: kinds }: Pick<ViolationRules["wrong-space-type"], "permit_kinds">,
  type: SpaceType,
  { vehicleClass, permit }: SpaceUser,
): string | undefined {
  if (type === "motorcycle" && vehicleClass !== "motorcycle" && vehicleClass !== "unknown")
    return `a ${vehicleClass} in a motorcycle space`;
  const allowed = kinds[type];
  if (allowed === undefined || permit === undefined) return undefined;
  if (permit === "none") return `no permit in a space for ${allowed.join(", ")}`;
  const isAllowed = (allowed as readonly string[]).includes(permit.kind);
  return isAllowed ? undefined : `a ${permit.kind} permit in a space for ${allowed.join(", ")}`;
}
