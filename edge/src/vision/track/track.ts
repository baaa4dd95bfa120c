import type { VehicleClass } from "@gatehouse/shared/vehicle";
import type { Box } from "../geometry.ts";
import type { Detection } from "../vehicles.ts";
import { Coordinate } from "./kalman.ts";

/** How far a detector's box lies from the vehicle's own, in shares of the box's side. */
const measuredWithin = 0.04;
/** How far the first guess of a velocity (none) may be off, in sides a second. */
const speedWithin = 1.2;
/** How hard a vehicle speeds up, brakes or turns in the picture, in sides a second squared. */
const acceleration = 4;

/** A vehicle that moved its centre by less than this share of its side since `stillFor` stands still. */
const stillWithin = 0.12;
const stillForMs = 3000;

/** How fast an older opinion about the class fades, a sight. */
const fading = 0.95;

/** One vehicle, followed from picture to picture. */
export class Track {
  readonly id: number;
  readonly #x: Coordinate;
  readonly #y: Coordinate;
  readonly #width: Coordinate;
  readonly #height: Coordinate;
  readonly #classes = new Map<VehicleClass, number>();
  readonly #began: number;
  /** Where it stood at the beginning of its rest. */
  #rest: { x: number; y: number; sinceMs: number };
  last: Detection;
  lastMs: number;
  sights = 1;
  /** Pictures since it was last seen. */
  missed = 0;

  constructor(id: number, first: Detection, atMs: number) {
    this.id = id;
    const { x, y, width, height } = centred(first);
    const side = Math.sqrt(width * height);
    const start = (value: number, scale: number) =>
      new Coordinate(value, measuredWithin * scale, speedWithin * side);
    this.#x = start(x, width);
    this.#y = start(y, height);
    this.#width = start(width, width);
    this.#height = start(height, height);
    this.#began = atMs;
    this.#rest = { x, y, sinceMs: atMs };
    this.last = first;
    this.lastMs = atMs;
    this.#vote(first);
  }

  /** Where it ought to be now. */
  get box(): Box {
    const halfWidth = Math.max(1, this.#width.position) / 2;
    const halfHeight = Math.max(1, this.#height.position) / 2;
    const [x, y] = [this.#x.position, this.#y.position];
    return {
      left: x - halfWidth,
      top: y - halfHeight,
      right: x + halfWidth,
      bottom: y + halfHeight,
    };
  }

  /** What most of its sights say it is, the surest and latest counting most. */
  get vehicle(): VehicleClass {
    let [best, most] = [this.last.vehicle, 0];
    for (const [vehicle, votes] of this.#classes) {
      if (votes > most) [best, most] = [vehicle, votes];
    }
    return best;
  }

  get isStill(): boolean {
    return this.lastMs - this.#rest.sinceMs >= stillForMs;
  }

  get ageMs(): number {
    return this.lastMs - this.#began;
  }

  /** A vehicle that stands still and is hidden is where it was; another goes on as it went. */
  predict(dt: number): void {
    const side = Math.sqrt(Math.max(1, this.#width.position * this.#height.position));
    if (this.isStill) {
      for (const coordinate of this.#coordinates()) coordinate.velocity = 0;
    }
    for (const coordinate of this.#coordinates()) coordinate.predict(dt, acceleration * side);
  }

  see(detection: Detection, atMs: number): void {
    const { x, y, width, height } = centred(detection);
    // An unsure box is a loose one: it moves the vehicle less.
    const doubt = measuredWithin * (1 + (1 - detection.score));
    this.#x.correct(x, doubt * width);
    this.#y.correct(y, doubt * height);
    this.#width.correct(width, doubt * width);
    this.#height.correct(height, doubt * height);
    this.last = detection;
    this.lastMs = atMs;
    this.sights += 1;
    this.missed = 0;
    this.#vote(detection);
    const moved = Math.hypot(x - this.#rest.x, y - this.#rest.y);
    if (moved > stillWithin * Math.sqrt(width * height)) this.#rest = { x, y, sinceMs: atMs };
  }

  #vote({ vehicle, score }: Detection): void {
    for (const [each, votes] of this.#classes) this.#classes.set(each, fading * votes);
    this.#classes.set(vehicle, (this.#classes.get(vehicle) ?? 0) + score);
  }

  #coordinates(): readonly Coordinate[] {
    return [this.#x, this.#y, this.#width, this.#height];
  }
}

function centred({ left, top, right, bottom }: Box) {
  const [width, height] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width, height };
}
