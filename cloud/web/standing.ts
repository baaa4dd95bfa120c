import type { StandingLevel, StandingReason } from "@gatehouse/shared/contracts/office";
import type { Tone } from "../../shared/web/state-mark.tsx";
import { durationText } from "../../shared/web/duration.ts";
import { ageText, countText } from "./format.ts";
import { words } from "./words.ts";

export const toneOf: Readonly<Record<StandingLevel, Tone>> = {
  fault: "bad",
  attention: "warn",
  unknown: "unknown",
  ok: "ok",
};

export function reasonText(reason: StandingReason, asOf: string): string {
  const time =
    reason.since === undefined
      ? durationText(Math.abs(reason.skew_ms ?? 0))
      : ageText(reason.since, asOf);
  return words.reason(reason, time, countText(reason.count ?? 0));
}

/** Where the alerts themselves are shown, how many there are says nothing more. */
export const isToldByAlerts = ({ code }: StandingReason): boolean =>
  code === "critical-alerts" || code === "warning-alerts";
