import { type Duration, elapsed, type Instant, seconds } from "@gatehouse/shared/time";
import { areaOfBox, type Box } from "../geometry.ts";

/** A vehicle smaller than this share of the picture is not yet at the lane. */
const nearShare = 0.04;
/** A vehicle that nobody saw for so long, or in so many pictures, has gone. */
const goneAfter = seconds(4);
const gonePictures = 2.5;

/**
 * Notices a vehicle that stands at the lane and has no plate that anybody could read, so that the attendant is
 * asked instead of the driver waiting for ever. Told once a vehicle.
 */
export class StandingVehicle {
  readonly #patience: Duration;
  readonly #goneAfter: Duration;
  #since: Instant | undefined;
  #lastAt: Instant | undefined;
  #isSettled = false;

  /** @param every between two pictures */
  constructor(patience: Duration, every: Duration) {
    this.#patience = patience;
    this.#goneAfter = Math.max(goneAfter, gonePictures * every) as Duration;
  }

  /**
   * @param vehicles in pixels of the picture
   * @param hasPlate whether the vehicle's plate is known, or on its way to be
   * @returns the vehicle to ask about
   */
  see<T extends Box>(
    vehicles: readonly T[],
    size: { readonly width: number; readonly height: number },
    hasPlate: boolean,
    at: Instant,
  ): T | undefined {
    const least = nearShare * size.width * size.height;
    const nearest = vehicles
      .filter((box) => areaOfBox(box) >= least)
      .toSorted((a, b) => areaOfBox(b) - areaOfBox(a))[0];
    if (this.#lastAt !== undefined && elapsed(this.#lastAt, at) > this.#goneAfter) {
      this.#since = undefined;
      this.#isSettled = false;
    }
    if (nearest === undefined) return undefined;
    this.#lastAt = at;
    this.#since ??= at;
    if (hasPlate) this.#isSettled = true;
    if (this.#isSettled || elapsed(this.#since, at) < this.#patience) return undefined;
    this.#isSettled = true;
    return nearest;
  }
}
