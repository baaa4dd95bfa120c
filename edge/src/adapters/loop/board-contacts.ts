import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Instant } from "@gatehouse/shared/time";
import type { InputBoard } from "./input-board.ts";

/** Some inputs of a board that others may use too: each state and change is told from a start to a stop. */
export class BoardContacts {
  readonly #board: InputBoard;
  readonly #numbers: readonly number[];
  readonly #clock: Clock;
  readonly #listener: (number: number, active: boolean | undefined, at: Instant) => void;
  #running = false;

  /** @param numbers as printed on the board, from 0 */
  constructor(
    board: InputBoard,
    numbers: readonly number[],
    clock: Clock,
    listener: (number: number, active: boolean | undefined, at: Instant) => void,
  ) {
    this.#board = board;
    this.#numbers = numbers;
    this.#clock = clock;
    this.#listener = listener;
    for (const number of numbers) {
      board.onChannel(number, (active, at) => {
        if (this.#running) listener(number, active, at);
      });
    }
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    // Somebody else may have had the board running for long: what it knows is news here.
    for (const number of this.#numbers) {
      const last = this.#board.last(number);
      if (last !== "untold") this.#listener(number, last, this.#clock.now());
    }
    this.#board.start();
  }

  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#board.stop();
  }

  /** What a device on this board says of itself, but for its name and kind. */
  report(): Omit<DeviceReport, "id" | "kind"> {
    const { state, lastSeen, fault } = this.#board.health;
    return {
      make: this.#board.make,
      state,
      ...(lastSeen !== undefined && { lastSeen }),
      ...(fault !== undefined && { fault: fault.code, detail: fault.message }),
      counters: this.#board.counters,
    };
  }
}
