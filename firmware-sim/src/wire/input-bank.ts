import type { InputContact } from "../hardware.ts";

/** The dry-contact inputs of a board, from 0 as makers print them. They keep their state without power: it is the street's. */
export class InputBank {
  readonly #active: boolean[];
  readonly #onChange: (index: number, active: boolean) => void;

  constructor(count: number, onChange: (index: number, active: boolean) => void = () => {}) {
    this.#active = Array.from({ length: count }, () => false);
    this.#onChange = onChange;
  }

  get count(): number {
    return this.#active.length;
  }

  /** @returns undefined when the board has no such input */
  isActive(index: number): boolean | undefined {
    return this.#active[index];
  }

  /** @throws RangeError */
  contact(index: number): InputContact {
    if (index < 0 || index >= this.count) throw new RangeError(`inputs are 0 to ${this.count - 1}`);
    return {
      set: (active) => {
        if (this.#active[index] === active) return;
        this.#active[index] = active;
        this.#onChange(index, active);
      },
    };
  }
}
