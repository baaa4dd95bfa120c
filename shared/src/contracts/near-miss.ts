/**
 * The known word that somebody may have meant, as the end of a sentence: `; did you mean step?`, or nothing where
 * no word is near.
 */
export function nearMiss(word: string, known: readonly string[]): string {
  const farthest = Math.max(1, Math.floor(word.length / 3));
  const [best] = known
    .map((name) => ({ name, distance: distanceOf(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((a, b) => a.distance - b.distance);
  return best === undefined ? "" : `; did you mean ${best.name}?`;
}

/** How many letters have to be put in, taken out or changed (Levenshtein, 1965). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1) {
      const changed = (row[at - 1] ?? 0) + (one[index] === other[at - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
