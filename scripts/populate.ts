import { join, resolve } from "node:path";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { earlier, hours } from "@gatehouse/shared/time";
import { type Database, openDatabase } from "../cloud/src/store/database.ts";
import { EmbeddedPostgres } from "../cloud/src/store/embedded-postgres.ts";
import { migrate } from "../cloud/src/store/migrate.ts";
import { openDesk } from "../cloud/src/store/reports/desk.ts";
import { recordPastMetrics } from "../cloud/src/store/reports/metrics.ts";
import { compareAll } from "./populate/compare.ts";
import { type PopulateOptions, readOptions, usage } from "./populate/options.ts";
import { hourStart, tellFacility } from "./populate/tell.ts";

const log: Log = {
  info: () => {},
  warn: (event, fields) => console.error(event, fields ?? ""),
  error: (event, fields) => console.error(event, fields ?? ""),
};

/** `npm run populate`: fills head office's database with believable history (requirements A22). */
async function populate(options: PopulateOptions): Promise<void> {
  const url = process.env["DATABASE_URL"];
  if (url !== undefined && url !== "") return onDatabase(openDatabase(url, log), options);
  const folder = join(resolve(options.data), "postgres");
  const server = new EmbeddedPostgres({ folder, log });
  await server.start();
  try {
    await onDatabase(openDatabase(server.connection, log), options);
  } finally {
    await server.stop();
  }
}

async function onDatabase(database: Database, options: PopulateOptions): Promise<void> {
  try {
    await migrate(database);
    const now = new PacedClock().now();
    const until = hourStart(now);
    const begin = earlier(until, hours(24 * options.days));
    const telling = { database, log, seed: options.seed, scale: options.scale, begin, until };
    for (let number = 0; number < options.facilities; number += 1) {
      const { facilityId, lines, held } = await tellFacility(telling, number);
      const known = held === 0 ? "" : ` (${held} were held)`;
      const desk = await openDesk(database, facilityId, now);
      const metrics = desk === undefined ? 0 : await recordPastMetrics(desk, options.metricsDays);
      console.log(`${facilityId}: ${lines} lines${known}, ${metrics} metrics`);
    }
    if (options.check) await compare(database, options);
  } finally {
    await database.pool.end();
  }
}

/** Says of every facility in which figures its reports and its raw lines differ. */
async function compare(database: Database, { days }: PopulateOptions): Promise<void> {
  let wrong = 0;
  for await (const { facilityId, lines, differences } of compareAll(database, days)) {
    wrong += differences.length;
    const verdict = differences.length === 0 ? "agree with" : "differ from";
    console.log(`${facilityId}: reports of ${days} days ${verdict} ${lines} raw lines`);
    for (const { figure, told, raw } of differences)
      console.log(`  ${figure}: ${JSON.stringify(told)} told, ${JSON.stringify(raw)} raw`);
  }
  if (wrong > 0) throw new Error(`${wrong} figures differ`);
}

try {
  await populate(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  const isUsage = error instanceof RangeError || (error instanceof TypeError && "code" in error);
  if (isUsage) console.error(usage);
  process.exitCode = isUsage ? 64 : 3;
}
