import { z } from "zod";
import { vehicleClasses } from "../vehicle.ts";
import { visitorKinds } from "./access-terms.ts";
import { Actor } from "./actor.ts";
import { gateOrders, laneModes } from "./lanes.ts";
import { Layout } from "./layout.ts";
import { moneyEventBodies } from "./money-events.ts";
import {
  DeviceTold,
  devicesToldMax,
  remedyActions,
  standings,
  ticketStatuses,
} from "./registry.ts";
import { placeEnds, placeWitnesses } from "./space-vehicles.ts";

const instant = z.iso.datetime();
const minor = z.number().int().nonnegative();
const session = {
  session_id: z.string(),
  lane_id: z.string(),
};

/** One of the five facts of a passage: when, and what shows it. Missing evidence is `null`, never assumed. */
const fact = z.object({ at: instant, evidence: z.string() }).nullable();

/** One entry of a list, as it was or is. */
const listed = z.object({ reason: z.string(), valid_until: instant.nullable() });
/** A visitor, as announced. */
const announced = z.object({
  kind: z.enum(visitorKinds),
  plate: z.string(),
  name: z.string(),
  host: z.string().nullable(),
  valid_from: instant,
  valid_until: instant,
  entries_max: z.number().int().positive().nullable(),
  ended: z.boolean(),
});

/** What each type of ledger line says. A line's text is the canonical JSON of `{at, body, epoch, seq, type}`. */
export const eventBodies = {
  "edge-started": z.object({
    boot_id: z.string(),
    version: z.string(),
    clock_suspect: z.boolean(),
  }),
  /**
   * The book was an older copy than the one that spoke last: this epoch goes on behind line `previous_seq` of
   * `previous_epoch`. Head office holds `forgotten` lines behind that one which the book does not know; `retold` lines
   * of the book follow here under new numbers.
   */
  "epoch-begun": z.object({
    previous_epoch: z.number().int().positive(),
    previous_seq: z.number().int().nonnegative(),
    forgotten: z.number().int().nonnegative(),
    retold: z.number().int().nonnegative(),
  }),
  /** The names of zones and lanes, whenever the configuration has changed them. */
  "layout-told": Layout,
  "clock-stepped": z.object({ by_ms: z.number().int() }),
  /** Every open, deny and ask, whoever decided. `rules` are the rules that fired, in order. */
  "lane-decided": z.object({
    decision_id: z.string(),
    lane_id: z.string(),
    direction: z.enum(["entry", "exit"]),
    kind: z.enum(["open", "deny", "ask"]),
    reason: z.string(),
    rules: z.array(z.string()),
    actor: Actor,
    session_id: z.string().nullable(),
    read_id: z.string().nullable(),
    plate: z.string().nullable(),
    raw_plate: z.string().nullable(),
    confidence: z.number().nullable(),
    /** Free text of a person: why the gate was opened by hand. */
    note: z.string().optional(),
    /** What it rests on besides the read: free places, the mode, the right that was granted, what the stay costs. */
    inputs: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .optional(),
    /** From the last byte of the read to the decision; missing where a person or a payment decided. */
    latency_ms: z.number().nonnegative().optional(),
  }),
  "gate-commanded": z.object({
    command_id: z.string(),
    decision_id: z.string(),
    lane_id: z.string(),
    session_id: z.string().nullable(),
  }),
  "gate-answered": z.object({
    command_id: z.string(),
    lane_id: z.string(),
    result: z.enum(["accepted", "rejected", "unreachable", "unknown"]),
    evidence: z.string(),
  }),
  "passage-ended": z.object({
    passage_id: z.string(),
    lane_id: z.string(),
    direction: z.enum(["entry", "exit"]),
    session_id: z.string().nullable(),
    outcome: z.enum(["passed", "backed-out", "nobody-passed", "tailgated", "unconfirmed"]),
    commanded: fact,
    acknowledged: fact,
    moved: fact,
    passed: fact,
    closed: fact,
  }),
  "gate-opened-unexplained": z.object({ lane_id: z.string(), evidence: z.string() }),
  /** What people make of the facility (`lane_id` null) or of one lane, until they take it back. */
  "mode-set": z.object({
    lane_id: z.string().nullable(),
    mode: z.enum(laneModes),
    actor: Actor,
    reason: z.string(),
  }),
  "lane-turned": z.object({
    lane_id: z.string(),
    direction: z.enum(["entry", "exit"]),
    actor: Actor,
    reason: z.string(),
  }),
  /** A gate was to close, to stay open, to be let go, to be locked or unlocked; its answer is another line. */
  "lane-ordered": z.object({
    order_id: z.string(),
    lane_id: z.string(),
    order: z.enum(gateOrders),
    actor: Actor,
    reason: z.string(),
  }),
  "lane-order-answered": z.object({
    order_id: z.string(),
    lane_id: z.string(),
    result: z.enum(["accepted", "rejected", "unreachable"]),
    evidence: z.string(),
  }),
  "session-pending": z.object({
    ...session,
    plate: z.string(),
    raw_plate: z.string(),
    vehicle_class: z.enum(vehicleClasses),
    tariff_id: z.string(),
    tariff_version: z.number().int(),
    permit_id: z.string().nullable(),
    /** It comes in for a reservation. */
    reservation_id: z.string().optional(),
    /** The space that is kept for it. */
    assigned_space_id: z.string().optional(),
    /** Steady time: milliseconds that no step of the wall clock changes; stays are measured with it. */
    steady_ms: z.number().int(),
  }),
  "session-opened": z.object({
    ...session,
    entry_at: instant,
    steady_ms: z.number().int(),
    assumed: z.boolean(),
  }),
  "session-cancelled": z.object({ ...session, reason: z.string() }),
  "session-quoted": z.object({
    ...session,
    duration_s: z.number().int().nonnegative(),
    due_minor: minor,
    total_minor: minor,
    currency: z.string(),
    honoured_until: instant,
  }),
  "session-settled": z.object({
    ...session,
    paid_minor: minor,
    grace_until: instant,
    grace_until_steady_ms: z.number().int(),
  }),
  "session-closed": z.object({
    ...session,
    exit_at: instant,
    duration_s: z.number().int().nonnegative(),
    total_minor: minor,
    paid_minor: minor,
    owed_minor: minor,
    outcome: z.enum(["closed", "closed-unpaid", "closed-assumed"]),
  }),
  "session-flagged": z.object({ session_id: z.string(), flag: z.string() }),
  /** What a session's plate is taken for; what was read stays beside it. */
  "plate-corrected": z.object({
    session_id: z.string(),
    from: z.string(),
    to: z.string(),
    raw_plate: z.string(),
    permit_id: z.string().nullable(),
    reason: z.string(),
    /** `plate-rule`: a later read of the same vehicle was surer. */
    by: Actor,
  }),
  /** A person said whose vehicle stands at an exit. */
  "session-chosen": z.object({
    ...session,
    decision_id: z.string(),
    plate: z.string(),
    /** Of the vehicle that stands there; null where none was read. */
    read_id: z.string().nullable(),
    read_plate: z.string().nullable(),
    by: Actor,
  }),
  /** Two sessions were of one vehicle; the other one goes on. */
  "session-superseded": z.object({
    session_id: z.string(),
    kept_id: z.string(),
    by: Actor,
  }),
  /** A session's vehicle stands in a space; the billed stay from gate to gate is not touched. */
  "session-in-space": z.object({
    session_id: z.string(),
    /** The session's own number of this time in a space, from 1. */
    segment: z.number().int().positive(),
    space_id: z.string(),
    plate: z.string(),
    /** Since when it stands there: since the stay began, where one was known. */
    from: instant,
    /** The stay in the space that it is; null where nothing watched the space. */
    stay_id: z.string().nullable(),
    witness: z.enum(placeWitnesses),
    /** The camera's read, where one said it. */
    read_id: z.string().nullable(),
    note: z.string().optional(),
    by: Actor,
  }),
  /** It stands there no longer, or never stood there. */
  "session-out-of-space": z.object({
    session_id: z.string(),
    segment: z.number().int().positive(),
    space_id: z.string(),
    plate: z.string(),
    as: z.enum(placeEnds),
    /** Where it stood last, as far as is known now; its price goes by that. */
    last_space_id: z.string().nullable(),
    note: z.string().optional(),
    by: Actor,
  }),
  ...moneyEventBodies,
  "space-stay-closed": z.object({
    stay_id: z.string(),
    space_id: z.string(),
    zone_id: z.string(),
    source: z.string(),
    entry_time: instant,
    exit_time: instant,
    duration_seconds: z.number().int().nonnegative(),
  }),
  /**
   * Seconds occupied in one hour, by space; spaces that were free throughout are left out. An hour with many
   * spaces takes several lines: the zones stand in the first of them.
   */
  "occupancy-hour": z.object({
    hour: instant,
    zones: z.record(
      z.string(),
      z.object({ spaces: z.number().int(), occupied_s: z.number().int() }),
    ),
    spaces: z.record(z.string(), z.number().int()),
  }),
  "alert-raised": z.object({
    alert_id: z.string(),
    alert_type: z.string(),
    subject: z.string(),
    severity: z.enum(["info", "warning", "critical"]),
    details: z.record(z.string(), z.unknown()),
  }),
  /** Somebody looks after it; it stays open. */
  "alert-acknowledged": z.object({ alert_id: z.string(), by: Actor }),
  "alert-resolved": z.object({ alert_id: z.string(), by: Actor }),
  /** What one camera saw in one hour of the facility's civil time. */
  "camera-flow-hour": z.object({
    camera_id: z.string(),
    hour: instant,
    entries: z.number().int().nonnegative(),
    exits: z.number().int().nonnegative(),
    /** Different vehicles that were followed. */
    vehicles: z.number().int().nonnegative(),
    /** Vehicles in each picture, summed over the pictures: not a number of vehicles. */
    vehicle_observations: z.number().int().nonnegative().optional(),
    /** Occupied share of its spaces, 0–1, weighted with time. */
    occupancy_rate: z.number().min(0).max(1),
    max_occupied: z.number().int().nonnegative(),
  }),
  /** Somebody drew anew where a camera sees the spaces; `sha256` names the drawing's text. */
  "camera-view-saved": z.object({
    camera_id: z.string(),
    by: Actor,
    spaces: z.number().int().nonnegative(),
    sha256: z.string(),
  }),
  /**
   * A person looked at spaces and said what is true. `sources`: how often each of them was right and wrong; it may
   * also have been silent. Of a mere number of occupied spaces only that number can be compared.
   */
  "spot-counted": z.object({
    count_id: z.string(),
    by: Actor,
    method: z.enum(["each", "wrong-ones", "total"]),
    zone_id: z.string().nullable(),
    camera_id: z.string().nullable(),
    spaces: z.number().int().nonnegative(),
    occupied: z.number().int().nonnegative(),
    sources: z.array(
      z.object({
        source: z.enum(["fused", "sensor", "camera"]),
        camera_id: z.string().nullable(),
        right: z.number().int().nonnegative(),
        wrong: z.number().int().nonnegative(),
        silent: z.number().int().nonnegative(),
        /** What it said of a mere number; otherwise null. */
        said: z.number().int().nonnegative().nullable(),
      }),
    ),
  }),
  /** People changed the facility's own allow or deny list. `before` null: a new entry; `after` null: it is gone. */
  "list-entry-changed": z.object({
    list: z.enum(["allow", "deny"]),
    plate: z.string(),
    actor: Actor,
    /** Why it was changed. */
    reason: z.string(),
    before: listed.nullable(),
    after: listed.nullable(),
  }),
  /** People announced a visitor, or changed or ended what was announced. `before` null: a new one. */
  "visitor-changed": z.object({
    visitor_id: z.string(),
    actor: Actor,
    reason: z.string(),
    before: announced.nullable(),
    after: announced,
  }),
  /** People made the presence of a permit's vehicles neutral, or (`permit_id` null) that of all permits. */
  "presence-reset": z.object({
    permit_id: z.string().nullable(),
    /** How many vehicles were in or out before. */
    vehicles: z.number().int().nonnegative(),
    actor: Actor,
    reason: z.string(),
  }),
  /** What the registry makes of a device: people's acts, and a quarantine by rule. */
  "device-state-changed": z.object({
    device_id: z.string(),
    from: z.enum(standings),
    to: z.enum(standings),
    actor: Actor,
    reason: z.string(),
  }),
  /** Devices that have come or changed since they were told last; all of them after a start. */
  "devices-told": z.object({ devices: z.array(DeviceTold).max(devicesToldMax) }),
  /** Work on a device, at each step of it. */
  "ticket-changed": z.object({
    ticket_id: z.string(),
    equipment_id: z.string(),
    maintenance_type: z.string(),
    description: z.string(),
    status: z.enum(ticketStatuses),
    technician_id: z.string().nullable(),
    scheduled_at: instant.nullable(),
    /** What was done, or why nothing was. */
    done: z.string().nullable(),
    actor: Actor,
  }),
  /** A driver without a readable plate gets a ticket; it is written before it is printed. */
  "parking-ticket-issued": z.object({ ...session, number: z.number().int().positive() }),
  /** Its vehicle never came in, or its session was joined to another. */
  "parking-ticket-voided": z.object({
    ...session,
    number: z.number().int().positive(),
    reason: z.string(),
  }),
  /** Its vehicle has left; the ticket opens nothing any more. */
  "parking-ticket-used": z.object({
    ...session,
    number: z.number().int().positive(),
    reason: z.string(),
  }),
  /** A ticket was printed once more; written before its paper comes out. */
  "parking-ticket-reprinted": z.object({
    ...session,
    number: z.number().int().positive(),
    reason: z.string(),
    by: Actor,
  }),
  /** A driver cannot show a ticket; what the session was found by. */
  "parking-ticket-lost": z.object({
    ...session,
    found_by: z.enum(["plate", "entry-time", "nothing"]),
    reason: z.string(),
    by: Actor,
  }),
  /** The daemon tried to put something right by itself. */
  "remedy-tried": z.object({
    device_id: z.string(),
    action: z.enum(remedyActions),
    because: z.string(),
    outcome: z.enum(["done", "nothing-to-do", "failed"]),
    detail: z.string(),
  }),
  "directive-applied": z.object({
    number: z.number().int(),
    kind: z.string(),
    result: z.enum(["applied", "expired", "not-understood"]),
    detail: z.string().optional(),
  }),
} as const;

export type EventType = keyof typeof eventBodies;
export type EventBody<T extends EventType> = z.infer<(typeof eventBodies)[T]>;
/** One fact, before it has its place in the ledger. */
export type LedgerFact = {
  [T in EventType]: { readonly type: T; readonly body: EventBody<T> };
}[EventType];

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The envelope every line has, also one whose type a reader does not know. */
export const LedgerLine = z.object({
  epoch: z.number().int().positive(),
  seq: z.number().int().positive(),
  type: z.string(),
  at: instant,
  /** Any object: `factOf` reads its members, so that here none is looked at or copied. */
  body: z.custom<Readonly<Record<string, unknown>>>(isObject),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

/**
 * Reads a line's body by its type.
 *
 * @returns undefined when this program does not know the type or the body does not fit it: the line is then
 *   kept whole and reported, never dropped
 */
export function factOf(line: LedgerLine): LedgerFact | undefined {
  if (!Object.hasOwn(eventBodies, line.type)) return undefined;
  const type = line.type as EventType;
  const body = eventBodies[type].safeParse(line.body);
  return body.success ? ({ type, body: body.data } as LedgerFact) : undefined;
}
