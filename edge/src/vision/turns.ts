/** Lets only so many works go on at once; the others wait in the order they came. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  readonly #begun = new Set<{ readonly atMs: number }>();
  readonly #atOnce: number;
  #taken = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** For how long the oldest of the present works has been going on, in real milliseconds. */
  get longestMs(): number {
    const [oldest] = this.#begun;
    return oldest === undefined ? 0 : performance.now() - oldest.atMs;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    const end = await this.begin();
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** For a work that does not end where it began. @returns to be called once, at its end */
  async begin(): Promise<() => void> {
    // Whoever ends hands its place on, so nobody who comes later gets ahead.
    if (this.#taken < this.#atOnce) this.#taken += 1;
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    const turn = { atMs: performance.now() };
    this.#begun.add(turn);
    return () => {
      this.#begun.delete(turn);
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken -= 1;
      else next();
    };
  }
}
