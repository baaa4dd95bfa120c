/**
 * Dry contacts of a lane. `arming`: loop before the barrier; `safety`: loop under it;
 * `limit-open`, `limit-closed`: the barrier's own "arm is up" and "arm is down" contacts;
 * `help`: the driver's button for a person; `ticket`: the one for a ticket.
 */
export const laneInputs = [
  "arming",
  "safety",
  "limit-open",
  "limit-closed",
  "help",
  "ticket",
] as const;
export type LaneInput = (typeof laneInputs)[number];
