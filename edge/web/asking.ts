import type { AlertView, LaneView } from "@gatehouse/shared/contracts/kiosk";
import { chooseWords } from "./choose-words.ts";
import { alerts } from "./model.ts";

/** Why an exit needs a person who says whose vehicle it is, besides trouble with a ticket. */
const whoReasons = new Set([
  "several-sessions",
  "plate-doubtful",
  "no-session",
  "plate-unreadable",
  "plate-not-read",
  "no-camera-works",
  "not-identified",
]);

/** Whether the lane waits for somebody to say whose vehicle it is. An entry asks for nothing else. */
export const asksWho = ({ lane_id: laneId, direction }: LaneView): boolean =>
  alerts.value.some(({ alert_type: type, subject, details: { reason = "" } = {} }) => {
    if (type !== "attendant-needed" || subject !== laneId) return false;
    return direction === "entry" || whoReasons.has(reason) || reason.startsWith("ticket-");
  });

/** Why somebody is needed, in a sentence; "" where it is not said. */
export function whyAsked({ details }: AlertView): string {
  const reason = details?.reason;
  if (reason === undefined) return "";
  return chooseWords.asks[reason] ?? `${reason.replaceAll("-", " ")}.`;
}

const reviewTypes = new Set(["two-under-one-plate", "session-assumed-closed"]);

/** Whether two sessions are to be compared. */
export const isReview = ({ alert_type: type }: AlertView): boolean => reviewTypes.has(type);

export const isHelpCall = ({ alert_type: type }: AlertView): boolean => type === "help-call";
