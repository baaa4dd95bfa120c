import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Gate, GateAnswer } from "@gatehouse/shared/ports/gate";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import { wait } from "../chance.ts";
import type { RelayContact } from "../hardware.ts";

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
}

/** A relay board with one relay, in memory: the edge's `Gate` on one side, a contact on the other. */
export class GateSim implements Gate {
  readonly name: string;
  /** Command ids in the order in which they closed the contact; at most `pulsesKept`. */
  readonly pulsed: string[] = [];
  readonly contact: RelayContact = { onContact: (listener) => void (this.#listener = listener) };
  readonly #parts: GateSimParts;
  #listener: (closed: boolean) => void = () => {};
  #fault: GateSimFault = "none";
  #stuck = false;
  #last: { commandId: string; answer: GateAnswer } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #closed = false;
  #timeouts = 0;
  #lastSeen: Instant | undefined;

  constructor(parts: GateSimParts) {
    this.#parts = parts;
    this.name = `gate ${parts.laneId}`;
  }

  async start(): Promise<void> {}

  /** Leaves the contact open, as a board's driver does on its way out. */
  async stop(): Promise<void> {
    if (!this.#stuck) this.#set(false);
  }

  setFault(fault: GateSimFault): void {
    this.#fault = fault;
    if (fault === "stuck" || !this.#stuck) return;
    this.#stuck = false;
    this.#set(false);
  }

  open(commandId: string, handed?: () => void): Promise<GateAnswer> {
    if (this.#queued >= queueLimit) {
      return Promise.resolve({ kind: "rejected", detail: "too many commands are waiting" });
    }
    this.#queued++;
    const mine = this.#turn.then(() => this.#serve(commandId, handed));
    this.#turn = mine.then(
      () => void this.#queued--,
      () => void this.#queued--,
    );
    return mine;
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
        ...(this.#stuck ? { fault: "gate-release-failed" as const } : {}),
        ...(this.#lastSeen === undefined ? {} : { lastSeen: this.#lastSeen }),
        ...(this.#fault === "dead" ? { fault: "gate-unreachable" as const } : {}),
        counters: { timeouts: this.#timeouts, pulses: this.pulsed.length },
      },
    ];
  }

  async #serve(commandId: string, handed: (() => void) | undefined): Promise<GateAnswer> {
    const { clock, random } = this.#parts;
    if (this.#last?.commandId === commandId) return this.#last.answer;
    if (this.#stuck) return { kind: "rejected", detail: "the contact is still closed" };
    await clock.sleep(wait(random, 0.01, 0.04));
    handed?.();
    const fault = this.#fault;
    if (fault === "dead") throw await this.#silence("no answer to the command");
    if (fault === "rejects") {
      return { kind: "rejected", detail: "the board answers: illegal data address" };
    }
    await this.#pulse(commandId);
    if (fault === "answer-lost")
      throw await this.#silence("no answer, the contact may have closed");
    const answer: GateAnswer = { kind: "accepted", evidence: this.#stuck ? "echo" : "readback" };
    this.#last = { commandId, answer };
    this.#lastSeen = clock.now();
    return answer;
  }

  async #pulse(commandId: string): Promise<void> {
    const { clock, pulse } = this.#parts;
    this.pulsed.push(commandId);
    if (this.pulsed.length > pulsesKept) this.pulsed.shift();
    this.#set(true);
    await clock.sleep(pulse ?? milliseconds(500));
    this.#stuck = this.#fault === "stuck";
    if (!this.#stuck) this.#set(false);
  }

  #set(closed: boolean): void {
    if (closed === this.#closed) return;
    this.#closed = closed;
    this.#listener(closed);
  }

  async #silence(message: string): Promise<Fault> {
    await this.#parts.clock.sleep(patience);
    this.#timeouts++;
    return new Fault("gate-unreachable", message);
  }
}

const patience = seconds(3);
/** Commands beyond this would come too late for the cars they were meant for. */
const queueLimit = 4;
const pulsesKept = 100_000;
