import type { FacilityCard } from "@gatehouse/shared/contracts/batch";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { KioskChange, OpenAnswer } from "@gatehouse/shared/contracts/kiosk";
import { inOrder, type Part } from "@gatehouse/shared/part";
import type { PlateProfile } from "@gatehouse/shared/contracts/plate-profile";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import type { ReadPictures } from "@gatehouse/shared/ports/read-pictures";
import { seconds } from "@gatehouse/shared/time";
import { FacilityCameras } from "./facility-cameras.ts";
import { FacilityLanes } from "./facility-lanes.ts";
import { FacilityMoney } from "./facility-money.ts";
import { papersOf } from "./facility-papers.ts";
import { FacilitySpaces } from "./facility-spaces.ts";
import { FacilityState } from "./facility-state.ts";
import { FacilityViolations } from "./facility-violations.ts";
import { type AccessDesk, accessDesk } from "./flows/access-desk.ts";
import { Accuracy } from "./flows/accuracy.ts";
import { AllowListMirrorFlow } from "./flows/allow-list-mirror.ts";
import type { CameraSetupFlow } from "./flows/camera/setup.ts";
import { Counters } from "./flows/counters.ts";
import type { Desk, DoctorCheck, FacilityStatus, HandOpening, Refusal } from "./flows/desk.ts";
import { openLaneByHand } from "./flows/hand-opening-desk.ts";
import type { LaneOrders } from "./flows/lane-orders.ts";
import type { LaneRoute } from "./flows/lane-route.ts";
import type { LaneWatching } from "./flows/lane-watching.ts";
import type { DocumentsDesk } from "./flows/money/documents-desk.ts";
import type { BooksExport } from "./flows/money/exports.ts";
import type { AccountsDesk } from "./flows/money/accounts-desk.ts";
import type { DriversDesk } from "./flows/money/drivers-desk.ts";
import type { MoneyDesk } from "./flows/money/money-desk.ts";
import { takeFromOffice } from "./flows/money/office-callbacks.ts";
import type { OnlineCallbacks } from "./flows/money/online-callbacks.ts";
import { type SupportDesk, supportDesk } from "./flows/support.ts";
import type { ShiftsDesk } from "./flows/money/shifts-desk.ts";
import type { ViolationsDesk } from "./flows/money/violations-desk.ts";
import type { OccupancyFlow } from "./flows/occupancy.ts";
import type { Overview } from "./flows/overview.ts";
import { PageSigns } from "./flows/page-signs.ts";
import type { ParkingTicketDesk } from "./flows/parking-ticket-desk.ts";
import type { Plates } from "./flows/plates.ts";
import type { Printers } from "./flows/printers-desk.ts";
import { Recovery } from "./flows/recovery.ts";
import { registerFacility } from "./flows/register.ts";
import type { Registry } from "./flows/registry.ts";
import type { Sensors } from "./flows/sensors.ts";
import type { Spaces } from "./flows/spaces.ts";
import { SteadyTime } from "./flows/steady-time.ts";
import { SyncFlow } from "./flows/sync.ts";
import type { Terminals } from "./flows/terminals-desk.ts";
import type { TrackingFlow } from "./flows/tracking/flow.ts";
import { Upkeep } from "./flows/upkeep.ts";
import type { Book } from "./store/book.ts";

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
  readonly places: Spaces;
  readonly money: MoneyDesk;
  readonly accounts: AccountsDesk;
  readonly drivers: DriversDesk;
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
  readonly support: SupportDesk;
  readonly cameras: CameraSetupFlow | undefined;
  readonly tracking: TrackingFlow;
  readonly readPictures: ReadPictures | undefined;
  readonly #state: FacilityState;
  readonly #house: Part;

  constructor(options: FacilityOptions) {
    const { config, book, ports, version } = options;
    const { clock, random, log, stopwatch } = ports;
    const calendar = config.facility;
    const { currency } = calendar;
    this.steady = new SteadyTime(book, clock, log);
    const { counters, steady } = this;
    const tools = { book, clock, random, log, stopwatch, counters, steady, calendar, currency };
    const site = { config, ports, tools };
    const specs = spacesOf(config);
    const changed = (): void => {
      lanes.watching.look();
      state.live.touch();
      lanes.signage.changed();
    };
    const touch = (): void => state.live.touch();
    const isHeard = (deviceId: string): boolean => state.registry.isHeard(deviceId);

    const spaces = new FacilitySpaces({
      ...site,
      spaces: specs,
      isHeard,
      changed: (ids) => {
        state.live.touch(ids);
        lanes.signage.changed();
      },
    });
    const { occupancy } = spaces;

    const papers = papersOf(config, { ...tools, ports });
    const violations = new FacilityViolations(config, {
      ...tools,
      spaces: specs,
      pictures: ports.readPictures,
      changed,
    });
    const money = new FacilityMoney({
      ...site,
      also: { ...papers.listeners, paid: { violation: violations.paid } },
      lanes: () => this.lanes,
      open: (opening) => this.openByHand(opening),
      changed,
    });

    const lanes = new FacilityLanes({
      ...site,
      plateProfiles: options.plateProfiles ?? [],
      money,
      receipts: papers.laneReceipts,
      spaces,
      isHeard,
      officeSilentFor: () => sync.silentFor(),
      changed,
    });

    const sync = new SyncFlow({
      ...tools,
      link: ports.cloud,
      sender: { facilityId: config.facility.id, facility: cardOf(config), version },
      every: seconds(config.cloud?.every_s ?? 5),
      changed,
      takeCallback: takeFromOffice(money.callbacks),
    });
    const state = new FacilityState({
      ...site,
      lanes,
      spaces,
      sync,
      moneyComplaints: () => money.desk.balance().complaints,
      version,
      rate: options.rate ?? 1,
    });
    const cameras = new FacilityCameras({
      ...site,
      spaces: specs,
      occupancy,
      reports: () => state.overview.devices(),
      changed: touch,
    });

    this.#state = state;
    this.occupancy = occupancy;
    this.sensors = spaces.sensors;
    this.places = spaces.places;
    this.documents = papers.documents;
    this.shifts = papers.shifts;
    this.books = papers.books;
    this.violations = violations.desk;
    this.money = money.desk;
    this.accounts = money.accounts;
    this.drivers = money.drivers;
    this.callbacks = money.callbacks;
    this.lanes = lanes.routes;
    this.laneOrders = lanes.orders;
    this.watching = lanes.watching;
    this.parkingTickets = lanes.tickets;
    this.plates = lanes.plates;
    this.sync = sync;
    this.overview = state.overview;
    this.registry = state.registry;
    this.support = supportDesk({ config, support: ports.support, version });
    this.cameras = cameras.setup;
    this.tracking = cameras.tracking;
    this.readPictures = ports.readPictures;
    this.signs = new PageSigns(config, ports.pageSigns ?? []);
    this.printers = papers.printers;
    this.terminals = money.terminals;
    this.access = accessDesk({ book, clock, calendar });
    this.accuracy = new Accuracy({
      ...tools,
      zoneIds: config.zones.map(({ id }) => id),
      spaces: occupancy,
      changed: touch,
    });

    const upkeep = new Upkeep({
      ...tools,
      payment: money.payment,
      money: () => money.upkeep(),
      violations: () => violations.upkeep(),
      lanes: lanes.routes.map(({ lane }) => lane),
      spaces: specs,
      observationsDays: config.retention.observations_days,
      trackingDays: config.retention.tracking_days,
    });
    const register: Part = {
      name: "register",
      start: async () => registerFacility(book, config, specs.length, clock.now()),
      stop: async () => {},
    };
    this.#house = inOrder("facility", [
      steady,
      new Recovery({ ...tools, version }),
      register,
      ...spaces.parts,
      state.registry,
      money.payment,
      money.onFile,
      ...lanes.parts,
      ...lanes.devices,
      ...(ports.printers ?? []),
      ...(ports.freeSigns ?? []).map(({ sign }) => sign),
      lanes.alarms,
      ...(ports.outputs ?? []),
      ...(ports.alarms ?? []),
      ...cameras.parts,
      lanes.signage,
      upkeep,
      new AllowListMirrorFlow({ ...tools, mirrors: ports.allowLists ?? [] }),
      sync,
      state.live,
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
    return this.#state.live.onChange(listener);
  }

  /** Resolves when the opening is in the book and the gate has been told; what the gate does shows in the state. */
  async openByHand(opening: HandOpening): Promise<OpenAnswer | Refusal> {
    return openLaneByHand(this.lanes, opening);
  }

  acknowledgeAlert(alertId: string, actor: Actor): boolean {
    return this.#state.acknowledge(alertId, actor);
  }

  resolveAlert(alertId: string, actor: Actor): boolean {
    return this.#state.resolve(alertId, actor);
  }

  why(id: string) {
    return this.overview.why(id);
  }

  status(): FacilityStatus {
    return this.#state.doctor.status();
  }

  doctor(): readonly DoctorCheck[] {
    return this.#state.doctor.checks();
  }

  devices() {
    return this.overview.devices();
  }

  syncStatus() {
    return this.sync.status();
  }

  metrics() {
    return this.#state.metrics();
  }
}

const cardOf = ({ facility }: FacilityConfig): FacilityCard => ({
  name: facility.name,
  timezone: facility.timezone,
  currency: facility.currency,
  locale: facility.locale,
});
