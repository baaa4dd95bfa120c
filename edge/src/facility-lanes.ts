import { createPrivateKey } from "node:crypto";
import { check } from "@gatehouse/shared/check";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { LaneConfig } from "@gatehouse/shared/contracts/lane-config";
import type { PlateProfile } from "@gatehouse/shared/contracts/plate-profile";
import { failurePolicyOf } from "@gatehouse/shared/lane-failure";
import type { Part } from "@gatehouse/shared/part";
import type { FacilityPorts } from "@gatehouse/shared/ports/facility-ports";
import { type Duration, hours } from "@gatehouse/shared/time";
import { countriesOf, PlateSpelling } from "./domain/plate-grammar.ts";
import type { FacilityMoney } from "./facility-money.ts";
import { payUrlOf } from "./facility-papers.ts";
import type { FacilityTools } from "./facility-tools.ts";
import { type AccessSite, authorisePlate } from "./flows/access.ts";
import { Alarms } from "./flows/alarms.ts";
import { EntryFlow } from "./flows/entry.ts";
import { ExitFlow } from "./flows/exit.ts";
import { heardReader } from "./flows/heard-reader.ts";
import { LaneFlow } from "./flows/lane.ts";
import { LaneOrders } from "./flows/lane-orders.ts";
import type { LaneRoute } from "./flows/lane-route.ts";
import { LaneSettings } from "./flows/lane-settings.ts";
import { LaneWatch } from "./flows/lane-watch.ts";
import type { LaneReceipts } from "./flows/lane-receipts.ts";
import { LaneWatching } from "./flows/lane-watching.ts";
import { ParkingTickets } from "./flows/parking-tickets.ts";
import { ReversibleFlow } from "./flows/reversible.ts";
import { ParkingTicketDesk } from "./flows/parking-ticket-desk.ts";
import { Plates, type PlatesDeps } from "./flows/plates.ts";
import type { FacilitySpaces } from "./facility-spaces.ts";
import { Signage } from "./flows/signage.ts";

export interface FacilityLanesDeps {
  readonly config: FacilityConfig;
  readonly ports: FacilityPorts;
  readonly plateProfiles: readonly PlateProfile[];
  readonly tools: FacilityTools;
  readonly money: Pick<FacilityMoney, "lanes" | "payment">;
  /** Receipts at exits with a printer of their own. */
  readonly receipts: Pick<LaneReceipts, "request">;
  readonly spaces: FacilitySpaces;
  /** Whether what a reader says counts now. */
  readonly isHeard: (readerId: string) => boolean;
  /** How long head office has been silent. */
  readonly officeSilentFor: () => Duration;
  readonly changed: () => void;
}

/** What head office has said of rights is trusted for so long without it, where a lane is set to doubt it then. */
const rightsTrustedFor = hours(72);

/** The wiring of the lanes: their routes, who listens at their wires, and what people and alarms make of them. */
export class FacilityLanes {
  readonly routes: readonly LaneRoute[];
  readonly settings: LaneSettings;
  readonly orders: LaneOrders;
  readonly watching: LaneWatching;
  readonly tickets: ParkingTicketDesk;
  readonly plates: Plates;
  readonly alarms: Alarms;
  /** What the displays of entries and zones show. */
  readonly signage: Signage;
  /** Gates, cameras, terminals and whatever else stands at the lanes. */
  readonly devices: readonly Part[];
  /** In the order in which they start. */
  readonly parts: readonly Part[];
  readonly #deps: FacilityLanesDeps;
  readonly #spelling: PlateSpelling;

  constructor(deps: FacilityLanesDeps) {
    const { config, ports, plateProfiles, tools, spaces, changed } = deps;
    const { countries, locale } = config.facility;
    this.#deps = deps;
    this.#spelling = new PlateSpelling(plateProfiles, countries ?? countriesOf(locale));
    this.settings = new LaneSettings(tools.book);
    const { ticketKey } = ports;
    const tickets =
      ticketKey === undefined ? undefined : ticketsOf(config, ticketKey, payUrlOf(config, ports));
    this.watching = new LaneWatching(tools.clock);
    this.routes = config.lanes.map((lane) => this.#routeOf(lane, tickets));
    const { routes, settings } = this;
    const { timezone } = config.facility;
    this.tickets = new ParkingTicketDesk({
      ...tools,
      lanes: routes,
      tickets,
      receipts: deps.receipts,
      timezone,
    });
    this.watching.watch(routes);
    this.orders = new LaneOrders({ lanes: routes, settings, changed });
    this.plates = new Plates({
      ...tools,
      lanes: routes,
      grantOf: grantsOf(deps),
      lostTicket: (laneId, why, requestId, actor) =>
        this.tickets.without(laneId, why, requestId, actor),
      changed,
    });
    const watches = routes.map((route) => new LaneWatch(route, this.orders));
    this.alarms = new Alarms({
      ...tools,
      contacts: ports.alarms ?? [],
      outputs: ports.outputs ?? [],
      lanes: routes,
      settings,
      orders: this.orders,
      changed,
    });
    this.signage = new Signage(tools.clock, routes, () => spaces.freePlaces(), {
      signs: ports.freeSigns ?? [],
      freeIn: (zoneId) => spaces.occupancy.zones.get(zoneId)?.free ?? 0,
    });
    this.devices = devicesOf(ports);
    this.parts = [...routes.map((route) => route.lane), ...watches];
  }

  /** One lane is an entry, an exit, or both in turn. */
  #routeOf(lane: LaneConfig, tickets: ParkingTickets | undefined): LaneRoute {
    const { config, tools, money, spaces } = this.#deps;
    const flow = this.#flowOf(lane);
    const access = this.#accessOf(lane);
    const spelling = this.#spelling;
    const { locale } = config.facility;
    const { payment } = money;
    const { currency } = tools;
    const freePlaces = (): number => spaces.freePlaces();
    const asEntry = (): EntryFlow =>
      new EntryFlow({ lane: flow, freePlaces, access, spelling, tickets });
    const asExit = (): ExitFlow =>
      new ExitFlow({ lane: flow, payment, currency, locale, access, spelling, tickets });
    if (lane.direction === "reversible") return new ReversibleFlow(asEntry(), asExit());
    return lane.direction === "entry" ? asEntry() : asExit();
  }

  #flowOf(lane: LaneConfig): LaneFlow {
    const { ports, tools, money, isHeard, changed } = this.#deps;
    const { settings } = this;
    const { id, direction } = lane;
    const devices = ports.lanes.get(id);
    check(devices !== undefined, `lane ${id} has its devices`);
    const readers = devices.readers.map((reader) => heardReader(reader, isHeard, tools.counters));
    return new LaneFlow({
      ...tools,
      money: money.lanes,
      lane,
      direction: () => (direction === "reversible" ? settings.directionOf(id) : direction),
      isLocked: () => settings.isLocked(id),
      ports: this.watching.wrap(id, { ...devices, readers }),
      changed,
    });
  }

  #accessOf(lane: LaneConfig): AccessSite {
    const { tools, officeSilentFor } = this.#deps;
    const { settings } = this;
    const doubtsOldRights = failurePolicyOf(lane).cloud === "secure";
    return {
      calendar: tools.calendar,
      modes: () => ({
        facility: settings.modeOf(undefined),
        lane: settings.effectiveMode(lane.id),
      }),
      rightsAreOld: () => doubtsOldRights && officeSilentFor() > rightsTrustedFor,
    };
  }
}

const devicesOf = ({ lanes }: FacilityPorts): readonly Part[] =>
  [...lanes.values()].flatMap(({ gate, sign, terminal, printer, ticketScanner, inputs, readers }) =>
    [gate, sign, terminal, printer, ticketScanner, inputs, ...readers].filter(
      (part) => part !== undefined,
    ),
  );

/** The right that a plate has at a lane; undefined: none. */
function grantsOf({ config, tools: { calendar } }: FacilityLanesDeps): PlatesDeps["grantOf"] {
  const leadsTo = new Map(config.lanes.map((lane) => [lane.id, lane.leads_to]));
  return (reader, plate, laneId, at) => {
    const laneZones = leadsTo.get(laneId) ?? [];
    return authorisePlate(reader, plate, { at, calendar, laneId, laneZones }).grant;
  };
}

const ticketsOf = (
  { facility }: FacilityConfig,
  key: string,
  payUrl: string | undefined,
): ParkingTickets =>
  new ParkingTickets({
    facilityId: facility.id,
    facilityName: facility.name,
    timezone: facility.timezone,
    locale: facility.locale,
    payUrl,
    key: createPrivateKey(key),
  });
