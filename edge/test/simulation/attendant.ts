import { happens, pick, wait } from "@gatehouse/firmware-sim/chance";
import type { Car } from "@gatehouse/firmware-sim/cars";
import type { LaneQueue, LaneSite } from "@gatehouse/firmware-sim/lane-queue";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { milliseconds, minutes } from "@gatehouse/shared/time";
import type { EdgeMachine } from "./edge-machine.ts";

/** After so many openings by hand that moved nothing the attendant gives the lane up. */
const openingLimit = 8;

/** Someone who comes when a driver presses the help button, looks, and opens by hand. */
export class Attendant {
  openings = 0;
  #isHome = false;
  readonly #world: VirtualClock;
  readonly #random: SeededRandom;
  readonly #machine: () => EdgeMachine;
  readonly #promise: (laneId: string, car: Car) => Promise<boolean>;

  /** @param promise lets a driver leave who cannot pay and promises to */
  constructor(
    world: VirtualClock,
    random: SeededRandom,
    machine: () => EdgeMachine,
    promise: (laneId: string, car: Car) => Promise<boolean>,
  ) {
    this.#promise = promise;
    this.#world = world;
    this.#random = random.fork("attendant");
    this.#machine = machine;
  }

  async help(queue: LaneQueue, car: Car): Promise<void> {
    for (let tries = 0; tries < openingLimit; tries++) {
      await this.#world.sleep(wait(this.#random, 20, 90));
      if (queue.front !== car) return;
      const { direction, laneId } = queue.site;
      if (tries === 0 && direction === "exit" && (await this.#promise(laneId, car))) {
        await this.#world.sleep(minutes(1));
        continue;
      }
      this.#open(queue.site.laneId);
      await this.#world.sleep(minutes(1));
    }
  }

  /** Opens lanes now and then for no reason that the machine could see. */
  wander(lanes: readonly LaneSite[]): void {
    this.#world.after(wait(this.#random, 3 * 3600, 12 * 3600), () => {
      if (this.#isHome) return;
      this.#open(pick(this.#random, lanes).laneId);
      this.wander(lanes);
    });
  }

  goHome(): void {
    this.#isHome = true;
  }

  #open(laneId: string): void {
    const requestId = this.#random.id();
    this.#press(laneId, requestId);
    if (!happens(this.#random, 0.2)) return;
    this.#world.after(milliseconds(150), () => this.#press(laneId, requestId));
  }

  /** A page that loses the daemon shows an error; the attendant presses again later. */
  #press(laneId: string, requestId: string): void {
    const machine = this.#machine();
    const { facility } = machine;
    if (facility === undefined) return;
    this.openings++;
    facility
      .openByHand({
        laneId,
        requestId,
        reason: "plate-not-read",
        actor: { kind: "attendant", id: "anna" },
      })
      .catch((error: unknown) => machine.thrown(error));
  }
}
