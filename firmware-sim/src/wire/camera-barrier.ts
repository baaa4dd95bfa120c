import type { Clock } from "@gatehouse/shared/ports/clock";
import { milliseconds } from "@gatehouse/shared/time";
import { RelayBank } from "./relay-bank.ts";

/** A camera closes its contact for so long when it is told to open or close. */
const pulse = milliseconds(500);

/** Two outputs of a camera, which it can also use as the OPEN of two barriers; their CLOSE are two more. */
export class CameraBarrier {
  static readonly outputs = 2;
  readonly open = new RelayBank(CameraBarrier.outputs);
  readonly close = new RelayBank(CameraBarrier.outputs);
  readonly #clock: Clock;
  readonly #locked = new Set<number>();
  readonly #pulses = new Map<RelayBank, Map<number, () => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param index from 0 */
  setOutput(index: number, closed: boolean): void {
    this.open.set(index, closed);
  }

  /** A barrier that is locked hears nothing, and its camera says yes all the same. */
  command(index: number, mode: "open" | "close" | "lock" | "unlock"): void {
    if (mode === "lock") this.#locked.add(index);
    else if (mode === "unlock") this.#locked.delete(index);
    else if (!this.#locked.has(index)) this.#pulse(mode === "open" ? this.open : this.close, index);
  }

  powerOff(): void {
    for (const ends of this.#pulses.values()) for (const end of ends.values()) end();
    this.#pulses.clear();
    this.#locked.clear();
    this.open.openAll();
    this.close.openAll();
  }

  #pulse(bank: RelayBank, index: number): void {
    const ends = this.#pulses.get(bank) ?? new Map<number, () => void>();
    this.#pulses.set(bank, ends);
    ends.get(index)?.();
    bank.set(index, true);
    ends.set(
      index,
      this.#clock.after(pulse, () => bank.set(index, false)),
    );
  }
}
