import { type Duration, hours, milliseconds, minutes } from "@gatehouse/shared/time";
import { around, happens, pick } from "./chance.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type CarClass = "car" | "motorcycle" | "truck" | "bus";

/** How often people and cameras do what they should not; each a share of 1. */
export interface Habits {
  /** Of looks at a plate. */
  readonly misreads: number;
  /** Drivers who change their mind at the entry, before the arm moves or after. */
  readonly backOuts: number;
  /** Drivers who follow the car before them through the open arm. */
  readonly tailgates: number;
  /** First cards that are declined. */
  readonly declinedCards: number;
  /** Of drivers who press the terminal's red button first. */
  readonly cancelledCards: number;
}

export interface Stay {
  readonly median: Duration;
  /** Spread of the log-normal: 0.55 keeps most stays within a third and three times the median. */
  readonly sigma: number;
}

export interface Car {
  /** From 1, in the order of arrival. */
  readonly number: number;
  /** As painted, without spaces. */
  readonly plate: string;
  readonly vehicleClass: CarClass;
  /** How long it stands in its space. */
  readonly stay: Duration;
  readonly changesMind: "never" | "before-opening" | "after-opening";
  readonly tailgates: boolean;
  readonly firstCardDeclined: boolean;
  readonly cancelsFirst: boolean;
  /** This driver's own chance, so that one car's luck never changes another's. */
  readonly random: SeededRandom;
}

/** @param plate of a car that comes often; missing: a plate never seen before */
export function makeCar(
  town: SeededRandom,
  number: number,
  habits: Habits,
  stay: Stay,
  plate?: string,
): Car {
  const random = town.fork(`car ${number}`);
  return {
    number,
    plate: plate ?? paintPlate(random),
    vehicleClass: classOf(random.fraction()),
    stay: stayLength(random, stay),
    changesMind: happens(random, habits.backOuts)
      ? pick(random, ["before-opening", "after-opening"] as const)
      : "never",
    tailgates: happens(random, habits.tailgates),
    firstCardDeclined: happens(random, habits.declinedCards),
    cancelsFirst: happens(random, habits.cancelledCards),
    random,
  };
}

/** A German plate: district, two letters, two to four digits. */
export function paintPlate(random: SeededRandom): string {
  const letter = (): string => pick(random, letters);
  const digits = 10 + Math.floor(random.fraction() * 9990);
  return `${pick(random, districts)}${letter()}${letter()}${digits}`;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
const districts = ["B", "HH", "M", "K", "F", "S", "D", "L", "DD", "HB", "N", "KA", "FR", "ROS"];

function classOf(chance: number): CarClass {
  if (chance < 0.92) return "car";
  if (chance < 0.96) return "motorcycle";
  return chance < 0.99 ? "truck" : "bus";
}

function stayLength(random: SeededRandom, { median, sigma }: Stay): Duration {
  const drawn = milliseconds(around(random, median, sigma));
  return Math.min(Math.max(drawn, shortestStay), longestStay) as Duration;
}

const shortestStay = minutes(2);
const longestStay = hours(72);
