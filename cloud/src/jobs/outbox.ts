import type { Part } from "@gatehouse/shared/part";
import type { Log } from "@gatehouse/shared/ports/log";
import { minutes, seconds } from "@gatehouse/shared/time";
import { watchFacilities } from "../store/alerts/watch.ts";
import { codeOf } from "../store/database.ts";
import { issueDueWork } from "../store/devices/plan-work.ts";
import { ifMine } from "../store/locked.ts";
import { readAudience } from "../store/notify/audience.ts";
import { planEvents } from "../store/notify/plan-events.ts";
import { planNotices } from "../store/notify/plan-notices.ts";
import { forgetDeliveries, stopOverfull } from "../store/notify/upkeep.ts";
import { Rounds } from "./rounds.ts";
import { sendDue, type SenderPorts } from "./sender.ts";

const every = seconds(5);
/** How facilities stand is looked at so often. */
const watchEvery = minutes(1);
const forgetEvery = minutes(60);

export interface OutboxPorts extends SenderPorts {
  readonly log: Log;
}

/**
 * Head office looks after its facilities and tells who wants to know: it raises its own alerts, orders the work that is
 * due, turns what has happened into messages, and sends them. Of several processes one does it at a time.
 */
export class Outbox implements Part {
  readonly name = "outbox";
  readonly #ports: OutboxPorts;
  readonly #rounds: Rounds;
  #watchAt = 0;
  #forgetAt = 0;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    const { clock } = ports;
    this.#rounds = new Rounds(this.name, { clock, every, round: () => this.#run() });
  }

  start(): Promise<void> {
    return this.#rounds.start();
  }

  /** Waits for a round that is under way. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** One round, if no other process is at it. @returns how many messages were taken; undefined: another is at it */
  once(): Promise<number | undefined> {
    return ifMine(this.#ports.database, "outbox", () => this.#work());
  }

  async #run(): Promise<void> {
    try {
      await this.once();
    } catch (error) {
      // The database is away: the next round tries again.
      const code = codeOf(error);
      this.#ports.log.warn(
        "outbox-round-broke",
        code === "" ? { reason: String(error) } : { code },
      );
    }
  }

  async #work(): Promise<number> {
    const { database, clock, log } = this.#ports;
    const now = clock.now();
    if (clock.monotonic() >= this.#watchAt) {
      this.#watchAt = clock.monotonic() + watchEvery;
      const ordered = await issueDueWork(database, now);
      if (ordered > 0) log.info("work-ordered", { count: ordered });
      await watchFacilities(database, now);
      const stopped = await stopOverfull(database, now);
      if (stopped > 0) log.warn("targets-stopped", { count: stopped });
    }
    const audience = await readAudience(database);
    await planEvents(database, audience, now);
    await planNotices(database, audience, now);
    const taken = await sendDue(this.#ports);
    if (clock.monotonic() >= this.#forgetAt) {
      this.#forgetAt = clock.monotonic() + forgetEvery;
      await forgetDeliveries(database, now);
    }
    return taken;
  }
}
