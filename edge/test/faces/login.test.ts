import { describe, expect, test } from "vitest";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { Welcome } from "@gatehouse/shared/contracts/kiosk";
import { hours, minutes, seconds, type Instant } from "@gatehouse/shared/time";
import { Logins } from "@gatehouse/edge/faces/logins";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { Lockout } from "@gatehouse/edge/faces/lockout";
import { placeOf } from "@gatehouse/edge/faces/sign-in";
import { startKiosk } from "./kiosk-fixture.ts";
import { PageClient, pins, signedIn } from "./running-kiosk.ts";

const start = Date.UTC(2026, 2, 4, 6, 30) as Instant;

describe("signing in", () => {
  test("the right PIN opens the kiosk, and only a cookie that scripts cannot read says so", async () => {
    const { url } = await startKiosk();
    const page = new PageClient(url);
    const response = await page.signIn("anna");
    expect(await response.json()).toEqual({
      operator: "anna",
      name: "Anna Weiß",
      role: "attendant",
    });

    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^gatehouse_login=[A-Za-z0-9_-]{43};/);
    expect(cookie.split("; ").slice(1).toSorted()).toEqual([
      "HttpOnly",
      "Max-Age=43200",
      "Path=/",
      "SameSite=Strict",
    ]);
    expect((await page.get("/api/me")).status).toBe(200);
  });

  test("two logins never share a token", async () => {
    const { url } = await startKiosk();
    const [first, second] = [await signedIn(url, "anna"), await signedIn(url, "anna")];
    expect(first.cookie).not.toBe(second.cookie);
  });

  test("the sign-in page tells who may sign in, and neither roles nor hashes", async () => {
    const { url } = await startKiosk();
    const text = await (await fetch(`${url}/api/welcome`)).text();
    expect(Welcome.parse(JSON.parse(text)).operators[0]).toEqual({
      operator: "anna",
      name: "Anna Weiß",
    });
    expect(text).not.toMatch(/scrypt|supervisor|technician/);
  });

  test("a wrong PIN and an unknown name get the same answer", async () => {
    const { url } = await startKiosk();
    const page = new PageClient(url);
    const wrong = await page.post("/api/login", { operator: "anna", pin: "0000" });
    const unknown = await page.post("/api/login", { operator: "nobody", pin: "0000" });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  test("signing out ends the login for good", async () => {
    const { url } = await startKiosk();
    const page = await signedIn(url, "anna");
    const response = await page.post("/api/logout");
    expect(response.status).toBe(204);
    expect(response.headers.get("set-cookie")).toMatch(/^gatehouse_login=;.*Max-Age=0/);
    expect((await page.get("/api/me")).status).toBe(401);
  });

  test("a login ends after a shift of twelve real hours, also when time runs twenty times as fast", async () => {
    const clock = new VirtualClock(start);
    const { url } = await startKiosk({ clock, rate: 20 });
    const page = await signedIn(url, "anna");
    await clock.advance(hours(12 * 20 - 1));
    expect((await page.get("/api/me")).status).toBe(200);
    await clock.advance(hours(1));
    expect((await page.get("/api/me")).status).toBe(401);
  });

  test("an operator's seventeenth login ends the first", () => {
    const logins = new Logins({
      clock: new VirtualClock(start),
      random: new SeededRandom(1),
      rate: 1,
    });
    const me = { operator: "anna", name: "Anna", role: "attendant" } as const;
    const tokens = Array.from({ length: 17 }, () => logins.begin(me).token);
    expect(logins.find(tokens[0])).toBeUndefined();
    expect(tokens.slice(1).every((token) => logins.find(token) !== undefined)).toBe(true);
  });
});

describe("guessing", () => {
  test("the fifth wrong PIN locks the operator: even the right one must wait, then works", async () => {
    const clock = new VirtualClock(start);
    const { url } = await startKiosk({ clock });
    const page = new PageClient(url);
    for (let guess = 0; guess < 5; guess += 1)
      expect((await page.signIn("anna", "0000")).status).toBe(401);

    const locked = await page.signIn("anna");
    expect(locked.status).toBe(429);
    expect(locked.headers.get("retry-after")).toBe("10");
    expect(Problem.parse(await locked.json()).type).toBe("locked-out");
    expect((await page.signIn("boris")).status).toBe(200);

    await clock.advance(seconds(10));
    expect((await page.signIn("anna")).status).toBe(200);
  });

  test("guesses sent side by side gain nothing", async () => {
    const { url } = await startKiosk({ clock: new VirtualClock(start) });
    const page = new PageClient(url);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => page.post("/api/login", { operator: "anna", pin: "0000" })),
    );
    const heard = answers.filter(({ status }) => status === 401);
    expect(heard.length).toBe(5);
    expect(answers.filter(({ status }) => status === 429).length).toBe(7);
  });

  test("one address that tries many names is locked as a place", async () => {
    const { url } = await startKiosk({ clock: new VirtualClock(start) });
    const page = new PageClient(url);
    for (let guess = 0; guess < 10; guess += 1) {
      await page.post("/api/login", { operator: `guest-${guess}`, pin: "0000" });
    }
    expect((await page.signIn("anna")).status).toBe(429);
  });

  test("each further wrong PIN doubles the wait, up to a quarter of an hour, and an hour of quiet forgets", async () => {
    const clock = new VirtualClock(start);
    const lockout = new Lockout({ clock, rate: 1, freeFailures: 4 });
    const waits: number[] = [];
    for (let guess = 0; guess < 13; guess += 1) {
      lockout.begin("anna");
      const wait = lockout.wait("anna");
      waits.push(wait / 1000);
      await clock.advance(wait);
    }
    expect(waits).toEqual([0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    await clock.advance(minutes(61));
    lockout.begin("anna");
    expect(lockout.wait("anna")).toBe(0);
  });

  test("ten thousand addresses are remembered, not more", () => {
    const lockout = new Lockout({ clock: new VirtualClock(start), rate: 1, freeFailures: 0 });
    lockout.begin("first");
    for (let other = 0; other < 9_999; other += 1) lockout.begin(`10.0.${other}`);
    expect(lockout.wait("first")).toBeGreaterThan(0);
    lockout.begin("one more");
    expect(lockout.wait("first")).toBe(0);
  });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["::1", "0:0:0:0"],
    [undefined, "unknown"],
  ])("%s guesses from the place %s", (address, place) => {
    expect(placeOf(address)).toBe(place);
  });

  test("a PIN is never in the log", async () => {
    const { url, lines } = await startKiosk();
    const page = new PageClient(url);
    await page.signIn("anna", "0815");
    await page.signIn("anna");
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`0815|${pins.anna}`));
  });
});
