/**
 * States what must hold. A broken invariant is a bug: the process stops and starts clean.
 *
 * @throws Error naming the invariant
 */
export function check(condition: boolean, why: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${why}`);
}
