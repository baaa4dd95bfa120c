import type { Random } from "@gatehouse/shared/ports/random";

/** The same seed gives the same chances and ids, on every machine (mulberry32). */
export class SeededRandom implements Random {
  readonly #seed: number;
  #state: number;
  #ids = 0;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = this.#seed;
  }

  fraction(): number {
    return this.#bits() / 2 ** 32;
  }

  /** Shaped like a UUID of version 7; a later one sorts later. */
  id(): string {
    const count = (++this.#ids).toString(16).padStart(12, "0");
    const chance = hex(this.#bits()) + hex(this.#bits());
    return `${count.slice(0, 8)}-${count.slice(8)}-7${chance.slice(0, 3)}-8${chance.slice(3, 6)}-${chance.slice(4)}`;
  }

  /** A source of its own for `name`: what others draw does not change it. */
  fork(name: string): SeededRandom {
    return new SeededRandom(hashOf(`${this.#seed}/${name}`));
  }

  #bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

const hex = (bits: number): string => bits.toString(16).padStart(8, "0");

/** FNV-1a with a last stir, so that names that differ in one digit start far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
