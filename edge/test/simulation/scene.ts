import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudLinkSim } from "@gatehouse/firmware-sim/devices/cloud-link-sim";
import { buildMemorySite, type MemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
import type { PlateCamera } from "@gatehouse/firmware-sim/hardware";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Town } from "@gatehouse/firmware-sim/town";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { spacesOf } from "@gatehouse/shared/contracts/facility";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { hours, type Instant, minutes } from "@gatehouse/shared/time";
import { Attendant } from "./attendant.ts";
import { Auditor } from "./auditor.ts";
import { EdgeMachine } from "./edge-machine.ts";
import { MoneyPeople } from "./money/money-people.ts";
import type { Complain } from "./notebook.ts";
import { OfficeAudit } from "./office-audit.ts";
import { OfficeDesk } from "./office-desk.ts";
import type { OfficeBuilding, SimulatedOffice } from "./simulated-office.ts";
import { simulatedLanes, simulatedTill, siteConfig } from "./site-config.ts";
import { type Climate, Weather } from "./weather.ts";

/** Six in the morning of a Monday; the day begins before the rush. */
const dawn = Date.UTC(2026, 0, 5, 5) as Instant;
/** About 600 cars a day. */
const demand = 0.29;
/** In a storm cars stand before every gate that fails. */
const stormDemand = 3;
const stay = { median: minutes(40), sigma: 1 };
const habits = {
  misreads: 0.04,
  backOuts: 0.02,
  tailgates: 0.01,
  declinedCards: 0.03,
  cancelledCards: 0.01,
};
/** A daemon of four lanes needs some dozen at a time. */
/** A vehicle that moves has passed, and its space is published, within so many minutes; one that has not hangs. */
const passingMinutesMost = 5;
const timersMost = 200;

export interface SceneParts {
  readonly seed: number;
  readonly building: OfficeBuilding;
  readonly climate: Climate;
  /** `hour` counts from the beginning. */
  readonly complain: (invariant: string, hour: number, what: string) => void;
}

/** One facility with its town, its head office, its troubles, and those who check them all. */
export class Scene {
  readonly world: VirtualClock;
  readonly machine: EdgeMachine;
  readonly office: SimulatedOffice;
  readonly line: CloudLinkSim;
  readonly town: Town;
  readonly auditor: Auditor;
  readonly weather: Weather;
  readonly #folder = mkdtempSync(
    join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "gatehouse-life-"),
  );
  readonly #complain: Complain;
  readonly #site: MemorySite;
  readonly #officeAudit: OfficeAudit;
  readonly #desk: OfficeDesk;
  readonly #attendant: Attendant;
  readonly #money: MoneyPeople;
  readonly #discard = (): void => rmSync(this.#folder, { recursive: true, force: true });
  readonly #onRejection = (error: unknown): void => this.machine.thrown(error);

  /** @param office of the facility `site-<seed>` */
  constructor(
    { seed, climate, complain }: SceneParts,
    world: VirtualClock,
    office: SimulatedOffice,
  ) {
    const random = new SeededRandom(seed);
    const config = siteConfig(facilityOf(seed));
    const siteClock = world.beside();
    const bookFile = join(this.#folder, "book.sqlite");
    this.world = world;
    this.office = office;
    this.#complain = (invariant, what) => complain(invariant, world.monotonic() / hours(1), what);
    this.line = new CloudLinkSim({ clock: world, random: random.fork("line"), office });
    this.#site = buildMemorySite({
      clock: siteClock,
      townClock: world,
      random: random.fork("devices"),
      lanes: simulatedLanes,
      spaces: spacesOf(config),
      heartbeat: minutes(45),
      onAcknowledged: (batch) => this.auditor.promises.acknowledged(batch),
    });
    this.machine = new EdgeMachine({
      clock: siteClock,
      world,
      random,
      site: this.#site,
      config,
      bookFile,
      link: this.line,
      gateway: () => this.#money.gateway,
      onBug: (error) => this.#bug(error),
      onDown: () => void this.check().catch((error: unknown) => this.#bug(error)),
      promised: (kind, id) => this.auditor.promises.told(kind, id),
    });
    this.#money = new MoneyPeople({
      world,
      random,
      site: this.#site,
      machine: () => this.machine,
      siteTime: () => siteClock.now(),
      tillId: simulatedTill,
      order: (order) => office.order(order),
      complain: this.#complain,
    });
    const money = this.#money;
    this.#attendant = new Attendant(
      world,
      random,
      () => this.machine,
      (laneId, car) => money.promise(laneId, car),
    );
    this.town = new Town({
      clock: world,
      random: random.fork("town"),
      lanes: this.#site.lanes.map(({ site, terminal }) => ({
        ...site,
        camera: this.#watched(site.camera),
        ...(terminal === undefined ? {} : { terminal: money.cards.forDrivers(terminal) }),
      })),
      bays: this.#site.bays,
      timeZone: config.facility.timezone,
      demand: climate === "storm" ? demand * stormDemand : demand,
      habits,
      stay,
      cameraTime: () => siteClock.now(),
      beforeLeaving: (car) => money.beforeLeaving(car),
      onHelp: (queue, car) => void this.#attendant.help(queue, car),
    });
    process.on("unhandledRejection", this.#onRejection);
    process.on("exit", this.#discard);
    this.machine.boot();
    const { town, machine, line } = this;
    const site = this.#site;
    const { writtenAt } = machine;
    this.auditor = new Auditor({
      bookFile,
      site,
      town,
      money,
      siteTime: () => siteClock.now(),
      writtenAt,
      wasUnwitnessed: (laneId, at) => this.weather.wasUnwitnessed(laneId, at),
      complain: this.#complain,
    });
    const { ledger } = this.auditor;
    ledger.fold.sessions.knowTariff(defaultTariff);
    this.#officeAudit = new OfficeAudit({ office, ledger, town, complain: this.#complain });
    this.weather = new Weather({
      climate,
      world,
      siteClock,
      random,
      machine,
      site,
      line,
      office,
      gateway: money.gateway,
    });
    this.#desk = new OfficeDesk({
      world,
      random,
      office,
      regulars: town.regulars,
      onTariff: (tariff) => ledger.fold.sessions.knowTariff(tariff),
      onError: (error) => this.#bug(error),
    });
  }

  static async set(parts: SceneParts): Promise<Scene> {
    const world = new VirtualClock(dawn);
    const random = new SeededRandom(parts.seed);
    const office = await parts.building.openFor({
      world,
      random,
      facilityId: facilityOf(parts.seed),
    });
    return new Scene(parts, world, office);
  }

  /** Cars come, people work, things go wrong. */
  begin(): void {
    this.town.open();
    this.#desk.open();
    this.#money.begin(this.town.regulars);
    this.#attendant.wander(this.#site.lanes.map(({ site }) => site));
    this.weather.begin();
  }

  /** Nobody comes any more, and everything is mended. */
  calm(): void {
    this.weather.end();
    this.#desk.close();
    this.#attendant.goHome();
    this.#money.goHome();
    this.town.drain();
  }

  async check(): Promise<void> {
    this.auditor.check();
    await this.#officeAudit.check();
  }

  async checkHour(): Promise<void> {
    this.auditor.checkHour();
    if (this.machine.timers > timersMost)
      this.#complain("I10", `${this.machine.timers} timers in one daemon`);
    await this.#officeAudit.check();
  }

  /** @param minutesMost within so many minutes there is one in which nothing is under way */
  async checkAtRest(minutesMost: number): Promise<void> {
    let left = minutesMost;
    let passing = passingMinutesMost;
    while (!this.auditor.isQuiet() || (this.auditor.isMoving() && passing-- > 0)) {
      if (left-- === 0) break;
      await this.world.advance(minutes(1));
    }
    if (left < 0) this.#complain("I9", `no quiet minute in ${minutesMost}`);
    this.auditor.checkAtRest();
    await this.#officeAudit.checkAtRest();
  }

  /** @param keepIn a folder for the book; missing: it is thrown away */
  clear(keepIn: string | undefined): void {
    process.off("unhandledRejection", this.#onRejection);
    this.auditor.close();
    if (keepIn !== undefined) cpSync(this.#folder, keepIn, { recursive: true });
    this.#discard();
    process.off("exit", this.#discard);
  }

  #bug(error: unknown): void {
    this.#complain("bug", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** A camera whose looks are noted: the time of a look is the town's, whatever becomes of the read. */
  #watched(camera: PlateCamera): PlateCamera {
    return {
      name: camera.name,
      start: () => camera.start(),
      stop: () => camera.stop(),
      see: (plate) => {
        this.auditor.ledger.fold.lanes.seenAt.set(plate.readId, this.world.monotonic());
        camera.see(plate);
      },
    };
  }
}

const facilityOf = (seed: number): string => `site-${seed}`;
