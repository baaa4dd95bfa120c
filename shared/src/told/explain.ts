import type { LedgerFact } from "../contracts/event.ts";
import { formatMinor, minorUnits } from "../money.ts";
import {
  accessReasons,
  listChangeSentence,
  resetSentence,
  visitorChangeSentence,
} from "./access-words.ts";
import { decisionDetails } from "./decision-details.ts";
import { moneySentence } from "./money-words.ts";
import { placeSentence } from "./place-words.ts";

/** What a reason code means, as a person says it. A code that is not named is said as it stands. */
const reasons: Readonly<Record<string, string>> = {
  ...accessReasons,
  transient: "there was a free place",
  permit: "the plate has a valid permit",
  "permit-unseen": "the plate has a valid permit, although nobody saw it come in",
  "allow-listed": "the plate is on the allow list",
  "same-vehicle": "the same vehicle tried again",
  "deny-listed": "the plate is on the deny list",
  "facility-full": "no place was free",
  "plate-unreadable": "the plate could not be read",
  "plate-doubtful": "the read was too unsure to choose a session by likeness",
  "no-session": "no session was found for the plate",
  "several-sessions": "several sessions fit the plate",
  "lane-locked": "the lane is locked",
  "rights-old": "head office has been silent for days, and this lane asks a person then",
  owes: "the stay is not paid yet",
  ticket: "a ticket was printed for it",
  "turned-away": "a person turned it away",
  "ticket-not-printed": "its ticket could not be printed",
  paid: "the stay was paid",
  free: "the stay costs nothing",
  settled: "nothing is owed",
  "within-grace": "it was paid and the time to leave is not over",
  "backed-out": "the vehicle backed out",
  "nobody-passed": "nobody passed the open gate",
  superseded: "another vehicle was let in before it",
  "never-passed": "its vehicle was never seen passing",
  "later-read": "a later read of the same vehicle was surer",
  "same-passage": "its vehicle had just passed",
};

export function reasonText(reason: string): string {
  if (reason.startsWith("by-hand:"))
    return `by hand: ${reason.slice("by-hand:".length).replaceAll("-", " ")}`;
  if (reason.startsWith("fail-open:"))
    return `the lane opens at this failure: ${reason.slice("fail-open:".length).replaceAll("-", " ")}`;
  return reasons[reason] ?? reason.replaceAll("-", " ");
}

const verbs = { open: "Opened", deny: "Refused", ask: "Asked for a person" } as const;

/** A decision in one sentence: what, for which plate, why, and who decided. */
export function decisionSentence(decision: {
  readonly kind: "open" | "deny" | "ask";
  readonly reason: string;
  readonly plate: string | null;
  readonly actor: { readonly kind: string; readonly id?: string | undefined };
}): string {
  const verb =
    decision.kind === "ask" && decision.reason === "owes"
      ? "Asked for payment"
      : verbs[decision.kind];
  const whose = decision.plate === null || decision.plate === "" ? "" : ` for ${decision.plate}`;
  const who =
    decision.actor.kind === "plate-rule" ? "" : `, by ${decision.actor.id ?? decision.actor.kind}`;
  return `${verb}${whose}: ${reasonText(decision.reason)}${who}.`;
}

/** Any line of the ledger in one sentence, for `why`. */
export function lineSentence(fact: LedgerFact): string {
  switch (fact.type) {
    case "edge-started":
      return `The daemon started (version ${fact.body.version})${fact.body.clock_suspect ? "; the clock is suspect" : ""}.`;
    case "epoch-begun":
      return `The book was an older copy: epoch ${fact.body.previous_epoch} ends at line ${fact.body.previous_seq}, ${fact.body.forgotten} later lines are known to head office only, ${fact.body.retold} lines were numbered anew.`;
    case "layout-told":
      return `The facility has ${fact.body.zones.length} zones and ${fact.body.lanes.length} lanes.`;
    case "clock-stepped":
      return `The wall clock stepped by ${(fact.body.by_ms / 1000).toFixed(1)} s; stays are not affected.`;
    case "lane-decided":
      return decisionTold(fact.body);
    case "gate-commanded":
      return `The gate of ${fact.body.lane_id} was told to open.`;
    case "gate-answered":
      return `The gate of ${fact.body.lane_id} answered: ${fact.body.result} (${fact.body.evidence}).`;
    case "passage-ended":
      return passageSentence(fact.body);
    case "gate-opened-unexplained":
      return `The gate of ${fact.body.lane_id} opened without a command (${fact.body.evidence}).`;
    case "mode-set":
      return `${fact.body.lane_id === null ? "The facility" : `Lane ${fact.body.lane_id}`} was set to ${fact.body.mode.replaceAll("-", " ")} by ${whoOf(fact.body.actor)}: ${fact.body.reason}.`;
    case "lane-turned":
      return `Lane ${fact.body.lane_id} was made an ${fact.body.direction} by ${whoOf(fact.body.actor)}: ${fact.body.reason}.`;
    case "lane-ordered":
      return `The gate of ${fact.body.lane_id} was to ${fact.body.order.replaceAll("-", " ")}, by ${whoOf(fact.body.actor)}: ${fact.body.reason}.`;
    case "lane-order-answered":
      return `The gate of ${fact.body.lane_id} answered: ${fact.body.result} (${fact.body.evidence}).`;
    case "session-pending":
      return `A session was prepared for ${fact.body.plate || "an unread plate"} at ${fact.body.lane_id}.`;
    case "session-opened":
      return fact.body.assumed
        ? "The session was opened; the passage was not seen, only assumed."
        : "The vehicle passed; the session is open.";
    case "session-cancelled":
      return `The session was cancelled: ${reasonText(fact.body.reason)}.`;
    case "session-quoted":
      return `${money(fact.body.due_minor, fact.body.currency)} asked for ${minutesText(fact.body.duration_s)}.`;
    case "session-settled":
      return `Settled; free to leave until ${fact.body.grace_until}.`;
    case "session-closed":
      return `The session ended as ${fact.body.outcome} after ${minutesText(fact.body.duration_s)}; owed: ${fact.body.owed_minor} minor units.`;
    case "session-flagged":
      return `The session was flagged: ${fact.body.flag}.`;
    case "plate-corrected":
      return `The plate ${fact.body.from || "that nobody could read"} is taken for ${fact.body.to} (read as ${fact.body.raw_plate || "nothing"}), by ${fact.body.by.id ?? fact.body.by.kind}: ${reasonText(fact.body.reason)}.`;
    case "session-chosen":
      return `The vehicle at ${fact.body.lane_id}${fact.body.read_plate ? ` (read as ${fact.body.read_plate})` : ""} is that of ${fact.body.plate || "this session"}, said ${fact.body.by.id ?? fact.body.by.kind}.`;
    case "session-superseded":
      return `The session was of the same vehicle as ${fact.body.kept_id}, which goes on, said ${fact.body.by.id ?? fact.body.by.kind}.`;
    case "session-in-space":
    case "session-out-of-space":
      return placeSentence(fact);
    case "space-stay-closed":
      return `Space ${fact.body.space_id} was occupied for ${minutesText(fact.body.duration_seconds)}.`;
    case "occupancy-hour":
      return `Occupancy of the hour from ${fact.body.hour}.`;
    case "alert-raised":
      return `Alert (${fact.body.severity}): ${alertText(fact.body.alert_type, fact.body.subject, fact.body.details)}`;
    case "alert-acknowledged":
      return `The alert was acknowledged by ${fact.body.by.id ?? fact.body.by.kind}.`;
    case "alert-resolved":
      return "The alert was resolved.";
    case "camera-flow-hour":
      return `Camera ${fact.body.camera_id} in the hour from ${fact.body.hour}: ${fact.body.entries} in, ${fact.body.exits} out.`;
    case "camera-view-saved":
      return `The drawing of camera ${fact.body.camera_id} was saved with ${fact.body.spaces} spaces, by ${fact.body.by.id ?? fact.body.by.kind}.`;
    case "spot-counted":
      return `A count by ${fact.body.by.id ?? fact.body.by.kind}: ${fact.body.occupied} of ${fact.body.spaces} spaces are occupied.`;
    case "list-entry-changed":
      return listChangeSentence(fact.body);
    case "visitor-changed":
      return visitorChangeSentence(fact.body);
    case "presence-reset":
      return resetSentence(fact.body);
    case "device-state-changed":
      return `Device ${fact.body.device_id} was ${fact.body.from} and is ${fact.body.to}, by ${whoOf(fact.body.actor)}: ${fact.body.reason.replaceAll("-", " ")}.`;
    case "parking-ticket-issued":
      return `Ticket ${fact.body.number} was issued at ${fact.body.lane_id}.`;
    case "parking-ticket-voided":
      return `Ticket ${fact.body.number} was voided: ${reasonText(fact.body.reason)}.`;
    case "parking-ticket-used":
      return `Ticket ${fact.body.number} was used: its vehicle has left.`;
    case "parking-ticket-reprinted":
      return `Ticket ${fact.body.number} was printed again at ${fact.body.lane_id} by ${fact.body.by.id ?? fact.body.by.kind}: ${fact.body.reason}.`;
    case "parking-ticket-lost":
      return `The ticket is lost, said ${whoOf(fact.body.by)}: ${fact.body.reason}; the session was found by ${fact.body.found_by.replaceAll("-", " ")}.`;
    case "devices-told": {
      const { devices } = fact.body;
      const names = devices.slice(0, 3).map(({ device_id, state }) => `${device_id} ${state}`);
      return `Head office is told of ${devices.length} devices: ${names.join(", ")}${devices.length > 3 ? "…" : ""}.`;
    }
    case "ticket-changed":
      return ticketSentence(fact.body);
    case "remedy-tried":
      return `To ${fact.body.action.replaceAll("-", " ")} was tried for ${fact.body.device_id} (${fact.body.because}): ${fact.body.outcome.replaceAll("-", " ")}${fact.body.detail === "" ? "" : `, ${fact.body.detail}`}.`;
    case "directive-applied":
      return `Directive ${fact.body.number} (${fact.body.kind}): ${fact.body.result}.`;
    default:
      return moneySentence(fact);
  }
}

/** A decision with what it rests on, still in one sentence, and the note of who decided. */
function decisionTold(body: Extract<LedgerFact, { type: "lane-decided" }>["body"]): string {
  const details = decisionDetails(body).map((detail) => `; ${detail}`);
  const sentence = `${decisionSentence(body).slice(0, -1)}${details.join("")}.`;
  return body.note === undefined ? sentence : `${sentence} Note: ${body.note}`;
}

const whoOf = (actor: { readonly kind: string; readonly id?: string | undefined }): string =>
  actor.id ?? actor.kind;

function passageSentence(body: Extract<LedgerFact, { type: "passage-ended" }>["body"]): string {
  const names = ["commanded", "acknowledged", "moved", "passed", "closed"] as const;
  const missing = names.filter((name) => body[name] === null);
  const proof =
    missing.length === 0 ? "all five facts are proven" : `not proven: ${missing.join(", ")}`;
  return `The passage at ${body.lane_id} ended: ${body.outcome.replaceAll("-", " ")}; ${proof}.`;
}

function ticketSentence(body: Extract<LedgerFact, { type: "ticket-changed" }>["body"]): string {
  const { equipment_id, status, technician_id, scheduled_at, done, actor, description } = body;
  const rest = [
    technician_id === null ? [] : `for ${technician_id}`,
    scheduled_at === null ? [] : `at ${scheduled_at}`,
    done === null ? [] : `done: ${done}`,
  ].flat();
  const more = rest.length === 0 ? "" : ` (${rest.join(", ")})`;
  return `The work on ${equipment_id} is ${status}${more}, by ${whoOf(actor)}: ${description}.`;
}

const alerts: Readonly<Record<string, string>> = {
  "attendant-needed": "a driver needs an attendant",
  "gate-fault": "the gate did not take its command",
  "gate-opened-unexplained": "the gate opened without a command",
  "gate-release-failed": "the OPEN contact may still be closed; the barrier can stay open",
  "loop-stuck": "the safety loop has been on for ten minutes; check the loop and its detector",
  "gate-not-seen-open":
    "the gate took its command, and its arm was not seen up; look at the barrier",
  "passed-unidentified": "vehicles pass the gate that is held open, and nobody knows which",
  "help-call": "a driver calls for help",
  "fire-alarm": "the fire alarm is on; lanes do what they are set to do at a fire",
  "security-alarm": "the security system reports an alarm",
  "alarm-contact-lost": "the alarm's contact cannot be read; check its wire",
  "alarm-not-obeyed":
    "the gate was to stand open at the fire alarm and does not do it; open it by hand",
  "stood-open":
    "the gate stood open; who is inside may be out of step, a neutral reset puts it right",
  "loops-lost": "the loops cannot be read, and the lane is set to stand open then",
  "loop-silent":
    "the safety loop has seen nobody at several openings; check the loop and its detector",
  "held-open": "the gate is held open; vehicles pass without a decision",
  tailgate: "a second vehicle followed through the gate",
  "session-assumed-closed": "a plate came in again; its earlier session was closed as assumed",
  "two-under-one-plate": "two vehicles are inside under one plate; look whose it is",
  "exit-unconfirmed": "an exit was opened before a restart and the vehicle was not seen",
  "deny-listed-vehicle-inside":
    "a plate of the deny list was read when its vehicle had been let in; look at its pictures",
  "receipt-not-printed": "a driver's receipt did not come out; it can be printed again",
  "payment-undecided": "a payment's outcome is not known; check the terminal's journal",
  "renewal-past-due": "a permit's next period could not be charged; it ends with its grace",
  "offline-charges-wait":
    "cars were let go on means that could not be charged for a day; check the gateway and its key",
  "online-payment-review": "a payment at a gateway is not as it should be; look at it there",
  "online-callback-refused":
    "a gateway's signed call was refused; look at its settings and our clock",
  "refund-to-agree": "a refund waits for a second person's agreement",
  "refund-undecided": "nobody knows whether a refund went back; check the terminal's journal",
  "money-to-return": "more was paid than is owed; give the rest back",
  "debt-known": "this plate has left without paying before; ask for what is owed",
  "disk-full": "the disk is full",
  "sensor-battery-low": "the sensor's battery must be changed",
  "sensors-disagree": "the two sensors of one space say different things; look which is right",
  "sensor-stuck": "the sensor has not changed for days while the spaces around it did",
  "sensor-flapping": "the sensor changes far more often than vehicles come and go",
  "sensor-silent": "the sensor has been silent for much longer than is usual for it",
  "loop-never-on": "vehicles pass, and the loop never sees one; check the loop and its detector",
  "device-gone": "the device has been away for a day; look at its power and its way here",
  "device-new":
    "a device that nobody has configured came with a valid password; approve or retire it",
  "device-quarantined": "the device was shut out for what it did; a technician lets it in again",
  "device-misconduct": "the device does what it must not; look at it",
  "camera-accuracy-low":
    "what it says of spaces was wrong too often when people looked; look at its picture and calibrate it",
  "fraud-card-velocity": "one card pays again and again; look at its payments",
  "fraud-account-velocity": "one account pays again and again; look at its payments",
  "fraud-plate-velocity": "one plate comes in again and again; look at its pictures",
  "fraud-voids": "one person has taken many payments back; look at their shift",
  "fraud-nil-payments": "one person has given up many payments; look at their shift",
  "fraud-openings": "one person has opened gates by hand many times; look at why",
  "fraud-validations": "one merchant pays for very many plates at once; ask the merchant",
  "fraud-exit-twice":
    "the plate left twice and was not seen coming in between; look at its pictures",
  "fraud-ticket-swap":
    "another vehicle left with this ticket than came in with it; look at its pictures",
  "fraud-refund-after-cash": "cash was given back soon after it was taken; ask who did it",
  "payment-failures": "no charge goes through there any more; look at the terminal or the gateway",
  overstay: "the vehicle has stood there longer than is allowed",
  space_change: "the vehicle moved to another space",
  suspicious: "the vehicle moves between spaces again and again",
  unauthorized: "nobody has paid for the vehicle that stands there",
};

/**
 * An alert as one sentence. People know vehicles by their plates: where the subject is an id of ours (a session, a
 * payment) the plate stands for it, or nothing.
 */
export function alertText(
  type: string,
  subject: string,
  details: Readonly<Record<string, unknown>> = {},
): string {
  const text = `${alerts[type] ?? type.replaceAll("-", " ")}.`;
  const { plate } = details;
  if (!ownId.test(subject)) return `${subject}: ${text}`;
  if (typeof plate === "string" && plate !== "") return `${plate}: ${text}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An id that only machines read, alone or behind the kind of thing that it names. */
const ownId = /(?:^|-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const money = (amount: number, currency: string): string =>
  formatMinor(minorUnits(amount), currency);

const minutesText = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
};
