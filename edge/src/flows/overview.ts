import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { factOf, LedgerLine } from "@gatehouse/shared/contracts/event";
import type {
  AlertView,
  KioskState,
  LaneView,
  NoticeView,
  SpaceView,
  WhyAnswer,
} from "@gatehouse/shared/contracts/kiosk";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { startOfDay } from "../domain/calendar.ts";
import { alertText, decisionSentence, lineSentence } from "@gatehouse/shared/told/explain";
import { listOpenAlerts } from "../store/alerts.ts";
import type { Book } from "../store/book.ts";
import { linesAbout } from "../store/ledger.ts";
import { takingsSince } from "../store/payments.ts";
import { listNotices } from "../store/rights.ts";
import {
  type StandingVehicle,
  spacesLeftSince,
  vehicleInSpace,
  vehiclesInSpaces,
} from "../store/segments.ts";
import { countEntriesSince, countExitsSince, countInside, findSession } from "../store/sessions.ts";
import type { SyncStatus } from "./desk.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { LaneSettings } from "./lane-settings.ts";
import type { OccupancyFlow, SpaceNow } from "./occupancy.ts";
import type { Tally } from "./space-tally.ts";
import { proofsOf } from "./passage-facts.ts";
import { isInside } from "./sessions.ts";
import { quoteSession } from "./session-quote.ts";
import type { SiteCalendar } from "@gatehouse/shared/site-calendar";
import type { SteadyTime } from "./steady-time.ts";

export interface OverviewDeps {
  readonly config: FacilityConfig;
  readonly book: Book;
  readonly clock: Clock;
  readonly steady: SteadyTime;
  readonly calendar: SiteCalendar;
  readonly ports: FacilityPorts;
  readonly lanes: readonly LaneRoute[];
  readonly settings: LaneSettings;
  readonly occupancy: OccupancyFlow;
  readonly sync: () => SyncStatus;
  /** Virtual seconds a real second. */
  readonly rate: number;
}

/** Everything the pages and the command line show, read at one moment. Reads only. */
export class Overview {
  readonly #deps: OverviewDeps;

  constructor(deps: OverviewDeps) {
    this.#deps = deps;
  }

  state(): KioskState {
    const { clock, rate } = this.#deps;
    return {
      type: "state",
      facility: this.facility(),
      now: isoOf(clock.now()),
      rate,
      lanes: this.lanes(),
      spaces: this.#spaces(),
      counts: this.counts(),
      sessions: this.sessions(),
      takings: this.takings(),
      alerts: this.alerts(),
      notices: this.notices(),
      sync: this.sync(),
    };
  }

  facility(): KioskState["facility"] {
    const { config, settings } = this.#deps;
    const { id, name, timezone, currency } = config.facility;
    return { facility_id: id, name, timezone, currency, mode: settings.modeOf(undefined) };
  }

  lanes(): LaneView[] {
    return this.#deps.lanes.map((lane) => this.#lane(lane));
  }

  spaces(ids: readonly string[]): SpaceView[] {
    const { book, occupancy } = this.#deps;
    return ids.flatMap((id) => {
      const space = occupancy.one(id);
      return space === undefined ? [] : [spaceView(space, vehicleInSpace(book, id))];
    });
  }

  #spaces(): SpaceView[] {
    const { book, occupancy } = this.#deps;
    const vehicles = new Map(vehiclesInSpaces(book).map((each) => [each.spaceId, each]));
    return occupancy.all().map((space) => spaceView(space, vehicles.get(space.spec.spaceId)));
  }

  /** Spaces whose vehicle has left since then, as far as anybody knew it. */
  spacesLeft(since: Instant): string[] {
    return spacesLeftSince(this.#deps.book, since);
  }

  counts(): KioskState["counts"] {
    const { config, occupancy } = this.#deps;
    const zones = config.zones.map(({ id, name, level }) => ({
      zone_id: id,
      name,
      level,
      ...countsOf(occupancy.zones.get(id)),
    }));
    return { ...countsOf(occupancy.counts), zones };
  }

  sessions(): KioskState["sessions"] {
    return countInside(this.#deps.book);
  }

  takings(): KioskState["takings"] {
    const { book, clock, config } = this.#deps;
    const { day, start } = startOfDay(clock.now(), config.facility.timezone);
    const { capturedMinor, count } = takingsSince(book, start);
    return {
      day,
      captured_minor: capturedMinor,
      payments: count,
      entries: countEntriesSince(book, start),
      exits: countExitsSince(book, start),
    };
  }

  alerts(): AlertView[] {
    return listOpenAlerts(this.#deps.book).map((alert) => ({
      alert_id: alert.alertId,
      alert_type: alert.alertType,
      severity: alert.severity,
      subject: alert.subject,
      sentence: alertText(alert.alertType, alert.subject, alert.details),
      at: isoOf(alert.timestamp as Instant),
      ...(alert.acknowledgedBy === null ? {} : { acknowledged_by: alert.acknowledgedBy }),
      ...vehicleDetails(alert.details as Readonly<Record<string, unknown>>),
    }));
  }

  notices(): NoticeView[] {
    return listNotices(this.#deps.book).map(({ noticeId, text, receivedAt }) => ({
      notice_id: noticeId,
      text,
      at: isoOf(receivedAt as Instant),
    }));
  }

  sync(): KioskState["sync"] {
    const { state, queued, lastAckAt } = this.#deps.sync();
    return { state, queued, last_ack_at: lastAckAt ?? null };
  }

  devices(): DeviceReport[] {
    const { ports } = this.#deps;
    const lanes = [...ports.lanes.keys()].flatMap((laneId) => this.#laneDevices(laneId));
    const feeds = new Set([...ports.spaceFeeds, ...ports.sightFeeds]);
    const wires = ports.trackingWire === undefined ? [] : [ports.trackingWire];
    const alarms = [...(ports.alarms ?? []), ...(ports.outputs ?? [])];
    const signs = (ports.freeSigns ?? []).map(({ sign }) => sign);
    const eyes = (ports.spaceReaders ?? []).map(({ reader }) => reader);
    const others = [...feeds, ...eyes, ...wires, ...alarms, ...signs, ...ports.reporting].flatMap(
      (part) => part.report(),
    );
    return [...lanes, ...others];
  }

  #laneDevices(laneId: string): DeviceReport[] {
    const lane = this.#deps.ports.lanes.get(laneId);
    if (lane === undefined) return [];
    const tickets = [lane.printer, lane.ticketScanner];
    const parts = [lane.gate, lane.inputs, ...lane.readers, ...tickets, lane.sign, lane.terminal];
    return parts.flatMap((part) => part?.report().map((report) => ({ laneId, ...report })) ?? []);
  }

  /** Everything the ledger says about an id, in sentences; undefined when it says nothing. */
  why(id: string): WhyAnswer | undefined {
    const lines = linesAbout(this.#deps.book, id).map(({ seq, text }) => {
      const line = LedgerLine.parse(JSON.parse(text));
      const fact = factOf(line);
      const sentence = fact === undefined ? line.type : lineSentence(fact);
      return { seq, at: line.at, type: line.type, sentence };
    });
    if (lines.length === 0) return undefined;
    const decided = lines.findLast((line) => line.type === "lane-decided") ?? lines.at(-1);
    return { id, sentence: decided?.sentence ?? "", lines };
  }

  #lane(flow: LaneRoute): LaneView {
    const { book } = this.#deps;
    const { lane: config } = flow.lane.deps;
    const { state, lastDecision } = flow.lane;
    // Proofs belong to the decision shown: those of the vehicle before say nothing about this one.
    const passage =
      lastDecision === undefined || flow.lane.passage?.decisionId === lastDecision.decisionId
        ? flow.lane.passage
        : undefined;
    const read = lastDecision?.read;
    const { collecting } = flow;
    const sessionId = collecting ?? passage?.sessionId ?? lastDecision?.sessionId ?? null;
    const session = sessionId === null ? undefined : findSession(book, sessionId);
    // Declined or gone: who stands at an exit owes it still.
    const waits =
      flow.lane.deps.direction() === "exit" &&
      state.passage === undefined &&
      state.arming === true &&
      flow.lane.standing?.sessionId === sessionId;
    const isOwed = collecting !== undefined || waits;
    const due =
      isOwed && session !== undefined && isInside(session)
        ? quoteSession(book, this.#deps, session).due
        : null;
    return {
      lane_id: config.id,
      name: config.name,
      direction: flow.lane.deps.direction(),
      is_reversible: config.direction === "reversible",
      mode: this.#deps.settings.modeOf(config.id),
      effective_mode: this.#deps.settings.effectiveMode(config.id),
      hold: state.hold,
      orders: [...flow.lane.deps.ports.gate.orders],
      tickets: this.#tickets(flow),
      state:
        collecting !== undefined && state.passage === undefined && state.hold === "none"
          ? "collecting"
          : state.phase,
      state_since: isoOf(state.since),
      arming: state.arming ?? null,
      safety: state.safety ?? null,
      sentence:
        lastDecision === undefined
          ? "No decision yet."
          : decisionSentence({ ...lastDecision, plate: read?.plate ?? null }),
      last_read:
        read === undefined || lastDecision === undefined
          ? null
          : {
              plate: read.plate,
              raw_plate: read.rawPlate,
              confidence: read.confidence,
              at: isoOf(lastDecision.at),
            },
      session_id: sessionId,
      due_minor: due,
      proofs:
        passage === undefined
          ? { commanded: null, acknowledged: null, moved: null, passed: null, closed: null }
          : proofsOf(passage),
      ...this.#health(config.id),
    };
  }

  /** Without the facility's key no ticket is worth anything. */
  #tickets({ lane: { deps } }: LaneRoute): LaneView["tickets"] {
    if (this.#deps.ports.ticketKey === undefined) return [];
    return [
      ...(deps.ports.printer === undefined ? [] : ["print" as const]),
      ...(deps.direction() === "entry" ? [] : ["take" as const]),
    ];
  }

  #health(laneId: string): { health: LaneView["health"]; health_detail: string } {
    const order = ["offline", "stale", "unknown", "online"] as const;
    const reports = this.#laneDevices(laneId);
    const worst =
      order.find((state) => reports.some((report) => report.state === state)) ?? "unknown";
    const bad = reports.filter((report) => report.state === "offline" || report.state === "stale");
    return {
      health: worst,
      health_detail: bad
        .map((report) => `${report.kind} ${report.id}: ${report.detail ?? report.state}`)
        .join("; "),
    };
  }
}

const countsOf = (tally: Tally | undefined) => {
  const { free = 0, occupied = 0, unknown = 0 } = tally ?? {};
  const total = Object.values(tally ?? {}).reduce((sum, count) => sum + count, 0);
  return { total, free, occupied, unknown };
};

const spaceView = (
  { spec, status, since }: SpaceNow,
  vehicle: StandingVehicle | undefined,
): SpaceView => ({
  space_id: spec.spaceId,
  number: spec.number,
  zone_id: spec.zoneId,
  level: spec.level,
  space_type: spec.type,
  is_accessible: spec.type === "accessible",
  status,
  since: isoOf(since),
  ...(vehicle && { vehicle: { session_id: vehicle.sessionId, plate: vehicle.plate } }),
});

/** What an alert says of its vehicle; of everything else it keeps, the pages need nothing. */
function vehicleDetails(kept: Readonly<Record<string, unknown>>): Pick<AlertView, "details"> {
  const names = ["reason", "plate", "session_id", "called_by", "note"] as const;
  const known = names.flatMap((name) => {
    const value = kept[name];
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  return known.length === 0 ? {} : { details: Object.fromEntries(known) };
}
