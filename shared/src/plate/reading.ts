/** What stands on a plate: the letters A–Z and digits, in the order in which columns of a network may count them. */
export const plateCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A text that a plate may carry, and how likely that is. */
export interface Candidate {
  readonly text: string;
  /** 0–1. */
  readonly confidence: number;
}

/** What one look at one plate gave. */
export interface PlateReading extends Candidate {
  /** 0–1 each, in the order of `text`; `confidence` is the least of them, 0 for no text at all. */
  readonly characters: readonly number[];
  /** Likeliest first, `text` among them where it is likely. */
  readonly candidates: readonly Candidate[];
}

export function readingOf(
  text: string,
  characters: readonly number[],
  candidates: readonly Candidate[],
): PlateReading {
  return { text, characters, confidence: text === "" ? 0 : Math.min(...characters), candidates };
}

/** Two rows of one plate, read one after the other; where one of them says nothing, there are no two rows. */
export function joined(upper: PlateReading, lower: PlateReading): PlateReading {
  const candidates = upper.candidates
    .flatMap((first) =>
      lower.candidates.map((second) => ({
        text: first.text + second.text,
        confidence: first.confidence * second.confidence,
      })),
    )
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, mostCandidates);
  if (upper.text === "" || lower.text === "") return readingOf("", [], []);
  return readingOf(upper.text + lower.text, [...upper.characters, ...lower.characters], candidates);
}

/** So many texts are kept for one plate. */
export const mostCandidates = 8;
