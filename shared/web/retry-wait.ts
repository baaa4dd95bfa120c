/** How long a page waits before it tries again: doubled with each failure up to the longest, half of it by chance. */
export function retryWaitMs(
  failures: number,
  { first, longest }: { readonly first: number; readonly longest: number },
): number {
  const grown = Math.min(longest, first * 2 ** failures);
  return grown * (0.5 + Math.random() / 2);
}
