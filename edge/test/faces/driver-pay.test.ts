import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { DriverPage } from "@gatehouse/shared/contracts/driver-pay";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { type Instant, minutes } from "@gatehouse/shared/time";
import { beforeEach, describe, expect, test } from "vitest";
import { startKiosk } from "./kiosk-fixture.ts";
import type { RunningKiosk } from "./running-kiosk.ts";

describe("drivers' phones", () => {
  const clock = new VirtualClock(Date.UTC(2026, 2, 4, 6, 30) as Instant);
  let kiosk: RunningKiosk;

  beforeEach(async () => {
    kiosk = await startKiosk({ clock });
  });

  const ask = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${kiosk.url}/api/pay/due`, {
      method: "POST",
      headers: { origin: kiosk.url, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const from = (address: string) => ({ "x-forwarded-for": `9.9.9.9, ${address}` });
  const typeOf = async (response: Response): Promise<string> =>
    Problem.parse(await response.json()).type;

  test("are told where they are without a login", async () => {
    const page = await fetch(`${kiosk.url}/api/pay`);
    expect(DriverPage.parse(await page.json())).toMatchObject({ currency: "EUR", gateways: [] });
  });

  test("say a plate or a ticket, not both and not neither", async () => {
    expect((await ask({})).status).toBe(422);
    expect((await ask({ plate: "AA 1", ticket: "0000017" })).status).toBe(422);
    expect((await ask({ session_id: "of-somebody" })).status).toBe(422);
  });

  test("that go through plates wait, and those elsewhere do not", async () => {
    for (let guess = 0; guess < 10; guess += 1)
      expect((await ask({ plate: `AA ${guess}` }, from("1.2.3.4"))).status).toBe(404);
    const tired = await ask({ plate: "AA 10" }, from("1.2.3.4"));
    expect([tired.status, await typeOf(tired)]).toEqual([429, "slow-down"]);
    expect(Number(tired.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask({ plate: "AA 10" }, from("5.6.7.8"))).status).toBe(404);
    await clock.advance(minutes(20));
    expect((await ask({ plate: "AA 10" }, from("1.2.3.4"))).status).toBe(404);
  });

  test("learn nothing of a payment without the id that its phone made", async () => {
    const answer = await fetch(
      `${kiosk.url}/api/pay/payments/019a7c4e-0000-7000-8000-000000000000`,
    );
    expect([answer.status, await typeOf(answer)]).toEqual([404, "no-such-payment"]);
  });

  test("ask so much in a minute and no more, whatever they ask for", async () => {
    const statuses = [];
    for (let asked = 0; asked < 31; asked += 1) statuses.push((await ask({})).status);
    expect(statuses.slice(0, 30).every((status) => status === 422)).toBe(true);
    expect(statuses[30]).toBe(429);
  });
});
