import type { SpaceSpec, TrackingRules } from "@gatehouse/shared/contracts/facility";
import { hours, minutes } from "@gatehouse/shared/time";
import type { AnomalyRules } from "../../domain/anomaly.ts";

/** What the facility calls unusual, by space: kinds of space may have their own longest stay. */
export function anomalyRules(
  rules: TrackingRules,
  spaces: readonly SpaceSpec[],
): (spaceId: string) => AnomalyRules {
  const types = new Map(spaces.map(({ spaceId, type }) => [spaceId, type]));
  const authorise = rules.authorise_within_min;
  const usual: AnomalyRules = {
    overstay: hours(rules.overstay_h),
    suspiciousChanges: rules.suspicious_changes,
    within: minutes(rules.suspicious_within_min),
    authoriseWithin: authorise === undefined ? undefined : minutes(authorise),
  };
  return (spaceId) => {
    const type = types.get(spaceId);
    const own = type === undefined ? undefined : rules.overstay_h_by_type[type];
    return own === undefined ? usual : { ...usual, overstay: hours(own) };
  };
}
