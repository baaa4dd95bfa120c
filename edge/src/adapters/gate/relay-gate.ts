import { Fault, type FaultCode } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Gate, GateAnswer, GateOrder } from "@gatehouse/shared/ports/gate";
import type { Log } from "@gatehouse/shared/ports/log";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import type { Relay } from "./relay.ts";

/** How often an idle relay is looked at, so that a dead or stuck one shows before a car needs it. */
const watchEvery = seconds(2);
/** A pulse whose end was not seen yet is looked at so often … */
const releaseEvery = milliseconds(100);
/** … while the caller waits, so many times, or until the board did not answer so often … */
const releaseTries = 10;
const releaseSilences = 2;
/** … and then at this rate for as long as it takes. */
const releaseAgain = milliseconds(500);
/** Commands that may wait for the one before; more would come too late to be right. */
const waitingMax = 4;

interface Command {
  readonly id: string;
  readonly answer: Promise<GateAnswer>;
}

/**
 * A barrier's OPEN contact on a relay. A contact that stays closed can hold a barrier open for ever, so every
 * command ends with the contact released: seen where the board can be asked, and tried until it is.
 */
export class RelayGate implements Gate {
  readonly name: string;
  readonly orders: ReadonlySet<GateOrder> = new Set();
  readonly #laneId: string;
  readonly #relay: Relay;
  readonly #canBeAsked: boolean;
  readonly #pulse: Duration;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #counts = {
    pulses: 0,
    repeats: 0,
    rejected: 0,
    unreachable: 0,
    not_seen_closed: 0,
    release_failures: 0,
    found_closed: 0,
  };
  #running = false;
  #last: Command | undefined;
  #waiting = 0;
  #turn: Promise<unknown> = Promise.resolve();
  /** The contact may still be closed, and is being released until it is known to be open. */
  #isHeld = false;
  #cancelWatch: () => void = noop;
  #isWatching = false;
  #state: DeviceReport["state"] = "unknown";
  #fault: FaultCode | undefined;
  #detail: string | undefined;
  #lastSeen: Instant | undefined;

  /** @param relay wired to OPEN; nobody else switches it */
  constructor(laneId: string, relay: Relay, pulse: Duration, clock: Clock, log: Log) {
    this.name = `gate-${laneId}`;
    this.#laneId = laneId;
    this.#relay = relay;
    this.#canBeAsked = relay.isClosed !== undefined;
    this.#pulse = pulse;
    this.#clock = clock;
    this.#log = log;
  }

  /** Resolves at once: a dead board does not keep a facility from starting. */
  async start(): Promise<void> {
    this.#running = true;
    void this.#watch();
  }

  /** A contact that may be closed is released on the way out, as far as the wire allows. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#cancelWatch();
    if (this.#isHeld || this.#waiting > 0) await this.#tell(() => this.#relay.release());
  }

  open(commandId: string, handed: () => void = () => {}): Promise<GateAnswer> {
    if (this.#last?.id === commandId) {
      this.#counts.repeats += 1;
      return this.#last.answer;
    }
    if (this.#waiting >= waitingMax) {
      return Promise.resolve(this.#reject(`${waitingMax} commands wait already`));
    }
    this.#waiting += 1;
    const answer = this.#turn.then(() => this.#open(handed)).finally(() => (this.#waiting -= 1));
    this.#turn = answer.then(noop, noop);
    this.#last = { id: commandId, answer };
    return answer;
  }

  order(order: GateOrder): Promise<GateAnswer> {
    return Promise.resolve(this.#reject(`this gate knows no ${order}`));
  }

  report(): readonly DeviceReport[] {
    const fault = this.#isHeld ? "gate-release-failed" : this.#fault;
    return [
      {
        id: this.name,
        kind: "gate",
        make: this.#relay.make,
        laneId: this.#laneId,
        state: this.#state,
        ...(this.#lastSeen !== undefined && { lastSeen: this.#lastSeen }),
        ...(fault !== undefined && { fault }),
        ...(this.#detail !== undefined && { detail: this.#detail }),
        counters: { ...this.#counts, ...this.#relay.counters },
      },
    ];
  }

  async #open(handed: () => void): Promise<GateAnswer> {
    if (!this.#running) throw new Fault("gate-unreachable", `${this.name} is stopped`);
    if (this.#isHeld && !(await this.#seeReleased(1))) {
      return this.#reject("the contact of an earlier command is still closed");
    }
    const closing = await this.#close(handed);
    if (closing.kind === "rejected") return closing;
    this.#counts.pulses += 1;

    await this.#clock.sleep(this.#pulse);
    const isReleased = await this.#seeReleased(releaseTries);
    if (!isReleased) this.#hold();
    if (closing.wasSeen && isReleased) return { kind: "accepted", evidence: "readback" };
    return { kind: "accepted", evidence: this.#canBeAsked ? "echo" : "sent" };
  }

  /**
   * Sends the command and looks whether the contact closes.
   *
   * @throws Fault `gate-unreachable`
   */
  async #close(handed: () => void): Promise<{ kind: "closed"; wasSeen: boolean } | Rejection> {
    let wasHanded = false;
    try {
      await this.#relay.prepare();
      await this.#relay.close(() => {
        wasHanded = true;
        handed();
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#note(error);
      if (error.code === "wire-exception") return this.#reject(error.message);
      // Perhaps only the answer was lost: the contact itself knows.
      const wasSeen = wasHanded && (await this.#isSeenClosed());
      if (wasSeen) return { kind: "closed", wasSeen };
      if (wasHanded && !this.#relay.timesItself) this.#hold();
      this.#counts.unreachable += 1;
      throw new Fault("gate-unreachable", `${this.#relay.make}: ${error.message}`, {
        cause: error,
      });
    }
    const wasSeen = await this.#isSeenClosed();
    if (!wasSeen && this.#canBeAsked) this.#counts.not_seen_closed += 1;
    return { kind: "closed", wasSeen };
  }

  async #isSeenClosed(): Promise<boolean> {
    return this.#canBeAsked && (await this.#tell(async () => this.#relay.isClosed?.())) === true;
  }

  /** A board that times the pulse itself is given half the tries to do so before it is told. */
  async #seeReleased(tries: number): Promise<boolean> {
    let silences = 0;
    for (let attempt = 1; attempt <= tries && this.#running; attempt++) {
      const isOurs = !this.#relay.timesItself || this.#isHeld || attempt > tries / 2;
      const isTold = isOurs && (await this.#tell(() => this.#relay.release().then(() => true)));
      if (await this.#isReleased(isTold === true)) {
        if (this.#isHeld) this.#log.info("gate-contact-released", { gate: this.name });
        this.#isHeld = false;
        return true;
      }
      if (this.#state === "offline") silences += 1;
      if (attempt === tries || silences === releaseSilences) return false;
      await this.#clock.sleep(releaseEvery);
    }
    return false;
  }

  /** A board that cannot be asked is believed to have done what it was told. */
  async #isReleased(isTold: boolean): Promise<boolean> {
    if (!this.#canBeAsked) return isTold;
    return (await this.#tell(async () => this.#relay.isClosed?.())) === false;
  }

  /** From now on the contact is released again and again until it is known to be open. */
  #hold(): void {
    if (!this.#running) return;
    if (!this.#isHeld) {
      this.#counts.release_failures += 1;
      this.#log.error("gate-release-failed", { gate: this.name, relay: this.#relay.make });
    }
    this.#isHeld = true;
    this.#watchAfter(releaseAgain);
  }

  /** Looks after an idle relay. A closed contact that nobody ordered (a restart amid a pulse) is released. */
  async #watch(): Promise<void> {
    if (!this.#isWatching && this.#waiting === 0) {
      this.#isWatching = true;
      if (this.#isHeld) await this.#seeReleased(1);
      else await this.#lookAtIdle();
      this.#isWatching = false;
    }
    this.#watchAfter(this.#isHeld ? releaseAgain : watchEvery);
  }

  async #lookAtIdle(): Promise<void> {
    const { pulses } = this.#counts;
    const isClosed = await this.#tell(async () => {
      await this.#relay.prepare({ urgent: false });
      if (this.#canBeAsked) return this.#relay.isClosed?.({ urgent: false });
      if (this.#waiting === 0) await this.#relay.release();
      return false;
    });
    const isStillIdle = this.#waiting === 0 && this.#counts.pulses === pulses;
    if (isClosed !== true || !isStillIdle) return;
    this.#counts.found_closed += 1;
    this.#hold();
  }

  #watchAfter(delay: Duration): void {
    this.#cancelWatch();
    if (this.#running) this.#cancelWatch = this.#clock.after(delay, () => void this.#watch());
  }

  /** Does one thing with the relay and keeps what it says about the relay's health. @returns undefined after a Fault */
  async #tell<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await ask();
      this.#state = "online";
      this.#lastSeen = this.#clock.now();
      this.#fault = undefined;
      this.#detail = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#note(error);
      return undefined;
    }
  }

  #note(fault: Fault): void {
    const hasAnswered = fault.code === "wire-exception";
    this.#state = hasAnswered ? "online" : "offline";
    if (hasAnswered) this.#lastSeen = this.#clock.now();
    else if (fault.code !== "wire-noise") this.#relay.forget();
    this.#fault = fault.code;
    this.#detail = fault.message;
  }

  #reject(detail: string): Rejection {
    this.#counts.rejected += 1;
    return { kind: "rejected", detail };
  }
}

type Rejection = GateAnswer & { readonly kind: "rejected" };

const noop = (): void => {};
