import { z } from "zod";

const count = z.number().int().nonnegative();

/** What a facility's zones and lanes are called, and how much of everything there is: reports speak in these names. */
export const Layout = z.object({
  zones: z.array(
    z.object({
      zone_id: z.string(),
      name: z.string(),
      level: z.string(),
      /** How many spaces of each kind. */
      spaces: z.record(z.string(), count),
    }),
  ),
  lanes: z.array(
    z.object({
      lane_id: z.string(),
      name: z.string(),
      direction: z.string(),
      /** Empty: to all zones. */
      leads_to: z.array(z.string()),
    }),
  ),
  /** How many devices of each kind: sensor, camera, gate, terminal. */
  devices: z.record(z.string(), count),
});
export type Layout = z.infer<typeof Layout>;
