import {
  type Candidate,
  mostCandidates,
  plateCharacters,
  type PlateReading,
  readingOf,
} from "@gatehouse/shared/plate/reading";

/** Of each slot: the characters of a plate, then "none". */
export const slotColumns = plateCharacters.length + 1;
const none = plateCharacters.length;

/** The second sign of a slot is a candidate from here on. */
const worthNaming = 0.01;

/**
 * Reads the output of fast-plate-ocr's networks (CCT): for each of nine slots a share for each character and for
 * "none"; what a slot says does not depend on the others.
 */
export function readSlots(shares: Float32Array): PlateReading {
  let text = "";
  const characters: number[] = [];
  let candidates: Candidate[] = [{ text: "", confidence: 1 }];
  for (let at = 0; at + slotColumns <= shares.length; at += slotColumns) {
    const slot = shares.subarray(at, at + slotColumns);
    const best = slot.indexOf(Math.max(...slot));
    if (best !== none) {
      text += plateCharacters.charAt(best);
      characters.push(Math.min(1, slot[best] ?? 0));
    }
    candidates = extended(candidates, slot);
  }
  return readingOf(text, characters, candidates);
}

function extended(candidates: readonly Candidate[], slot: Float32Array): Candidate[] {
  const texts = new Map<string, number>();
  for (const { text, confidence } of candidates) {
    for (const [index, share] of slot.entries()) {
      if (share < worthNaming) continue;
      const longer = index === none ? text : text + plateCharacters.charAt(index);
      texts.set(longer, (texts.get(longer) ?? 0) + confidence * Math.min(1, share));
    }
  }
  return [...texts]
    .map(([text, confidence]) => ({ text, confidence }))
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, mostCandidates);
}
