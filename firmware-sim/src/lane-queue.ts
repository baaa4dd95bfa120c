import type { Clock } from "@gatehouse/shared/ports/clock";
import { type Duration, type Instant, minutes, seconds } from "@gatehouse/shared/time";
import type { Barrier } from "./barrier.ts";
import type { Car, Habits } from "./cars.ts";
import { happens, wait } from "./chance.ts";
import type { InputContact, PlateCamera, TerminalFront } from "./hardware.ts";
import { look } from "./plate-sight.ts";

/** What a car meets at one lane, whatever the wires behind it. */
export interface LaneSite {
  readonly laneId: string;
  readonly direction: "entry" | "exit";
  readonly arming: InputContact;
  readonly safety: InputContact;
  readonly barrier: Barrier;
  readonly camera: PlateCamera;
  readonly terminal?: TerminalFront;
  /** Whether the lane's display sends the driver away; missing: it has none. */
  readonly turnsAway?: () => boolean;
}

/** `through` and `tailgated` are beyond the barrier; the others are still where they came from. */
export type LaneOutcome = "through" | "tailgated" | "backed-out" | "gave-up" | "turned-away";

export interface LaneQueueParts {
  readonly site: LaneSite;
  readonly clock: Clock;
  readonly habits: Habits;
  readonly cameraTime: () => Instant;
  readonly readId: () => string;
  /** A driver stands there and nothing happens: the help button. */
  readonly onHelp: (queue: LaneQueue, car: Car) => void;
}

/** One lane with its cars: one after the other before the arm, as drivers behave. */
export class LaneQueue {
  readonly site: LaneSite;
  readonly #parts: LaneQueueParts;
  readonly #clock: Clock;
  readonly #waiting: { car: Car; done: (outcome: LaneOutcome) => void }[] = [];
  #busy = false;
  #front: Car | undefined;
  #carUnderArm = false;
  #cardWanted = false;
  #ring = (): void => {};

  constructor(parts: LaneQueueParts) {
    this.#parts = parts;
    this.site = parts.site;
    this.#clock = parts.clock;
    this.site.barrier.onMove(() => this.#ring());
    this.site.terminal?.onCardWanted(() => {
      this.#cardWanted = true;
      this.#ring();
    });
  }

  /** Cars before the arm. */
  get length(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0);
  }

  /** The car that stands on the arming loop. */
  get front(): Car | undefined {
    return this.#front;
  }

  /** Resolves when the car has left the lane, one way or the other. */
  join(car: Car): Promise<LaneOutcome> {
    return new Promise((done) => {
      this.#waiting.push({ car, done });
      void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    if (this.#busy) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#busy = true;
    const { car, done } = next;
    await this.#clock.sleep(wait(car.random, 1.5, 3));
    this.#front = car;
    this.site.arming.set(true);
    const follows = car.tailgates && (await this.#followsThrough(car));
    const outcome = follows ? "tailgated" : await this.#askForOpening(car);
    if (outcome !== "through" && outcome !== "tailgated") {
      await this.#clock.sleep(wait(car.random, 1, 3));
      this.#leaveArming();
      return done(outcome);
    }
    await this.#driveThrough(car);
    done(outcome);
  }

  /** The lane's front is free for the next car. */
  #leaveArming(): void {
    this.site.arming.set(false);
    this.#front = undefined;
    this.#busy = false;
    void this.#serve();
  }

  /** Whether a tailgater got through on the opening of the car before. */
  async #followsThrough(car: Car): Promise<boolean> {
    const { barrier } = this.site;
    if (barrier.position !== "up") return false;
    await this.#until(() => !this.#carUnderArm, seconds(5));
    await this.#clock.sleep(wait(car.random, 0.3, 0.6));
    return barrier.position === "up" && !this.#carUnderArm;
  }

  /** Stops on the arming loop, is seen, pays when asked, and waits for an opening of its own. */
  async #askForOpening(car: Car): Promise<LaneOutcome> {
    const { barrier } = this.site;
    const openingsBefore = barrier.openings;
    const arrived = this.#clock.monotonic();
    const waited = (): number => this.#clock.monotonic() - arrived;
    const isOpen = (): boolean =>
      barrier.openings > openingsBefore && barrier.position === "up" && !this.#carUnderArm;
    await this.#clock.sleep(wait(car.random, 0.8, 1.5));
    this.#cardWanted = false;
    let helpAsked = false;
    let cards = 0;
    let upSince: number | undefined;
    const standsOpen = (): boolean => {
      upSince = barrier.position === "up" ? (upSince ?? this.#clock.monotonic()) : undefined;
      const stoodFor = upSince === undefined ? 0 : this.#clock.monotonic() - upSince;
      return stoodFor >= trustsOpenArmAfter && !this.#carUnderArm;
    };
    for (;;) {
      this.#see(car);
      if (car.changesMind === "before-opening" && this.site.direction === "entry") {
        await this.#clock.sleep(wait(car.random, 0.5, 4));
        return "backed-out";
      }
      const lookAgain = waited() + wait(car.random, 18, 24);
      while (waited() < lookAgain) {
        if (isOpen()) return await this.#decideAtOpenArm(car);
        if (standsOpen()) return "tailgated";
        if (this.#cardWanted) {
          this.#cardWanted = false;
          await this.#present(car, cards++);
        } else {
          const patience = barrier.position === "up" ? trustsOpenArmAfter : lookAgain - waited();
          await this.#until(
            () =>
              isOpen() || this.#cardWanted || (upSince === undefined && barrier.position === "up"),
            rest(Math.min(patience, lookAgain - waited())),
          );
        }
      }
      if (this.site.turnsAway?.() === true && this.site.direction === "entry") return "turned-away";
      if (!helpAsked && waited() >= helpAfter) {
        helpAsked = true;
        this.#parts.onHelp(this, car);
      }
      if (waited() >= patience) return "gave-up";
    }
  }

  async #decideAtOpenArm(car: Car): Promise<LaneOutcome> {
    await this.#clock.sleep(wait(car.random, 0.8, 2));
    const leaves = car.changesMind === "after-opening" && this.site.direction === "entry";
    return leaves ? "backed-out" : "through";
  }

  async #driveThrough(car: Car): Promise<void> {
    const length = car.vehicleClass === "truck" || car.vehicleClass === "bus" ? 2 : 1;
    const { random } = car;
    await this.#clock.sleep(wait(random, 0.5, 1));
    this.#underArm(true);
    await this.#clock.sleep(wait(random, 0.6 * length, 1.2 * length));
    this.#leaveArming();
    await this.#clock.sleep(wait(random, 0.8 * length, 1.6 * length));
    this.#underArm(false);
  }

  #underArm(there: boolean): void {
    this.#carUnderArm = there;
    this.site.safety.set(there);
    this.site.barrier.setSafety(there);
    this.#ring();
  }

  #see(car: Car): void {
    const { random, plate, vehicleClass } = car;
    this.site.camera.see({
      readId: this.#parts.readId(),
      truePlate: plate,
      ...look(random, plate, this.#parts.habits.misreads),
      vehicleClass,
      at: this.#parts.cameraTime(),
      retransmission: false,
    });
  }

  async #present(car: Car, earlier: number): Promise<void> {
    const { terminal } = this.site;
    await this.#clock.sleep(wait(car.random, 4, 8));
    if (car.cancelsFirst && earlier === 0) return terminal?.cancel();
    const approves = !(car.firstCardDeclined && earlier === 0) && !happens(car.random, 0.002);
    const lastFour = String(1000 + Math.floor(car.random.fraction() * 9000));
    terminal?.presentCard({ lastFour, name: "Debit Mastercard", approves });
  }

  /** Waits until `condition` holds, at most `limit`; only what the lane hears is looked at again. */
  async #until(condition: () => boolean, limit: Duration): Promise<void> {
    let over = false;
    const cancel = this.#clock.after(limit, () => {
      over = true;
      this.#ring();
    });
    while (!over && !condition()) {
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
      });
    }
    cancel();
  }
}

const rest = (ms: number): Duration => Math.max(1, Math.ceil(ms)) as Duration;

/** An arm that stays up so long is open for everybody. */
const trustsOpenArmAfter = seconds(15);
/** When a driver presses the help button, and when the driver turns back. */
const helpAfter = seconds(60);
const patience = minutes(5);
