import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Instant } from "@gatehouse/shared/time";
import { WireException } from "../wire/wire-exception.ts";

/** What a gate's controller has shown of itself lately. */
export class RelayHealth {
  state: DeviceReport["state"] = "unknown";
  #fault: Fault | undefined;
  #lastSeen: Instant | undefined;
  readonly #clock: Clock;
  readonly #onSilence: () => void;

  /** @param onSilence called when it fell silent: it may come back as another */
  constructor(clock: Clock, onSilence: () => void = () => {}) {
    this.#clock = clock;
    this.#onSilence = onSilence;
  }

  /** Does one thing with the controller and keeps what it says about its health. @returns undefined after a Fault */
  async tell<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await ask();
      this.state = "online";
      this.#lastSeen = this.#clock.now();
      this.#fault = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.note(error);
      return undefined;
    }
  }

  note(fault: Fault): void {
    const isAnswer = hasAnswered(fault);
    this.state = isAnswer ? "online" : "offline";
    if (isAnswer) this.#lastSeen = this.#clock.now();
    else if (fault.code !== "wire-noise") this.#onSilence();
    this.#fault = fault;
  }

  /** Its part of a device's report. */
  get shown(): Pick<DeviceReport, "state" | "lastSeen" | "fault" | "detail"> {
    return {
      state: this.state,
      ...(this.#lastSeen !== undefined && { lastSeen: this.#lastSeen }),
      ...(this.#fault !== undefined && { fault: this.#fault.code, detail: this.#fault.message }),
    };
  }
}

/** Modbus: "still working on it", and what a gateway says of a board behind it that it cannot reach or hear. */
const notKnown = [5, 10, 11];

/** Whether a fault is an answer: the controller said no, and has done nothing. */
export function hasAnswered(fault: Fault): boolean {
  if (fault instanceof WireException) return !notKnown.includes(fault.exceptionCode);
  return fault.code === "wire-exception" || fault.code === "sign-in-refused";
}
