import { join } from "node:path";
import { hours, minutes } from "@gatehouse/shared/time";
import { Scene } from "./scene.ts";
import type { OfficeBuilding } from "./simulated-office.ts";
import type { Climate } from "./weather.ts";

export interface LifeParts {
  readonly seed: number;
  readonly days: number;
  readonly building: OfficeBuilding;
  readonly climate: Climate;
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

const violationsKept = 20;
const restHours = 3;
/** With every fault over, a minute in which nothing is under way comes within this. */
const quietWithin = 120;

/** Lives one facility through some days of traffic and trouble, and tells what did not hold. */
export async function live(parts: LifeParts): Promise<LifeStory> {
  const { seed, days, building, climate, isImpatient = false, keepIn } = parts;
  const violations: string[] = [];
  const complain = (invariant: string, hour: number, what: string): void =>
    void violations.push(`${invariant} at hour ${hour.toFixed(2)}: ${what}`);
  const scene = await Scene.set({ seed, building, climate, complain });
  try {
    await scene.world.advance(minutes(1));
    scene.begin();
    for (let hour = 0; hour < days * 24; hour++) {
      await passAnHour(scene);
      if (isImpatient && violations.length > 0) return storyOf(seed, scene, violations);
    }
    scene.calm();
    for (let hour = 0; hour < restHours; hour++) await passAnHour(scene);
    await scene.checkAtRest(quietWithin);
    return storyOf(seed, scene, violations);
  } finally {
    const keeps = keepIn !== undefined && violations.length > 0;
    scene.clear(keeps ? join(keepIn, `seed-${seed}`) : undefined);
  }
}

async function passAnHour(scene: Scene): Promise<void> {
  await scene.world.advance(hours(1));
  await scene.checkHour();
}

function storyOf(seed: number, scene: Scene, violations: readonly string[]): LifeStory {
  const { town, machine, office, line, weather } = scene;
  const { ledger } = scene.auditor;
  return {
    seed,
    cars: town.truth.arrived,
    crashes: machine.crashes,
    lines: ledger.length,
    ledgerHash: ledger.lastHash,
    troubles: {
      ...weather.troubles,
      ...ledger.fold.notebook.marks,
      "head office deaths": office.deaths,
      "lost uploads": line.failures,
      tailgates: town.truth.turnedBack.tailgated,
      "back-outs": town.truth.turnedBack["backed-out"],
      "directives applied": ledger.fold.directivesThrough,
    },
    violationCount: violations.length,
    violations: violations.slice(0, violationsKept),
  };
}
