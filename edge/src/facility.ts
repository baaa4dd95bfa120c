import { createPrivateKey } from "node:crypto";
import type { FacilityCard } from "@gatehouse/shared/contracts/batch";
import type { Actor } from "@gatehouse/shared/contracts/event";
import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { KioskChange, OpenAnswer } from "@gatehouse/shared/contracts/kiosk";
import { sensorIdOf } from "@gatehouse/shared/contracts/sensor-config";
import { check } from "@gatehouse/shared/check";
import { failurePolicyOf } from "@gatehouse/shared/lane-failure";
import { inOrder, type Part } from "@gatehouse/shared/part";
import { Fault } from "@gatehouse/shared/fault";
import type { PlateProfile } from "@gatehouse/shared/contracts/plate-profile";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import { hours, seconds } from "@gatehouse/shared/time";
import { papersOf } from "./facility-papers.ts";
import { decisionSentence } from "./domain/explain.ts";
import { FacilityMoney } from "./facility-money.ts";
import { FacilityViolations } from "./facility-violations.ts";
import { countriesOf, PlateSpelling } from "./domain/plate-grammar.ts";
import { authorisePlate } from "./flows/access.ts";
import { type AccessDesk, accessDesk } from "./flows/access-desk.ts";
import { Accuracy } from "./flows/accuracy.ts";
import { acknowledgeAlert, resolveAlert } from "./flows/alerts.ts";
import { AllowListMirrorFlow } from "./flows/allow-list-mirror.ts";
import { Alarms } from "./flows/alarms.ts";
import { CameraSetupFlow } from "./flows/camera/setup.ts";
import { Counters } from "./flows/counters.ts";
import type { Desk, DoctorCheck, FacilityStatus, HandOpening, Refusal } from "./flows/desk.ts";
import { Doctor } from "./flows/doctor.ts";
import { facilityMetrics } from "./flows/facility-metrics.ts";
import { heardReader } from "./flows/heard-reader.ts";
import { LoopWatch } from "./flows/loop-watch.ts";
import { EntryFlow } from "./flows/entry.ts";
import { ExitFlow } from "./flows/exit.ts";
import type { HandStep } from "./flows/hand-opening.ts";
import { LaneFlow } from "./flows/lane.ts";
import { LaneOrders } from "./flows/lane-orders.ts";
import { LaneWatch } from "./flows/lane-watch.ts";
import type { LaneRoute } from "./flows/lane-route.ts";
import { LaneSettings } from "./flows/lane-settings.ts";
import { LaneWatching } from "./flows/lane-watching.ts";
import { LiveChanges } from "./flows/live-changes.ts";
import { OccupancyFlow } from "./flows/occupancy.ts";
import { Overview } from "./flows/overview.ts";
import { PageSigns } from "./flows/page-signs.ts";
import type { AccountsDesk } from "./flows/money/accounts-desk.ts";
import type { MoneyDesk } from "./flows/money/money-desk.ts";
import { takeFromOffice } from "./flows/money/office-callbacks.ts";
import type { OnlineCallbacks } from "./flows/money/online-callbacks.ts";
import { ParkingTickets } from "./flows/parking-tickets.ts";
import { ParkingTicketDesk } from "./flows/parking-ticket-desk.ts";
import { Plates } from "./flows/plates.ts";
import type { BooksExport } from "./flows/money/exports.ts";
import type { DocumentsDesk } from "./flows/money/documents-desk.ts";
import type { ShiftsDesk } from "./flows/money/shifts-desk.ts";
import type { ViolationsDesk } from "./flows/money/violations-desk.ts";
import { Printers } from "./flows/printers-desk.ts";
import { Terminals } from "./flows/terminals-desk.ts";
import { Recovery } from "./flows/recovery.ts";
import { ReversibleFlow } from "./flows/reversible.ts";
import { registerFacility } from "./flows/register.ts";
import { Registry } from "./flows/registry.ts";
import { SensorHealthFlow } from "./flows/sensor-health.ts";
import { SensorWatch } from "./flows/sensor-watch.ts";
import { Sensors } from "./flows/sensors.ts";
import { Signage } from "./flows/signage.ts";
import { SteadyTime } from "./flows/steady-time.ts";
import { SyncFlow } from "./flows/sync.ts";
import { TrackingFlow } from "./flows/tracking/flow.ts";
import { RecentViews } from "./flows/tracking/views.ts";
import { Upkeep } from "./flows/upkeep.ts";
import { ZoneCounters } from "./flows/zone-counters.ts";
import type { Book } from "./store/book.ts";
import { countInside } from "./store/sessions.ts";

export interface FacilityOptions {
  readonly config: FacilityConfig;
  readonly book: Book;
  readonly ports: FacilityPorts;
  /** How plates are written, by country; missing: look-alikes are never put right. */
  readonly plateProfiles?: readonly PlateProfile[];
  readonly version: string;
  /** Virtual seconds a real second; 1 on a site. */
  readonly rate?: number;
}

/** What head office has said of rights is trusted for so long without it, where a lane is set to doubt it then. */
const rightsTrustedFor = hours(72);

/**
 * One facility: joins the routes to the devices it is given. The daemon gives it real ones, the simulation
 * devices in memory; the wiring is the same.
 */
export class Facility implements Part, Desk {
  readonly name = "facility";
  readonly counters = new Counters();
  readonly steady: SteadyTime;
  readonly occupancy: OccupancyFlow;
  readonly lanes: readonly LaneRoute[];
  readonly laneOrders: LaneOrders;
  readonly watching: LaneWatching;
  readonly plates: Plates;
  readonly money: MoneyDesk;
  readonly accounts: AccountsDesk;
  readonly callbacks: OnlineCallbacks;
  readonly parkingTickets: ParkingTicketDesk;
  readonly printers: Printers;
  readonly documents: DocumentsDesk;
  readonly books: BooksExport;
  readonly shifts: ShiftsDesk;
  readonly violations: ViolationsDesk;
  readonly terminals: Terminals;
  readonly sync: SyncFlow;
  readonly overview: Overview;
  readonly access: AccessDesk;
  readonly accuracy: Accuracy;
  readonly sensors: Sensors;
  readonly signs: PageSigns;
  readonly registry: Registry;
  readonly cameras: CameraSetupFlow | undefined;
  readonly tracking: TrackingFlow;
  readonly readPictures: ReadPictures | undefined;
  readonly #options: FacilityOptions;
  readonly #doctor: Doctor;
  readonly #live: LiveChanges;
  readonly #signage: Signage;
  readonly #house: Part;

  constructor(options: FacilityOptions) {
    this.#options = options;
    const { config, book, ports, version } = options;
    this.readPictures = ports.readPictures;
    const { clock, random, log, stopwatch } = ports;
    const { counters } = this;
    const spaces = spacesOf(config);
    this.steady = new SteadyTime(book, clock, log);
    const { steady } = this;
    const calendar = config.facility;
    const { currency } = calendar;
    const shared = { book, clock, random, log, stopwatch, counters, steady, calendar, currency };
    this.watching = new LaneWatching(clock);
    const changed = (): void => {
      this.watching.look();
      this.#live.touch();
      this.#signage.changed();
    };

    const sensorHealth = new SensorHealthFlow(shared);
    const isHeard = (deviceId: string): boolean => this.registry.isHeard(deviceId);
    const sensorWatch = new SensorWatch({
      ...shared,
      rules: config.registry,
      spaces,
      words: (spaceId) => this.occupancy.words(spaceId),
    });
    this.occupancy = new OccupancyFlow({
      ...shared,
      isHeard,
      heard: (batch) => sensorWatch.hear(batch),
      healthOf: (sensorId) => sensorHealth.of(sensorId),
      staleOf: new Map(
        config.sensors.map((each) => [sensorIdOf(each), hours(each.silent_after_h)]),
      ),
      facilityId: config.facility.id,
      spaces,
      feeds: ports.spaceFeeds,
      hold: seconds(config.occupancy.hold_s),
      stale: seconds(config.occupancy.stale_s),
      changed: (ids) => {
        this.#live.touch(ids);
        this.#signage.changed();
      },
    });

    const zoneCounters = new ZoneCounters({
      ...shared,
      zoneIds: [...new Set(config.sensors.flatMap(({ counter }) => counter?.zone ?? []))],
      occupiedIn: (zoneId) => this.occupancy.zones.get(zoneId)?.occupied ?? 0,
    });
    this.sensors = new Sensors(ports.sensorFeeds ?? [], sensorHealth, zoneCounters);

    const papers = papersOf(config, { ...shared, ports });
    this.documents = papers.documents;
    this.shifts = papers.shifts;
    this.books = papers.books;
    const violations = new FacilityViolations(config, {
      ...shared,
      spaces,
      pictures: ports.readPictures,
      changed,
    });
    this.violations = violations.desk;
    const money = new FacilityMoney({
      config,
      ports,
      shared,
      also: { ...papers.listeners, paid: { violation: violations.paid } },
      lanes: () => this.lanes,
      open: (opening) => this.openByHand(opening),
      changed,
    });
    const { payment } = money;
    this.money = money.desk;
    this.accounts = money.accounts;
    this.callbacks = money.callbacks;

    const settings = new LaneSettings(book);
    const freePlaces = (): number => {
      const inside = countInside(book);
      return spaces.length - this.occupancy.counts["out-of-service"] - inside.open - inside.pending;
    };
    const { countries, locale: spoken } = config.facility;
    const spelling = new PlateSpelling(
      options.plateProfiles ?? [],
      countries ?? countriesOf(spoken),
    );
    const tickets = ports.ticketKey === undefined ? undefined : ticketsOf(config, ports.ticketKey);
    this.lanes = config.lanes.map((lane) => {
      const lanePorts = ports.lanes.get(lane.id);
      check(lanePorts !== undefined, `lane ${lane.id} has its devices`);
      const { direction } = lane;
      const flow = new LaneFlow({
        ...shared,
        money: money.lanes,
        lane,
        direction: () => (direction === "reversible" ? settings.directionOf(lane.id) : direction),
        isLocked: () => settings.isLocked(lane.id),
        ports: this.watching.wrap(lane.id, {
          ...lanePorts,
          readers: lanePorts.readers.map((reader) => heardReader(reader, isHeard, counters)),
        }),
        changed,
      });
      const modes = () => ({
        facility: settings.modeOf(undefined),
        lane: settings.effectiveMode(lane.id),
      });
      const rightsAreOld = (): boolean =>
        failurePolicyOf(lane).cloud === "secure" && this.sync.silentFor() > rightsTrustedFor;
      const access = { calendar: config.facility, modes, rightsAreOld };
      const asEntry = (): EntryFlow =>
        new EntryFlow({ lane: flow, freePlaces, access, spelling, tickets });
      const { locale } = config.facility;
      const asExit = (): ExitFlow =>
        new ExitFlow({ lane: flow, payment, currency, locale, access, spelling, tickets });
      if (direction === "reversible") return new ReversibleFlow(asEntry(), asExit());
      return direction === "entry" ? asEntry() : asExit();
    });
    const { timezone } = config.facility;
    this.parkingTickets = new ParkingTicketDesk({
      ...shared,
      lanes: this.lanes,
      tickets,
      timezone,
    });
    this.printers = new Printers({
      printers: papers.printers,
      facilityName: config.facility.name,
      clock,
    });
    this.terminals = new Terminals({ ...shared, terminals: [...money.terminals.values()] });
    this.watching.watch(this.lanes);
    this.laneOrders = new LaneOrders({ lanes: this.lanes, settings, changed });
    const leadsTo = new Map(config.lanes.map((lane) => [lane.id, lane.leads_to]));
    this.plates = new Plates({
      ...shared,
      lanes: this.lanes,
      grantOf: (reader, plate, laneId, at) => {
        const laneZones = leadsTo.get(laneId) ?? [];
        return authorisePlate(reader, plate, { at, calendar: config.facility, laneId, laneZones })
          .grant;
      },
      lostTicket: (laneId, why, requestId, actor) =>
        this.parkingTickets.without(laneId, why, requestId, actor),
      changed,
    });
    const watches = this.lanes.map((route) => new LaneWatch(route, this.laneOrders));
    const alarms = new Alarms({
      ...shared,
      contacts: ports.alarms ?? [],
      outputs: ports.outputs ?? [],
      lanes: this.lanes,
      settings,
      orders: this.laneOrders,
      changed,
    });
    const freeSigns = ports.freeSigns ?? [];
    this.#signage = new Signage(clock, this.lanes, freePlaces, {
      signs: freeSigns,
      freeIn: (zoneId) => this.occupancy.zones.get(zoneId)?.free ?? 0,
    });
    this.signs = new PageSigns(config, ports.pageSigns ?? []);

    this.sync = new SyncFlow({
      ...shared,
      link: ports.cloud,
      sender: { facilityId: config.facility.id, facility: cardOf(config), version },
      every: seconds(config.cloud?.every_s ?? 5),
      changed,
      takeCallback: takeFromOffice(this.callbacks),
    });
    this.overview = new Overview({
      ...shared,
      config,
      ports,
      lanes: this.lanes,
      settings,
      occupancy: this.occupancy,
      sync: () => this.sync.status(),
      rate: options.rate ?? 1,
    });
    this.registry = new Registry({
      ...shared,
      rules: config.registry,
      reports: () => this.overview.devices(),
      sensors: () => (ports.sensorFeeds ?? []).flatMap((feed) => feed.health()),
      doors: ports.doors ?? [],
      namedClients: new Set(
        config.lanes.flatMap(({ readers }) =>
          readers.flatMap((reader) => (reader.format === "frigate" ? [reader.client] : [])),
        ),
      ),
      remedies: ports.remedies ?? [],
      sensorWatch,
      loopWatch: new LoopWatch(this.lanes),
    });
    this.#live = new LiveChanges(clock, stopwatch, this.overview, options.rate ?? 1);
    this.#doctor = new Doctor({
      ...shared,
      overview: this.overview,
      lanes: this.lanes,
      wiringOf: (laneId) => this.watching.wiringOf(laneId),
      moneyComplaints: () => money.desk.balance().complaints,
      facilityId: config.facility.id,
      version,
    });

    if (ports.cameraSetup !== undefined) {
      const numbers = new Set(spaces.map(({ number }) => number));
      this.cameras = new CameraSetupFlow({
        ...shared,
        setup: ports.cameraSetup.cameras,
        files: ports.cameraSetup.files,
        isSpace: (number) => numbers.has(number),
        reports: () => this.overview.devices(),
      });
    }

    this.tracking = new TrackingFlow({
      ...shared,
      cameras: config.cameras,
      spaces,
      timezone: config.facility.timezone,
      rules: config.tracking,
      feeds: ports.sightFeeds,
      views: this.cameras && new RecentViews(this.cameras, clock),
      pictures: ports.pictures,
      wire: ports.trackingWire,
      observe: (batch) => this.occupancy.observe(batch),
      lose: (lost) => this.occupancy.lose(lost),
      changed: () => this.#live.touch(),
    });

    this.access = accessDesk({ book, clock, calendar: config.facility });
    this.accuracy = new Accuracy({
      ...shared,
      zoneIds: config.zones.map(({ id }) => id),
      spaces: this.occupancy,
      changed: () => this.#live.touch(),
    });

    const upkeep = new Upkeep({
      ...shared,
      payment,
      money: () => money.upkeep(),
      violations: () => violations.upkeep(),
      lanes: this.lanes.map((lane) => lane.lane),
      spaces,
      observationsDays: config.retention.observations_days,
      trackingDays: config.retention.tracking_days,
    });
    const recovery = new Recovery({ ...shared, version });
    const register: Part = {
      name: "register",
      start: async () => registerFacility(book, config, spaces.length),
      stop: async () => {},
    };
    const devices = [...ports.lanes.values()].flatMap((lane) =>
      [
        lane.gate,
        lane.sign,
        lane.terminal,
        lane.printer,
        lane.ticketScanner,
        lane.inputs,
        ...lane.readers,
      ].filter((part) => part !== undefined),
    );
    const displays = freeSigns.map(({ sign }) => sign);
    const { trackingWire: wire } = ports;
    const eyes = new Set<Part>([...ports.spaceFeeds, ...ports.sightFeeds]);
    const mirrors = ports.allowLists ?? [];
    const allowLists = new AllowListMirrorFlow({ ...shared, mirrors });
    this.#house = inOrder("facility", [
      this.steady,
      recovery,
      register,
      this.occupancy,
      sensorHealth,
      zoneCounters,
      this.registry,
      payment,
      money.onFile,
      ...this.lanes.map((flow) => flow.lane),
      ...watches,
      ...devices,
      ...(ports.printers ?? []),
      ...displays,
      alarms,
      ...(ports.outputs ?? []),
      ...(ports.alarms ?? []),
      this.tracking,
      ...eyes,
      ...(wire === undefined ? [] : [wire]),
      this.#signage,
      upkeep,
      allowLists,
      this.sync,
      this.#live,
    ]);
  }

  start(): Promise<void> {
    return this.#house.start();
  }

  stop(): Promise<void> {
    return this.#house.stop();
  }

  state() {
    return this.overview.state();
  }

  onChange(listener: (change: KioskChange) => void): () => void {
    return this.#live.onChange(listener);
  }

  /** Resolves when the opening is in the book and the gate has been told; what the gate does shows in the state. */
  async openByHand(opening: HandOpening): Promise<OpenAnswer | Refusal> {
    const flow = this.lanes.find((lane) => lane.lane.deps.lane.id === opening.laneId);
    if (flow === undefined) {
      const known = this.lanes.map((lane) => lane.lane.deps.lane.id).join(", ");
      return {
        kind: "refused",
        reason: "unknown-lane",
        sentence: `There is no lane ${opening.laneId}; lanes: ${known}.`,
      };
    }
    if (flow.lane.state.hold === "locked") {
      return {
        kind: "refused",
        reason: "lane-locked",
        sentence: `${opening.laneId} is locked: unlock it first, or send the driver to another lane.`,
      };
    }
    const done = openOrRefuse(flow, opening);
    if ("kind" in done) return done;
    const sentence = decisionSentence({
      kind: "open",
      reason: `by-hand:${opening.reason}`,
      plate: null,
      actor: opening.actor,
    });
    return { decision_id: done.decisionId, session_id: done.sessionId, sentence };
  }

  acknowledgeAlert(alertId: string, actor: Actor): boolean {
    const { book, ports } = this.#options;
    const known = book.write((tx) => acknowledgeAlert(tx, ports.clock.now(), alertId, actor));
    this.#live.touch();
    return known;
  }

  resolveAlert(alertId: string, actor: Actor): boolean {
    const { book, ports } = this.#options;
    const resolved = book.write((tx) => resolveAlert(tx, ports.clock.now(), alertId, actor));
    this.#live.touch();
    return resolved;
  }

  why(id: string) {
    return this.overview.why(id);
  }

  status(): FacilityStatus {
    return this.#doctor.status();
  }

  doctor(): readonly DoctorCheck[] {
    return this.#doctor.checks();
  }

  devices() {
    return this.overview.devices();
  }

  syncStatus() {
    return this.sync.status();
  }

  metrics() {
    return [
      ...this.counters.all(),
      ...this.#doctor.gauges(),
      ...this.registry.metrics(),
      ...facilityMetrics({
        lanes: this.overview.lanes(),
        alerts: this.overview.alerts(),
        sync: this.overview.sync(),
      }),
    ];
  }
}

const ticketsOf = ({ facility }: FacilityConfig, key: string): ParkingTickets =>
  new ParkingTickets({
    facilityId: facility.id,
    facilityName: facility.name,
    timezone: facility.timezone,
    locale: facility.locale,
    key: createPrivateKey(key),
  });

const cardOf = ({ facility }: FacilityConfig): FacilityCard => ({
  name: facility.name,
  timezone: facility.timezone,
  currency: facility.currency,
  locale: facility.locale,
});

function openOrRefuse(flow: LaneRoute, opening: HandOpening): HandStep | Refusal {
  try {
    return flow.openByHand(opening);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: "refused", reason: error.code, sentence: error.hint };
  }
}
