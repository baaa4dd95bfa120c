import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { Fault } from "@gatehouse/shared/fault";
import { seconds } from "@gatehouse/shared/time";
import type { Facility } from "../../../src/facility.ts";
import type { EdgeMachine } from "../edge-machine.ts";

const lookAgain = seconds(1);
const pressAgain = seconds(5);

/** A page in somebody's hands. When the daemon dies before it has answered, the same press is made again, until it is. */
export class Counter {
  readonly #world: VirtualClock;
  readonly #machine: () => EdgeMachine;

  constructor(world: VirtualClock, machine: () => EdgeMachine) {
    this.#world = world;
    this.#machine = machine;
  }

  /** @param act carries the `request_id` of the press: it may be done more than once */
  async press<T>(act: (facility: Facility) => Promise<T> | T): Promise<T> {
    for (;;) {
      const { facility } = this.#machine();
      const answer = facility === undefined ? undefined : await this.#answer(facility, act);
      if (answer !== undefined) return answer.value;
      await this.#world.sleep(pressAgain);
    }
  }

  /** As `press`, where a device or service may be the one that does not answer. @returns undefined then */
  tried<T>(act: (facility: Facility) => Promise<T>): Promise<T | undefined> {
    return this.press(async (facility) => {
      try {
        return await act(facility);
      } catch (error) {
        if (error instanceof Fault) return undefined;
        throw error;
      }
    });
  }

  /** @returns undefined when the daemon died meanwhile */
  async #answer<T>(
    facility: Facility,
    act: (facility: Facility) => Promise<T> | T,
  ): Promise<{ readonly value: T } | undefined> {
    const machine = this.#machine();
    let answer: { readonly value: T } | undefined;
    let isOver = false;
    const asked = (async () => act(facility))().then(
      (value) => void (answer = { value }),
      (error: unknown) => {
        isOver = true;
        machine.thrown(error);
      },
    );
    const isWaiting = (): boolean =>
      answer === undefined && !isOver && machine.facility === facility;
    await Promise.race([asked, this.#world.sleep(lookAgain)]);
    while (isWaiting()) await Promise.race([asked, this.#world.sleep(lookAgain)]);
    return answer;
  }
}
