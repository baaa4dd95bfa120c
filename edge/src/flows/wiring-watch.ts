import type { LaneInputChange } from "@gatehouse/shared/ports/lane-inputs";
import type { Duration, Instant } from "@gatehouse/shared/time";
import { elapsed, minutes } from "@gatehouse/shared/time";

/** What the contacts of one lane have shown of their wiring since the start. */
export interface WiringFacts {
  /** How often the safety loop came on. */
  readonly safetyOn: number;
  /** How often the arming loop was on then, or had been shortly before. */
  readonly armedBefore: number;
  /** How often the "arm is up" contact came on. */
  readonly limitOpenOn: number;
  /** Both limit contacts were on at once: an arm is never up and down. */
  readonly bothLimits: number;
}

/** A vehicle needs no longer from the arming loop to the safety loop, unless it pays in between. */
const approach: Duration = minutes(5);

/** Watches one lane's contacts for what tells a technician that two wires are swapped. */
export class WiringWatch {
  #facts: WiringFacts = { safetyOn: 0, armedBefore: 0, limitOpenOn: 0, bothLimits: 0 };
  readonly #now = new Map<LaneInputChange["input"], boolean | undefined>();
  #lastArmed: Instant | undefined;

  get facts(): WiringFacts {
    return this.#facts;
  }

  see({ input, active, at }: LaneInputChange): void {
    const before = this.#now.get(input);
    this.#now.set(input, active);
    if (input === "arming" && (before === true || active === true)) this.#lastArmed = at;
    // A contact that was not known before tells its state, not a vehicle.
    if (active !== true || before !== false) return;
    const { safetyOn, armedBefore, limitOpenOn, bothLimits } = this.#facts;
    if (input === "safety") {
      const isArmed = this.#now.get("arming") === true || this.#wasArmed(at);
      this.#facts = {
        ...this.#facts,
        safetyOn: safetyOn + 1,
        armedBefore: armedBefore + Number(isArmed),
      };
    }
    if (input === "limit-open") this.#facts = { ...this.#facts, limitOpenOn: limitOpenOn + 1 };
    const isLimit = input === "limit-open" || input === "limit-closed";
    const both = this.#now.get("limit-open") === true && this.#now.get("limit-closed") === true;
    if (isLimit && both) this.#facts = { ...this.#facts, bothLimits: bothLimits + 1 };
  }

  #wasArmed(at: Instant): boolean {
    return this.#lastArmed !== undefined && elapsed(this.#lastArmed, at) < approach;
  }
}
