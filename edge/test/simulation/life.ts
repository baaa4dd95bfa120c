import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudLinkSim } from "@gatehouse/firmware-sim/devices/cloud-link-sim";
import { buildMemorySite } from "@gatehouse/firmware-sim/devices/memory-site";
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
import { OfficeAudit } from "./office-audit.ts";
import { OfficeDesk } from "./office-desk.ts";
import type { OfficeBuilding } from "./simulated-office.ts";
import { simulatedLanes, siteConfig } from "./site-config.ts";
import { Weather } from "./weather.ts";

export interface LifeParts {
  readonly seed: number;
  readonly days: number;
  readonly building: OfficeBuilding;
  /** Stops at the first violation: a mutant is caught by one. */
  readonly isImpatient?: boolean;
  /** A folder for the book of a life with violations. */
  readonly keepIn?: string;
}

export interface LifeStory {
  readonly seed: number;
  readonly cars: number;
  readonly crashes: number;
  readonly lines: number;
  readonly ledgerHash: string;
  /** How often what went wrong, and what came of it. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly violationCount: number;
  /** What did not hold, first things first; at most `violationsKept`. */
  readonly violations: readonly string[];
}

/** Six in the morning of a Monday; the day begins before the rush. */
const dawn = Date.UTC(2026, 0, 5, 5) as Instant;
/** About 600 cars a day. */
const demand = 0.29;
const restHours = 3;
/** With every fault over, a minute in which nothing is under way comes within this. */
const quietMinutes = 120;
/** A daemon of four lanes needs some dozen at a time. */
const timersMost = 200;
/** Of all looks at a space, in spite of lost messages, lost sensors and dead daemons. */
const agreementLeast = 0.98;
const violationsKept = 20;

/** Lives one facility through some days of traffic and trouble, and tells what did not hold. */
export async function live(parts: LifeParts): Promise<LifeStory> {
  const { seed, days, building, isImpatient = false, keepIn } = parts;
  const folder = mkdtempSync(
    join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "gatehouse-life-"),
  );
  const bookFile = join(folder, "book.sqlite");
  const random = new SeededRandom(seed);
  const world = new VirtualClock(dawn);
  const siteClock = world.beside();
  const config = siteConfig(`site-${seed}`);
  const violations: string[] = [];
  let violationCount = 0;
  const complain = (invariant: string, what: string): void => {
    const hour = (world.monotonic() / 3_600_000).toFixed(2);
    violationCount++;
    if (violations.length < violationsKept)
      violations.push(`${invariant} at hour ${hour}: ${what}`);
  };
  const bug = (error: unknown): void =>
    complain("bug", error instanceof Error ? (error.stack ?? error.message) : String(error));
  const office = await building.openFor({ world, random, facilityId: config.facility.id });
  const line = new CloudLinkSim({ clock: world, random: random.fork("line"), office });
  const site = buildMemorySite({
    clock: siteClock,
    townClock: world,
    random: random.fork("devices"),
    lanes: simulatedLanes,
    spaces: spacesOf(config),
    heartbeat: minutes(45),
    onAcknowledged: (batch) => auditor.acknowledged(batch),
  });
  const machine = new EdgeMachine({
    clock: siteClock,
    world,
    random,
    site,
    config,
    bookFile,
    link: line,
    onBug: bug,
    onDown: () => auditor.check(),
    promised: (kind, id) => auditor.promised(kind, id),
  });
  const attendant = new Attendant(world, random, () => machine);
  const town = new Town({
    clock: world,
    random: random.fork("town"),
    lanes: site.lanes.map(({ site: laneSite }) => ({
      ...laneSite,
      camera: watched(laneSite.camera, (readId) => auditor.seen(readId)),
    })),
    bays: site.bays,
    timeZone: config.facility.timezone,
    demand,
    habits,
    stay: { median: minutes(40), sigma: 1 },
    cameraTime: () => siteClock.now(),
    onHelp: (queue, car) => void attendant.help(queue, car),
  });
  const onRejection = (error: unknown): void => machine.thrown(error);
  process.on("unhandledRejection", onRejection);
  machine.boot();
  const auditor = new Auditor({ bookFile, site, town, writtenAt: machine.writtenAt, complain });
  auditor.fold.knowTariff(defaultTariff);
  const officeAudit = new OfficeAudit({
    office,
    auditor,
    town,
    complain,
  });
  const weather = new Weather({ world, siteClock, random, machine, site, line, office });
  const desk = new OfficeDesk({
    world,
    random,
    office,
    regulars: town.regulars,
    onTariff: (tariff) => auditor.fold.knowTariff(tariff),
    onError: bug,
  });
  const hour = async (): Promise<void> => {
    await world.advance(hours(1));
    auditor.check();
    auditor.lookAtSpaces();
    if (machine.timers > timersMost) complain("I10", `${machine.timers} timers in one daemon`);
    await officeAudit.check();
  };
  try {
    await world.advance(minutes(1));
    town.open();
    desk.open();
    attendant.wander(site.lanes.map((lane) => lane.site));
    weather.begin();
    for (let passed = 0; passed < days * 24; passed++) {
      await hour();
      if (isImpatient && violations.length > 0) break;
    }
    weather.end();
    desk.close();
    attendant.goHome();
    town.drain();
    for (let passed = 0; passed < restHours; passed++) await hour();
    let minutesLeft = quietMinutes;
    while (!auditor.isQuiet() && minutesLeft-- > 0) await world.advance(minutes(1));
    if (minutesLeft < 0) complain("I9", `no quiet minute in ${quietMinutes}`);
    auditor.checkAtRest();
    if (auditor.agreement < agreementLeast)
      complain("I7", `spaces were published right in ${auditor.agreement} of the looks`);
    await officeAudit.checkAtRest();
    return {
      seed,
      cars: town.truth.arrived,
      crashes: machine.crashes,
      lines: auditor.ledgerLength,
      ledgerHash: auditor.ledgerHash,
      troubles: {
        ...weather.troubles,
        ...auditor.fold.marks,
        "head office deaths": office.deaths,
        "lost uploads": line.failures,
        tailgates: town.truth.turnedBack.tailgated,
        "back-outs": town.truth.turnedBack["backed-out"],
        "directives applied": auditor.fold.directivesThrough,
      },
      violationCount,
      violations,
    };
  } finally {
    process.off("unhandledRejection", onRejection);
    auditor.close();
    if (keepIn !== undefined && violations.length > 0)
      cpSync(folder, join(keepIn, `seed-${seed}`), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A camera whose looks are noted: the time of a look is the town's, whatever becomes of the read. */
const watched = (camera: PlateCamera, note: (readId: string) => void): PlateCamera => ({
  name: camera.name,
  start: () => camera.start(),
  stop: () => camera.stop(),
  see: (plate) => {
    note(plate.readId);
    camera.see(plate);
  },
});

const habits = {
  misreads: 0.04,
  backOuts: 0.02,
  tailgates: 0.01,
  declinedCards: 0.03,
  cancelledCards: 0.01,
};
