import { faultTable, type FaultCode } from "@gatehouse/shared/fault";
import type { Instant } from "@gatehouse/shared/time";
import { z } from "zod";
import type { Refusal } from "./picture.ts";

const instant = z
  .number()
  .int()
  .transform((at) => at as Instant);

/** What the child needs of one camera; all paths are absolute. */
const CameraJob = z.object({
  id: z.string(),
  folder: z.string(),
  detector: z.string(),
  bays: z.string(),
  confidenceMin: z.number().optional(),
});
export type CameraJob = z.infer<typeof CameraJob>;

/** From the daemon to its vision child. */
export const ToChild = z.discriminatedUnion("kind", [
  /** Once, first. Each inner array is one thread's cameras. */
  z.object({ kind: z.literal("configure"), threads: z.array(z.array(CameraJob)) }),
  /** Look at the next picture; `at` comes back with what was seen. */
  z.object({ kind: z.literal("look"), camera: z.string(), at: instant }),
  z.object({ kind: z.literal("ping") }),
]);
export type ToChild = z.infer<typeof ToChild>;

const refusals = ["missing", "not_a_picture", "too_large", "truncated", "blind"] as const;
refusals satisfies readonly Refusal[];

const faultCode = z
  .string()
  .refine((code): code is FaultCode => Object.hasOwn(faultTable, code), "no such fault");

const words = z
  .array(z.object({ bay: z.string(), occupied: z.boolean(), confidence: z.number().min(0).max(1) }))
  .max(1000);

/** What became of one look. Never pixels. */
const Looked = z.object({
  kind: z.literal("looked"),
  camera: z.string(),
  at: instant,
  /** From the order to look until the words were known, queueing left out. */
  tookMs: z.number().min(0),
  outcome: z.discriminatedUnion("kind", [
    z.object({ kind: z.enum(["seen", "unchanged"]), words }),
    z.object({ kind: z.literal("refused"), reason: z.enum(refusals), detail: z.string() }),
    /** The camera cannot work until someone changes its files. */
    z.object({ kind: z.literal("unusable"), code: faultCode, detail: z.string() }),
  ]),
});
export type Looked = z.infer<typeof Looked>;

const Replaced = z.object({ kind: z.literal("replaced"), camera: z.string() });

/** From a thread to its process. */
export const FromThread = z.discriminatedUnion("kind", [
  Looked,
  /** A look that waited was replaced by a younger one: the camera is too slow for its pace. */
  Replaced,
  /** `busyMs`: for how long the present look has been going on. */
  z.object({ kind: z.literal("pong"), busyMs: z.number().min(0) }),
]);
export type FromThread = z.infer<typeof FromThread>;

/** From the vision child to the daemon. */
export const FromChild = z.discriminatedUnion("kind", [
  Looked,
  Replaced,
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("pong"), residentBytes: z.number() }),
]);
export type FromChild = z.infer<typeof FromChild>;
