import { randomUUID } from "node:crypto";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { MerchantPage } from "@gatehouse/shared/contracts/validations";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { type Instant, minutes } from "@gatehouse/shared/time";
import { beforeEach, describe, expect, test } from "vitest";
import { startKiosk } from "./kiosk-fixture.ts";
import type { RunningKiosk } from "./running-kiosk.ts";

const boss = { kind: "attendant", id: "boss" } as const;

describe("a merchant's own page and till", () => {
  const clock = new VirtualClock(Date.UTC(2026, 2, 4, 6, 30) as Instant);
  let kiosk: RunningKiosk;
  let token: string;

  beforeEach(async () => {
    kiosk = await startKiosk({ clock });
    const kept = await kiosk.desk.accounts.keepMerchant(
      {
        request_id: randomUUID(),
        reason: "contract signed",
        merchant_id: "bakery",
        name: "Bakery",
        stay_cap_minor: null,
        month_cap_minor: 5000,
        is_active: true,
        new_token: true,
      },
      boss,
    );
    token = kept.token ?? "";
  });

  const ask = (bearer: string, body?: object): Promise<Response> =>
    fetch(`${kiosk.url}/api/validate`, {
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
  const problemOf = async (response: Response): Promise<string> =>
    Problem.parse(await response.json()).type;
  const gift = { request_id: "press-1-of-a-till", kind: "minutes", value: 60, plate: "AA 1" };

  test("tells whose it is to its token, and to nothing else", async () => {
    expect(MerchantPage.parse(await (await ask(token)).json())).toEqual({
      merchant_id: "bakery",
      name: "Bakery",
      currency: "EUR",
      left_this_month_minor: 5000,
    });
    expect((await ask("of-nobody")).status).toBe(401);
    expect((await fetch(`${kiosk.url}/api/validate`)).status).toBe(401);
  });

  test("says that a vehicle is not inside, and what of a request it does not understand", async () => {
    const missing = await ask(token, gift);
    expect([missing.status, await problemOf(missing)]).toEqual([404, "not-inside"]);
    expect((await ask(token, { ...gift, kind: "gold" })).status).toBe(422);
  });

  test("is no use to somebody who guesses tokens", async () => {
    for (let guess = 0; guess < 10; guess += 1)
      expect((await ask(`guess-${guess}`)).status).toBe(401);
    const tired = await ask(token);
    expect([tired.status, await problemOf(tired)]).toEqual([429, "slow-down"]);
    expect(Number(tired.headers.get("retry-after"))).toBeGreaterThan(0);
    await clock.advance(minutes(20));
    expect((await ask(token)).status).toBe(200);
  });

  test("answers sixty times a minute and no more", async () => {
    const statuses = [];
    for (let asked = 0; asked < 61; asked += 1) statuses.push((await ask(token)).status);
    expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(statuses[60]).toBe(429);
    await clock.advance(minutes(1));
    expect((await ask(token)).status).toBe(200);
  });

  test("ends for a token that was replaced", async () => {
    const { token: next } = await kiosk.desk.accounts.keepMerchant(
      {
        request_id: randomUUID(),
        reason: "contract signed",
        merchant_id: "bakery",
        name: "Bakery",
        stay_cap_minor: null,
        month_cap_minor: null,
        is_active: true,
        new_token: true,
      },
      boss,
    );
    expect((await ask(token)).status).toBe(401);
    expect((await ask(next ?? "")).status).toBe(200);
  });
});
