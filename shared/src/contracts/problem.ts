import { z } from "zod";

/** Every refused request, everywhere: what was wrong, where, and what to do (the shape of RFC 9457). */
export const Problem = z.object({
  /** A stable code in kebab-case. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** What to do about it. */
  hint: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** By which whoever reads the log finds this request. */
  trace_id: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One thing wrong with what somebody wrote: where, and what to write. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

/** The complaints of a zod refusal as paths a person can find: `lanes[1].gate.wire: …`. */
export function complaintsOf(error: z.ZodError): Complaint[] {
  return error.issues.map((issue) => ({ path: pathText(issue.path), message: issue.message }));
}

export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === "number"
        ? `${text}[${step}]`
        : text === ""
          ? String(step)
          : `${text}.${String(step)}`,
    "",
  );
