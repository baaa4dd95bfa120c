import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Car, CarClass } from "./cars.ts";
import { happens, pick } from "./chance.ts";
import type { BaySensor } from "./hardware.ts";

export interface Bay {
  readonly spaceId: string;
  readonly type: SpaceType;
  /** What watches it: one sensor, or two that are told the same. */
  readonly sensor?: Pick<BaySensor, "set">;
}

/** Every space as it truly is. */
export class Bays {
  readonly #bays: readonly Bay[];
  /** Who stands in a space; undefined where nobody said. */
  readonly #taken = new Map<string, Car | undefined>();
  readonly #listeners: ((spaceId: string, occupied: boolean) => void)[] = [];

  constructor(bays: readonly Bay[]) {
    this.#bays = bays;
  }

  get takenCount(): number {
    return this.#taken.size;
  }

  isTaken(spaceId: string): boolean {
    return this.#taken.has(spaceId);
  }

  /** The car in a space; undefined when it is free. */
  takerOf(spaceId: string): Car | undefined {
    return this.#taken.get(spaceId);
  }

  /** Called at every true change, before the space's sensor knows. */
  onChange(listener: (spaceId: string, occupied: boolean) => void): void {
    this.#listeners.push(listener);
  }

  find(spaceId: string): Bay | undefined {
    return this.#bays.find((bay) => bay.spaceId === spaceId);
  }

  /** A free space that this driver takes, or undefined when nothing fits. */
  choose(random: Random, vehicleClass: CarClass): Bay | undefined {
    const free = this.#bays.filter(({ spaceId }) => !this.#taken.has(spaceId));
    const liked = free.filter(({ type }) => likes(random, vehicleClass, type));
    if (liked.length > 0) return pick(random, liked);
    const fitting = free.filter(({ type }) => fits(vehicleClass, type));
    return fitting.length > 0 ? pick(random, fitting) : undefined;
  }

  set(bay: Bay, occupied: boolean, by?: Car): void {
    if (occupied) this.#taken.set(bay.spaceId, by);
    else this.#taken.delete(bay.spaceId);
    for (const listener of this.#listeners) listener(bay.spaceId, occupied);
    bay.sensor?.set(occupied);
  }
}

/** The kinds a driver looks for first; of the special ones only those entitled do. */
function likes(random: Random, vehicleClass: CarClass, type: SpaceType): boolean {
  if (vehicleClass === "motorcycle") return type === "motorcycle";
  if (vehicleClass === "truck" || vehicleClass === "bus") return type === "oversize";
  if (type === "standard" || type === "compact") return true;
  return fits(vehicleClass, type) && happens(random, 0.15);
}

const fits = (vehicleClass: CarClass, type: SpaceType): boolean =>
  vehicleClass === "motorcycle" || type !== "motorcycle";
