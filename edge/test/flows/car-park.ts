import type { AlarmContactSim, SignalOutputSim } from "@gatehouse/firmware-sim/devices/alarm-sim";
import {
  buildMemorySite,
  type MemoryLane,
  type MemorySite,
} from "@gatehouse/firmware-sim/devices/memory-site";
import type { TerminalSim } from "@gatehouse/firmware-sim/devices/terminal-sim";
import { ProcessClock } from "@gatehouse/firmware-sim/process-clock";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import {
  type EventBody,
  type EventType,
  factOf,
  type LedgerFact,
  LedgerLine,
} from "@gatehouse/shared/contracts/event";
import { type FacilityConfig, spacesOf } from "@gatehouse/shared/contracts/facility";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { PlateRead, ReadOutcome } from "@gatehouse/shared/ports/credential-reader";
import type { FacilityPorts, LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { Log } from "@gatehouse/shared/ports/log";
import type { PrintPiece } from "@gatehouse/shared/print-piece";
import { type Instant, instantOf, seconds } from "@gatehouse/shared/time";
import { Facility } from "../../src/facility.ts";
import type { HandOpening } from "../../src/flows/desk.ts";
import type { LaneRoute } from "../../src/flows/lane-route.ts";
import { type Alert, listOpenAlerts } from "../../src/store/alerts.ts";
import { Book, type BookOptions } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import type { Session } from "../../src/store/sessions.ts";
import { decisions, gateCommands, passages } from "../../src/store/passage-schema.ts";
import { stays } from "../../src/store/observation-schema.ts";
import * as tables from "../../src/store/schema.ts";
import { guardedGateway, guardedPorts } from "../simulation/guarded-ports.ts";
import { type LaneId, smallSite, smallSiteLanes } from "./small-site.ts";

export interface CarParkOptions {
  readonly spaces?: number;
  readonly change?: (config: FacilityConfig) => FacilityConfig;
  readonly link?: CloudLink;
  /** Missing: in memory. */
  readonly bookFile?: string;
  /** Another life with the same book has other chances. */
  readonly seed?: number;
  readonly book?: BookOptions;
  readonly hasTerminals?: boolean;
  /** Printers and ticket scanners, by lane, and what stands there instead of its plate camera. */
  readonly equipment?: Readonly<
    Record<string, Partial<Pick<LanePorts, "printer" | "ticketScanner" | "readers" | "terminal">>>
  >;
  readonly ticketKey?: string;
  /** What signs the reports of shifts; missing: no shift begins. */
  readonly shiftKey?: string;
  /** Read when the daemon starts. */
  readonly gateways?: FacilityPorts["gateways"];
  readonly support?: FacilityPorts["support"];
  readonly alarms?: readonly AlarmContactSim[];
  readonly outputs?: readonly SignalOutputSim[];
  /** Plate cameras that look at one space each. */
  readonly spaceReaders?: FacilityPorts["spaceReaders"];
}

/** A Monday, 07:30 in Berlin. */
export const morning = instantOf("2026-06-01T05:30:00Z") as Instant;

/** A whole facility in virtual time: the real wiring and book, devices in memory, and a hand to drive its cars. */
export class CarPark {
  /** What truly passes. */
  readonly world = new VirtualClock(morning);
  /** The clock of the daemon's machine: it may be stepped, and its power cut. */
  readonly machine = this.world.beside();
  readonly random: SeededRandom;
  readonly config: FacilityConfig;
  readonly site: MemorySite;
  readonly book: Book;
  readonly log: { readonly level: string; readonly event: string }[] = [];
  readonly #options: CarParkOptions;
  #facility: Facility | undefined;
  #run: ProcessClock;
  #reads = 0;
  #boots = 0;

  constructor(options: CarParkOptions = {}) {
    const config = smallSite(options.spaces ?? 10);
    this.#options = options;
    this.random = new SeededRandom(options.seed ?? 7);
    this.config = options.change?.(config) ?? config;
    this.site = buildMemorySite({
      clock: this.machine,
      townClock: this.world,
      random: this.random.fork("devices"),
      lanes: smallSiteLanes,
      spaces: spacesOf(this.config),
    });
    this.book = new Book(options.bookFile ?? ":memory:", options.book);
    this.#run = new ProcessClock(this.machine);
  }

  static async open(options?: CarParkOptions): Promise<CarPark> {
    const park = new CarPark(options);
    await park.boot();
    return park;
  }

  get facility(): Facility {
    if (this.#facility === undefined) throw new RangeError("the daemon is not running");
    return this.#facility;
  }

  get isUp(): boolean {
    return this.#facility !== undefined;
  }

  /** Starts the daemon and gives its devices a second to tell what they know. */
  async boot(): Promise<void> {
    const run = new ProcessClock(this.machine);
    const ports = guardedPorts({
      run,
      site: this.site,
      random: this.random.fork(`run ${this.#boots++}`),
      link: this.#options.link,
      log: this.#logged(),
      promised: () => {},
    });
    const lanes = [...ports.lanes].map(([id, lane]) => {
      const { terminal, ...rest } = lane;
      const keeps = terminal !== undefined && this.#options.hasTerminals !== false;
      const more = this.#equipmentOf(id, run);
      return [id, { ...rest, ...(keeps ? { terminal } : {}), ...more }] as const;
    });
    this.#run = run;
    this.#facility = new Facility({
      config: this.config,
      book: this.book,
      ports: {
        ...ports,
        lanes: new Map(lanes),
        alarms: this.#options.alarms ?? [this.site.panel],
        outputs: this.#options.outputs ?? [],
        spaceReaders: this.#options.spaceReaders ?? [],
        gateways: (this.#options.gateways ?? []).map(({ gateway, returnUrl }) => ({
          gateway: guardedGateway(run, gateway),
          returnUrl,
        })),
        ...(this.#options.support === undefined ? {} : { support: this.#options.support }),
        ...(this.#options.ticketKey === undefined ? {} : { ticketKey: this.#options.ticketKey }),
        ...(this.#options.shiftKey === undefined ? {} : { shiftKey: this.#options.shiftKey }),
      },
      version: "0.1.0",
    });
    await this.#facility.start();
    await this.pass(1);
  }

  /** A printer outlives the daemon that asked it; its answer does not. */
  #equipmentOf(laneId: string, run: ProcessClock): Partial<LanePorts> {
    const { printer, ...rest } = this.#options.equipment?.[laneId] ?? {};
    if (printer === undefined) return rest;
    const guarded = {
      id: printer.id,
      name: printer.name,
      start: () => printer.start(),
      stop: () => printer.stop(),
      report: () => printer.report(),
      print: (pieces: readonly PrintPiece[]) => run.answer(() => printer.print(pieces)),
    };
    return { ...rest, printer: guarded };
  }

  /** The daemon dies as `kill -9` does it; with `power` the whole machine does. */
  die(how: "killed" | "power" = "killed"): void {
    this.#run.kill();
    this.#facility = undefined;
    for (const { inputs, reader, terminal } of this.site.lanes) {
      void inputs.stop();
      void reader.stop();
      terminal?.dropLink();
    }
    void this.site.spaces.stop();
    for (const alarm of this.#options.alarms ?? []) void alarm.stop();
    if (how === "power") this.machine.cutPower();
  }

  async restart(how: "killed" | "power" = "killed", downFor = 5): Promise<void> {
    this.die(how);
    await this.pass(downFor);
    await this.boot();
  }

  async pass(forSeconds: number): Promise<void> {
    await this.world.advance(seconds(forSeconds));
  }

  lane(laneId: LaneId): MemoryLane {
    const found = this.site.lanes.find((lane) => lane.laneId === laneId);
    if (found === undefined) throw new RangeError(laneId);
    return found;
  }

  terminal(laneId: LaneId): TerminalSim {
    const { terminal } = this.lane(laneId);
    if (terminal === undefined) throw new RangeError(`${laneId} has no terminal`);
    return terminal;
  }

  flow(laneId: LaneId): LaneRoute {
    const found = this.facility.lanes.find(({ lane }) => lane.deps.lane.id === laneId);
    if (found === undefined) throw new RangeError(laneId);
    return found;
  }

  /** A read as it comes from the lane's camera, now. */
  plateRead(laneId: LaneId, rawPlate: string, known: Partial<PlateRead> = {}): PlateRead {
    const now = this.machine.now();
    return {
      readId: `read-${++this.#reads}`,
      readerId: `camera-${laneId}`,
      laneId,
      rawPlate,
      confidence: 0.95,
      candidates: [],
      vehicleClass: "car",
      direction: "forward",
      at: now,
      receivedAt: now,
      receivedMs: this.machine.monotonic(),
      retransmission: false,
      ...known,
    };
  }

  read(laneId: LaneId, rawPlate: string, known: Partial<PlateRead> = {}): ReadOutcome {
    return this.flow(laneId).onRead(this.plateRead(laneId, rawPlate, known));
  }

  /** A car rolls onto the loop before the arm. */
  async arrive(laneId: LaneId): Promise<void> {
    this.lane(laneId).site.arming.set(true);
    await this.pass(0.2);
  }

  /** It rolls back from it. */
  async backOff(laneId: LaneId): Promise<void> {
    this.lane(laneId).site.arming.set(false);
    await this.pass(0.2);
  }

  underArm(laneId: LaneId, there: boolean): void {
    const { site, barrier } = this.lane(laneId);
    site.safety.set(there);
    barrier.setSafety(there);
  }

  /** It drives under the arm and out, once the arm is up. */
  async cross(laneId: LaneId, followed = false): Promise<void> {
    await this.pass(3.6);
    this.underArm(laneId, true);
    await this.pass(1);
    this.lane(laneId).site.arming.set(false);
    await this.pass(0.5);
    if (followed) await this.arrive(laneId);
    await this.pass(0.5);
    this.underArm(laneId, false);
    await this.pass(0.2);
  }

  /** A car comes in, and its passage is over. */
  async enter(
    plate: string,
    known: Partial<PlateRead> = {},
    laneId: LaneId = "entry-1",
  ): Promise<Session> {
    await this.arrive(laneId);
    this.read(laneId, plate, known);
    await this.cross(laneId);
    await this.pass(10);
    return this.session(plate);
  }

  /** A card is shown whenever the lane's terminal asks for one; `undefined`: nobody shows any. */
  cards(laneId: LaneId, approves: boolean | undefined): void {
    const terminal = this.terminal(laneId);
    terminal.onCardWanted(() => {
      if (approves === undefined) return;
      this.world.after(seconds(2), () =>
        terminal.presentCard({ lastFour: "4242", name: "Test card", approves }),
      );
    });
  }

  opening(laneId: LaneId, known: Partial<HandOpening> = {}): HandOpening {
    return {
      laneId,
      requestId: `press-${++this.#reads}`,
      reason: "goodwill",
      actor: { kind: "attendant", id: "anna" },
      ...known,
    };
  }

  get sessions(): Session[] {
    return this.book.db.select().from(tables.sessions).all() as Session[];
  }

  /** The latest session of a plate. */
  session(plate: string): Session {
    const found = this.sessions.findLast((session) => session.vehicleLicense === plate);
    if (found === undefined) throw new RangeError(`no session of ${plate}`);
    return found;
  }

  get payments() {
    return this.book.db.select().from(tables.payments).all();
  }

  get passages() {
    return this.book.db.select().from(passages).all();
  }

  get commands() {
    return this.book.db.select().from(gateCommands).all();
  }

  get decisions() {
    return this.book.db.select().from(decisions).all();
  }

  get spaces() {
    return this.book.db.select().from(tables.spaces).all();
  }

  get stays() {
    return this.book.db.select().from(stays).all();
  }

  get alerts(): Alert[] {
    return listOpenAlerts(this.book);
  }

  alert(type: string): Alert | undefined {
    return this.alerts.find((alert) => alert.alertType === type);
  }

  /** Every line of the ledger; one that does not fit its contract throws. */
  get ledger(): LedgerFact[] {
    return linesAfter(this.book, this.book.epoch, 0, 100_000).map(({ text }) => {
      const fact = factOf(LedgerLine.parse(JSON.parse(text)));
      if (fact === undefined) throw new RangeError(`no known fact: ${text}`);
      return fact;
    });
  }

  facts<T extends EventType>(type: T): EventBody<T>[] {
    return this.ledger.flatMap((fact) => (fact.type === type ? [fact.body as EventBody<T>] : []));
  }

  /** Openings that the lane's barrier has heard. */
  openings(laneId: LaneId): number {
    return this.lane(laneId).barrier.openings;
  }

  #logged(): Log {
    const note = (level: string) => (event: string) => void this.log.push({ level, event });
    return { info: note("info"), warn: note("warn"), error: note("error") };
  }
}
