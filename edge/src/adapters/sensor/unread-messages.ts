import { withoutCardNumbers } from "@gatehouse/shared/card-numbers";
import type { UnreadMessage } from "@gatehouse/shared/ports/sensor-feed";
import type { Instant } from "@gatehouse/shared/time";

/** So many are kept, each so long: enough to write a mapping by. */
const kept = 20;
const longest = 2000;

/** The last messages that nobody could read, newest first. A sensor's new one takes the place of its old one. */
export class UnreadMessages {
  #messages: readonly UnreadMessage[] = [];

  add(at: Instant, from: string, sensorId: string | undefined, why: string, payload: string): void {
    const others = this.#messages.filter(
      (each) => each.from !== from || each.sensorId !== sensorId || each.why !== why,
    );
    const message = {
      at,
      from,
      sensorId,
      why,
      payload: withoutCardNumbers(payload.slice(0, longest)),
    };
    this.#messages = [message, ...others].slice(0, kept);
  }

  get all(): readonly UnreadMessage[] {
    return this.#messages;
  }
}
