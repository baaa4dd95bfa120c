import {
  type Candidate,
  mostCandidates,
  plateCharacters,
  type PlateReading,
  readingOf,
} from "@gatehouse/shared/plate/reading";

/**
 * Which columns of a recogniser's output speak for each character of a plate. Lower case counts as upper case;
 * gaps and marks between the groups of a plate count as nothing, like the blank itself; every other sign that the
 * recogniser knows is not on a plate, and its share is lost.
 */
export interface CtcColumns {
  readonly blank: readonly number[];
  /** In the order of `plateCharacters`. */
  readonly characters: readonly (readonly number[])[];
  /** Of the whole output, the blank and the space at its end among them. */
  readonly count: number;
}

const betweenGroups = [" ", "-", ".", "·", ":", "•", "_", "—"];

/**
 * @param keys the recogniser's dictionary, one sign a line; in its output the blank stands before and a space after
 */
export function ctcColumnsOf(keys: readonly string[]): CtcColumns {
  const columns = ["", ...keys, " "];
  const of = (signs: readonly string[]): number[] =>
    columns.flatMap((sign, column) => (signs.includes(sign) ? [column] : []));
  return {
    blank: [0, ...of(betweenGroups)],
    characters: plateCharacters.split("").map((sign) => of([sign, sign.toLowerCase()])),
    count: columns.length,
  };
}

/** A character that is less likely than this at one step is not followed. */
const followMin = 0.003;

/**
 * Reads the output of a recogniser that was trained with connectionist temporal classification: at each step of
 * the way across the plate a share for each sign, where a run of one sign is one character.
 *
 * The text is the best sign of each step; its characters are as sure as the surest step of their run. The
 * candidates come from a prefix beam search (Graves et al., 2006; Hannun et al., 2014), which adds up all the ways
 * in which a text can come about.
 *
 * @param shares `steps` rows of `columns.count` shares, each row 1 in all
 */
export function readCtc(shares: Float32Array, columns: CtcColumns): PlateReading {
  const steps = Math.floor(shares.length / columns.count);
  let text = "";
  const characters: number[] = [];
  let last = -1;
  const beam = new Beam();
  for (let step = 0; step < steps; step += 1) {
    const { blank, signs } = sharesAt(shares, step * columns.count, columns);
    const best = indexOfMost(signs);
    const share = signs[best] ?? 0;
    if (share <= blank) last = -1;
    else if (best === last)
      characters[characters.length - 1] = Math.max(share, characters.at(-1) ?? 0);
    else {
      text += plateCharacters.charAt(best);
      characters.push(share);
      last = best;
    }
    beam.follow(blank, signs);
  }
  return readingOf(
    text,
    characters.map((share) => Math.min(1, share)),
    beam.candidates(),
  );
}

function sharesAt(shares: Float32Array, row: number, columns: CtcColumns) {
  const sum = (some: readonly number[]): number =>
    some.reduce((total, column) => total + (shares[row + column] ?? 0), 0);
  return { blank: sum(columns.blank), signs: columns.characters.map(sum) };
}

const indexOfMost = (values: readonly number[]): number =>
  values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);

/** A text so far: the shares of all ways to it that end in a blank, and in its last character. */
interface Prefix {
  blank: number;
  sign: number;
}

class Beam {
  #prefixes = new Map<string, Prefix>([["", { blank: 1, sign: 0 }]]);

  follow(blank: number, signs: readonly number[]): void {
    const next = new Map<string, Prefix>();
    const at = (text: string): Prefix => {
      const known = next.get(text) ?? { blank: 0, sign: 0 };
      next.set(text, known);
      return known;
    };
    const likely = [...signs.entries()].filter(([, share]) => share >= followMin);
    for (const [text, prefix] of this.#prefixes) {
      at(text).blank += (prefix.blank + prefix.sign) * blank;
      for (const [index, share] of likely) {
        const sign = plateCharacters.charAt(index);
        const repeats = text.endsWith(sign);
        // The same sign again is the same character, unless a blank stands between.
        if (repeats) at(text).sign += prefix.sign * share;
        at(text + sign).sign += (repeats ? prefix.blank : prefix.blank + prefix.sign) * share;
      }
    }
    this.#prefixes = new Map([...next].toSorted(likeliestFirst).slice(0, mostCandidates));
  }

  candidates(): Candidate[] {
    return [...this.#prefixes].toSorted(likeliestFirst).map(([text, { blank, sign }]) => ({
      text,
      confidence: Math.min(1, blank + sign),
    }));
  }
}

const likeliestFirst = (a: readonly [string, Prefix], b: readonly [string, Prefix]): number =>
  b[1].blank + b[1].sign - (a[1].blank + a[1].sign);
