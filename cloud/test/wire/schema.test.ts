import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../src/store/migrate.ts";
import * as apiSchema from "../../src/store/api-schema.ts";
import * as enrolmentSchema from "../../src/store/enrolment-schema.ts";
import * as notifySchema from "../../src/store/notify-schema.ts";
import * as moneySchema from "../../src/store/money-schema.ts";
import * as outlookSchema from "../../src/store/outlook-schema.ts";
import * as peopleSchema from "../../src/store/people-schema.ts";
import * as reportSchema from "../../src/store/report-schema.ts";
import * as retentionSchema from "../../src/store/retention-schema.ts";
import * as rulesSchema from "../../src/store/rules-schema.ts";
import * as schema from "../../src/store/schema.ts";
import * as storedSchema from "../../src/store/stored-schema.ts";
import * as upkeepSchema from "../../src/store/upkeep-schema.ts";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import {
  describeWithPostgres,
  startOwnPostgres,
  startPostgres,
  type TestPostgres,
} from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

const tables = Object.values({
  ...schema,
  ...apiSchema,
  ...enrolmentSchema,
  ...moneySchema,
  ...outlookSchema,
  ...peopleSchema,
  ...reportSchema,
  ...rulesSchema,
  ...retentionSchema,
  ...storedSchema,
  ...notifySchema,
  ...upkeepSchema,
})
  .filter((each) => each instanceof PgTable)
  .map((table) => getTableConfig(table));

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describeWithPostgres("the schema", () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  const rows = async <T>(sql: string): Promise<T[]> =>
    (await postgres.database.pool.query(sql)).rows as T[];

  test("of the migrations is the one that the program speaks", async () => {
    const made = await rows<{ line: string }>(
      `select table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable as line
       from information_schema.columns
       where table_schema = 'public' and table_name <> 'gatehouse_migrations'`,
    );
    const udtNames: Readonly<Record<string, string>> = {
      bigint: "int8",
      integer: "int4",
      boolean: "bool",
      "timestamp with time zone": "timestamptz",
      "text[]": "_text",
      "integer[]": "_int4",
      real: "float4",
    };
    const spoken = tables.flatMap(({ name, columns }) =>
      columns.map((column) => {
        const type = column.getSQLType();
        const isNullable = column.notNull ? "NO" : "YES";
        return `${name}.${snakeCase(column.name)} ${udtNames[type] ?? type} ${isNullable}`;
      }),
    );
    expect(made.map(({ line }) => line).toSorted()).toEqual(spoken.toSorted());
  });

  test("begins every key with the facility, and people's with the organisation, so that it can be spread", async () => {
    const firsts = await rows<{ name: string; first: string }>(
      `select relation.relname as name, attribute.attname as first
       from pg_index as key
       join pg_class as relation on relation.oid = key.indrelid
       join pg_attribute as attribute
         on attribute.attrelid = relation.oid and attribute.attnum = key.indkey[0]
       where relation.relnamespace = 'public'::regnamespace
         and relation.relname <> 'gatehouse_migrations'`,
    );
    expect(new Set(firsts.map(({ name }) => name)).size).toBe(tables.length);
    const ofPeople = new Set(
      Object.values({ ...peopleSchema, ...notifySchema, ...apiSchema }).map(
        (table) => getTableConfig(table).name,
      ),
    );
    for (const { name, first } of firsts)
      expect([name, first]).toEqual([name, ofPeople.has(name) ? "organisation_id" : "facility_id"]);
  });

  test("is made once: the next start changes nothing", async () => {
    expect(await migrate(postgres.database)).toBe(0);
  });

  test("of a newer program is left alone", async () => {
    await rows("insert into gatehouse_migrations values (1000, '1000_later', 'x', now())");
    await expect(migrate(postgres.database)).rejects.toThrow(/newer than this program/);
    await rows("delete from gatehouse_migrations where place = 1000");
  });

  test("that other migrations have made is left alone", async () => {
    await rows("update gatehouse_migrations set sha256 = 'other' || sha256");
    await expect(migrate(postgres.database)).rejects.toThrow(/not the one this program knows/);
    await rows("update gatehouse_migrations set sha256 = substr(sha256, length('other') + 1)");
  });
});

describeWithPostgres("while the database is away", () => {
  test("head office says so, loses nothing and goes on when it is back", async () => {
    const postgres = await startOwnPostgres();
    try {
      const office = new TestOffice(postgres.database);
      await office.headquarters.prepare();
      const ledger = writeStay(new EdgeLedger(), "1");
      await office.send(ledger.batch(1, 5));
      await postgres.server.stop();
      const upload = await office.upload(ledger.batch(6));
      expect([upload.status, upload.headers.get("retry-after")]).toEqual([503, "2"]);
      expect(await upload.json()).toMatchObject({ type: "database-away" });
      expect((await office.request("/readyz")).status).toBe(503);
      expect((await office.request("/healthz")).status).toBe(200);
      await postgres.server.start();
      expect((await office.request("/readyz")).status).toBe(200);
      expect(await office.send(ledger.batch(6))).toMatchObject({ acked_seq: 10 });
    } finally {
      await postgres.stop();
    }
  });
});
