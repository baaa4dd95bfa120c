import type { PageFiles } from "@gatehouse/shared/page-files";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Context, Hono } from "hono";
import { buildApp } from "./app.ts";
import type { Enrolment } from "./domain/enrolment.ts";
import { type Post, noPost } from "./domain/notify/outgoing.ts";
import type { OfficeKey } from "./domain/people/office-key.ts";
import { retentionJob } from "./jobs/retention-job.ts";
import { Outbox } from "./jobs/outbox.ts";
import { RequestSums } from "./domain/request-sums.ts";
import { reportCalendar } from "./jobs/report-calendar.ts";
import type { Rounds } from "./jobs/rounds.ts";
import { RequestHours } from "./jobs/request-hours.ts";
import { ChangeFeed } from "./store/changes.ts";
import type { Answered } from "./routes/v1/checked-answers.ts";
import { codeOf, type Database, isUnavailable } from "./store/database.ts";
import { enrol } from "./store/facilities.ts";
import { foundRoot } from "./store/people/organisations.ts";
import { migrate } from "./store/migrate.ts";
import { readAsideAgain } from "./store/second-reading.ts";

export interface HeadquartersPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly tokens: {
    /** Head office's first secret, for its page and its tools. */
    readonly office: string;
    /** It opens head office also when there is an admin. */
    readonly officeStays?: boolean;
    /** The facilities that are known from the start. */
    readonly facilities: readonly Enrolment[];
  };
  /** What head office seals and signs with; the same in all its processes. */
  readonly key: OfficeKey;
  readonly pages?: PageFiles;
  /** Where old ledger lines go as files; undefined: they stay in the database. */
  readonly archiveFolder?: string | undefined;
  /** Where a request comes from; without a network everybody is one. */
  readonly addressOf?: (c: Context) => string;
  /** The way out for messages; without one they wait. */
  readonly post?: Post;
  /** Sees every answer of the API; tests hold it against its contract. */
  readonly onAnswer?: (answered: Answered) => void;
}

/** One process of head office: its routes on its database. Several on one database are one head office. */
export class Headquarters implements Part {
  readonly name = "headquarters";
  readonly app: Hono;
  readonly #ports: HeadquartersPorts;
  readonly #changes: ChangeFeed;
  #isOver = false;
  #secondReading: Promise<void> = Promise.resolve();
  readonly #calendar: Rounds;
  readonly #retention: Rounds;
  /** Its messages; a round of it can be had at once. */
  readonly outbox: Outbox;
  readonly #requestHours: RequestHours;

  constructor(ports: HeadquartersPorts) {
    this.#ports = ports;
    this.#changes = new ChangeFeed(ports.database, ports.log);
    this.#calendar = reportCalendar(ports);
    this.#retention = retentionJob(ports);
    const post = ports.post ?? noPost;
    this.outbox = new Outbox({ ...ports, post });
    const sums = new RequestSums();
    this.#requestHours = new RequestHours({ ...ports, sums });
    this.app = buildApp({
      ...ports,
      firstToken: { text: ports.tokens.office, stays: ports.tokens.officeStays === true },
      pages: ports.pages ?? new Map(),
      canMail: post.canMail,
      addressOf: ports.addressOf ?? (() => "here"),
      sums,
      onChange: (listener) => this.#changes.onChange(listener),
    });
  }

  /** The schema and the known facilities: all that `app` needs. */
  async prepare(): Promise<void> {
    const { database, log, clock, tokens } = this.#ports;
    const applied = await migrate(database);
    if (applied > 0) log.info("schema-changed", { migrations: applied });
    await foundRoot(database, clock.now());
    for (const facility of tokens.facilities) await enrol(database, facility, clock.now());
  }

  async start(): Promise<void> {
    await this.prepare();
    await this.#changes.start();
    await this.#calendar.start();
    await this.#retention.start();
    await this.outbox.start();
    await this.#requestHours.start();
    this.#isOver = false;
    this.#secondReading = this.#readAgain();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#retention.stop();
    await this.outbox.stop();
    await this.#calendar.stop();
    await this.#requestHours.stop();
    await this.#secondReading;
    await this.#changes.stop();
  }

  /** Resolves when what an older program has set aside is taken over, as far as this one understands it. */
  get secondReading(): Promise<void> {
    return this.#secondReading;
  }

  async #readAgain(): Promise<void> {
    const { database, log } = this.#ports;
    try {
      const understood = await readAsideAgain({ database, log, isOver: () => this.#isOver });
      if (understood > 0) log.info("set-aside-understood", { lines: understood });
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      // What is left is read again at the next start.
      log.warn("set-aside-left", { code: codeOf(error) });
    }
  }
}
