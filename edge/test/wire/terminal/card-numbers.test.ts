import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ZvtTerminalSim } from "@gatehouse/firmware-sim/wire/zvt-terminal";
import type { Log } from "@gatehouse/shared/ports/log";
import { setTimeout as realSleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ZvtTerminal } from "../../../src/adapters/terminal/zvt-terminal.ts";
import { CarPark } from "../../flows/car-park.ts";
import { card, clock, password } from "./car-at-exit.ts";

/** The whole number that the simulated terminal spills, and tracks of the same card. */
const leaked = /4532\D?0151\D?1283|453201|511283/;

test("no file of the daemon holds a card number, although its terminal spills them everywhere", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-cards-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const timezone = "Europe/Berlin";
  const sim = new ZvtTerminalSim({ port: 0, clock, timezone, password });
  await sim.start();
  onTestFinished(() => sim.stop());
  sim.onCardWanted(() => sim.presentCard(card));
  sim.setFault("leaks-cards");
  const write = (event: string, fields = {}): void =>
    appendFileSync(join(folder, "edge.log"), `${JSON.stringify({ event, ...fields })}\n`);
  const log: Log = { info: write, warn: write, error: write };
  const terminal = new ZvtTerminal({
    id: "terminal-exit-1",
    host: "127.0.0.1",
    port: sim.port,
    password,
    currency: "EUR",
    timezone,
    clock,
    log,
  });
  const park = await CarPark.open({
    bookFile: join(folder, "book.sqlite"),
    equipment: { "exit-1": { terminal } },
  });
  onTestFinished(() => park.facility.stop());
  await park.enter("BGH1234");
  await park.pass(3600);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  const isPaid = (): boolean => park.payments.some(({ status }) => status === "captured");
  for (let tries = 0; !isPaid() && tries < 600; tries++) {
    await realSleep(20);
    await park.pass(0.1);
  }
  expect(park.payments).toMatchObject([{ status: "captured", amount: 313 }]);
  const texts = readdirSync(folder).map((name) => [
    name,
    readFileSync(join(folder, name), "latin1"),
  ]);
  const names = texts.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(["book.sqlite", "book.sqlite-wal", "edge.log"]));
  // What is kept of the card, so that the search looks at the right place.
  expect(texts.some(([, text]) => text?.includes('"card_last_four":"1234"'))).toBe(true);
  expect(texts.filter(([, text]) => leaked.test(text ?? "")).map(([name]) => name)).toEqual([]);
});
