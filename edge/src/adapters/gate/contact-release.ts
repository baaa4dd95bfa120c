import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { milliseconds } from "@gatehouse/shared/time";
import type { Relay } from "./relay.ts";
import type { RelayHealth } from "./relay-health.ts";

/** A pulse whose end was not seen yet is looked at so often … */
const releaseEvery = milliseconds(100);
/** … while the caller waits, until the board did not answer so many times. */
const releaseSilences = 2;

export interface ContactReleaseParts {
  /** For the log, for example "gate-entry-1". */
  readonly name: string;
  readonly relay: Relay;
  readonly clock: Clock;
  readonly log: Log;
}

/** Sees a contact released, and knows whether one is still owed. */
export class ContactRelease {
  /** How often a contact was not seen released in time. */
  failures = 0;
  readonly #parts: ContactReleaseParts;
  readonly #health: RelayHealth;
  readonly #isRunning: () => boolean;
  #isStuck = false;
  #wasSeen = false;

  /** @param isRunning nothing is tried any more once this is false */
  constructor(parts: ContactReleaseParts, health: RelayHealth, isRunning: () => boolean) {
    this.#parts = parts;
    this.#health = health;
    this.#isRunning = isRunning;
  }

  /** It may still be closed. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** It has been released since the start. */
  get wasSeen(): boolean {
    return this.#wasSeen;
  }

  /** It was not seen released: from now on it is stuck, until it is. */
  fail(): void {
    if (this.#isStuck) return;
    const { log, name, relay } = this.#parts;
    this.failures += 1;
    this.#isStuck = true;
    log.error("gate-release-failed", { gate: name, relay: relay.make });
  }

  /**
   * Looks so many times, telling the relay before each. A board that times the pulse itself is given half the
   * tries to do so before it is told.
   *
   * @param atOnce it is told in any case
   */
  async see(tries: number, atOnce = false): Promise<boolean> {
    const { relay, clock } = this.#parts;
    let silences = 0;
    for (let attempt = 1; attempt <= tries && this.#isRunning(); attempt++) {
      const isOurs = atOnce || !relay.timesItself || this.#isStuck || attempt > tries / 2;
      const isTold = isOurs && (await this.#health.tell(() => relay.release().then(() => true)));
      if (await this.#isReleased(isTold === true)) {
        this.#succeed();
        return true;
      }
      if (this.#health.state === "offline") silences += 1;
      if (attempt === tries || silences === releaseSilences) return false;
      await clock.sleep(releaseEvery);
    }
    return false;
  }

  /** A board that cannot be asked is believed to have done what it was told. */
  async #isReleased(isTold: boolean): Promise<boolean> {
    const { relay } = this.#parts;
    if (relay.isClosed === undefined) return isTold;
    return (await this.#health.tell(async () => relay.isClosed?.())) === false;
  }

  #succeed(): void {
    const { log, name } = this.#parts;
    if (this.#isStuck) log.info("gate-contact-released", { gate: name });
    this.#isStuck = false;
    this.#wasSeen = true;
  }
}
