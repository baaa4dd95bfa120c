import type { LedgerFact } from "@gatehouse/shared/contracts/event";
import type { Layout } from "@gatehouse/shared/contracts/layout";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { DeviceTold } from "@gatehouse/shared/contracts/registry";
import type { Instant } from "@gatehouse/shared/time";
import { dayOf } from "./day.ts";
import { hourOf } from "./hour.ts";

/**
 * What lines say that is counted once and never changes: these sums are added up as the lines are stored. What
 * changes later (sessions, payments, stays) is counted from its rows instead, see store/rollup-sql.ts.
 */
export interface ReportProjection {
  readonly laneHours: ReadonlyMap<string, LaneHour>;
  readonly staffDays: ReadonlyMap<string, StaffDay>;
  readonly eventDays: ReadonlyMap<string, EventDay>;
  readonly zoneHours: ReadonlyMap<string, object>;
  /** Seconds occupied of each space in each hour. */
  readonly spaceHours: readonly SpaceHour[];
  readonly cameraHours: ReadonlyMap<string, object>;
  readonly workOrders: ReadonlyMap<string, object>;
  /** Devices as they were told last. */
  readonly devices: ReadonlyMap<string, object>;
  /** When they came into their states. */
  readonly deviceStates: ReadonlyMap<string, object>;
  readonly layout: { readonly told_at: string; readonly layout: Layout } | undefined;
}

export interface LaneHour {
  readonly hour: string;
  readonly lane_id: string;
  opened: number;
  denied: number;
  asked: number;
  by_hand: number;
  timed: number;
  latency_ms: number;
  commands: number;
  accepted: number;
  passages: number;
  served: number;
  served_ms: number;
}

interface StaffDay {
  readonly day: string;
  readonly person: string;
  readonly act: string;
  count: number;
  minor: number;
}

/** Alerts raised, and violations found (whose severity is empty). */
interface EventDay {
  readonly day: string;
  readonly topic: "alert" | "violation";
  readonly name: string;
  readonly severity: string;
  count: number;
}

interface SpaceHour {
  readonly hour: string;
  readonly day: string;
  readonly space_id: string;
  readonly occupied_s: number;
  /** The line that begins an hour names its zones. */
  readonly is_first: boolean;
}

type Body<T extends LedgerFact["type"]> = Extract<LedgerFact, { type: T }>["body"];

const acts = { open: "opened", deny: "denied", ask: "asked" } as const;
const people: ReadonlySet<string> = new Set(["attendant", "technician"]);
/** A vehicle went through, whoever it was. */
const throughGate: ReadonlySet<string> = new Set(["passed", "tailgated"]);

/** Folds lines in their order. */
export class ReportFolder implements ReportProjection {
  readonly laneHours = new Map<string, LaneHour>();
  readonly staffDays = new Map<string, StaffDay>();
  readonly eventDays = new Map<string, EventDay>();
  readonly zoneHours = new Map<string, object>();
  readonly spaceHours: SpaceHour[] = [];
  readonly cameraHours = new Map<string, object>();
  readonly workOrders = new Map<string, object>();
  readonly devices = new Map<string, object>();
  readonly deviceStates = new Map<string, object>();
  layout: { readonly told_at: string; readonly layout: Layout } | undefined;
  readonly #timezone: string;
  readonly #hoursTold = new Set<string>();

  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /** Lines about anything else change nothing here. */
  fold(fact: LedgerFact, at: string): void {
    switch (fact.type) {
      case "lane-decided":
        this.#decided(fact.body, at);
        break;
      case "gate-commanded":
        this.#lane(at, fact.body.lane_id).commands += 1;
        break;
      case "gate-answered":
        if (fact.body.result === "accepted") this.#lane(at, fact.body.lane_id).accepted += 1;
        break;
      case "passage-ended":
        this.#passed(fact.body, at);
        break;
      case "occupancy-hour":
        this.#occupied(fact.body);
        break;
      case "camera-flow-hour": {
        const { hour, camera_id } = fact.body;
        this.cameraHours.set(`${hour} ${camera_id}`, fact.body);
        break;
      }
      case "layout-told":
        this.layout = { told_at: at, layout: fact.body };
        break;
      case "ticket-changed":
        this.#work(fact.body, at);
        break;
      case "devices-told":
        for (const device of fact.body.devices) this.#device(device, at);
        break;
      case "alert-raised": {
        const { alert_type: name, severity } = fact.body;
        this.#event({ topic: "alert", name, severity }, at);
        break;
      }
      case "violation-changed": {
        const { status, violation_type: name } = fact.body;
        // Its life begins with being found, whatever becomes of it.
        if (status === "detected") this.#event({ topic: "violation", name, severity: "" }, at);
        break;
      }
      default:
        this.#worked(fact, at);
    }
  }

  #decided(body: Body<"lane-decided">, at: string): void {
    const lane = this.#lane(at, body.lane_id);
    lane[acts[body.kind]] += 1;
    if (body.latency_ms !== undefined) {
      lane.timed += 1;
      lane.latency_ms += Math.round(body.latency_ms);
    }
    if (!people.has(body.actor.kind)) return;
    if (body.kind === "open") lane.by_hand += 1;
    this.#act(body.actor, acts[body.kind], at);
  }

  #passed(body: Body<"passage-ended">, at: string): void {
    if (!throughGate.has(body.outcome)) return;
    const lane = this.#lane(at, body.lane_id);
    lane.passages += 1;
    const end = body.closed ?? body.passed;
    if (body.commanded === null || end === null) return;
    lane.served += 1;
    lane.served_ms += Math.max(0, Date.parse(end.at) - Date.parse(body.commanded.at));
  }

  #occupied({ hour, zones, spaces }: Body<"occupancy-hour">): void {
    const isFirst = Object.keys(zones).length > 0;
    // A wall clock that was set back makes a facility tell an hour again: the first telling counts.
    if (isFirst && this.#hoursTold.has(hour)) return;
    if (isFirst) this.#hoursTold.add(hour);
    for (const [zone_id, zone] of Object.entries(zones))
      this.zoneHours.set(`${hour} ${zone_id}`, { hour, zone_id, ...zone });
    const day = this.#dayOf(hour);
    for (const [space_id, occupied_s] of Object.entries(spaces))
      this.spaceHours.push({ hour, day, space_id, occupied_s, is_first: isFirst });
  }

  #work(body: Body<"ticket-changed">, at: string): void {
    const { actor: _, ...told } = body;
    const known = this.workOrders.get(body.ticket_id);
    this.workOrders.set(body.ticket_id, { opened_at: at, ...known, ...told, changed_at: at });
  }

  #device(device: DeviceTold, at: string): void {
    const { device_id, state, state_since } = device;
    const battery_pct = device.battery_pct === null ? null : Math.round(device.battery_pct);
    this.devices.set(device_id, { ...device, battery_pct, told_at: at });
    const since = { device_id, since: state_since, state };
    this.deviceStates.set(`${device_id} ${state_since}`, since);
  }

  #worked(fact: LedgerFact, at: string): void {
    switch (fact.type) {
      case "payment-reversed":
        this.#act(fact.body.by, "voided", at, fact.body.amount_minor);
        break;
      case "refund-changed": {
        const { status, requested_by, approved_by, amount_minor } = fact.body;
        if (status !== "done") break;
        this.#count(requested_by, "refunded", at, amount_minor);
        if (approved_by !== null) this.#count(approved_by, "refund-approved", at, amount_minor);
        break;
      }
      case "alert-acknowledged":
        this.#act(fact.body.by, "acknowledged", at);
        break;
      case "document-reprinted":
        this.#act(fact.body.by, "reprinted", at);
        break;
      case "plate-corrected":
        this.#act(fact.body.by, "plate-corrected", at);
        break;
      default:
    }
  }

  #event(event: Pick<EventDay, "topic" | "name" | "severity">, at: string): void {
    found(this.eventDays, { day: this.#dayOf(at), ...event }, { count: 0 }).count += 1;
  }

  #act(actor: Actor, act: string, at: string, minor = 0): void {
    if (people.has(actor.kind)) this.#count(actor.id ?? actor.kind, act, at, minor);
  }

  #count(person: string, act: string, at: string, minor: number): void {
    const sums = found(
      this.staffDays,
      { day: this.#dayOf(at), person, act },
      { count: 0, minor: 0 },
    );
    sums.count += 1;
    sums.minor += minor;
  }

  #lane(at: string, lane_id: string): LaneHour {
    const hour = hourOf(Date.parse(at) as Instant, this.#timezone);
    return found(this.laneHours, { hour, lane_id }, noLaneHour);
  }

  #dayOf(at: string): string {
    return dayOf(Date.parse(at) as Instant, this.#timezone);
  }
}

const noLaneHour = {
  opened: 0,
  denied: 0,
  asked: 0,
  by_hand: 0,
  timed: 0,
  latency_ms: 0,
  commands: 0,
  accepted: 0,
  passages: 0,
  served: 0,
  served_ms: 0,
};

/** The sums of a key, which begin at nothing. */
function found<K extends object, S extends object>(
  rows: Map<string, K & S>,
  key: K,
  nothing: S,
): K & S {
  const name = Object.values(key).join(" ");
  const known = rows.get(name);
  if (known !== undefined) return known;
  const row = { ...key, ...nothing };
  rows.set(name, row);
  return row;
}
