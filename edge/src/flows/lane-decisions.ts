import type { Clock } from "@gatehouse/shared/ports/clock";
import { minutes } from "@gatehouse/shared/time";
import type { WrittenDecision } from "./lane-writing.ts";

/** So long a decision may be taken to be about the vehicle that stands at the gate. */
const standingFor = minutes(10);

/** What was decided last at a lane, and whether it may be about the vehicle that stands there now. */
export class LaneDecisions {
  readonly #clock: Clock;
  #last: WrittenDecision | undefined;
  #standing: WrittenDecision | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It is in the book. */
  note(decision: WrittenDecision): void {
    this.#last = decision;
    this.#standing = decision;
  }

  get last(): WrittenDecision | undefined {
    return this.#last;
  }

  /** The last decision, as long as it may be about the vehicle that stands at the gate now. */
  get standing(): WrittenDecision | undefined {
    const decision = this.#standing;
    if (decision === undefined) return undefined;
    return this.#clock.monotonic() - decision.monotonic < standingFor ? decision : undefined;
  }

  /** The vehicle that it was about stands there no more. */
  hasLeft(): void {
    this.#standing = undefined;
  }
}
