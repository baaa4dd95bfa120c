/**
 * Shares a whole number out by weight, so that the parts sum to it exactly: each part is rounded down, and what is
 * left goes to the largest remainders, the earlier first where they are equal. Without any weight all parts are equal.
 *
 * @param weights none below zero
 */
export function shareOut(whole: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const even = sum === 0 ? weights.map(() => 1) : weights;
  const total = BigInt(sum === 0 ? weights.length : sum);
  const parts = even.map((weight, place) => {
    const product = BigInt(whole) * BigInt(weight);
    return { place, part: Number(product / total), rest: product % total };
  });
  let left = whole - parts.reduce((given, { part }) => given + part, 0);
  for (const each of parts.toSorted((a, b) => Number(b.rest > a.rest) - Number(b.rest < a.rest))) {
    if (left <= 0) break;
    each.part += 1;
    left -= 1;
  }
  return parts.map(({ part }) => part);
}
