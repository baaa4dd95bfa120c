import type { SpaceType } from "@gatehouse/shared/contracts/space-types";
import type { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import { type Duration, hours } from "@gatehouse/shared/time";
import type { VehicleClass } from "@gatehouse/shared/vehicle";

/** Where a vehicle stands; undefined where nobody knows its space. */
export interface StandsIn {
  readonly type: SpaceType;
  readonly zoneId: string;
}

/** How long a stay may be: by its kind of space, else by its zone, else the facility's. */
export function overstayLimit(rules: ViolationRules["overstay"], space?: StandsIn): Duration {
  const byType = space && rules.limit_h_by_type[space.type];
  return hours(byType ?? (space && rules.limit_h_by_zone[space.zoneId]) ?? rules.limit_h);
}

/** The shortest of all limits: no stay up to it is too long anywhere. */
export function leastLimit(rules: ViolationRules["overstay"]): Duration {
  const others = [...Object.values(rules.limit_h_by_type), ...Object.values(rules.limit_h_by_zone)];
  return hours(Math.min(rules.limit_h, ...others));
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
