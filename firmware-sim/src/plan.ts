import { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { vehicleClasses } from "@gatehouse/shared/vehicle";
import { z } from "zod";

/** What the simulated site is and signs in with: the site's own configuration decides which hardware stands where. */
export const SimulatorPlan = z.object({
  seed: z.number().int().nonnegative(),
  /** From 1; counts the starts on the same data, so that a later run brings other cars. */
  run: z.number().int().positive(),
  facility: FacilityConfig,
  credentials: z.object({
    /** MQTT client id → password. */
    mqtt: z.record(z.string(), z.string()),
    /** Reader id → token. */
    readers: z.record(z.string(), z.string()),
    /** Terminal id → ZVT password, six digits. */
    terminals: z.record(z.string(), z.string()),
    /** Camera id → what one signs in with. */
    cameras: z.record(z.string(), z.object({ user: z.string(), password: z.string() })).default({}),
    /** Wire id → what one signs in with at the camera on it. */
    devices: z.record(z.string(), z.object({ user: z.string(), password: z.string() })).default({}),
  }),
  /** Where the town is kept between two runs. */
  state_file: z.string(),
});
export type SimulatorPlan = z.infer<typeof SimulatorPlan>;

/** A car inside, as it is kept between two runs. */
export const KeptCar = z.object({
  number: z.number().int(),
  plate: z.string(),
  vehicle_class: z.enum(vehicleClasses),
  entry_lane: z.string(),
  /** The space it stands in; null while it looks for one or is on its way out. */
  space_id: z.string().nullable(),
  /** How long it still stays, in milliseconds. */
  remaining_ms: z.number().nonnegative(),
});
export type KeptCar = z.infer<typeof KeptCar>;

export const KeptTown = z.object({
  cars: z.array(KeptCar),
  /** Terminal id → last receipt number given. */
  receipts: z.record(z.string(), z.number().int()),
});
export type KeptTown = z.infer<typeof KeptTown>;
