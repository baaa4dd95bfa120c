import { findOpenAlert } from "../store/alerts.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { LaneFlow } from "./lane.ts";
import { isStuck, stuckGate } from "./lane-writing.ts";

/** Brings the alert about a contact that stays closed in step with what the gate says of itself. */
export function lookAtGate(flow: LaneFlow): void {
  const { book, clock, random, lane, ports, changed } = flow.deps;
  const subject = lane.id;
  const isNow = isStuck(ports.gate);
  if (isNow === (findOpenAlert(book, stuckGate, subject) !== undefined)) return;
  const at = clock.now();
  flow.keep((tx) => {
    if (isNow) raiseAlert(tx, random, at, { type: stuckGate, subject, severity: "critical" });
    else clearAlert(tx, at, stuckGate, subject);
  });
  changed();
}
