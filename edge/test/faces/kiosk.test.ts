import { mkdtempSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Kiosk } from "@gatehouse/edge/faces/kiosk";
import { SystemRandom } from "@gatehouse/edge/adapters/system-random";
import { DevicesData } from "@gatehouse/shared/contracts/control";
import { KioskState, OpenAnswer, WhyAnswer } from "@gatehouse/shared/contracts/kiosk";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { seconds, type Instant } from "@gatehouse/shared/time";
import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import { TestDesk } from "./desk-fixture.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { logInto, PageClient, signedIn } from "./running-kiosk.ts";

const opening = { request_id: "r-12345678", reason: "goodwill" };

describe("opening by hand", () => {
  test("the desk opens, told who asked and why", async () => {
    const { url, desk } = await startKiosk();
    const page = await signedIn(url, "anna");
    const answer = await page.post("/api/lanes/exit-1/open", {
      ...opening,
      note: "card reader dark",
      session_id: "s-4711",
    });
    expect(OpenAnswer.parse(await answer.json()).session_id).toBe("s-4711");
    expect(desk.openings).toEqual([
      {
        laneId: "exit-1",
        requestId: "r-12345678",
        reason: "goodwill",
        note: "card reader dark",
        sessionId: "s-4711",
        actor: { kind: "attendant", id: "anna" },
      },
    ]);
  });

  test("a technician opens as a technician", async () => {
    const { url, desk } = await startKiosk();
    await (await signedIn(url, "chen")).post("/api/lanes/exit-1/open", opening);
    expect(desk.openings[0]?.actor).toEqual({ kind: "technician", id: "chen" });
  });

  test("the same press twice, even at once, is one opening with one answer", async () => {
    const { url, desk } = await startKiosk();
    const page = await signedIn(url, "anna");
    const answers = await Promise.all(
      [1, 2, 3].map(async () => (await page.post("/api/lanes/entry-1/open", opening)).json()),
    );
    expect(desk.openings).toHaveLength(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test("a refusal says why, for the person and for the program", async () => {
    const { url, desk } = await startKiosk();
    desk.refusal = {
      kind: "refused",
      reason: "lane-locked",
      sentence: "Entry 1 is locked for works.",
    };
    const answer = await (await signedIn(url, "anna")).post("/api/lanes/entry-1/open", opening);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({
      type: "lane-locked",
      title: "Entry 1 is locked for works.",
      status: 409,
    });
  });

  test("a fault says what to do at the cabinet", async () => {
    const { url, desk } = await startKiosk();
    desk.trouble = new Fault("disk-full", "no space left on device");
    const answer = await (await signedIn(url, "anna")).post("/api/lanes/entry-1/open", opening);
    expect(answer.status).toBe(503);
    expect(Problem.parse(await answer.json())).toMatchObject({
      type: "disk-full",
      hint: expect.stringContaining("free space"),
    });
  });

  test("a bug is told without its insides, logged, counted, and the kiosk goes on", async () => {
    const { url, desk, lines } = await startKiosk();
    desk.trouble = new Error("secret inside");
    const page = await signedIn(url, "boris");
    const answer = await page.post("/api/lanes/entry-1/open", opening);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
    expect(lines.map(({ event }) => event)).toContain("kiosk bug");
    expect(await (await page.get("/metrics")).text()).toContain("gatehouse_kiosk_bugs_total 1");
    expect((await page.get("/api/state")).status).toBe(200);
  });

  test("the twenty-first opening of a person within a minute is refused, at every page; a repeat is not another one", async () => {
    const { url, desk } = await startKiosk();
    const page = await signedIn(url, "anna");
    const press = (number: number) =>
      page.post("/api/lanes/entry-1/open", { ...opening, request_id: `press-${number}-of-many` });
    for (let number = 0; number < 20; number += 1) expect((await press(number)).status).toBe(200);
    expect((await press(20)).status).toBe(429);
    const elsewhere = await signedIn(url, "anna");
    const open = { ...opening, request_id: "press-at-another-page" };
    expect((await elsewhere.post("/api/lanes/entry-1/open", open)).status).toBe(429);
    expect((await press(3)).status).toBe(200);
    expect(desk.openings).toHaveLength(20);
  });

  test.each([
    [{ ...opening, reason: "because" }, "reason"],
    [{ ...opening, request_id: "short" }, "request_id"],
    [{ ...opening, note: "x".repeat(201) }, "note"],
    [[opening], ""],
  ])("%j is not understood and says where", async (body, path) => {
    const { url, desk } = await startKiosk();
    const answer = await (await signedIn(url, "anna")).post("/api/lanes/entry-1/open", body);
    expect(answer.status).toBe(422);
    expect(Problem.parse(await answer.json()).errors?.[0]?.path).toBe(path);
    expect(desk.openings).toEqual([]);
  });
});

describe("what the page asks for", () => {
  test("state, devices and reasons fit their contracts", async () => {
    const { url } = await startKiosk();
    const page = await signedIn(url, "chen");
    KioskState.parse(await (await page.get("/api/state")).json());
    DevicesData.parse(await (await page.get("/api/devices")).json());
    WhyAnswer.parse(await (await page.get("/api/why/s-4711")).json());
    expect((await page.get("/api/why/unheard-of")).status).toBe(404);
  });

  test("an alert is resolved once, by the person signed in", async () => {
    const { url, desk } = await startKiosk();
    desk.raise({ alert_id: "a-1" });
    const page = await signedIn(url, "boris");
    expect((await page.post("/api/alerts/a-1/resolve")).status).toBe(204);
    expect((await page.post("/api/alerts/a-1/resolve")).status).toBe(404);
    expect(desk.resolved).toEqual([{ alertId: "a-1", actor: { kind: "attendant", id: "boris" } }]);
  });

  test("health says the desk's verdict; a fault makes the daemon unready, not dead", async () => {
    const { url, desk } = await startKiosk();
    desk.level = "fault";
    desk.verdict = "Exit 2 does not answer.";
    const [health, ready] = [await fetch(`${url}/healthz`), await fetch(`${url}/readyz`)];
    expect([health.status, ready.status]).toEqual([200, 503]);
    expect(await ready.json()).toEqual({ status: "fault", verdict: "Exit 2 does not answer." });
  });
});

describe("people without a login", () => {
  test("may ask without end, and the desk is asked now and then", async () => {
    const clock = new VirtualClock(Date.UTC(2026, 2, 4, 6, 30) as Instant);
    const desk = new TestDesk(clock);
    let asked = 0;
    const [status, state] = [desk.status.bind(desk), desk.state.bind(desk)];
    desk.status = () => (asked++, status());
    desk.state = () => (asked++, state());
    const { url } = await startKiosk({ clock, desk, rate: 20 });
    const paths = ["/healthz", "/readyz", "/api/welcome"];
    for (let times = 0; times < 20; times += 1) {
      for (const path of paths) expect((await fetch(`${url}${path}`)).status).toBe(200);
    }
    expect(asked).toBe(2);
    await clock.advance(seconds(5));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(asked).toBe(3);
  });
});

describe("requests that nobody should send", () => {
  const badBodies: [string, string, string, number][] = [
    [
      "larger than 16 KiB",
      JSON.stringify({ operator: "x".repeat(17_000) }),
      "application/json",
      413,
    ],
    [
      "nested deeper than 16",
      `{"a":${"[".repeat(200)}${"]".repeat(200)}}`,
      "application/json",
      400,
    ],
    ["cut short", '{"operator": "an', "application/json", 400],
    ["empty", "", "application/json", 400],
    ["a form", "operator=anna&pin=4711", "application/x-www-form-urlencoded", 415],
    ["plain text", '{"operator":"anna","pin":"4711"}', "text/plain", 415],
    [
      "brackets in a string",
      JSON.stringify({ operator: "[".repeat(40), pin: "1" }),
      "application/json",
      422,
    ],
  ];
  test.each(badBodies)(
    "a body that is %s gets its own refusal",
    async (_what, body, type, status) => {
      const { url } = await startKiosk();
      const answer = await new PageClient(url).post("/api/login", body, { "content-type": type });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(Problem.parse(await answer.json()).status).toBe(status);
    },
  );

  test("a body without a length is counted while it comes", async () => {
    const { url } = await startKiosk();
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.enqueue(new Uint8Array(4096).fill(120)),
    });
    const answer = await fetch(`${url}/api/login`, {
      method: "POST",
      headers: { origin: url, "content-type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit).catch(() => undefined);
    expect(answer?.status ?? 413).toBe(413);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test.each([
    ["GET", "/api/nothing", 404],
    ["GET", "/api", 404],
    ["GET", "/api/lanes/entry-1/open", 405],
    ["DELETE", "/api/state", 405],
    ["PUT", "/healthz", 405],
    ["POST", "/", 404],
    ["OPTIONS", "/api/login", 405],
  ])("%s %s is a problem that says so", async (method, path, status) => {
    const { url } = await startKiosk();
    const answer = await fetch(`${url}${path}`, { method, headers: { origin: url } });
    expect(answer.status).toBe(status);
    expect(Problem.parse(await answer.json()).status).toBe(status);
  });

  test("an upgrade to anything else is an ordinary request and holds no connection", async () => {
    const { url } = await startKiosk();
    expect(
      await rawAnswer(
        url,
        "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n",
      ),
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("a target that is no address of ours is refused and stops nothing", async () => {
    const { url } = await startKiosk();
    for (const target of [
      "http://[::1",
      "*",
      "//evil.example/api/state",
      "/%",
      "/%00",
      "/api/why/%ff",
    ]) {
      const answer = await rawAnswer(
        url,
        `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe("the page's files", () => {
  test("carry a policy without inline code, and are kept only when their name says what is in them", async () => {
    const { url } = await startKiosk();
    const page = await fetch(`${url}/`);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");

    const script = await fetch(`${url}/assets/index-abc123.js`);
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    const known = { "if-none-match": script.headers.get("etag") ?? "" };
    expect((await fetch(`${url}/assets/index-abc123.js`, { headers: known })).status).toBe(304);
  });

  test("answers of the interface are never kept, and carry the policy too", async () => {
    const { url } = await startKiosk();
    for (const path of ["/api/me", "/api/nothing", "/healthz"]) {
      const { headers } = await fetch(`${url}${path}`);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });

  const traversals = [
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/%252e%252e%252fetc%252fpasswd",
    "/....//....//etc/passwd",
    "/..\\..\\etc\\passwd",
    "/..%5c..%5cetc%5cpasswd",
    "/assets/../../secret.js",
    "/assets/%2e%2e/%2e%2e/secret.js",
    "/assets/..;/secret.js",
    "//etc/passwd",
    "///../etc/passwd",
    "/file:///etc/passwd",
    "/index.html%00.js",
    "/index.html/../../secret.js",
    "/%c0%ae%c0%ae/etc/passwd",
    "/.built",
    "/notes.txt",
    "/secret.js",
    "/linked.js",
    "/assets",
    "/assets/",
    "/constructor",
    "/__proto__",
  ];
  test.each(traversals)("%s leads nowhere", async (path) => {
    const outside = mkdtempSync(join(tmpdir(), "gatehouse-outside-"));
    writeFileSync(join(outside, "secret.js"), "top secret");
    const webDir = join(outside, "dist");
    mkdirSync(join(webDir, "assets"), { recursive: true });
    writeFileSync(join(webDir, "index.html"), "<!doctype html>");
    writeFileSync(join(webDir, ".built"), "");
    symlinkSync(join(outside, "secret.js"), join(webDir, "linked.js"));
    const { url } = await startKiosk({ webDir });
    // Raw: fetch would tidy the path before it sends it.
    const answer = await rawAnswer(
      url,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/top secret|root:/);
  });

  test("a page that is not built says how to build it, and the interface works", async () => {
    const { url } = await startKiosk({ webDir: join(tmpdir(), "no-such-folder") });
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(503);
    expect(Problem.parse(await page.json()).hint).toContain("npm start");
    expect((await signedIn(url, "anna")).cookie).not.toBe("");
  });
});

describe("its life", () => {
  test("a taken port is a fault that names itself", async () => {
    const { kiosk } = await startKiosk();
    const clock = new PacedClock();
    const second = new Kiosk({
      listen: { host: "127.0.0.1", port: kiosk.port },
      desk: new TestDesk(clock),
      operators: [],
      cameraTokens: {},
      clock,
      random: new SystemRandom(),
      log: logInto([]),
      webDir: "",
      rate: 1,
    });
    const failure = await second.start().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "port-taken",
      message: expect.stringContaining(String(kiosk.port)),
    });
    await second.stop();
  });

  test("after its stop nobody listens, and stopping twice is harmless", async () => {
    const { kiosk, url } = await startKiosk();
    await kiosk.stop();
    await kiosk.stop();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
  });
});

function rawAnswer(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port: Number(new URL(url).port) });
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (answer += chunk));
    socket.on("end", () => resolve(answer));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.write(request);
  });
}
