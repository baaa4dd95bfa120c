import type { SpaceType } from "../contracts/facility.ts";
import type { Tariff } from "../contracts/tariff.ts";
import type { Instant } from "../time.ts";
import type { VehicleClass } from "../vehicle.ts";
import type { StayPart } from "./timeline.ts";
import type { Site } from "./windows.ts";

/** A stay as the pieces of its price see it. */
export interface Scene {
  readonly tariff: Tariff;
  readonly site: Site;
  readonly vehicleClass: VehicleClass;
  readonly spaceType: SpaceType;
  readonly entry: Instant;
  readonly exit: Instant;
  readonly parts: readonly StayPart[];
  /** Whole minor units of an amount of the tariff. */
  readonly minor: (amount: string | number) => number;
}
