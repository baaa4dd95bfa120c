import { check } from "@gatehouse/shared/check";
import type { LaneInput } from "@gatehouse/shared/lane-input";
import fc from "fast-check";
import type { GateResult, LaneEffect, LaneHold } from "../../src/domain/lane-state.ts";
import { type Happening, LaneModel } from "./lane-model.ts";

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: inputOf("arming") },
  { weight: 8, arbitrary: inputOf("safety") },
  { weight: 4, arbitrary: inputOf("limit-open") },
  { weight: 2, arbitrary: inputOf("limit-closed") },
  { weight: 1, arbitrary: inputOf("help") },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ does: "read" as const }, { does: "decided" as const }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<LaneHold>("none", "none", "held-open", "locked")
      .map((hold) => ({ does: "hold" as const, hold })),
  },
  { weight: 3, arbitrary: fc.constant({ does: "command" as const }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<GateResult>("accepted", "accepted", "rejected", "unreachable")
      .map((result) => ({ does: "answer" as const, result })),
  },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(0.2, 1, 2.9, 3, 9, 14, 33, 601)
      .map((seconds) => ({ does: "wait" as const, seconds })),
  },
);

function inputOf(input: LaneInput): fc.Arbitrary<Happening> {
  return fc
    .constantFrom(true, true, true, false, false, false, undefined)
    .map((active) => ({ does: "input" as const, input, active }));
}

/**
 * What a person beside the lane writes down, knowing nothing of the machine. It throws when the machine says
 * what nobody could have seen.
 */
export class Witness {
  readonly lane = new LaneModel();
  commands = 0;
  readonly #known = new Map<LaneInput, boolean | undefined>();
  /** Since the safety loop came on: whether the arming loop was ever seen quiet. */
  #quietWhileCrossing = false;
  #safetySinceCommand = false;
  #passedHere = false;
  #isUnderWay = false;
  #pulsesAfterPassing = 0;

  watch(happened: Happening): void {
    const seen = this.lane.effects.length;
    const followsPassed = this.#isUnderWay && this.#passedHere;
    const phase = this.#note(happened);
    if (happened.does === "command") this.commands++;
    this.lane.live(happened);
    this.#judge(this.lane.effects.slice(seen), happened, phase);
    if (happened.does === "command") this.#begin(followsPassed);
  }

  #note(happened: Happening): "safety-on" | "safety-off" | undefined {
    if (happened.does !== "input") return undefined;
    const { input, active } = happened;
    const before = this.#known.get(input);
    this.#known.set(input, active);
    if (input === "safety" && active === true && before !== true) {
      this.#quietWhileCrossing = this.#known.get("arming") === false;
      this.#safetySinceCommand = true;
      return "safety-on";
    }
    if (input === "safety" && active === false && before !== false) return "safety-off";
    if (input === "arming" && active === false && this.#known.get("safety") !== false) {
      this.#quietWhileCrossing = true;
    }
    if (input === "arming" && active === false && this.#known.get("safety") === true) {
      this.#safetySinceCommand = true;
    }
    return undefined;
  }

  #begin(followsPassed: boolean): void {
    const isBehindTailgater = followsPassed && this.#known.get("arming") === true;
    this.#safetySinceCommand = this.#known.get("safety") === true && !isBehindTailgater;
    this.#isUnderWay = true;
    this.#passedHere = false;
    this.#pulsesAfterPassing = 0;
  }

  #judge(effects: readonly LaneEffect[], cause: Happening, pulse: string | undefined): void {
    const unknown = cause.does === "input" && cause.active === undefined;
    if (pulse === "safety-on" && this.#passedHere && this.#isUnderWay) {
      this.#pulsesAfterPassing++;
    }
    const isTailgater = pulse === "safety-on" && this.#passedHere && this.#isUnderWay;
    const isTold = effects.some((effect) => effect.kind === "tailgated");
    check(isTold === isTailgater, "a tailgater is told, and nothing else is one");
    for (const effect of effects) {
      if (effect.kind === "fact") {
        check(!unknown, "an unknown input is no fact");
        check(this.#isUnderWay, "a fact belongs to a passage");
        if (effect.fact === "passed") {
          check(pulse === "safety-off", "who passes leaves the safety loop");
          check(this.#quietWhileCrossing, "who passes moves forward");
          check(!this.#passedHere, "one passes once");
          this.#passedHere = true;
        }
        const isOn = cause.does === "input" && cause.active === true;
        check(effect.fact !== "moved" || isOn, "something was seen moving");
        const isDown =
          cause.does === "input" &&
          (effect.evidence === "limit-closed"
            ? cause.input === "limit-closed" && cause.active === true
            : cause.input === "limit-open" && cause.active === false);
        check(effect.fact !== "closed" || isDown, "the arm was seen down");
      }
      if (effect.kind === "not-seen-open") {
        check(this.#known.get("limit-open") === false, "an arm that is up is not called down");
      }
      if (effect.kind === "unidentified") check(pulse === "safety-on", "someone went under it");
      if (effect.kind === "ended") this.#end(effect.outcome);
    }
  }

  #end(outcome: string): void {
    check(this.#isUnderWay, "a passage ends once");
    this.#isUnderWay = false;
    const seen = outcome === "passed" || outcome === "tailgated";
    check(seen === this.#passedHere, "who was seen passing has passed, and nobody else");
    check(outcome !== "tailgated" || this.#pulsesAfterPassing > 0, "a tailgater was seen");
    check(
      outcome !== "backed-out" || !this.#safetySinceCommand,
      "who backed out was not under the arm",
    );
  }
}
