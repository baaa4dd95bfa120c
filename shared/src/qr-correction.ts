/*
 * Error correction of QR codes at level M: Reed and Solomon's code over GF(256), polynomial x⁸+x⁴+x³+x²+1.
 */

/** By version: correction codewords of each block, then how many blocks have how many data codewords. */
const levels: readonly (readonly [correction: number, ...groups: (readonly [number, number])[]])[] =
  [
    [0],
    [10, [1, 16]],
    [16, [1, 28]],
    [26, [1, 44]],
    [18, [2, 32]],
    [24, [2, 43]],
    [16, [4, 27]],
    [18, [4, 31]],
    [22, [2, 38], [2, 39]],
    [22, [3, 36], [2, 37]],
    [26, [4, 43], [1, 44]],
    [30, [1, 50], [4, 51]],
    [22, [6, 36], [2, 37]],
    [22, [8, 37], [1, 38]],
    [24, [4, 40], [5, 41]],
    [24, [5, 41], [5, 42]],
  ];

/** Data codewords of each block of a version, 1 to 15. */
export function blocksOf(version: number): number[] {
  const [, ...groups] = levels[version] ?? [0];
  return groups.flatMap(([count, length]) => Array<number>(count).fill(length));
}

/** All codewords in the order in which they are drawn: blocks interleaved, their correction after them. */
export function withCorrection(data: readonly number[], version: number): number[] {
  const [correction = 0] = levels[version] ?? [];
  let at = 0;
  const blocks = blocksOf(version).map((length) => data.slice(at, (at += length)));
  return [...interleaved(blocks), ...interleaved(blocks.map((block) => restOf(block, correction)))];
}

const interleaved = (blocks: readonly (readonly number[])[]): number[] =>
  Array.from(
    { length: Math.max(...blocks.map(({ length }) => length)) },
    (_, index) => index,
  ).flatMap((index) => blocks.flatMap((block) => block[index] ?? []));

const powers: number[] = [1];
while (powers.length < 255) {
  const doubled = (powers.at(-1) ?? 0) << 1;
  powers.push(doubled > 255 ? doubled ^ 0x11d : doubled);
}
const logarithms = new Map(powers.map((power, index) => [power, index]));

const product = (a: number, b: number): number =>
  a === 0 || b === 0
    ? 0
    : (powers[((logarithms.get(a) ?? 0) + (logarithms.get(b) ?? 0)) % 255] ?? 0);

/** What is left of the block's polynomial, by the generator of so many codewords. */
function restOf(block: readonly number[], count: number): number[] {
  let generator = [1];
  for (let index = 0; index < count; index += 1) {
    const root = powers[index] ?? 0;
    const next = [...generator, 0];
    for (const [place, factor] of generator.entries())
      next[place + 1] = (next[place + 1] ?? 0) ^ product(factor, root);
    generator = next;
  }
  const rest = [...block, ...Array<number>(count).fill(0)];
  for (let at = 0; at < block.length; at += 1) {
    const lead = rest[at] ?? 0;
    for (const [place, factor] of generator.entries())
      rest[at + place] = (rest[at + place] ?? 0) ^ product(factor, lead);
  }
  return rest.slice(block.length);
}
