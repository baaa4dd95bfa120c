import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { minutes } from "@gatehouse/shared/time";
import type { RequestSums } from "../domain/request-sums.ts";
import { codeOf, type Database } from "../store/database.ts";
import { addRequestSums } from "../store/request-hours.ts";

const every = minutes(1);

export interface RequestHoursPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly sums: RequestSums;
}

/** Every minute, and at the end: writes down how requests went. Each process adds its own. */
export class RequestHours implements Part {
  readonly name = "request-hours";
  readonly #ports: RequestHoursPorts;
  #cancel: () => void = () => {};
  #round: Promise<void> = Promise.resolve();
  #isStopped = true;

  constructor(ports: RequestHoursPorts) {
    this.#ports = ports;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    this.#plan();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#round;
    await this.write();
  }

  /** Writes down what was counted; what cannot be written counts on. */
  async write(): Promise<void> {
    const { database, log, sums } = this.#ports;
    const taken = sums.take();
    try {
      await addRequestSums(database, taken);
    } catch (error) {
      sums.giveBack(taken);
      log.warn("request-hours-not-written", { code: codeOf(error) });
    }
  }

  #plan(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#ports.clock.after(every, () => {
      this.#round = this.write().then(() => this.#plan());
    });
  }
}
