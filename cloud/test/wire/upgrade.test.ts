import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { hours, type Instant, isoOf, later } from "@gatehouse/shared/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { questionsOf } from "../../../scripts/bench/page-questions.ts";
import { decidedFor, sendDecided } from "../../../scripts/populate/decided.ts";
import { Headquarters } from "../../src/headquarters.ts";
import type { Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeKey, officeToken, TestOffice } from "../head-office.ts";
import { columnsOf, oldDatabase, type OldProgram } from "../old-database.ts";
import { silentLog } from "../silent-log.ts";
import { townSums } from "./town.ts";
import { tellPast, type TownFacility, townFacility } from "./town-history.ts";

const begin = Date.UTC(2026, 9, 22, 0) as Instant;
const told = 24 * 6 + 14;
const now = later(begin, hours(told));

const programs: readonly OldProgram[] = [
  { migration: "0009_of_session", unknownTypes: ["devices-told"] },
  { migration: "0013_violation_payments", unknownTypes: [] },
];

/**
 * Sums are made anew by another way: they are compared with those of this program. The others change with every batch,
 * or with what this program understands of lines that were set aside.
 */
const moving = new Set<string>([
  ...townSums,
  "facility_states",
  "set_aside_lines",
  "alerts",
  "watermarks",
]);

/** How often a rule was changed an older program has not counted. */
const untold = new Set(["access_rules.version"]);

const officeAt = (database: Database, ids: readonly string[], at: Instant): TestOffice => {
  const clock = new VirtualClock(at);
  const headquarters = new Headquarters({
    database,
    clock,
    random: new SeededRandom(1),
    log: silentLog,
    tokens: TestOffice.tokens(ids),
    key: officeKey,
  });
  return new TestOffice(database, ids, { clock, headquarters });
};

const rowsOf = async (
  { pool }: Database,
  table: string,
  columns: readonly string[],
): Promise<string[]> => {
  const names = columns.map((column) => `"${column}"`).join(", ");
  const { rows } = await pool.query<{ row: string }>(
    `select to_jsonb(each)::text as row from (select ${names} from ${table}) as each order by 1`,
  );
  return rows.map(({ row }) => row);
};

describeWithPostgres("a database that an older program has filled", () => {
  let postgres: TestPostgres;
  let newest: TestOffice;
  const facilities: TownFacility[] = [0, 3].map((number) => townFacility(number, begin, 0.2));
  const ids = facilities.map(({ plan }) => plan.facilityId);

  beforeAll(async () => {
    postgres = await startPostgres();
    newest = await officeAt(postgres.database, ids, now).begin();
    for (const { plan } of facilities) {
      const decided = decidedFor(plan, begin, new SeededRandom(3));
      await sendDecided(postgres.database, plan.facilityId, decided, begin);
    }
    for (const facility of facilities) await tellPast(newest, facility, told);
  }, 300_000);
  afterAll(() => postgres.stop());

  /** The next thing that a facility says: what comes after an upgrade is taken as ever. */
  const nextBatch = ({ plan: { facilityId, card } }: TownFacility) => ({
    facility_id: facilityId,
    epoch: 2,
    first_seq: 3,
    lines: [],
    spaces_through: 0,
    spaces: [],
    sent_at: isoOf(now),
    directives_through: 0,
    version: "0.2.0",
    facility: card,
  });

  const sumsOf = (database: Database, facilityId: string) =>
    Promise.all(
      townSums.map(async (table) => {
        const { rows } = await database.pool.query<Record<string, unknown>>(
          `select * from ${table} where facility_id = $1 order by ${table}`,
          [facilityId],
        );
        // What was counted and taken away again leaves a row of nothing.
        return rows.filter((row) => Object.values(row).some((value) => Number(value) > 0));
      }),
    );

  test.for(programs)("$migration: is brought here whole", async (program, context) => {
    const old = await oldDatabase(postgres, program);
    context.onTestFinished(() => old.pool.end());
    const before = await columnsOf(old);
    const held = await Promise.all(before.map(({ table, columns }) => rowsOf(old, table, columns)));

    expect(await migrate(old)).toBeGreaterThan(0);
    const kept = before.map(({ table, columns }) => rowsOf(old, table, columns));
    expect(await Promise.all(kept)).toEqual(held);

    const office = officeAt(old, ids, now);
    await office.headquarters.start();
    await office.headquarters.secondReading;
    await office.headquarters.stop();
    for (const facility of facilities) {
      await newest.send(nextBatch(facility));
      expect(await office.send(nextBatch(facility))).toMatchObject({ epoch: 2, acked_seq: 2 });
    }

    for (const { table, columns } of await columnsOf(postgres.database)) {
      if (moving.has(table)) continue;
      const spoken = columns.filter((column) => !untold.has(`${table}.${column}`));
      const [ours, theirs] = [postgres.database, old].map((each) => rowsOf(each, table, spoken));
      expect([table, await theirs]).toEqual([table, await ours]);
    }
    for (const facilityId of ids) {
      const made = await sumsOf(old, facilityId);
      expect(made).toEqual(await sumsOf(postgres.database, facilityId));
      expect(made.every((rows) => rows.length > 0)).toBe(true);
    }
    for (const question of await questionsHere()) {
      const [ours, theirs] = [newest, office].map((each) => answerOf(each, question));
      expect([question, await theirs]).toEqual([question, await ours]);
    }
  });

  /** Everything that pages ask, of one of the facilities. */
  const questionsHere = async (): Promise<string[]> => {
    const facilityId = ids[0] ?? "";
    const [session] = await newest.rows<{ plate: string; session_id: string }>(
      `select plate, session_id from sessions where facility_id = $1 and exit_at is not null and plate is not null
       order by entry_at desc limit 1`,
      [facilityId],
    );
    const questions = questionsOf(postgres.database, {
      facilityId,
      plate: session?.plate ?? "",
      sessionId: session?.session_id ?? "",
      from: "2026-10-22",
      to: "2026-10-27",
    });
    // What names one thing of many needs its name; and metrics are a process's own.
    return questions.filter((each) => !/:|\/metrics/.test(each));
  };
});

const answerOf = async (office: TestOffice, path: string): Promise<unknown> => {
  const response = await office.request(path, {
    headers: { authorization: `Bearer ${officeToken}` },
  });
  expect([path, response.status]).toEqual([path, 200]);
  return response.json();
};
