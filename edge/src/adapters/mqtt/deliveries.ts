import type { Fault } from "@gatehouse/shared/fault";
import type { Log } from "@gatehouse/shared/ports/log";
import {
  type Arrival,
  type DurableInbox,
  type Inbox,
  Inboxes,
  type Intake,
  intakeOf,
  SharedInboxes,
} from "./inbox.ts";
import type { BrokerLimits } from "./limits.ts";
import type { Family } from "./permissions.ts";
import type { Reason } from "./refusals.ts";

/** What is acknowledged when it is durable. */
type DurableFamily = "bays" | "uplinks";

/** Where what clients say goes: to the part of the facility that has asked for it. */
export class Deliveries {
  readonly #limits: BrokerLimits;
  readonly #log: Log;
  readonly #loops = new Inboxes();
  readonly #cameras = new Inboxes();
  readonly #frigates = new SharedInboxes();
  readonly #intakes = new Map<DurableFamily, Intake>();
  readonly #counts = { kept: 0, groups: 0, disk_full: 0 };

  constructor(limits: BrokerLimits, log: Log) {
    this.#limits = limits;
    this.#log = log;
  }

  get counters(): Readonly<Record<"kept" | "groups" | "disk_full" | "held", number>> {
    const held = [...this.#intakes.values()].reduce((sum, { waiting }) => sum + waiting, 0);
    return { ...this.#counts, held };
  }

  /** One taker of bay messages. @returns ends it */
  takeBays<Message>(inbox: DurableInbox<Message>): () => void {
    return this.#takeDurable("bays", inbox, this.#limits);
  }

  /** One taker of what network servers bring. @returns ends it */
  takeUplinks<Message>(inbox: DurableInbox<Message>): () => void {
    const limits = this.#limits;
    // One client speaks for all sensors: it may have as much waiting as all together.
    return this.#takeDurable("uplinks", inbox, { ...limits, heldPerClient: limits.held });
  }

  /** Takes the messages of one loop board. @returns ends it */
  takeLoop(deviceId: string, inbox: Inbox): () => void {
    return this.#loops.open(deviceId, inbox);
  }

  /** Takes the frames of one camera. @returns ends it */
  takeCamera(cameraId: string, inbox: Inbox): () => void {
    return this.#cameras.open(cameraId, inbox);
  }

  /** Takes everything that one Frigate says; each of its takers hears all of it. @returns ends it */
  takeFrigate(clientId: string, inbox: Inbox): () => void {
    return this.#frigates.open(clientId, inbox);
  }

  /**
   * Hands a message over.
   *
   * @param done called when it is taken, now or when it is durable
   * @returns why it is refused; then `done` is not called
   */
  deliver(
    family: Exclude<Family, "devices">,
    arrival: Arrival,
    done: () => void,
  ): Reason | undefined {
    if (family === "bays" || family === "uplinks") {
      const intake = this.#intakes.get(family);
      return intake === undefined ? "not_ready" : intake.take(arrival, done);
    }
    const inboxes = { frigate: this.#frigates, loops: this.#loops, cameras: this.#cameras };
    const refused = inboxes[family].deliver(arrival);
    if (refused === undefined) done();
    return refused;
  }

  /** Makes what waits durable now. */
  flush(): void {
    for (const intake of this.#intakes.values()) intake.flush();
  }

  #takeDurable<Message>(
    family: DurableFamily,
    inbox: DurableInbox<Message>,
    limits: BrokerLimits,
  ): () => void {
    const intake = intakeOf(inbox, limits, {
      onKept: (count) => {
        this.#counts.groups += 1;
        this.#counts.kept += count;
      },
      onFull: (fault, first) => this.#onFull(fault, first),
      onRoom: () => this.#log.info("mqtt-disk-has-room"),
    });
    this.#intakes.set(family, intake);
    return () => {
      if (this.#intakes.get(family) === intake) this.#intakes.delete(family);
      intake.flush();
      intake.close();
    };
  }

  #onFull(fault: Fault, first: boolean): void {
    this.#counts.disk_full += 1;
    if (first) this.#log.error("mqtt-unacknowledged", { code: fault.code, hint: fault.hint });
  }
}
