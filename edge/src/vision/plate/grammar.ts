import type { PlateProfile } from "@gatehouse/shared/contracts/plate-profile";
import { type Candidate, mostCandidates, type PlateReading } from "@gatehouse/shared/plate/reading";
import { type PlateShape, shapesOf } from "@gatehouse/shared/plate/shapes";

/** What a reading means once one knows how plates are written. The reading itself stays as it was read. */
export interface PlateMeaning {
  /** As read, or with look-alikes put right; never longer or shorter. */
  readonly text: string;
  /** Where plates are written so; undefined where several countries or none do. */
  readonly country: string | undefined;
  /** Likeliest first; the shares are the reader's, weighed by how plates are written. */
  readonly candidates: readonly Candidate[];
}

/** Drawn alike on many plates: a reader can only guess. */
const sameGlyph: readonly string[] = ["O0", "I1"];
/** Taken for one another when the picture is poor. */
const lookAlikes: readonly string[] = ["B8", "S5", "Z2", "G6", "D0", "Q0", "QO", "DO"];

/** How often the one is taken for the other, whatever the reader says. */
const sameGlyphShare = 0.3;
const lookAlikeShare = 0.02;
/** More changes than this make another plate of it. */
const mostSwaps = 2;

/** How likely a text is before anybody has read it, by the best shape that it has. */
const priors = { ordinary: 1, weak: 0.3, none: 0.1 } as const;
/**
 * Knows how plates are written in the countries most cars of a site come from. Without any, nothing is put right:
 * what is odd in one country is ordinary in the next, and fifteen countries' shapes together fit nearly anything.
 */
export class PlateGrammar {
  readonly #byLength: ReadonlyMap<number, readonly PlateShape[]>;

  constructor(profiles: readonly PlateProfile[]) {
    this.#byLength = Map.groupBy(shapesOf(profiles), ({ places }) => places.length);
  }

  /**
   * Weighs what was read with how plates are written (a noisy channel): each candidate as it stands, and each with
   * look-alikes swapped where a shape wants the other. Shapes rank candidates; they never refuse a car.
   */
  meaningOf(reading: PlateReading): PlateMeaning {
    const shares = new Map<string, number>();
    const add = (text: string, share: number): void => {
      shares.set(text, Math.max(share, shares.get(text) ?? 0));
    };
    const read = reading.candidates.some(({ text }) => text === reading.text)
      ? reading.candidates
      : [reading, ...reading.candidates];
    for (const { text, confidence } of read) {
      add(text, confidence * priors.none);
      for (const shape of this.#byLength.get(text.length) ?? []) {
        const swapped = swappedTo(shape, text, reading);
        const prior = shape.isWeak ? priors.weak : priors.ordinary;
        if (swapped !== undefined) add(swapped.text, confidence * swapped.share * prior);
      }
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    const candidates = [...shares]
      .map(([text, share]) => ({ text, confidence: total === 0 ? 0 : share / total }))
      .toSorted((a, b) => b.confidence - a.confidence)
      .slice(0, mostCandidates);
    const best = candidates[0]?.text ?? reading.text;
    return { text: best, country: this.#countryOf(best), candidates };
  }

  #countryOf(text: string): string | undefined {
    const fitting = (this.#byLength.get(text.length) ?? []).filter(
      (shape) => !shape.isWeak && fits(shape, text),
    );
    const countries = [...new Set(fitting.map(({ country }) => country))];
    const [only, ...others] = countries;
    return others.length === 0 ? only : undefined;
  }
}

const fits = ({ places }: PlateShape, text: string): boolean =>
  places.every((set, index) => set.includes(text.charAt(index)));

/** The text with look-alikes where the shape wants them, and how likely it was read as it was then. */
function swappedTo(
  shape: PlateShape,
  text: string,
  { text: best, characters }: PlateReading,
): { readonly text: string; readonly share: number } | undefined {
  let swapped = "";
  let share = 1;
  let swaps = 0;
  for (const [index, set] of shape.places.entries()) {
    const sign = text.charAt(index);
    if (set.includes(sign)) {
      swapped += sign;
      continue;
    }
    const doubt = text === best ? 1 - (characters[index] ?? 0) : 0;
    const other = likeliestOther(sign, set, doubt);
    swaps += 1;
    if (other === undefined || swaps > mostSwaps) return undefined;
    swapped += other.sign;
    share *= other.share;
  }
  return { text: swapped, share };
}

function likeliestOther(sign: string, set: string, doubt: number) {
  const alike = (pairs: readonly string[]): string | undefined =>
    set
      .split("")
      .find((other) => pairs.some((pair) => pair.includes(sign) && pair.includes(other)));
  const same = alike(sameGlyph);
  if (same !== undefined) return { sign: same, share: Math.max(sameGlyphShare, doubt / 2) };
  const similar = alike(lookAlikes);
  if (similar === undefined) return undefined;
  return { sign: similar, share: Math.max(lookAlikeShare, doubt / 2) };
}
