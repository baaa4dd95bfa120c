import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { minutes } from "@gatehouse/shared/time";
import type { RequestSums } from "../domain/request-sums.ts";
import { codeOf, type Database } from "../store/database.ts";
import { addRequestSums } from "../store/request-hours.ts";
import { Rounds } from "./rounds.ts";

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
  readonly #rounds: Rounds;

  constructor(ports: RequestHoursPorts) {
    this.#ports = ports;
    const { clock } = ports;
    this.#rounds = new Rounds(this.name, { clock, every: minutes(1), round: () => this.write() });
  }

  start(): Promise<void> {
    return this.#rounds.start();
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
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
}
