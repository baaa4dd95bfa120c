import type { TicketStep, ticketStatuses } from "@gatehouse/shared/contracts/registry";

export type TicketStatus = (typeof ticketStatuses)[number];
type Step = TicketStep["step"];

/** What a step makes of a ticket. @returns undefined when it is over, and no step is left */
export function ticketAfter(status: TicketStatus, step: Step): TicketStatus | undefined {
  if (status === "completed" || status === "cancelled") return undefined;
  if (step === "complete") return "completed";
  if (step === "cancel") return "cancelled";
  if (step === "schedule") return "scheduled";
  // Who does it may change after the day was set.
  return status === "scheduled" ? "scheduled" : "assigned";
}

/** Alerts about equipment that somebody must go and repair, and what kind of work that is. */
const works: Readonly<Record<string, string>> = {
  "sensor-battery-low": "battery",
  "sensors-disagree": "sensor",
  "sensor-stuck": "sensor",
  "sensor-flapping": "sensor",
  "sensor-silent": "sensor",
  "loop-stuck": "loop",
  "loop-never-on": "loop",
  "gate-fault": "gate",
  "gate-release-failed": "gate",
  "gate-not-seen-open": "gate",
  "alarm-contact-lost": "wiring",
  "device-gone": "device",
};

/** What kind of work an alert asks for; undefined: none. */
export const workOf = (alertType: string): string | undefined =>
  Object.hasOwn(works, alertType) ? works[alertType] : undefined;
