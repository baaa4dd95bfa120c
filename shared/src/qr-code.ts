import { blocksOf, withCorrection } from "./qr-correction.ts";

/*
 * QR codes (ISO/IEC 18004), byte mode, error correction level M, versions 1 to 15: up to 412 bytes, which no ticket
 * or address has. Printers make their own; this is for pages, files and printers that cannot.
 */

type Grid = (boolean | undefined)[][];

/**
 * @returns rows of modules from the top, true is dark, without the quiet zone of four modules around
 * @throws RangeError when the text is longer than 412 bytes
 */
export function qrCode(text: string): boolean[][] {
  const data = new TextEncoder().encode(text);
  const version = versionFor(data.length);
  const bits = bitsOf(withCorrection(codewordsOf(data, version), version));
  const grid = frameOf(version);
  const free = grid.map((row) => row.map((module) => module === undefined));
  fill(grid, bits);
  const masked = masks.map((mask, number) => {
    const own = grid.map((row, y) =>
      row.map((module, x) =>
        free[y]?.[x] === true ? (module === true) !== mask(x, y) : module === true,
      ),
    );
    return withFormat(own, number);
  });
  return masked.reduce((best, each) => (penaltyOf(each) < penaltyOf(best) ? each : best));
}

function versionFor(length: number): number {
  for (let version = 1; version <= 15; version += 1) {
    const room = blocksOf(version).reduce((sum, block) => sum + block, 0);
    if (length + (version < 10 ? 2 : 3) <= room) return version;
  }
  throw new RangeError(`${length} bytes are too many for a QR code of ours`);
}

/** Mode, length, the bytes, the end, and fillers. */
function codewordsOf(data: Uint8Array, version: number): number[] {
  const room = blocksOf(version).reduce((sum, block) => sum + block, 0);
  const lengthBits = version < 10 ? 8 : 16;
  const bits = [
    ...bitList(0b0100, 4),
    ...bitList(data.length, lengthBits),
    ...Array.from(data).flatMap((byte) => bitList(byte, 8)),
  ];
  bits.push(...bitList(0, Math.min(4, room * 8 - bits.length)));
  while (bits.length % 8 !== 0) bits.push(0);
  const words = Array.from({ length: bits.length / 8 }, (_, index) =>
    Number.parseInt(bits.slice(index * 8, index * 8 + 8).join(""), 2),
  );
  while (words.length < room) words.push(words.length % 2 === (bits.length / 8) % 2 ? 0xec : 0x11);
  return words;
}

const bitList = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (value >> (count - 1 - index)) & 1);

const bitsOf = (words: readonly number[]): number[] => words.flatMap((word) => bitList(word, 8));

/** Finder, timing and alignment patterns, the version's number, and room kept for the format. */
function frameOf(version: number): Grid {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () =>
    Array<boolean | undefined>(size).fill(undefined),
  );
  const set = (x: number, y: number, isDark: boolean): void => {
    const row = grid[y];
    if (row !== undefined && x >= 0 && x < size) row[x] = isDark;
  };
  const square = (
    cx: number,
    cy: number,
    reach: number,
    isDark: (ring: number) => boolean,
  ): void => {
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1)
        set(cx + dx, cy + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (let at = 8; at < size - 8; at += 1) {
    set(at, 6, at % 2 === 0);
    set(6, at, at % 2 === 0);
  }
  const places = alignment[version] ?? [];
  const last = size - 7;
  for (const y of places)
    for (const x of places) {
      const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
      if (!isFinder) square(x, y, 2, (ring) => ring !== 1);
    }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  for (let at = 0; at < 9; at += 1) {
    if (at !== 6) {
      set(8, at, false);
      set(at, 8, false);
    }
    if (at < 8) {
      set(size - 1 - at, 8, false);
      set(8, size - 1 - at, false);
    }
  }
  if (version >= 7) {
    const bits = bitList(versionBits(version), 18).toReversed();
    for (const [index, bit] of bits.entries()) {
      const [a, b] = [size - 11 + (index % 3), Math.floor(index / 3)];
      set(a, b, bit === 1);
      set(b, a, bit === 1);
    }
  }
  return grid;
}

/** Where alignment patterns stand, by version. */
const alignment: readonly (readonly number[])[] = [
  [],
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
  [6, 30, 54],
  [6, 32, 58],
  [6, 34, 62],
  [6, 26, 46, 66],
  [6, 26, 48, 70],
];

/** Bits go up and down in columns two wide, from the right; the timing column is left out. */
function fill(grid: Grid, bits: readonly number[]): void {
  const size = grid.length;
  let next = 0;
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = grid[isUp ? size - 1 - step : step];
      for (const x of [right, right - 1]) {
        if (row === undefined || row[x] !== undefined) continue;
        row[x] = bits[next] === 1;
        next += 1;
      }
    }
    isUp = !isUp;
  }
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Writes level M (00) and the mask beside the finders, twice. */
function withFormat(grid: boolean[][], mask: number): boolean[][] {
  const size = grid.length;
  const rest = remainder(mask << 10, 0b10100110111, 10);
  const format = ((mask << 10) | rest) ^ 0b101010000010010;
  const set = (x: number, y: number, isDark: boolean): void => {
    const row = grid[y];
    if (row !== undefined) row[x] = isDark;
  };
  for (let index = 0; index < 15; index += 1) {
    const isDark = ((format >> index) & 1) === 1;
    set(8, index < 6 ? index : index < 8 ? index + 1 : size - 15 + index, isDark);
    set(index < 8 ? size - 1 - index : index < 9 ? 15 - index : 14 - index, 8, isDark);
  }
  set(8, size - 8, true);
  return grid;
}

const versionBits = (version: number): number =>
  (version << 12) | remainder(version << 12, 0b1111100100101, 12);

/** What is left of a polynomial over GF(2). */
function remainder(value: number, divisor: number, degree: number): number {
  let rest = value;
  for (let bit = 31 - Math.clz32(rest); rest >> degree !== 0; bit = 31 - Math.clz32(rest))
    rest ^= divisor << (bit - degree);
  return rest;
}

/** How hard it is to read (the standard's four rules): the best mask has the least. */
function penaltyOf(grid: readonly (readonly boolean[])[]): number {
  const size = grid.length;
  const columns = grid.map((_, x) => grid.map((row) => row[x] === true));
  const lines = [...grid, ...columns];
  let points = 0;
  for (const line of lines) {
    const text = line.map((isDark) => (isDark ? "1" : "0")).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2;
    for (const pattern of ["10111010000", "00001011101"])
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1))
        points += 40;
  }
  for (let y = 1; y < size; y += 1)
    for (let x = 1; x < size; x += 1) {
      const own = grid[y]?.[x];
      if (own === grid[y - 1]?.[x] && own === grid[y]?.[x - 1] && own === grid[y - 1]?.[x - 1])
        points += 3;
    }
  const dark = grid.flat().filter(Boolean).length / (size * size);
  return points + Math.floor(Math.abs(dark * 20 - 10)) * 10;
}
