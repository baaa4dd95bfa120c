import type { RelayContact } from "../hardware.ts";

/** The relays of a board. Indexes from 0 here; makers print numbers from 1. */
export class RelayBank {
  readonly #closed: boolean[];
  readonly #listeners: ((closed: boolean) => void)[][];

  constructor(count: number) {
    this.#closed = Array.from({ length: count }, () => false);
    this.#listeners = this.#closed.map(() => []);
  }

  get count(): number {
    return this.#closed.length;
  }

  /** @returns undefined when the board has no such relay */
  isClosed(index: number): boolean | undefined {
    return this.#closed[index];
  }

  set(index: number, closed: boolean): void {
    if (this.#closed[index] === closed) return;
    this.#closed[index] = closed;
    for (const listener of this.#listeners[index] ?? []) listener(closed);
  }

  openAll(): void {
    for (const index of this.#closed.keys()) this.set(index, false);
  }

  /** @throws RangeError */
  contact(number: number): RelayContact {
    const listeners = this.#listeners[number - 1];
    if (listeners === undefined) throw new RangeError(`relays are 1 to ${this.count}`);
    return { onContact: (listener) => void listeners.push(listener) };
  }
}
