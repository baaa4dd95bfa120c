import type { Ack, Batch } from "@gatehouse/shared/contracts/batch";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { OfficeKey, officeKeyBytes } from "../src/domain/people/office-key.ts";
import { Headquarters } from "../src/headquarters.ts";
import type { Database } from "../src/store/database.ts";
import { emptyEveryTable } from "../src/store/empty.ts";
import { checkAnswer } from "./checked-answers.ts";
import { noon } from "./edge-ledger.ts";
import { silentLog } from "./silent-log.ts";

export const officeKey = new OfficeKey(new Uint8Array(officeKeyBytes).fill(7));
export const officeToken = "token-of-head-office";
export const tokenOf = (facilityId: string): string => `token-of-facility-${facilityId}`;

/** Head office's real routes on a real database, reached without a network. */
export class TestOffice {
  readonly clock: VirtualClock;
  readonly headquarters: Headquarters;
  readonly database: Database;

  constructor(
    database: Database,
    facilityIds: readonly string[] = ["north", "south"],
    made?: { readonly clock: VirtualClock; readonly headquarters: Headquarters },
  ) {
    this.database = database;
    this.clock = made?.clock ?? new VirtualClock(noon);
    this.headquarters =
      made?.headquarters ??
      new Headquarters({
        database,
        clock: this.clock,
        random: new SeededRandom(1),
        log: silentLog,
        tokens: TestOffice.tokens(facilityIds),
        key: officeKey,
        onAnswer: checkAnswer,
      });
  }

  static tokens(facilityIds: readonly string[]) {
    const facilities = facilityIds.map((facilityId) => ({
      facilityId,
      token: tokenOf(facilityId),
    }));
    return { office: officeToken, facilities };
  }

  /** An empty world in which the facilities are known. */
  async begin(): Promise<this> {
    await emptyEveryTable(this.database);
    await this.headquarters.prepare();
    return this;
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    return Promise.resolve(this.headquarters.app.request(path, init));
  }

  upload(batch: Batch, token = tokenOf(batch.facility_id)): Promise<Response> {
    return this.request(`/v1/facilities/${batch.facility_id}/batches`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(batch),
    });
  }

  /** Sends a batch that must be taken. */
  async send(batch: Batch): Promise<Ack> {
    const response = await this.upload(batch);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Ack;
  }

  /** What a tool of head office reads. */
  async look<T>(path: string): Promise<T> {
    const response = await this.request(path, {
      headers: { authorization: `Bearer ${officeToken}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  order(facilityId: string, order: unknown): Promise<Response> {
    return this.request(`/api/facilities/${facilityId}/directives`, {
      method: "POST",
      headers: { authorization: `Bearer ${officeToken}`, "content-type": "application/json" },
      body: JSON.stringify(order),
    });
  }

  async rows<T>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.database.pool.query(sql, [...values])).rows as T[];
  }

  /** The ledger as it is held: its exact texts, in order. */
  async heldTexts(facilityId = "north", epoch = 1): Promise<(string | null)[]> {
    const rows = await this.rows<{ text: string | null }>(
      "select text from ledger_lines where facility_id = $1 and epoch = $2 order by seq",
      [facilityId, epoch],
    );
    return rows.map(({ text }) => text);
  }
}
