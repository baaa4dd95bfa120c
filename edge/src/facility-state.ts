import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { FacilityLanes } from "./facility-lanes.ts";
import type { FacilitySpaces } from "./facility-spaces.ts";
import type { FacilityTools } from "./facility-tools.ts";
import type { Desk } from "./flows/desk.ts";
import { Doctor } from "./flows/doctor.ts";
import { facilityMetrics } from "./flows/facility-metrics.ts";
import { LiveChanges } from "./flows/live-changes.ts";
import { LoopWatch } from "./flows/loop-watch.ts";
import { Overview } from "./flows/overview.ts";
import { Registry } from "./flows/registry.ts";
import type { SyncFlow } from "./flows/sync.ts";
import { acknowledgeAlert, resolveAlert } from "./flows/alerts.ts";

interface FacilityStateDeps {
  readonly config: FacilityConfig;
  readonly ports: FacilityPorts;
  readonly tools: FacilityTools;
  readonly lanes: FacilityLanes;
  readonly spaces: FacilitySpaces;
  readonly sync: SyncFlow;
  /** What does not hold between the books and the tables of money. */
  readonly moneyComplaints: () => readonly string[];
  readonly version: string;
  /** Virtual seconds a real second. */
  readonly rate: number;
}

/** The wiring of what is known of the facility as a whole: its state, its devices, its health. */
export class FacilityState {
  readonly overview: Overview;
  readonly registry: Registry;
  readonly doctor: Doctor;
  /** Whoever looks is told when something has changed. */
  readonly live: LiveChanges;
  readonly #tools: FacilityTools;

  constructor(deps: FacilityStateDeps) {
    const { config, ports, tools, lanes, spaces, sync, moneyComplaints, version, rate } = deps;
    this.#tools = tools;
    this.overview = new Overview({
      ...tools,
      config,
      ports,
      lanes: lanes.routes,
      settings: lanes.settings,
      occupancy: spaces.occupancy,
      sync: () => sync.status(),
      rate,
    });
    this.registry = new Registry({
      ...tools,
      rules: config.registry,
      reports: () => this.overview.devices(),
      sensors: () => (ports.sensorFeeds ?? []).flatMap((feed) => feed.health()),
      doors: ports.doors ?? [],
      namedClients: frigatesOf(config),
      remedies: ports.remedies ?? [],
      sensorWatch: spaces.sensorWatch,
      loopWatch: new LoopWatch(lanes.routes),
    });
    this.live = new LiveChanges(tools.clock, tools.stopwatch, this.overview, rate);
    this.doctor = new Doctor({
      ...tools,
      overview: this.overview,
      lanes: lanes.routes,
      wiringOf: (laneId) => lanes.watching.wiringOf(laneId),
      moneyComplaints,
      facilityId: config.facility.id,
      version,
    });
  }

  /** Somebody looks after an alert; it stays open. @returns false when there is no such open alert */
  acknowledge(alertId: string, actor: Actor): boolean {
    const { book, clock } = this.#tools;
    const isKnown = book.write((tx) => acknowledgeAlert(tx, clock.now(), alertId, actor));
    this.live.touch();
    return isKnown;
  }

  /** An alert is over. @returns false when there is no such open alert */
  resolve(alertId: string, actor: Actor): boolean {
    const { book, clock } = this.#tools;
    const isKnown = book.write((tx) => resolveAlert(tx, clock.now(), alertId, actor));
    this.live.touch();
    return isKnown;
  }

  /** Every counter and gauge of the facility. */
  metrics(): ReturnType<Desk["metrics"]> {
    const { overview } = this;
    return [
      ...this.#tools.counters.all(),
      ...this.doctor.gauges(),
      ...this.registry.metrics(),
      ...facilityMetrics({
        lanes: overview.lanes(),
        alerts: overview.alerts(),
        sync: overview.sync(),
      }),
    ];
  }
}

/** A Frigate is a client of the broker that the configuration names and that no report tells of. */
const frigatesOf = ({ lanes, space_cameras: ofSpaces }: FacilityConfig): ReadonlySet<string> =>
  new Set(
    [...lanes.flatMap(({ readers }) => readers), ...ofSpaces.map(({ reader }) => reader)].flatMap(
      (reader) => (reader.format === "frigate" ? [reader.client] : []),
    ),
  );
