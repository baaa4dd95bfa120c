import { z } from "zod";

/** A letter of a form, then how often it may stand: once, or `{least,most}` times. */
const form = z.string().regex(/^([a-zL19](\{[0-9],[0-9]\})?)+$/);

/** How one country writes its plates (`edge/profiles/plates`), gaps and marks left out. */
export const PlateProfile = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  name: z.string(),
  /** No plate has more characters. */
  longest: z.number().int().positive().optional(),
  /** What a small letter of a form stands for; `L` is any letter, `9` any digit, `1` any but 0. */
  sets: z.record(z.string().regex(/^[a-z]$/), z.string().regex(/^[A-Z0-9]+$/)).default({}),
  shapes: z.array(
    z.strictObject({
      name: z.string(),
      form,
      /** One of these stands before what the form says. */
      prefixes: z.array(z.string().regex(/^[A-Z0-9]+$/)).optional(),
      /** So loose, or so rare, that it says little. */
      weak: z.boolean().default(false),
    }),
  ),
});
export type PlateProfile = z.infer<typeof PlateProfile>;
