import type { LaneInput } from "@gatehouse/shared/lane-input";
import { type Instant, seconds } from "@gatehouse/shared/time";
import { stepLane } from "../../src/domain/lane.ts";
import {
  type GateResult,
  idleLane,
  type LaneEffect,
  type LaneEvent,
  type LaneHold,
  type LaneTimer,
} from "../../src/domain/lane-state.ts";

/** Something that happens at a lane. */
export type Happening =
  | { readonly does: "input"; readonly input: LaneInput; readonly active: boolean | undefined }
  | { readonly does: "command" }
  | { readonly does: "read" }
  | { readonly does: "decided" }
  | { readonly does: "hold"; readonly hold: LaneHold }
  | { readonly does: "answer"; readonly result: GateResult }
  | { readonly does: "wait"; readonly seconds: number };

export const laneTimes = { opening: seconds(7), passage: seconds(33), closing: seconds(14) };

/** A lane with a clock and its timers, as its flow keeps them; it remembers everything it was told to do. */
export class LaneModel {
  state = idleLane(0 as Instant);
  now = 0;
  readonly effects: LaneEffect[] = [];
  readonly timers = new Map<LaneTimer, number>();

  input(input: LaneInput, active: boolean | undefined): this {
    return this.feed({ kind: "input", input, active, at: this.#at });
  }

  command(): this {
    return this.feed({ kind: "commanded", at: this.#at });
  }

  answer(result: GateResult): this {
    return this.feed({ kind: "answered", result, evidence: "readback", at: this.#at });
  }

  read(): this {
    return this.feed({ kind: "read", at: this.#at });
  }

  decided(): this {
    return this.feed({ kind: "decided", at: this.#at });
  }

  hold(hold: LaneHold): this {
    return this.feed({ kind: "held", hold, at: this.#at });
  }

  live(happened: Happening): void {
    switch (happened.does) {
      case "input":
        return void this.input(happened.input, happened.active);
      case "command":
        return void this.command();
      case "read":
        return void this.read();
      case "decided":
        return void this.decided();
      case "hold":
        return void this.hold(happened.hold);
      case "answer":
        return void this.answer(happened.result);
      case "wait":
        return void this.wait(happened.seconds);
    }
  }

  /** Both loops seen and quiet, the arm down: a lane some seconds after its start. */
  awake(): this {
    return this.input("arming", false).input("safety", false).input("limit-open", false);
  }

  /** Runs the timers that come due. */
  wait(forSeconds: number): this {
    const end = this.now + forSeconds * 1000;
    for (;;) {
      const [next] = [...this.timers]
        .filter(([, due]) => due <= end)
        .toSorted((a, b) => a[1] - b[1]);
      if (next === undefined) break;
      const [timer, due] = next;
      this.timers.delete(timer);
      this.now = due;
      this.feed({ kind: "timer", timer, at: this.#at });
    }
    this.now = end;
    return this;
  }

  feed(event: LaneEvent): this {
    const [state, effects] = stepLane(this.state, event, laneTimes);
    this.state = state;
    this.effects.push(...effects);
    for (const effect of effects) {
      if (effect.kind === "after") this.timers.set(effect.timer, this.now + effect.delay);
      if (effect.kind === "cancel") this.timers.delete(effect.timer);
    }
    return this;
  }

  get outcomes(): string[] {
    return this.effects.flatMap((effect) => (effect.kind === "ended" ? [effect.outcome] : []));
  }

  get facts(): string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === "fact" ? [`${effect.fact} by ${effect.evidence}`] : [],
    );
  }

  count(kind: LaneEffect["kind"]): number {
    return this.effects.filter((effect) => effect.kind === kind).length;
  }

  get #at(): Instant {
    return this.now as Instant;
  }
}
