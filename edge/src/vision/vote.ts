import { elapsed, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import type { SpaceWord } from "./assign.ts";

/** Of the last five ballots of a space, three must say otherwise before its word changes. */
const window = 5;
const needed = 3;

/** So far apart at least: three pictures of a fast camera see the same passing car. */
const apart = milliseconds(1500);

/** Of a camera as slow as this two in a row do: whoever passes is gone by the next. */
const slowGap = seconds(10);

interface Ballot {
  readonly at: Instant;
  readonly word: SpaceWord;
}

interface Space {
  occupied: boolean;
  /** The newest last. */
  readonly ballots: Ballot[];
}

/**
 * Steadies what a camera says of its spaces: a car that passes, a gust of snow or a person changes nothing, a car
 * that parks does within a few pictures, whatever the camera's pace. A space that is new takes its first word at
 * once.
 */
export class Vote {
  readonly #spaces = new Map<string, Space>();

  /**
   * @param words what the newest picture says, whether or not it differs from the one before
   * @param at when it was taken; where the clock goes back the vote begins anew
   * @returns the same spaces in the same order; where pictures differ, the word is less sure
   */
  settle(words: readonly SpaceWord[], at: Instant): SpaceWord[] {
    return words.map((word) => {
      const space = this.#spaces.get(word.bay) ?? { occupied: word.occupied, ballots: [] };
      this.#spaces.set(word.bay, space);
      cast(space, { at, word });
      return { bay: word.bay, occupied: space.occupied, confidence: confidenceOf(space) };
    });
  }

  /** After a silence the first words count at once. */
  forget(): void {
    this.#spaces.clear();
  }
}

function cast(space: Space, ballot: Ballot): void {
  const { ballots } = space;
  const last = ballots.at(-1);
  if (last !== undefined && ballot.at < last.at) ballots.length = 0;
  else if (last !== undefined && elapsed(last.at, ballot.at) < apart) return;
  ballots.push(ballot);
  if (ballots.length > window) ballots.shift();
  if (isOutvoted(space)) space.occupied = !space.occupied;
}

function isOutvoted({ occupied, ballots }: Space): boolean {
  const isAgainst = ({ word }: Ballot): boolean => word.occupied !== occupied;
  const [before, last] = ballots.slice(-2);
  if (before === undefined || last === undefined || !isAgainst(last)) return false;
  if (isAgainst(before) && elapsed(before.at, last.at) >= slowGap) return true;
  return ballots.filter(isAgainst).length >= needed;
}

/** The mean over the ballots, each for or against what the space is said to be. */
function confidenceOf({ occupied, ballots }: Space): number {
  const sum = ballots.reduce(
    (total, { word }) =>
      total + (word.occupied === occupied ? word.confidence : 1 - word.confidence),
    0,
  );
  return Math.max(0.5, sum / ballots.length);
}
