import type { PlateProfile } from "@gatehouse/shared/contracts/plate-profile";
import { type PlateShape, shapesOf } from "@gatehouse/shared/plate/shapes";

/** Letters and the digits that they are taken for: which one stands there, the place decides. */
const twins: readonly string[] = ["O0", "Q0", "D0", "I1", "Z2", "S5", "B8", "G6"];
/** More changes than this make another plate of it. */
const mostSwaps = 2;

/**
 * Puts look-alikes right where a country's plates leave only one of the two. What is written as it may be stays, and
 * so does what could be put right in two ways with as few changes.
 */
export class PlateSpelling {
  readonly #byCountry: ReadonlyMap<string, readonly PlateShape[]>;
  readonly #home: readonly PlateShape[];

  /**
   * @param profiles every country that is known
   * @param countries where most vehicles come from (ISO 3166); none: only what a camera says of a plate's country
   *   counts
   */
  constructor(profiles: readonly PlateProfile[], countries: readonly string[]) {
    this.#byCountry = Map.groupBy(shapesOf(profiles), ({ country }) => country);
    this.#home = countries.flatMap((country) => this.#byCountry.get(country) ?? []);
  }

  /**
   * @param plate normalised
   * @param country where the camera takes it to come from; one that is not known leaves the plate as it is
   * @returns of the same length; the same where nothing is certain
   */
  rightOf(plate: string, country?: string): string {
    const written = country === undefined ? this.#home : (this.#byCountry.get(country) ?? []);
    const shapes = written.filter(({ places }) => places.length === plate.length);
    if (shapes.some((shape) => fits(shape, plate))) return plate;
    const spellings = shapes.flatMap((shape) => spellingsIn(shape, plate));
    const fewest = Math.min(...spellings.map(({ swaps }) => swaps));
    const likely = spellings.filter(({ swaps }) => swaps === fewest).map(({ text }) => text);
    const [only, ...others] = new Set(likely);
    return only === undefined || others.length > 0 ? plate : only;
  }
}

const fits = ({ places }: PlateShape, text: string): boolean =>
  places.every((set, at) => set.includes(text.charAt(at)));

/** Every way to write the plate in a shape with at most two look-alikes swapped. */
function spellingsIn({ places }: PlateShape, plate: string): Spelling[] {
  let spellings: Spelling[] = [{ text: "", swaps: 0 }];
  for (const [at, set] of places.entries()) {
    const sign = plate.charAt(at);
    const signs = set.includes(sign) ? [sign] : twinsOf(sign).filter((twin) => set.includes(twin));
    const more = set.includes(sign) ? 0 : 1;
    spellings = spellings.flatMap(({ text, swaps }) =>
      swaps + more > mostSwaps
        ? []
        : signs.map((meant) => ({ text: text + meant, swaps: swaps + more })),
    );
    if (spellings.length === 0) return [];
  }
  return spellings;
}

interface Spelling {
  readonly text: string;
  readonly swaps: number;
}

const twinsOf = (sign: string): string[] =>
  twins.filter((pair) => pair.includes(sign)).map((pair) => pair.replace(sign, ""));

/**
 * The countries that a site's locale means where nobody has written any: `de-AT` means AT. A mere language means
 * none: `en` is spoken in too many.
 */
export function countriesOf(locale: string): string[] {
  const region = /^[a-z]{2,3}(?:-[A-Za-z]{4})?-([A-Z]{2})\b/.exec(locale)?.[1];
  return region === undefined ? [] : [region];
}
