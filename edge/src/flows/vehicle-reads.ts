import type { Clock } from "@gatehouse/shared/ports/clock";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import { seconds } from "@gatehouse/shared/time";
import { agreedPlate, maybeSamePlate, type VotedRead } from "../domain/plate-consensus.ts";
import type { PlateSpelling } from "../domain/plate-grammar.ts";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { platesOf } from "./reads.ts";

/** So many reads of one vehicle are kept for the vote: the latest. */
const readsMost = 8;
/** A read that came longer ago is of another vehicle, whatever the loop says. */
const oneVehicleFor = seconds(60);

/**
 * The reads of the vehicle that stands at a lane now. What they agree on, put right as plates are written, is what
 * the lane decides with; each read stays in the book as it came.
 */
export class VehicleReads {
  readonly #clock: Clock;
  readonly #spelling: PlateSpelling | undefined;
  #reads: readonly { readonly read: PlateRead; readonly at: number }[] = [];

  constructor(clock: Clock, spelling: PlateSpelling | undefined) {
    this.#clock = clock;
    this.#spelling = spelling;
  }

  /**
   * A read as all reads of the vehicle together say it. One that cannot be of the same plate begins anew.
   *
   * @param isKnown whether a plate stands in a list, a permit or a session: such a one is put right no further
   */
  agreed(read: PlateRead, isKnown: (plate: string) => boolean): PlateRead {
    const reads = this.#withIt(read);
    const { plate, confidence } = agreedPlate(reads.map(voteOf));
    if (plate === "") return read;
    const right = isKnown(plate)
      ? plate
      : (this.#spelling?.rightOf(plate, countryOf(read)) ?? plate);
    const candidates = [...reads].reverse().flatMap((each) => each.candidates);
    return { ...read, correctedPlate: right, confidence, candidates };
  }

  /** The read is of the vehicle that stands here; called once it is in the book. */
  note(read: PlateRead): void {
    const reads = this.#withIt(read).slice(-readsMost);
    const at = this.#clock.monotonic();
    const times = new Map(this.#reads.map((each) => [each.read, each.at]));
    this.#reads = reads.map((each) => ({ read: each, at: times.get(each) ?? at }));
  }

  /** The last read of the vehicle that stands here. */
  get last(): PlateRead | undefined {
    return this.#reads.at(-1)?.read;
  }

  /** Whether a read is of the vehicle that stands here, as far as its plate tells. */
  maySee(read: PlateRead): boolean {
    const { plate } = platesOf(read);
    return plate !== "" && this.#reads.length > 0 && this.#withIt(read).length > 1;
  }

  /** Whoever stood here has gone. */
  clear(): void {
    this.#reads = [];
  }

  #withIt(read: PlateRead): PlateRead[] {
    const now = this.#clock.monotonic();
    const before = this.#reads
      .filter((each) => each.read !== read && now - each.at < oneVehicleFor)
      .map((each) => each.read);
    const { plate } = agreedPlate(before.map(voteOf));
    return maybeSamePlate(plate, platesOf(read).plate) ? [...before, read] : [read];
  }
}

function voteOf(read: PlateRead): VotedRead {
  const { plate } = platesOf(read);
  const { characterConfidences, confidence, rawPlate } = read;
  const isAsRead = normalisePlate(rawPlate) === plate;
  if (characterConfidences === undefined || !isAsRead) return { plate, confidence };
  const own = characterConfidences.filter((_, at) => normalisePlate(rawPlate.charAt(at)) !== "");
  return { plate, confidence, characterConfidences: own };
}

/** Two capital letters; cameras name countries in other ways too, and those say nothing here. */
const countryOf = ({ country }: PlateRead): string | undefined =>
  country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined;
