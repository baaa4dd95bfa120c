import type { Tier } from "@gatehouse/shared/contracts/alerts/tiers";
import type { Tone } from "../../../shared/web/state-mark.tsx";

/** How each tier of alerts is marked. */
export const tierTones: Readonly<Record<Tier, Tone>> = {
  critical: "bad",
  warning: "warn",
  info: "calm",
};
