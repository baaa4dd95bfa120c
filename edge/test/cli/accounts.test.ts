import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Control } from "@gatehouse/edge/faces/control";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { MerchantAnswer, SubscriptionsData } from "@gatehouse/shared/contracts/accounts";
import { ControlAnswer, RefusedData } from "@gatehouse/shared/contracts/control";
import { hours, isoOf, later } from "@gatehouse/shared/time";
import { expect, onTestFinished, test } from "vitest";
import { keepPermit } from "../../src/store/rights.ts";
import { logInto } from "../faces/running-kiosk.ts";
import { CarPark } from "../flows/car-park.ts";
import { complaints, openDrawer } from "../flows/money/till.ts";
import { gatehouseAt } from "./run-command.ts";

/** A whole facility behind its control socket, and the command line of its technician. */
async function daemon() {
  const park = await CarPark.open();
  const data = mkdtempSync(join(tmpdir(), "gh-accounts-"));
  const { facility: desk, machine: clock } = park;
  const control = new Control({ dataDir: data, desk, clock, log: logInto([]) });
  await control.start();
  onTestFinished(async () => {
    await control.stop();
    await park.facility.stop();
  });
  const random = new SeededRandom(7);
  const run = (line: string) =>
    gatehouseAt(
      { random },
      "--data",
      data,
      ...line.split(" ").map((word) => word.replaceAll("_", " ")),
    );
  return { park, run };
}

const why = "--reason as_agreed";

test("a merchant is added, changed, given a token, and shut off, each time with who and why", async () => {
  const { park, run } = await daemon();
  expect((await run(`merchant add bakery --name Bakery --stay-cap 150 ${why}`)).code).toBe(0);
  expect((await run(`merchant add bakery --name Bakery ${why}`)).code).toBe(2);
  const changed = await run(`merchant change bakery --month-cap 40000 --stay-cap none ${why}`);
  expect(changed.out).toBe("Bakery is kept.");
  const told = await run(`merchant token bakery ${why} --json`);
  const { token } = MerchantAnswer.parse(ControlAnswer.parse(JSON.parse(told.out)).data);
  expect(park.facility.money.merchantPage(token ?? "")).toMatchObject({ name: "Bakery" });
  expect((await run("merchant list")).out).toMatch(/bakery +Bakery +active +none +€400\.00/);
  await run(`merchant change bakery --inactive ${why} --actor dora`);
  expect(park.facility.money.merchantPage(token ?? "")).toBeUndefined();
  const facts = park.facts("merchant-changed");
  expect(facts.map(({ reason }) => reason)).toEqual(Array(4).fill("as agreed"));
  expect(facts.at(-1)).toMatchObject({ is_active: false, by: { id: "dora" } });
  expect(JSON.stringify(park.ledger)).not.toContain(token);
});

test("a change that changes nothing is told nobody", async () => {
  const { park, run } = await daemon();
  await run(`account open acc-1 --holder Jo --plate BGH1234 ${why}`);
  const same = await run(`account change acc-1 --plate b-gh_1234 ${why}`);
  expect(same.out).toBe("The account of Jo is as it was.");
  expect(park.facts("value-account-changed")).toHaveLength(1);
});

test("an account is loaded in cash, blocked, and closed with a pay-out from the same drawer", async () => {
  const { park, run } = await daemon();
  openDrawer(park);
  expect((await run(`account open acc-1 --holder Jo --plate BGH1234 AB123 ${why}`)).code).toBe(0);
  const load = `account top-up acc-1 --amount 2000 --till till-1 ${why}`;
  expect(await run(load)).toMatchObject({ code: 2, out: expect.stringContaining("anna's") });
  expect((await run(`${load} --actor anna`)).out).toContain("€20.00 paid");
  expect((await run("account list --search jo")).out).toMatch(/acc-1 +Jo +active +€20\.00 +AB123/);

  expect((await run(`account block acc-1 ${why}`)).out).toBe("The account of Jo is blocked.");
  const blocked = await run(`${load} --actor anna`);
  expect(blocked).toMatchObject({ code: 2, out: expect.stringContaining("blocked or closed") });
  const close = `account close acc-1 --till till-1 --actor anna ${why}`;
  expect((await run(close)).out).toContain("closed; €20.00 go to its holder");
  expect((await run(close)).out).toContain("closed; €20.00 go to its holder");
  const statement = await run("account statement acc-1");
  expect(statement.out).toMatch(/account closed .* -€20\.00 +€0\.00/);
  expect(statement.out).toMatch(/capture +cash .* €20\.00 +€20\.00/);
  expect(park.facts("value-account-changed").at(-1)).toMatchObject({
    is_active: false,
    plates: [],
    reason: "as agreed",
  });
  const [drawer] = park.book.db.all<{ minor: number }>(
    "select sum(minor) as minor from postings where account = 'drawer'" as never,
  );
  expect(drawer).toEqual({ minor: 5000 });
  expect(complaints(park)).toEqual([]);
});

test("more than the drawer holds is paid out by a transfer", async () => {
  const { park, run } = await daemon();
  openDrawer(park, "anna", "till-1", 0);
  openDrawer(park, "emil", "till-2", 0);
  await run(`account open acc-1 --holder Jo ${why}`);
  await run(`account top-up acc-1 --amount 2000 --till till-1 --actor anna ${why}`);
  const short = await run(`account close acc-1 --till till-2 --actor emil ${why}`);
  expect(short).toMatchObject({ code: 2, out: expect.stringContaining("less in the drawer") });
  expect((await run(`account close acc-1 --transfer ${why}`)).code).toBe(0);
  expect(complaints(park)).toEqual([]);
});

test("a permit is renewed from its account, rests, and is renewed again without what lies between", async () => {
  const { park, run } = await daemon();
  openDrawer(park);
  const until = isoOf(later(park.machine.now(), hours(-24)));
  park.book.write((tx) =>
    keepPermit(tx, {
      permit_id: "permit-1",
      plates: ["BGH1234"],
      lanes: [],
      zones: [],
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: until,
    }),
  );
  const add = `subscription add sub-1 --permit permit-1 --account acc-1 --price 5900 --tax 19 --paid-until ${until}`;
  expect((await run(`${add} ${why}`)).out).toContain("There is no such account.");
  await run(`account open acc-1 --holder Jo ${why}`);
  expect((await run(`${add} ${why}`)).code).toBe(0);
  const empty = await run(`subscription charge sub-1 ${why}`);
  expect(empty).toMatchObject({ code: 2, out: expect.stringContaining("It was not paid") });
  expect(await run("subscription list")).toMatchObject({
    code: 1,
    out: expect.stringContaining("past-due, tried 1 times"),
  });

  expect((await run(`subscription pause sub-1 ${why}`)).out).toContain("rests");
  await park.pass(3600);
  const { subscriptions } = park.facility.accounts.subscriptions();
  expect(subscriptions).toMatchObject([{ state: "paused", owed_minor: 0, holds_until: until }]);
  expect((await run(`account close acc-1 --transfer ${why}`)).out).toContain("cancel subscription");
  await run(`subscription resume sub-1 ${why}`);
  const now = isoOf(park.machine.now());
  const listed = await run("subscription list --json");
  const { data } = ControlAnswer.parse(JSON.parse(listed.out));
  expect(SubscriptionsData.parse(data).subscriptions).toMatchObject([
    { state: "active", paid_until: now, owed_minor: 0 },
  ]);

  await run(`account top-up acc-1 --amount 12000 --till till-1 --actor anna ${why}`);
  const paid = await run(`subscription charge sub-1 ${why}`);
  expect(paid).toMatchObject({ code: 0, out: expect.stringContaining("renews itself") });
  const early = await run(`subscription charge sub-1 ${why}`);
  expect(early).toMatchObject({ code: 2, out: expect.stringContaining("asked for a day before") });
  await run(`subscription cancel sub-1 ${why} --actor dora`);
  expect(park.facts("subscription-changed").at(-1)).toMatchObject({
    state: "cancelled",
    by: { id: "dora" },
  });
  expect((await run(`subscription resume sub-1 ${why}`)).code).toBe(2);
  expect(complaints(park)).toEqual([]);
});

test.each([
  ["merchant change nobody --name X --reason x", "no-such-merchant"],
  ["account change nobody --holder X --reason x", "no-such-account"],
  ["account statement nobody", "no-such-account"],
  ["account close nobody --transfer --reason x", "no-such-account"],
  ["account top-up nobody --amount 5 --means-on-file --reason x", "no-such-account"],
  ["subscription pause nobody --reason x", "no-such-subscription"],
])("%s is refused: %s", async (line, reason) => {
  const { run } = await daemon();
  const said = await run(`${line} --json`);
  const answer = ControlAnswer.parse(JSON.parse(said.out));
  expect([said.code, answer.exit_code]).toEqual([2, 2]);
  expect(RefusedData.parse(answer.data)).toMatchObject({ reason, hint: expect.any(String) });
});

test.each([
  "merchant add bakery --reason x",
  "account open acc-1 --holder Jo",
  "account open acc-1 --holder Jo --gateway stripe --reason x",
  "account open acc-1 --holder Jo --load-below 500 --reason x",
  "account top-up acc-1 --amount 2.50 --till t --reason x",
  "account top-up acc-1 --amount 250 --reason x",
  "account close acc-1 --reason x",
  "subscription add s --permit p --account a --price 100 --paid-until soon --reason x",
])("%s is no command", async (line) => {
  const { run } = await daemon();
  expect((await run(line)).code).toBe(64);
});
