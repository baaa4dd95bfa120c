import { OfficeKey, officeKeyBytes } from "@gatehouse/cloud/domain/people/office-key";
import { Headquarters } from "@gatehouse/cloud/headquarters";
import { type Database, openDatabase } from "@gatehouse/cloud/store/database";
import { happens, pick } from "@gatehouse/firmware-sim/chance";
import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { Ack, Batch, HeldPlace } from "@gatehouse/shared/contracts/batch";
import type { DirectivePage } from "@gatehouse/shared/contracts/directive";
import { DirectiveIssued, type DirectiveOrder } from "@gatehouse/shared/contracts/office";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { Log } from "@gatehouse/shared/ports/log";
import { HttpCloudLink } from "../../src/adapters/cloud/http-cloud-link.ts";
import { CuttingProxy } from "./cutting-proxy.ts";

const officeToken = "token-of-the-simulated-head-office";
/** Each round takes the dead connections it meets out of the pool. */
const weedRounds = 20;
const silence: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** One process's own database on that server, behind a proxy that can cut it off. */
export class OfficeBuilding {
  readonly #host: string;
  #proxy: CuttingProxy | undefined;
  #database: Database | undefined;

  /** @param host folder of the server's socket */
  constructor(host: string) {
    this.#host = host;
  }

  async start(): Promise<void> {
    const user = "gatehouse";
    const name = `life_${process.pid}_${String(process.hrtime.bigint())}`;
    const server = openDatabase({ host: this.#host, user, database: "postgres" }, silence);
    await server.pool.query(`create database ${name}`);
    await server.pool.end();
    this.#proxy = new CuttingProxy(this.#host);
    await this.#proxy.start();
    this.#database = openDatabase({ host: this.#proxy.folder, user, database: name }, silence);
  }

  /** Head office as one facility of one life sees it. */
  async openFor(parts: OfficeParts): Promise<SimulatedOffice> {
    if (this.#proxy === undefined || this.#database === undefined) {
      throw new Error("the office building is closed");
    }
    const office = new SimulatedOffice(parts, this.#database, this.#proxy);
    await office.prepare();
    return office;
  }

  async stop(): Promise<void> {
    await this.#database?.pool.end();
    await this.#proxy?.stop();
  }
}

export interface OfficeParts {
  readonly world: VirtualClock;
  readonly random: SeededRandom;
  readonly facilityId: string;
}

/**
 * Head office's real routes on its real database. Virtual time stands still while it works; one call after
 * the other, so that the same life always finds the same office.
 */
export class SimulatedOffice implements CloudLink {
  readonly #parts: OfficeParts;
  readonly #database: Database;
  readonly #proxy: CuttingProxy;
  readonly #headquarters: Headquarters;
  readonly #link: HttpCloudLink;
  readonly #random: SeededRandom;
  /** Calls in which head office died. */
  deaths = 0;
  #crashShare = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: OfficeParts, database: Database, proxy: CuttingProxy) {
    const { world, random, facilityId } = parts;
    const token = `token-of-facility-${facilityId}`;
    this.#parts = parts;
    this.#database = database;
    this.#proxy = proxy;
    this.#random = random.fork("office");
    this.#headquarters = new Headquarters({
      database,
      clock: world,
      random: this.#random,
      log: silence,
      tokens: { office: officeToken, facilities: [{ facilityId, token }] },
      key: new OfficeKey(new Uint8Array(officeKeyBytes)),
    });
    this.#link = new HttpCloudLink({
      url: "http://office.invalid",
      facilityId,
      token,
      fetch: (url, request) => this.#headquarters.app.request(url, request),
    });
  }

  prepare(): Promise<void> {
    return this.#headquarters.prepare();
  }

  /** Of its calls, so many find head office dying in the middle. */
  setCrashShare(share: number): void {
    this.#crashShare = share;
  }

  send(batch: Batch): Promise<Ack> {
    return this.#ask(() => this.#maybeDying(() => this.#link.send(batch)));
  }

  heldAt(epoch: number, seq: number): Promise<HeldPlace | undefined> {
    return this.#ask(() => this.#link.heldAt(epoch, seq));
  }

  pull(after: number): Promise<DirectivePage> {
    return this.#ask(() => this.#link.pull(after));
  }

  /** Someone at head office decides something. @returns its number */
  async order(order: DirectiveOrder): Promise<number> {
    return await this.#ask(async () => {
      const path = `/api/facilities/${this.#parts.facilityId}/directives`;
      const response = await this.#headquarters.app.request(path, {
        method: "POST",
        headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
        body: JSON.stringify(order),
      });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return DirectiveIssued.parse(await response.json()).number;
    });
  }

  /** Rows as they lie in the database. @param sql with `$1` for the facility */
  rows<T>(sql: string, ...values: readonly unknown[]): Promise<T[]> {
    return this.#ask(async () => {
      const { rows } = await this.#database.pool.query(sql, [this.#parts.facilityId, ...values]);
      return rows as T[];
    });
  }

  /** Head office may die at a statement, or in the moment it has answered. */
  async #maybeDying<T>(call: () => Promise<T>): Promise<T> {
    if (!happens(this.#random, this.#crashShare)) return await call();
    this.deaths++;
    const place = pick(this.#random, [1, 2, 3, 3, "answered", "answered"] as const);
    const cut = pick(this.#random, ["before", "after"] as const);
    if (place !== "answered") this.#proxy.arm(place, cut);
    try {
      return await call();
    } finally {
      if (place === "answered") this.#proxy.cutAll();
      this.#proxy.disarm();
      await this.#weedPool();
    }
  }

  /**
   * A cut connection may lie in the pool until its end is noticed; whoever took it next would fail at a moment
   * that no seed decides. One question on each of them at once weeds the dead ones out.
   */
  async #weedPool(): Promise<void> {
    const { pool } = this.#database;
    for (let round = 0; round < weedRounds; round++) {
      const questions = Array.from({ length: Math.max(1, pool.totalCount) }, () =>
        pool.query("select 1").then(
          () => true,
          () => false,
        ),
      );
      if ((await Promise.all(questions)).every(Boolean)) return;
    }
    throw new Error("the office's line does not come back");
  }

  #ask<T>(call: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(() => this.#parts.world.whileStill(call));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
