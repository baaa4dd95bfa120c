import type { Database } from "../../cloud/src/store/database.ts";
import { RawFigures } from "../../cloud/test/wire/raw-figures.ts";
import { officeOn } from "../office-on.ts";
import { type Difference, differencesOf } from "./differences.ts";

const officeToken = "token-of-who-compares";

export interface Compared {
  readonly facilityId: string;
  readonly lines: number;
  readonly differences: readonly Difference[];
}

/**
 * Head office's reports of every facility over the last days, through its own routes, beside the same figures from
 * the raw lines.
 */
export async function* compareAll(database: Database, days: number): AsyncGenerator<Compared> {
  const { app } = officeOn(database, officeToken);
  const rows = async <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await database.pool.query(sql, [...values])).rows as T[];
  const facilities = await rows<{ facility_id: string; timezone: string; lines: number }>(
    `select facility_id, timezone, lines_stored as lines
     from facilities join facility_states using (facility_id)
     where lines_stored > 0 and facility_id not like 'copy-%' order by facility_id`,
  );
  for (const { facility_id, timezone, lines } of facilities) {
    const look = async (path: string): Promise<unknown> => {
      const response = await app.request(`/v1/facilities/${facility_id}/reports/${path}`, {
        headers: { authorization: `Bearer ${officeToken}` },
      });
      if (response.status !== 200)
        throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    };
    const raw = new RawFigures({ rows }, facility_id, timezone);
    yield { facilityId: facility_id, lines, differences: await differencesOf({ look, raw }, days) };
  }
}
