import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Gate, GateAnswer, GateOrder } from "@gatehouse/shared/ports/gate";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { wait } from "../chance.ts";
import { SimContact } from "./sim-contact.ts";

/**
 * `dead`: no answer, no pulse. `answer-lost`: the contact closes, the answer never comes.
 * `rejects`: the board refuses. `stuck`: the contact closes and stays closed until the fault is taken away;
 * meanwhile nothing more is opened.
 */
export type GateSimFault = "none" | "dead" | "answer-lost" | "rejects" | "stuck";

export interface GateSimParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly laneId: string;
  readonly pulse?: Duration;
  /** All but `lock` and `unlock`, which cameras know and relay boards do not, when left out. */
  readonly orders?: ReadonlySet<GateOrder>;
}

/** A relay board in memory, wired to OPEN and CLOSE: the edge's `Gate` on one side, contacts on the other. */
export class GateSim implements Gate {
  readonly name: string;
  readonly orders: ReadonlySet<GateOrder>;
  /** Ids of the OPEN commands in the order in which they closed the contact; at most `pulsesKept`. */
  readonly pulsed: string[] = [];
  /** Ids of the CLOSE commands in the order in which they closed theirs; at most `pulsesKept`. */
  readonly closes: string[] = [];
  readonly #parts: GateSimParts;
  readonly #open = new SimContact();
  readonly #close = new SimContact();
  #fault: GateSimFault = "none";
  #isLocked = false;
  #last: { commandId: string; answer: GateAnswer } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #timeouts = 0;
  #lastSeen: Instant | undefined;

  constructor(parts: GateSimParts) {
    this.#parts = parts;
    this.name = `gate ${parts.laneId}`;
    this.orders = parts.orders ?? relayOrders;
  }

  /** Wired to the barrier's OPEN. */
  get contact(): SimContact {
    return this.#open;
  }

  /** Wired to the barrier's CLOSE. */
  get closeContact(): SimContact {
    return this.#close;
  }

  /** Releases what an earlier life left closed. */
  async start(): Promise<void> {
    this.#open.release();
    this.#close.release();
  }

  /** Leaves the contacts open, as a board's driver does on its way out. */
  async stop(): Promise<void> {
    this.#open.release();
    this.#close.release();
  }

  setFault(fault: GateSimFault): void {
    this.#fault = fault;
    if (fault !== "stuck") this.#open.setStuck(false);
  }

  open(commandId: string, handed?: () => void): Promise<GateAnswer> {
    return this.#inTurn(commandId, handed, () => this.#pulse(this.#open, this.pulsed, commandId));
  }

  order(order: GateOrder, commandId: string): Promise<GateAnswer> {
    if (!this.orders.has(order)) {
      return Promise.resolve({ kind: "rejected", detail: `this gate knows no ${order}` });
    }
    return this.#inTurn(commandId, undefined, () => this.#obey(order, commandId));
  }

  report(): readonly DeviceReport[] {
    const { laneId } = this.#parts;
    return [
      {
        id: this.name,
        kind: "gate",
        make: "simulated relay board",
        laneId,
        state: this.#fault === "dead" ? "offline" : "online",
        ...(this.#open.isStuck ? { fault: "gate-release-failed" as const } : {}),
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        ...(this.#fault === "dead" ? { fault: "gate-unreachable" as const } : {}),
        counters: { timeouts: this.#timeouts, pulses: this.pulsed.length },
      },
    ];
  }

  #inTurn(
    commandId: string,
    handed: (() => void) | undefined,
    work: () => Promise<GateAnswer>,
  ): Promise<GateAnswer> {
    if (this.#queued >= queueLimit) {
      return Promise.resolve({ kind: "rejected", detail: "too many commands are waiting" });
    }
    this.#queued++;
    const mine = this.#turn.then(() => this.#serve(commandId, handed, work));
    this.#turn = mine.then(
      () => void this.#queued--,
      () => void this.#queued--,
    );
    return mine;
  }

  async #serve(
    commandId: string,
    handed: (() => void) | undefined,
    work: () => Promise<GateAnswer>,
  ): Promise<GateAnswer> {
    const { clock, random } = this.#parts;
    if (this.#last?.commandId === commandId) return this.#last.answer;
    if (this.#open.isStuck) return { kind: "rejected", detail: "the contact is still closed" };
    await clock.sleep(wait(random, 0.01, 0.04));
    handed?.();
    const fault = this.#fault;
    if (fault === "dead") throw await this.#silence("no answer to the command");
    if (fault === "rejects") {
      return { kind: "rejected", detail: "the board answers: illegal data address" };
    }
    const wasHeld = this.#open.isHeld;
    const answer = await work();
    if (fault === "answer-lost") {
      // A hold that is not known to stand is let go.
      if (!wasHeld) this.#open.release();
      throw await this.#silence("no answer, the contact may have closed");
    }
    this.#last = { commandId, answer };
    this.#lastSeen = clock.now();
    return answer;
  }

  async #obey(order: GateOrder, commandId: string): Promise<GateAnswer> {
    switch (order) {
      case "close":
        if (this.#open.isHeld) return { kind: "rejected", detail: "held open: let go first" };
        return await this.#pulse(this.#close, this.closes, commandId);
      case "hold-open":
        if (!this.#isLocked) this.#open.hold();
        return this.#answer;
      case "let-go":
        this.#open.release();
        return this.#answer;
      case "lock":
      case "unlock":
        this.#isLocked = order === "lock";
        return this.#answer;
    }
  }

  async #pulse(contact: SimContact, done: string[], commandId: string): Promise<GateAnswer> {
    const { clock, pulse } = this.#parts;
    if (this.#isLocked) return this.#answer;
    done.push(commandId);
    if (done.length > pulsesKept) done.shift();
    const isHeld = contact.isHeld;
    contact.hold();
    await clock.sleep(pulse ?? milliseconds(500));
    if (contact === this.#open && this.#fault === "stuck") contact.setStuck(true);
    if (!isHeld) contact.release();
    return this.#answer;
  }

  /** A locked controller says yes and does nothing; a stuck contact is not seen released. */
  get #answer(): GateAnswer {
    const isSeen = !this.#isLocked && !this.#open.isStuck;
    return { kind: "accepted", evidence: isSeen ? "readback" : "echo" };
  }

  async #silence(message: string): Promise<Fault> {
    await this.#parts.clock.sleep(patience);
    this.#timeouts++;
    return new Fault("gate-unreachable", message);
  }
}

const relayOrders: ReadonlySet<GateOrder> = new Set(["close", "hold-open", "let-go"]);
const patience = seconds(3);
/** Commands beyond this would come too late for the cars they were meant for. */
const queueLimit = 4;
const pulsesKept = 100_000;
