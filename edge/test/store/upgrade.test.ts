import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { linesAfter } from "../../src/store/ledger.ts";
import { CarPark } from "../flows/car-park.ts";
import { MemoryOffice } from "../flows/memory-office.ts";
import { chainFault } from "./ledger-chain.ts";
import { oldBook } from "./old-book.ts";

/** Of a day's work: one vehicle has paid and left, one is inside, one has just come in. */
async function workADay(bookFile: string): Promise<CarPark> {
  const park = await CarPark.open({ bookFile });
  await park.enter("BAA1001");
  await park.enter("BBB2002");
  await park.pass(3 * 3600);
  await leave(park, "BAA1001");
  await park.enter("BCC3003");
  await park.facility.stop();
  return park;
}

async function leave(park: CarPark, plate: string): Promise<void> {
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", plate, { readId: `${plate} leaves` });
  await park.pass(6);
  await park.cross("exit-1");
  await park.pass(10);
}

/** Copies what a book holds into one of an older shape, as far as there are tables and columns for it. */
function copyInto(file: string, from: string): void {
  const old = new Database(file);
  old.exec(`attach '${from}' as newest`);
  const tables = old
    .prepare<[], { name: string }>(
      `select name from main.sqlite_schema join newest.sqlite_schema as known using (name)
       where main.sqlite_schema.type = 'table' and name not like '\\_\\_%' escape '\\'`,
    )
    .all();
  for (const { name } of tables) {
    const columnsOf = (schema: string): string[] =>
      old
        .prepare<[string, string], { name: string }>("select name from pragma_table_info(?, ?)")
        .all(name, schema)
        .map((column) => `"${column.name}"`);
    const known = new Set(columnsOf("newest"));
    const columns = columnsOf("main")
      .filter((column) => known.has(column))
      .join(", ");
    old.exec(`insert into main.${name} (${columns}) select ${columns} from newest.${name}`);
  }
  old.close();
}

/** What a stay was billed by is kept since books have money of their own. */
const sessionsOf = ({ sessions }: CarPark) => sessions.map(({ billing: _, ...session }) => session);

const held = (park: CarPark) => linesAfter(park.book, park.book.epoch, 0, 100_000);

test.for(["0006_sensors", "0010_money", "0014_sessions_by_plate"])(
  "a book from before %s opens with all that it held, and goes on",
  async (before, { onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), "gatehouse-upgrade-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const first = await workADay(join(folder, "newest.sqlite"));
    const lines = held(first);
    const [sessions, payments] = [sessionsOf(first), first.payments];
    const at = first.world.now();
    first.book.close();
    const bookFile = join(folder, "old.sqlite");
    oldBook(bookFile, before, "");
    copyInto(bookFile, join(folder, "newest.sqlite"));

    const office = new MemoryOffice();
    const park = new CarPark({ bookFile, link: office, seed: 8 });
    onTestFinished(() => park.book.close());
    expect(held(park)).toEqual(lines);
    expect(sessionsOf(park)).toEqual(sessions);
    expect(park.payments).toEqual(payments);

    await park.pass((at - park.world.now()) / 1000 + 60);
    await park.boot();
    await leave(park, "BBB2002");
    await park.enter("BDD4004", { readId: "BDD4004 comes" });
    await park.pass(60);
    expect(park.sessions.map(({ vehicleLicense, status }) => [vehicleLicense, status])).toEqual([
      ["BAA1001", "closed"],
      ["BBB2002", "closed"],
      ["BCC3003", "open"],
      ["BDD4004", "open"],
    ]);
    expect(chainFault(held(park))).toBeUndefined();
    expect(office.lines.map(({ text }) => text)).toEqual(held(park).map(({ text }) => text));
    await park.facility.stop();
  },
);
