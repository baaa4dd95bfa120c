import { z } from "zod";
import { identifier } from "./topics.ts";

/** `fire`: lanes do what their `on_failure.fire` says. `security`: people are told. */
export const alarmKinds = ["fire", "security"] as const;
export type AlarmKind = (typeof alarmKinds)[number];

const board = {
  /** File name in edge/profiles/inputs or gates without `.json`. */
  profile: z.string(),
  wire: z.string(),
  unit: z.number().int().min(0).max(247).default(1),
};

/** A contact of a fire panel or a security system on an input board. */
export const AlarmConfig = z.strictObject({
  id: identifier,
  kind: z.enum(alarmKinds),
  ...board,
  /** As printed on the board, from 0. */
  input: z.number().int().min(0),
  /** How the contact stands while there is no alarm; fire panels open theirs, so that a cut wire is an alarm. */
  normally: z.enum(["open", "closed"]).default("closed"),
});
export type AlarmConfig = z.infer<typeof AlarmConfig>;

/** A relay that repeats an alarm to somebody else's system. */
export const OutputConfig = z.strictObject({
  id: identifier,
  follows: z.enum(alarmKinds),
  ...board,
  /** As printed on the board, from 1. */
  relay: z.number().int().min(1),
});
export type OutputConfig = z.infer<typeof OutputConfig>;
