import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StripeDouble } from "@gatehouse/firmware-sim/wire/stripe-double";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { Control } from "@gatehouse/edge/faces/control";
import { Kiosk } from "@gatehouse/edge/faces/kiosk";
import type { OnlineGateway } from "@gatehouse/shared/ports/online-gateway";
import { expect, onTestFinished, test } from "vitest";
import { StripeGateway } from "../../../src/adapters/online/stripe.ts";
import { pinoLog } from "../../../src/adapters/pino-log.ts";
import { UnreadMessages } from "../../../src/adapters/sensor/unread-messages.ts";
import { gatehouseAt } from "../../cli/run-command.ts";
import { operatorsWithPins, type PageClient, signedIn } from "../../faces/running-kiosk.ts";
import { CarPark } from "../../flows/car-park.ts";
import { openDrawer } from "../../flows/money/till.ts";
import { apiKey, facilityId, secret } from "../online/gateway-contract.ts";

/** A card's number as people, forms and devices write it. */
const written = ["4532015112830366", "4532 0151 1283 0366", "4532-0151-1283-0366"] as const;
const [pan, spaced, dashed] = written;
const leaked = /4532\D?0151\D?1283/;

/** A whole facility on a real file, with its doors open: kiosk, control socket, gateway. */
async function house() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-typed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = pinoLog("edge");
  const gateways: { gateway: OnlineGateway; returnUrl: string }[] = [];
  const support = { recentLog: log.recent, secrets: [apiKey, secret] };
  const park = new CarPark({ bookFile: join(folder, "book.sqlite"), gateways, support });
  const double = new StripeDouble({ clock: park.world, apiKey, secret });
  await double.start();
  const stripe = { id: "stripe", facilityId, apiKey, callbackSecrets: [secret] };
  const gateway = new StripeGateway({
    ...stripe,
    url: double.server.url,
    timeoutMs: 500,
    retries: 0,
  });
  gateways.push({ gateway, returnUrl: "http://127.0.0.1/" });
  await park.boot();
  const { facility: desk, machine: clock } = park;
  const kiosk = new Kiosk({
    listen: { host: "127.0.0.1", port: 0 },
    desk,
    operators: await operatorsWithPins,
    cameraTokens: {},
    clock,
    random: new SystemRandom(),
    log,
    webDir: folder,
    rate: 1,
  });
  const control = new Control({ dataDir: folder, desk, clock, log });
  await kiosk.start();
  await control.start();
  onTestFinished(async () => {
    await control.stop();
    await kiosk.stop();
    await park.facility.stop();
    await double.stop();
  });
  const random = new SeededRandom(7);
  const run = (...words: readonly string[]) => gatehouseAt({ random }, "--data", folder, ...words);
  return {
    park,
    folder,
    log,
    run,
    double,
    boris: await signedIn(`http://127.0.0.1:${kiosk.port}`, "boris"),
  };
}

/** Everything that a person can write about at the kiosk. */
async function typeEverywhere(boris: PageClient, sessionId: string): Promise<void> {
  let presses = 0;
  const press = () => ({ request_id: `press-${++presses}-${pan}`, reason: `Card ${pan}` });
  const today = "2026-06-01T20:00:00";
  const writings: readonly (readonly [string, object])[] = [
    [
      "/api/money/accounts",
      { ...press(), account_id: "acc-1", holder: `Jo ${spaced}`, plates: [pan] },
    ],
    ["/api/money/merchants", { ...press(), merchant_id: "bakery", name: `Bakery ${dashed}` }],
    ["/api/money/debt-note", { ...press(), session_id: sessionId, name: spaced, contact: dashed }],
    [
      "/api/money/nil",
      { ...press(), subject_id: sessionId, reason: "other", explanation: `card ${pan}` },
    ],
    [
      "/api/rights/visitors",
      {
        visitor_id: "visitor-0001",
        plate: pan,
        name: spaced,
        host: dashed,
        valid_until: today,
        why: pan,
      },
    ],
    ["/api/rights/lists", { list: "deny", plate: pan, reason: spaced, why: dashed }],
    [`/api/sessions/${sessionId}/plate`, { ...press(), plate: pan }],
    ["/api/lanes/entry-1/open", { ...press(), reason: "other", note: `He said ${spaced}` }],
    ["/api/mode", { ...press(), mode: "open" }],
    [
      "/api/tickets",
      {
        ...press(),
        equipment_id: "gate-entry-1",
        maintenance_type: pan,
        description: `card ${spaced} lies below`,
      },
    ],
  ];
  const statuses: number[] = [];
  for (const [path, body] of writings) statuses.push((await boris.post(path, body)).status);
  // Some are refused, as a plate that is a card number; those that are kept are what matters.
  expect(statuses.filter((status) => status < 300).length).toBeGreaterThanOrEqual(6);
}

test("a card number that somebody types, sends or holds before a camera comes out nowhere", async () => {
  const { park, folder, log, run, double, boris } = await house();
  openDrawer(park, "boris");
  const { sessionId } = await park.enter("BGH1234");
  await park.pass(3600);
  await typeEverywhere(boris, sessionId);

  await run("gate", "open", "entry-1", "--reason", `driver read out ${spaced}`);
  await run("account", "change", "acc-1", "--holder", `Jo ${pan}`, "--reason", dashed);
  for (const [index, text] of written.entries()) {
    await park.arrive("entry-1");
    const candidates = [{ plate: text, confidence: 0.9 }];
    park.read("entry-1", text, { readId: `hostile-${index}`, candidates, correctedPlate: text });
    await park.backOff("entry-1");
    await park.pass(20);
  }
  const told = { id: `evt_${pan}`, type: `card ${pan}`, data: { number: spaced, track: dashed } };
  const call = { gateway: "stripe", receivedAt: park.world.now(), via: "door" } as const;
  park.facility.callbacks.receive({
    ...call,
    body: Buffer.from(pan),
    headers: { "stripe-signature": `t=${pan}` },
  });
  const text = JSON.stringify(told);
  const signed = double.sign({ id: "evt_1", type: "charge.failed", body: text });
  park.facility.callbacks.receive({ ...call, ...signed });
  await park.facility.callbacks.handleAll();
  log.warn("device said", { detail: `swiped ${pan}`, error: new Error(`bad message: ${dashed}`) });

  const out = join(folder, "dump.json");
  expect(await run("dump", "--out", out)).toMatchObject({ code: 0 });
  for (const format of ["csv", "datev", "json"]) {
    const day = ["--from", "2026-06-01", "--to", "2026-06-01"];
    const file = join(folder, `books.${format}`);
    expect(await run("books", "export", ...day, "--format", format, "--out", file)).toMatchObject({
      code: 0,
    });
  }
  await park.pass(60);
  const files = readdirSync(folder).filter((name) => !name.startsWith("control"));
  expect(files).toEqual(
    expect.arrayContaining(["book.sqlite", "book.sqlite-wal", "dump.json", "books.csv"]),
  );
  const found = files.filter((name) => leaked.test(readFileSync(join(folder, name), "latin1")));
  expect(found).toEqual([]);
  expect(log.recent().join("\n")).not.toMatch(leaked);
  // What is left of it, so that the search looks at the right places.
  const dump = readFileSync(out, "utf8");
  expect(dump).toContain("Jo [card …0366]");
  expect(dump).toContain("swiped [card …0366]");
  expect(dump).not.toContain(secret);
});

test("a message that no sensor should send is shown to technicians without its card number", () => {
  const messages = new UnreadMessages();
  const payload = `{"user":"${spaced}"}`;
  messages.add(0 as never, "sensors/a", undefined, "no JSON", payload);
  expect(messages.all).toMatchObject([{ payload: '{"user":"[card …0366]"}' }]);
});
