import type { RelayContact } from "../hardware.ts";

/** One relay of a simulated gate: closed while it is held or its tongue sticks. */
export class SimContact implements RelayContact {
  #isHeld = false;
  #isStuck = false;
  #wasClosed = false;
  #listener: (closed: boolean) => void = () => {};

  get isHeld(): boolean {
    return this.#isHeld;
  }

  get isStuck(): boolean {
    return this.#isStuck;
  }

  onContact(listener: (closed: boolean) => void): void {
    this.#listener = listener;
  }

  hold(): void {
    this.#isHeld = true;
    this.#tell();
  }

  /** Opens the contact, unless it sticks. */
  release(): void {
    this.#isHeld = false;
    this.#tell();
  }

  /** @param isStuck false frees a contact that stuck; one that is held stays closed */
  setStuck(isStuck: boolean): void {
    this.#isStuck = isStuck;
    this.#tell();
  }

  #tell(): void {
    const isClosed = this.#isHeld || this.#isStuck;
    if (isClosed === this.#wasClosed) return;
    this.#wasClosed = isClosed;
    this.#listener(isClosed);
  }
}
