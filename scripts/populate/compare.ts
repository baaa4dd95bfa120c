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
  const reader = await database.pool.connect();
  const rows = async <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await reader.query(sql, [...values])).rows as T[];
  const lookAt = async (facilityId: string, path: string): Promise<unknown> => {
    const response = await app.request(`/v1/facilities/${facilityId}/reports/${path}`, {
      headers: { authorization: `Bearer ${officeToken}` },
    });
    if (response.status !== 200)
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  try {
    // Every line of a facility is read at once: that may take longer than head office's own questions ever may, and
    // PostgreSQL knows nothing of what stands in the lines, so that it would compare each with each.
    await reader.query("set statement_timeout = 0; set enable_nestloop = off");
    const facilities = await rows<{ facility_id: string; timezone: string; lines: number }>(
      `select facility_id, timezone, lines_stored as lines
       from facilities join facility_states using (facility_id)
       where lines_stored > 0 and facility_id not like 'copy-%' order by facility_id`,
    );
    for (const { facility_id: facilityId, timezone, lines } of facilities) {
      const sources = {
        look: (path: string) => lookAt(facilityId, path),
        raw: new RawFigures({ rows }, facilityId, timezone),
      };
      yield { facilityId, lines, differences: await differencesOf(sources, days) };
    }
  } finally {
    // With its settings it goes back to nobody.
    reader.release(true);
  }
}
