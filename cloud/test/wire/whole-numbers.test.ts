import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";

describeWithPostgres("lists of whole numbers from the database", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test.each([
    ["'{}'", []],
    ["'{7}'", [7]],
    ["'{0,-3,2147483647}'", [0, -3, 2147483647]],
    ["'{1,NULL,2}'", [1, null, 2]],
    [
      "'{{1,2},{3,4}}'",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["null", null],
  ])("%s is read as it was written", async (sql, read) => {
    const { rows } = await postgres.database.pool.query(`select ${sql}::integer[] as list`);
    expect(rows).toEqual([{ list: read }]);
  });
});
