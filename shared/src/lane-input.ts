/**
 * Dry contacts of a lane. `arming`: loop before the barrier; `safety`: loop under it;
 * `limit-open`: the barrier's own "arm is up" contact.
 */
export type LaneInput = "arming" | "safety" | "limit-open";
