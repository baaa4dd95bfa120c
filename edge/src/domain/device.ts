import type { DeviceAct, deviceStates, standings } from "@gatehouse/shared/contracts/registry";

/** What the registry has made of a device. */
export type Standing = (typeof standings)[number];
export type DeviceState = (typeof deviceStates)[number];
/** What a device says of itself, or what is seen of it. */
export type Health = "online" | "stale" | "offline" | "unknown";

/**
 * The one word that is shown of a device. Only an approved one is judged by its health; one that has not been heard
 * yet is merely approved.
 */
export function deviceState(standing: Standing, health: Health): DeviceState {
  if (standing !== "approved") return standing;
  return health === "unknown" ? "approved" : health;
}

/** @returns undefined when the act changes nothing */
export function standingAfter(standing: Standing, act: DeviceAct): Standing | undefined {
  const after = acts[act][standing];
  return after === standing ? undefined : after;
}

const acts: Readonly<Record<DeviceAct, Readonly<Record<Standing, Standing>>>> = {
  approve: {
    new: "approved",
    approved: "approved",
    quarantined: "approved",
    retired: "approved",
  },
  quarantine: {
    new: "quarantined",
    approved: "quarantined",
    quarantined: "quarantined",
    // Retired is refused already, and stays what people made it.
    retired: "retired",
  },
  retire: { new: "retired", approved: "retired", quarantined: "retired", retired: "retired" },
};

/** What a device is once the configuration names it: only a quarantine outlives that. */
export const standingWhenNamed = (standing: Standing): Standing =>
  standing === "quarantined" ? "quarantined" : "approved";

/** Whether a device's messages are refused. */
export const isShutOut = (standing: Standing): boolean =>
  standing === "quarantined" || standing === "retired";
