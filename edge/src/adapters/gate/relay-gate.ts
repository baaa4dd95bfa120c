import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Gate, GateAnswer, GateOrder } from "@gatehouse/shared/ports/gate";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, milliseconds } from "@gatehouse/shared/time";
import { CommandQueue } from "./command-queue.ts";
import { Contact } from "./contact.ts";
import type { Relay } from "./relay.ts";
import { RepeatedOpening } from "./repeated-opening.ts";

export interface RelayGateParts {
  readonly laneId: string;
  /** Wired to OPEN; nobody else switches it. */
  readonly relay: Relay;
  /** Wired to CLOSE, where that is wired; nobody else switches it. */
  readonly closeRelay?: Relay;
  readonly pulse: Duration;
  /** How long the barrier's board keeps the arm up by itself. */
  readonly hold: Duration;
  readonly clock: Clock;
  readonly log: Log;
}

/** A barrier's OPEN contact, and its CLOSE contact where that is wired, on relays. */
export class RelayGate implements Gate {
  readonly name: string;
  readonly orders: ReadonlySet<GateOrder>;
  readonly #parts: RelayGateParts;
  readonly #open: Contact;
  readonly #close: Contact | undefined;
  readonly #queue = new CommandQueue();
  readonly #repeated: RepeatedOpening;

  constructor(parts: RelayGateParts) {
    const { laneId, relay, closeRelay, pulse, hold, clock, log } = parts;
    this.name = `gate-${laneId}`;
    this.#parts = parts;
    this.#open = new Contact({ name: this.name, relay, pulse, clock, log });
    if (closeRelay !== undefined) {
      const name = `${this.name}-close`;
      this.#close = new Contact({ name, relay: closeRelay, pulse, clock, log });
    }
    this.orders = new Set<GateOrder>([
      ...(closeRelay === undefined ? [] : ["close" as const]),
      "hold-open",
      "let-go",
    ]);
    this.#repeated = new RepeatedOpening(clock, milliseconds(hold / 2), async () => {
      if (this.#queue.waiting > 0) return;
      await this.#queue.inTurn(() => this.#open.pulse(noop));
    });
  }

  /** Resolves at once: a dead board does not keep a facility from starting. */
  async start(): Promise<void> {
    this.#open.start();
    this.#close?.start();
  }

  async stop(): Promise<void> {
    this.#repeated.end();
    await this.#open.stop();
    await this.#close?.stop();
  }

  open(commandId: string, handed: () => void = noop): Promise<GateAnswer> {
    return this.#give(commandId, () => this.#open.pulse(handed));
  }

  order(order: GateOrder, commandId: string): Promise<GateAnswer> {
    return this.#give(commandId, () => this.#obey(order));
  }

  report(): readonly DeviceReport[] {
    const close = this.#close?.shown;
    return [
      {
        id: this.name,
        kind: "gate",
        make: this.#parts.relay.make,
        laneId: this.#parts.laneId,
        ...this.#open.shown,
        ...(close?.fault === "gate-release-failed" && {
          fault: close.fault,
          detail: "the contact on CLOSE may still be closed",
        }),
        counters: { ...this.#queue.counts, ...this.#open.counters },
      },
    ];
  }

  async #obey(order: GateOrder): Promise<GateAnswer> {
    switch (order) {
      case "close":
        if (this.#close === undefined) break;
        if (this.#open.isHeld || this.#repeated.isOn) {
          return { kind: "rejected", detail: "held open: let go first" };
        }
        return await this.#close.pulse(noop);
      case "hold-open":
        return await this.#holdOpen();
      case "let-go":
        this.#repeated.end();
        return await this.#open.letGo();
      case "lock":
      case "unlock":
        break;
    }
    return { kind: "rejected", detail: `this gate knows no ${order}` };
  }

  async #holdOpen(): Promise<GateAnswer> {
    if (this.#open.canBeHeld) return await this.#open.hold(noop);
    const answer = await this.#open.pulse(noop);
    if (answer.kind === "accepted") this.#repeated.begin();
    return answer;
  }

  #give(commandId: string, serve: () => Promise<GateAnswer>): Promise<GateAnswer> {
    return this.#queue.give(commandId, async () => {
      const answer = await serve();
      return answer.kind === "rejected" ? this.#queue.reject(answer.detail) : answer;
    });
  }
}

const noop = (): void => {};
