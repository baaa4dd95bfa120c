import { z } from "zod";

/** Who did something. */
export const Actor = z.object({
  kind: z.enum(["plate-rule", "attendant", "technician", "system", "driver", "merchant"]),
  /** The login of a person, the id of a reader, a merchant's id. */
  id: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;
