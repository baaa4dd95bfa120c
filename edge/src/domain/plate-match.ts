import type { VehicleClass } from "@gatehouse/shared/vehicle";
import { type PlateCosts, plateDistance, usualCosts } from "./plate-distance.ts";

/** A plate as a lane's camera takes it, and what else is known of the vehicle that carries it. */
export interface PlateSighting {
  /** Normalised, put right where that is certain; "" when nobody could read one. */
  readonly plate: string;
  /** 0–1. */
  readonly confidence: number;
  /** The camera's other guesses, normalised, likeliest first. */
  readonly candidates: readonly { readonly plate: string; readonly confidence: number }[];
  readonly vehicleClass: VehicleClass;
}

/** What speaks for and against a session besides its plate. */
export interface KnownVehicle {
  /** Normalised; "" when nobody could read one. */
  readonly plate: string;
  readonly vehicleClass: VehicleClass;
  /** 0 for nothing odd; see `doubtOf`. */
  readonly doubt: number;
  /** It has left, as far as anybody knows: only the very same plate brings it back without a person. */
  readonly hasLeft: boolean;
}

export interface PlateMatch<T> {
  /** `exact`, `candidate` and `close` are sure enough to act on; `doubtful` (one) and `several` are for a person. */
  readonly kind: "exact" | "candidate" | "close" | "doubtful" | "several" | "none";
  /** Likeliest first; one alone unless `kind` is `several`. */
  readonly found: readonly T[];
  /** How much the best is better than the second; Infinity where there is no second. */
  readonly margin: number;
}

/** Farther than this is another car; of short plates a smaller part may differ. */
const farthest = 0.9;
const farthestEach = 0.15;
/** Up to this a person is asked whether it may be the one. */
const askFarthest = 1.3;
/** The best must be better than the second by this much to be taken without asking. */
const sureMargin = 0.4;

/** A camera's second guess costs at least this, and more the less it believed in it. */
const guessLeast = 0.15;
const guessMost = 0.5;
const guessEach = 0.25;
/** A motorcycle does not come out as a truck; a camera errs here too. */
const otherClass = 0.6;
/** These are taken for one another in any picture. */
const alikeClasses: ReadonlySet<VehicleClass> = new Set(["car", "van"]);

/**
 * Finds whose plate was read: the very same plate, then by likeness and among the camera's own guesses together,
 * weighed with the class of the vehicle and what else speaks against a session. Several nearly as likely, or two
 * vehicles under one plate that nothing tells apart, are for a person to choose from. A vehicle whose plate nobody
 * could read is like no other.
 */
export function matchPlate<T>(
  sighting: PlateSighting,
  all: readonly T[],
  vehicleOf: (item: T) => KnownVehicle,
  costs: PlateCosts = usualCosts,
): PlateMatch<T> {
  const ranked = rankByPlate(sighting, all, vehicleOf, costs, askFarthest);
  const same = ranked.filter(({ distance }) => distance === 0);
  // What the camera nearly took it for counts beside the very same plate; what is merely alike does not.
  if (same.length > 0) return exactOf([...same, ...ranked.filter(({ isGuess }) => isGuess)]);
  const [best, second] = ranked;
  if (best === undefined) return { kind: "none", found: [], margin: Infinity };
  const margin = (second?.cost ?? Infinity) - best.cost;
  const { plate, hasLeft } = vehicleOf(best.item);
  const longer = Math.max(sighting.plate.length, plate.length);
  const limit = best.isGuess ? farthest : Math.min(farthest, farthestEach * longer);
  const isSure = best.cost <= limit && margin >= sureMargin && !hasLeft;
  if (isSure) return { kind: best.isGuess ? "candidate" : "close", found: [best.item], margin };
  const found = ranked.map(({ item }) => item);
  return { kind: found.length === 1 ? "doubtful" : "several", found, margin };
}

export interface RankedVehicle<T> {
  readonly item: T;
  /** Of the plates alone; 0 is the very same. */
  readonly distance: number;
  /** With everything else that speaks against it. */
  readonly cost: number;
  /** The camera's guess says so, rather than likeness. */
  readonly isGuess: boolean;
}

/**
 * Who it may be, likeliest first.
 *
 * @param most left out: who costs more than this
 */
export function rankByPlate<T>(
  sighting: PlateSighting,
  all: readonly T[],
  vehicleOf: (item: T) => KnownVehicle,
  costs: PlateCosts,
  most: number,
): RankedVehicle<T>[] {
  if (sighting.plate === "") return [];
  const guesses = guessCosts(sighting);
  return all
    .flatMap((item) => {
      const { plate, vehicleClass, doubt } = vehicleOf(item);
      if (plate === "") return [];
      const distance = plateDistance(sighting.plate, plate, costs, most);
      const guess = guesses.get(plate) ?? Infinity;
      const odd = doubt + (isOtherClass(vehicleClass, sighting.vehicleClass) ? otherClass : 0);
      const cost = Math.min(distance, guess) + odd;
      return distance === 0 || cost <= most
        ? [{ item, distance, cost, isGuess: guess < distance }]
        : [];
    })
    .toSorted((a, b) => a.cost - b.cost);
}

/** Two classes that one vehicle cannot both have; unknown fits any. */
export const isOtherClass = (a: VehicleClass, b: VehicleClass): boolean =>
  a !== b && a !== "unknown" && b !== "unknown" && !(alikeClasses.has(a) && alikeClasses.has(b));

/** Under one plate: who is inside before who has left, then whom nothing speaks against. */
function exactOf<T>(rivals: readonly RankedVehicle<T>[]): PlateMatch<T> {
  const same = rivals.toSorted((a, b) => a.cost - b.cost);
  const [best, second] = same;
  const margin = (second?.cost ?? Infinity) - (best?.cost ?? 0);
  const found = margin >= sureMargin ? same.slice(0, 1) : same;
  return { kind: found.length === 1 ? "exact" : "several", found: found.map(itemOf), margin };
}

const itemOf = <T>({ item }: RankedVehicle<T>): T => item;

/** What taking each guess for the plate costs: the less likely against the best text, the more. */
function guessCosts({ plate, confidence, candidates }: PlateSighting): Map<string, number> {
  const best = Math.max(confidence, ...candidates.map((guess) => guess.confidence), 1e-6);
  const known = new Map<string, number>();
  for (const guess of candidates) {
    if (guess.plate === plate || guess.plate === "") continue;
    const less = -guessEach * Math.log(Math.max(guess.confidence, 1e-6) / best);
    const cost = Math.min(guessMost, guessLeast + less);
    known.set(guess.plate, Math.min(cost, known.get(guess.plate) ?? Infinity));
  }
  return known;
}

/** When a session began and how it stands, for what makes it unlikely to be the one at an exit. */
export interface StayFacts {
  readonly sinceEntryMs: number;
  /** Nobody saw it pass the entry. */
  readonly isPending: boolean;
}

const tooSoonMs = 20_000;
const tooLongMs = 30 * 24 * 3_600_000;

/** How odd it would be for this stay to end now: 0 for nothing odd; never so much that it decides alone. */
export function doubtOf({ sinceEntryMs, isPending }: StayFacts): number {
  if (sinceEntryMs < tooSoonMs) return 0.3;
  return (isPending ? 0.2 : 0) + (sinceEntryMs > tooLongMs ? 0.2 : 0);
}
