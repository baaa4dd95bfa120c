import { Fault } from "@gatehouse/shared/fault";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { GateAnswer } from "@gatehouse/shared/ports/gate";
import { type Duration, milliseconds, seconds } from "@gatehouse/shared/time";
import { ContactRelease, type ContactReleaseParts } from "./contact-release.ts";
import { hasAnswered, RelayHealth } from "./relay-health.ts";

/** How often an idle relay is looked at, so that a dead or stuck one shows before a car needs it. */
const watchEvery = seconds(2);
/** The end of a pulse is looked for so many times while the caller waits, … */
const releaseTries = 10;
/** … and then at this rate for as long as it takes. */
const releaseAgain = milliseconds(500);

export interface ContactParts extends ContactReleaseParts {
  readonly pulse: Duration;
}

type Done = GateAnswer | { readonly kind: "closed"; readonly wasSeen: boolean };

/**
 * A relay's contact on a barrier's terminal. One that stays closed can hold a barrier open for ever, so every
 * pulse ends with the contact released: seen where the board can be asked, and tried until it is. One thing at a
 * time: the caller sees to that.
 */
export class Contact {
  readonly #parts: ContactParts;
  readonly #canBeAsked: boolean;
  readonly #health: RelayHealth;
  readonly #release: ContactRelease;
  readonly #counts = {
    pulses: 0,
    holds: 0,
    unreachable: 0,
    not_seen_closed: 0,
    found_closed: 0,
    found_let_go: 0,
  };
  #running = false;
  /** Commands under way; nobody looks meanwhile. */
  #busy = 0;
  /** It is meant to stay closed. */
  #isHeld = false;
  #cancelWatch: () => void = () => {};
  #isWatching = false;

  constructor(parts: ContactParts) {
    this.#parts = parts;
    this.#canBeAsked = parts.relay.isClosed !== undefined;
    this.#health = new RelayHealth(parts.clock, () => parts.relay.forget());
    this.#release = new ContactRelease(parts, this.#health, () => this.#running);
  }

  get canBeHeld(): boolean {
    return this.#parts.relay.latch !== undefined;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  get counters(): Readonly<Record<string, number>> {
    const { failures } = this.#release;
    return { ...this.#counts, release_failures: failures, ...this.#parts.relay.counters };
  }

  /** Its part of the gate's report. */
  get shown(): Pick<DeviceReport, "state" | "lastSeen" | "fault" | "detail"> {
    return {
      ...this.#health.shown,
      ...(this.#release.isStuck && { fault: "gate-release-failed" as const }),
    };
  }

  start(): void {
    this.#running = true;
    void this.#watch();
  }

  /** A contact that may be closed is released on the way out, as far as the wire allows. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#cancelWatch();
    const mayBeClosed = this.#isHeld || this.#release.isStuck || this.#busy > 0;
    this.#isHeld = false;
    if (mayBeClosed) await this.#health.tell(() => this.#parts.relay.release());
  }

  /**
   * Closes the contact for the length of a pulse and sees it released; one that is held open stays closed.
   *
   * @throws Fault `gate-unreachable`
   */
  pulse(handed: () => void): Promise<GateAnswer> {
    if (this.#isHeld) return this.hold(handed);
    return this.#alone(async () => {
      const { relay } = this.#parts;
      const closing = await this.#close(handed, relay.timesItself, (told) => relay.close(told));
      if (closing.kind !== "closed") return closing;
      this.#counts.pulses += 1;
      await this.#parts.clock.sleep(this.#parts.pulse);
      const isReleased = await this.#release.see(releaseTries);
      if (!isReleased) this.#keepReleasing();
      return this.#accepted(closing.wasSeen && isReleased);
    });
  }

  /**
   * Closes the contact until `letGo`; a board that opens it by itself is told again.
   *
   * @throws Fault `gate-unreachable`: it is being released, because it is not known to be closed
   */
  hold(handed: () => void): Promise<GateAnswer> {
    const { relay } = this.#parts;
    return this.#alone(async () => {
      const closing = await this.#close(handed, false, async (told) => await relay.latch?.(told));
      if (closing.kind !== "closed") return closing;
      if (!this.#isHeld) this.#counts.holds += 1;
      this.#isHeld = true;
      return this.#accepted(closing.wasSeen);
    });
  }

  /**
   * Ends a hold and sees the contact released.
   *
   * @throws Fault `gate-unreachable`: it is being released until it is known to be open
   */
  letGo(): Promise<GateAnswer> {
    const { relay } = this.#parts;
    this.#isHeld = false;
    return this.#alone(async () => {
      if (await this.#release.see(releaseTries, true)) return this.#accepted(this.#canBeAsked);
      this.#keepReleasing();
      const detail = `${relay.make}: the contact is not seen released`;
      if (this.#health.state === "offline") throw new Fault("gate-unreachable", detail);
      return { kind: "rejected", detail };
    });
  }

  async #alone(work: () => Promise<GateAnswer>): Promise<GateAnswer> {
    if (!this.#running) throw new Fault("gate-unreachable", `${this.#parts.name} is stopped`);
    this.#busy += 1;
    try {
      if (this.#release.isStuck && !(await this.#release.see(1))) {
        return { kind: "rejected", detail: "the contact of an earlier command is still closed" };
      }
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  /**
   * Sends the command and looks whether the contact closes.
   *
   * @param endsItself whether the board opens the contact again, even if we hear no more of it
   * @throws Fault `gate-unreachable`
   */
  async #close(
    handed: () => void,
    endsItself: boolean,
    command: (handed: () => void) => Promise<void>,
  ): Promise<Done> {
    const { relay } = this.#parts;
    let wasHanded = false;
    try {
      await relay.prepare();
      await command(() => {
        wasHanded = true;
        handed();
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#health.note(error);
      if (hasAnswered(error)) return { kind: "rejected", detail: error.message };
      // Perhaps only the answer was lost: the contact itself knows.
      const wasSeen = wasHanded && (await this.#isSeenClosed());
      if (wasSeen) return { kind: "closed", wasSeen };
      this.#isHeld = false;
      if (wasHanded && !endsItself) this.#keepReleasing();
      this.#counts.unreachable += 1;
      throw new Fault("gate-unreachable", `${relay.make}: ${error.message}`, { cause: error });
    }
    const wasSeen = await this.#isSeenClosed();
    if (!wasSeen && this.#canBeAsked) this.#counts.not_seen_closed += 1;
    return { kind: "closed", wasSeen };
  }

  #accepted(wasSeen: boolean): GateAnswer {
    const { relay } = this.#parts;
    return {
      kind: "accepted",
      evidence: wasSeen ? "readback" : relay.echoes ? "echo" : "sent",
    };
  }

  async #isSeenClosed(): Promise<boolean> {
    const { relay } = this.#parts;
    return this.#canBeAsked && (await this.#health.tell(async () => relay.isClosed?.())) === true;
  }

  /** From now on the contact is released again and again until it is known to be open. */
  #keepReleasing(): void {
    if (!this.#running) return;
    this.#release.fail();
    this.#watchAfter(releaseAgain);
  }

  async #watch(): Promise<void> {
    if (!this.#isWatching && this.#busy === 0) {
      this.#isWatching = true;
      if (this.#release.isStuck) await this.#release.see(1);
      else if (this.#isHeld) await this.#lookAtHeld();
      else await this.#lookAtIdle();
      this.#isWatching = false;
    }
    this.#watchAfter(this.#release.isStuck ? releaseAgain : watchEvery);
  }

  /** A closed contact that nobody ordered (a restart amid a pulse) is released. */
  async #lookAtIdle(): Promise<void> {
    const { relay } = this.#parts;
    if (!this.#canBeAsked) return await this.#remindIdle();
    const { pulses } = this.#counts;
    const isClosed = await this.#health.tell(async () => {
      await relay.prepare({ urgent: false });
      return await relay.isClosed?.({ urgent: false });
    });
    if (isClosed !== true || !this.#isIdle || this.#counts.pulses !== pulses) return;
    this.#counts.found_closed += 1;
    this.#keepReleasing();
  }

  /** A contact that cannot be asked is told again, unless its board answers: then once is enough. */
  async #remindIdle(): Promise<void> {
    const { relay } = this.#parts;
    const isOpen = this.#release.wasSeen;
    if (isOpen && relay.greet !== undefined) await this.#health.tell(async () => relay.greet?.());
    else if (this.#isIdle) await this.#release.see(1, true);
  }

  /** A board that lost its power, or that nobody could reach for a while, has let go: it is told again. */
  async #lookAtHeld(): Promise<void> {
    const { relay } = this.#parts;
    const wasAway = this.#health.state === "offline";
    await this.#health.tell(async () => {
      await relay.prepare({ urgent: false });
      if (this.#canBeAsked && (await relay.isClosed?.({ urgent: false })) !== false) return;
      if (!wasAway && relay.greet !== undefined) return await relay.greet();
      if (!this.#isHeld || this.#busy > 0) return;
      if (this.#canBeAsked) this.#counts.found_let_go += 1;
      await relay.latch?.(() => {});
    });
  }

  get #isIdle(): boolean {
    return this.#busy === 0 && !this.#isHeld;
  }

  #watchAfter(delay: Duration): void {
    this.#cancelWatch();
    if (this.#running) this.#cancelWatch = this.#parts.clock.after(delay, () => void this.#watch());
  }
}
