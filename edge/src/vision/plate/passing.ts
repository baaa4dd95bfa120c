import { type Duration, elapsed, type Instant, seconds } from "@gatehouse/shared/time";
import type { Box } from "../geometry.ts";
import type { FramePlate } from "./frame.ts";
import { editDistance } from "./edit-distance.ts";
import type { PlateReading } from "@gatehouse/shared/plate/reading";
import { PlateVotes } from "@gatehouse/shared/plate/vote";

/** So many frames that agree so surely are enough. */
const enoughFrames = 3;
const sureEnough = 0.9;
/** After so many frames another one would change little. */
const mostFrames = 8;
/** Nobody waits at the gate longer than this for better frames. */
const patience = seconds(4);
/** A vehicle that was not seen for so long has gone. */
const goneAfter = seconds(3);
/** More vehicles at once are not in one lane. */
const mostVehicles = 8;

/** Readings that differ in no more than this share of their characters may be of one plate. */
const alikeShare = 0.4;
/** Nobody takes a reading below this for proof of another vehicle. */
const clearReading = 0.8;
/** A plate that grew by so much came nearer. */
const grownBy = 1.15;

/** What the frames of one vehicle agree on; told once a vehicle. */
export interface AgreedPlate {
  readonly reading: PlateReading;
  readonly frames: number;
  readonly direction: "forward" | "unknown";
  /** The frame in which the plate could be read best, and when that was. */
  readonly best: FramePlate;
  readonly bestAt: Instant;
  /** When it was seen last. */
  readonly at: Instant;
  /** Names the vehicle until it has gone. */
  readonly vehicle: number;
}

interface Passing {
  readonly id: number;
  readonly votes: PlateVotes;
  readonly since: Instant;
  readonly firstWidth: number;
  best: FramePlate;
  bestAt: Instant;
  last: FramePlate;
  lastAt: Instant;
  isTold: boolean;
}

/**
 * The vehicles whose plates a lane camera sees, from their first frame until they have gone: each is told once, as
 * soon as its frames agree, at the latest when it leaves. One blurred frame alone is told only when the vehicle
 * left, or stands there, without another.
 */
export class PassingPlates {
  #passing: Passing[] = [];
  readonly #goneAfter: Duration;
  #vehicles = 0;

  /** @param every between two pictures, at a slow camera more than a vehicle may be out of sight */
  constructor(every: Duration) {
    this.#goneAfter = Math.max(goneAfter, 2.5 * every) as Duration;
  }

  /** Whether a plate that says something is in sight. */
  get isAnyInSight(): boolean {
    return this.#passing.some(({ votes }) => votes.agreed().text !== "");
  }

  /** @returns the vehicles whose plate is known by now */
  see(plates: readonly FramePlate[], at: Instant): AgreedPlate[] {
    // Who has gone by now is not taken for who comes.
    const left = this.#settle(at);
    for (const plate of plates) {
      if (plate.reading.text !== "") this.#note(plate, at);
    }
    return [...left, ...this.#settle(at)];
  }

  /** The picture has not changed: whoever was there still stands there. */
  seeSame(at: Instant): AgreedPlate[] {
    const latest = Math.max(...this.#passing.map(({ lastAt }) => lastAt));
    for (const passing of this.#passing) if (passing.lastAt === latest) passing.lastAt = at;
    return this.#settle(at);
  }

  #note(plate: FramePlate, at: Instant): void {
    const passing = this.#passing.find((each) => isSame(each, plate)) ?? this.#begin(plate, at);
    passing.votes.add(plate.reading, plate.located.score);
    passing.last = plate;
    passing.lastAt = at;
    if (worthOf(plate) > worthOf(passing.best)) {
      passing.best = plate;
      passing.bestAt = at;
    }
  }

  #begin(plate: FramePlate, at: Instant): Passing {
    this.#vehicles += 1;
    const passing = {
      id: this.#vehicles,
      votes: new PlateVotes(),
      since: at,
      firstWidth: widthOf(plate.box),
      best: plate,
      bestAt: at,
      last: plate,
      lastAt: at,
      isTold: false,
    };
    this.#passing.push(passing);
    if (this.#passing.length > mostVehicles) this.#passing.shift();
    return passing;
  }

  #settle(at: Instant): AgreedPlate[] {
    const told: AgreedPlate[] = [];
    const passed = this.#passing;
    this.#passing = [];
    for (const passing of passed) {
      const hasGone = elapsed(passing.lastAt, at) > this.#goneAfter;
      if (!hasGone) this.#passing.push(passing);
      const reading = passing.votes.agreed();
      if (passing.isTold || reading.text === "" || !(hasGone || isKnown(passing, reading, at))) {
        continue;
      }
      passing.isTold = true;
      told.push(agreedOf(passing, reading));
    }
    return told;
  }
}

function isKnown({ votes, since }: Passing, { confidence }: PlateReading, at: Instant): boolean {
  const { frames } = votes;
  const agrees = frames >= enoughFrames && confidence >= sureEnough;
  return agrees || frames >= mostFrames || elapsed(since, at) >= patience;
}

function agreedOf(passing: Passing, reading: PlateReading): AgreedPlate {
  const { id, votes, best, bestAt, last, lastAt, firstWidth } = passing;
  return {
    reading,
    frames: votes.frames,
    direction: widthOf(last.box) >= grownBy * firstWidth ? "forward" : "unknown",
    best,
    bestAt,
    at: lastAt,
    vehicle: id,
  };
}

/** The same text or nearly, or the same place and nothing clear that speaks against it. */
function isSame({ votes, last }: Passing, { reading, box }: FramePlate): boolean {
  const { text } = votes.agreed();
  const longest = Math.max(text.length, reading.text.length, 1);
  if (editDistance(text, reading.text) <= alikeShare * longest) return true;
  return reading.confidence < clearReading && isNear(last.box, box);
}

function isNear(a: Box, b: Box): boolean {
  const reach = 1.5 * Math.max(widthOf(a), widthOf(b));
  const across = (a.left + a.right - b.left - b.right) / 2;
  const down = (a.top + a.bottom - b.top - b.bottom) / 2;
  return Math.hypot(across, down) <= reach;
}

const widthOf = ({ left, right }: Box): number => right - left;

/** A sure reading of a large plate is the best evidence. */
const worthOf = ({ reading, box }: FramePlate): number =>
  reading.confidence * Math.sqrt(widthOf(box));
