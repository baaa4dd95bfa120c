import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { inOrder } from "@gatehouse/shared/part";
import { pacedClockFromEnv } from "@gatehouse/shared/paced-clock";
import { minutes } from "@gatehouse/shared/time";
import type { SimulatorCommand, SimulatorMessage, SimulatorStats } from "./messages.ts";
import { KeptTown, SimulatorPlan } from "./plan.ts";
import { SeededRandom } from "./seeded-random.ts";
import { Town } from "./town.ts";
import { buildPictureCameras } from "./wire/picture-cameras.ts";
import { buildWiredSite, type WiredSite } from "./wire/wired-site.ts";

/** How people and cameras of the demonstration behave. */
const habits = {
  misreads: 0.02,
  backOuts: 0.015,
  tailgates: 0.003,
  declinedCards: 0.02,
  cancelledCards: 0.01,
};
const stay = { median: minutes(12), sigma: 0.55 };
/** Somewhat above a busy weekday: enough to see something at any speed. */
const demand = 1;

const statsEveryMs = 500;
/** How much of a town a power cut may forget. */
const keepEveryMs = 5000;

/** Simulates a site's hardware and its town of cars on real wires, until it is told to end. */
export async function runSimulator(planFile: string): Promise<void> {
  const plan = SimulatorPlan.parse(JSON.parse(readFileSync(planFile, "utf8")));
  const clock = pacedClockFromEnv(process.env);
  const kept = keptTown(plan.state_file);
  const random = new SeededRandom(plan.seed).fork(`run ${plan.run}`);
  const ids = { fraction: () => random.fraction(), id: () => randomUUID() };
  const site = buildWiredSite({ plan, kept, clock, random: ids });
  const town = new Town({
    clock,
    random,
    lanes: site.lanes,
    bays: site.bays,
    timeZone: plan.facility.facility.timezone,
    demand,
    habits,
    stay,
  });
  town.bays.onChange((spaceId, occupied) =>
    tell({ type: "truth", space_id: spaceId, occupied, at: clock.now() }),
  );
  town.resume(kept?.cars ?? []);
  const cameras = buildPictureCameras(plan, town, clock);
  const wires = inOrder("firmware-sim", [...site.parts, ...cameras]);
  await wires.start();

  const keep = (): void => keepTown(plan.state_file, town, site);
  const telling = setInterval(() => tell({ type: "stats", ...statsOf(town, site) }), statsEveryMs);
  const keeping = setInterval(keep, keepEveryMs);
  const ended = new Promise<void>((end) => {
    process.once("SIGTERM", () => end());
    process.once("SIGINT", () => end());
    process.once("disconnect", () => end());
  });
  process.on("message", (command: SimulatorCommand) => {
    if (command.type === "open") town.open();
    if (command.type === "drain") town.drain();
  });
  tell({ type: "ready" });

  await ended;
  clearInterval(telling);
  clearInterval(keeping);
  town.drain();
  keep();
  await wires.stop();
}

function statsOf(town: Town, site: WiredSite): SimulatorStats {
  const { truth } = town;
  const booked = [...site.terminals.values()].flatMap((terminal) => [...terminal.booked.values()]);
  return {
    cars_in: truth.carsIn,
    cars_out: truth.carsOut,
    tailgated: truth.turnedBack.tailgated,
    inside: truth.inside.length,
    queued: town.queued,
    arrived: truth.arrived,
    drove_on: truth.droveOn,
    openings: Object.fromEntries(
      site.lanes.map(({ laneId, barrier }) => [laneId, barrier.openings]),
    ),
    booked_minor: booked.reduce((sum, amount) => sum + amount, 0),
    connected: site.links.filter((link) => link.connected).length,
    devices: site.links.length,
  };
}

function keptTown(file: string): KeptTown | undefined {
  return existsSync(file) ? KeptTown.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** Written beside and renamed, so that an end in the middle leaves the old one whole. */
function keepTown(file: string, town: Town, site: WiredSite): void {
  const receipts = [...site.terminals].map(([id, terminal]) => [id, terminal.lastReceipt] as const);
  const state: KeptTown = { cars: town.keep(), receipts: Object.fromEntries(receipts) };
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

function tell(message: SimulatorMessage): void {
  if (process.connected) process.send?.(message);
}
