import { z } from "zod";
import { loadProfile, profileNames } from "../profiles.ts";

/** One make of barrier: how it wants to be told, and where. Defaults for a gate of the configuration. */
const BarrierPreset = z.strictObject({
  make: z.string().min(1, "write the maker and the boards"),
  pulse_ms: z.number().int().min(100).max(10_000),
  /** How long the arm takes to stand open. */
  travel_s: z.number().positive(),
  /** How long the barrier's own board holds the arm open. */
  hold_s: z.number().positive(),
  /** Who closes the arm after a vehicle: the barrier's own board, or nobody but a CLOSE. */
  auto_close: z.enum(["board", "none"]),
  /** Which terminals take the dry contacts, as a technician reads them on the board. */
  wiring: z.strictObject({ open: z.string(), close: z.string(), stop: z.string() }),
});
export type BarrierPreset = z.infer<typeof BarrierPreset>;

/** @throws ProfileError */
export const loadBarrierPreset = (name: string): BarrierPreset =>
  loadProfile("barriers", name, BarrierPreset);

/**
 * A configuration as it is in the file, with what its gates leave to their barriers' presets. Anything else in it,
 * right or wrong, stays as it is; a barrier that nobody knows is for `planLaneHardware` to complain about.
 */
export function withBarrierPresets(config: unknown): unknown {
  if (!isRecord(config) || !Array.isArray(config["lanes"])) return config;
  return { ...config, lanes: config["lanes"].map((lane: unknown) => withPreset(lane)) };
}

function withPreset(lane: unknown): unknown {
  if (!isRecord(lane) || !isRecord(lane["gate"])) return lane;
  const name = lane["gate"]["barrier"];
  if (typeof name !== "string" || !profileNames("barriers").includes(name)) return lane;
  const { pulse_ms, travel_s, hold_s } = loadBarrierPreset(name);
  return { ...lane, gate: { pulse_ms, travel_s, hold_s, ...lane["gate"] } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
