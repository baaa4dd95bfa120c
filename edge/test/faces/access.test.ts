import { WebSocket } from "ws";
import { describe, expect, test, beforeAll, afterAll } from "vitest";
import { accessTable, roles, type Access } from "@gatehouse/edge/faces/access";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { guideExample } from "../flows/guide-example.ts";
import { startKiosk } from "./kiosk-fixture.ts";
import { PageClient, runKiosk, signedIn, type Name, type RunningKiosk } from "./running-kiosk.ts";

const people = { attendant: "anna", supervisor: "boris", technician: "chen" } as const;
const routes = Object.entries(accessTable) as [string, Access][];

/** A request that each route would take, so that only the login decides. */
function request(route: string): { method: string; path: string; body?: unknown } {
  const [method = "", path = ""] = route.split(" ");
  const real = path
    .replace(":lane_id", "entry-1")
    .replace(":till_id", "till-1")
    .replace(":alert_id", "a-1")
    .replace(":id", "s-4711");
  if (route.includes("/open")) {
    return { method, path: real, body: { request_id: crypto.randomUUID(), reason: "goodwill" } };
  }
  if (route.includes("spot-counts")) {
    const found = { method: "wrong-ones", spaces: [] };
    const scope = { kind: "zone", id: "a" };
    return { method, path: real, body: { count_id: crypto.randomUUID(), scope, found } };
  }
  const reason = "a test of the door";
  if (route.endsWith("/mode")) return { method, path: real, body: { mode: "open", reason } };
  if (route.endsWith("/order")) return { method, path: real, body: { order: "lock", reason } };
  if (route.endsWith("/direction"))
    return { method, path: real, body: { direction: "exit", reason } };
  if (route.endsWith("/call")) return { method, path: real, body: { reason } };
  if (/\/(?:issue-ticket|lost-ticket|ticket|reprint)$/.test(route)) {
    const request_id = crypto.randomUUID();
    return { method, path: real, body: { request_id, reason, number: "0000018" } };
  }
  if (/\/(?:choose|sessions|reviews)\b/.test(path)) return { method, ...plateRequest(real) };
  if (route.includes("/api/rights/")) return { method, ...rightsRequest(real) };
  if (/POST \/api\/(?:registry|tickets)/.test(route)) return { method, ...deviceRequest(real) };
  if (route.includes("process-tracking-data"))
    return { method, path: `${real}?camera_id=CAM1`, body: guideExample };
  if (route.endsWith("/books/export"))
    return { method, path: `${real}?from=2026-06-01&to=2026-06-30` };
  if (/POST \/api\/(?:tills|shifts|documents)/.test(route)) return { method, ...tillRequest(real) };
  if (route.startsWith("POST /api/violations"))
    return { method, path: real, body: violationRequest(route) };
  if (route.startsWith("POST /api/pay/")) {
    const phone = { request_id: crypto.randomUUID(), gateway: "none", code: "NONE" };
    return { method, path: real, body: { plate: "AA 1", ...phone } };
  }
  if (route.startsWith("POST /api/spaces/"))
    return {
      method,
      path: real,
      body: { request_id: crypto.randomUUID(), plate: "AA 1", as: "gone" },
    };
  if (route.includes("login"))
    return { method, path: real, body: { operator: "nobody", pin: "0000" } };
  return { method, path: real };
}

/** Fits every write on violations. */
const violationRequest = (route: string): object => ({
  request_id: crypto.randomUUID(),
  reason: "a test of the door",
  decision: route.endsWith("/decide") ? "upheld" : "issue",
});

/** Fits every write on tills, shifts and documents. */
function tillRequest(path: string): { path: string; body?: unknown } {
  const [request_id, reason] = [crypto.randomUUID(), "a test of the door"];
  const amounts = { float_minor: 0, amount_minor: 1, counted_minor: 0, leave_minor: 0 };
  const invoice = { session_id: "s-1", name: "ACME", address: "Ringstraße 1" };
  const body = { request_id, reason, move: "drop", next_operator: "boris", ...amounts, ...invoice };
  return { path, body };
}

function plateRequest(path: string): { path: string; body?: unknown } {
  if (path.endsWith("/sessions")) return { path: `${path}?plate=BGH` };
  if (path.includes("/reviews/")) return { path, body: { action: "keep-both" } };
  if (path.endsWith("/plate")) return { path, body: { plate: "BGH1234", reason: "a test" } };
  if (path.endsWith("/choose"))
    return { path, body: { request_id: crypto.randomUUID(), session_id: "s-1" } };
  return { path };
}

function rightsRequest(path: string): { path: string; body?: unknown } {
  const real = path.replace(":visitor_id", "visitor-1");
  const why = "every role tries";
  if (path.endsWith("/neutral")) return { path: real, body: { permit_id: null, why } };
  if (path.endsWith("/permits")) return { path: `${real}?plate=AA1` };
  const visit = { plate: "AA1", name: "Kim", valid_until: "2099-01-01T00:00:00Z", why };
  if (path.includes("/visitors"))
    return { path: real, body: { ...visit, visitor_id: crypto.randomUUID() } };
  return { path: real, body: { list: "deny", plate: "AA1", reason: "unpaid", why } };
}

function deviceRequest(path: string): { path: string; body: unknown } {
  if (path.includes("registry")) return { path, body: { act: "approve", reason: "a test" } };
  const asked = { equipment_id: "entry-1-gate", maintenance_type: "gate", description: "oil it" };
  if (path.endsWith("/tickets"))
    return { path, body: { request_id: crypto.randomUUID(), ...asked } };
  return { path, body: { step: "assign", technician_id: "chen" } };
}

function expected(route: string, access: Access, role: string): number[] {
  // The stranger who tries to sign in is refused for the PIN, not for the route.
  if (route === "POST /api/login") return [401];
  // Nobody here has a token of their own, and who tries too many waits.
  if (access.bearer === true) return [401, 429];
  const isAllowed = access.anyone === true || (access.roles as readonly string[]).includes(role);
  // What is asked of money here is not understood; who may ask it is known by then.
  if (isAllowed && route.includes("/api/money/")) return [200, 204, 400, 404, 409, 422];
  if (isAllowed) return [101, 200, 204, 404];
  return role === "nobody" ? [401] : [403];
}

/** What strangers ask in vain from one place is counted: each asks from another. */
let strangers = 0;

async function statusFor(page: PageClient, route: string): Promise<number> {
  const { method, path, body } = request(route);
  if (path.endsWith("/live")) return liveStatus(page, {}, path);
  // From another machine, as far as the kiosk can tell: what is forwarded is not local.
  strangers += 1;
  const headers = { "x-forwarded-for": `198.18.${strangers >> 8}.${strangers & 255}` };
  const asked = method === "GET" ? page.get(path, headers) : page.send(method, path, body, headers);
  return (await asked).status;
}

function liveStatus(
  page: PageClient,
  headers: Record<string, string> = {},
  path = "/api/live",
): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${page.url.replace("http", "ws")}${path}`, {
      headers: { origin: page.url, cookie: page.cookie, ...headers },
    });
    socket.on("open", () => {
      resolve(101);
      socket.terminate();
    });
    socket.on("unexpected-response", (asked, response) => {
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    socket.on("error", () => undefined);
  });
}

describe("every route, every role", () => {
  let running: RunningKiosk;
  const pages = new Map<string, PageClient>();

  beforeAll(async () => {
    running = await runKiosk();
    for (const [role, name] of Object.entries(people)) {
      pages.set(role, await signedIn(running.url, name as Name));
    }
    pages.set("nobody", new PageClient(running.url));
  });
  afterAll(() => running.stop());

  const matrix = routes.flatMap(([route, access]) =>
    ["nobody", ...roles].map((role) => [route, role, expected(route, access, role)] as const),
  );
  test.each(matrix)("%s for %s answers one of %j", async (route, role, statuses) => {
    const page = pages.get(role);
    if (page === undefined) throw new Error(`no page for ${role}`);
    if (role !== "nobody" && (await page.get("/api/me")).status === 401) {
      await page.signIn(people[role as keyof typeof people]);
    }
    expect(statuses).toContain(await statusFor(page, route));
  });

  test("each route of the table has an answer of its own", () => {
    expect(routes.length).toBeGreaterThan(10);
    for (const [, access] of routes) {
      const { anyone, machine, bearer, roles: allowed }: Access = access;
      expect(anyone ?? machine ?? bearer ?? allowed.length > 0).toBe(true);
    }
  });

  test("what a technician may see of the devices, an attendant may not", async () => {
    expect((await pages.get("technician")?.get("/api/devices"))?.status).toBe(200);
    const refused = await pages.get("attendant")?.get("/api/devices");
    expect(Problem.parse(await refused?.json()).type).toBe("not-allowed");
  });
});

describe("a collector on this machine", () => {
  test("reads the metrics without a login, a forwarded one does not", async () => {
    const { url } = await startKiosk();
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('gatehouse_spaces{status="free"}');
    expect(metrics).toContain('gatehouse_gate_openings_total{lane="entry-1"} 248');
    expect(metrics).toContain("process_cpu_seconds_total");
    for (const header of ["x-forwarded-for", "forwarded", "via"]) {
      expect((await fetch(`${url}/metrics`, { headers: { [header]: "1.1 proxy" } })).status).toBe(
        401,
      );
    }
  });
});

describe("requests from other pages", () => {
  const foreign: [string, Record<string, string>][] = [
    ["another site", { origin: "https://evil.example" }],
    ["another port", { origin: "http://127.0.0.1:1" }],
    ["an opaque origin", { origin: "null" }],
    ["a cross-site fetch that names us", { "sec-fetch-site": "cross-site" }],
    ["a sibling host", { "sec-fetch-site": "same-site" }],
  ];
  test.each(foreign)(
    "from %s change nothing, even with the attendant's cookie",
    async (_from, headers) => {
      const { url, desk } = await startKiosk();
      const page = await signedIn(url, "anna");
      desk.raise({ alert_id: "a-1" });
      const open = { request_id: "r-12345678", reason: "goodwill" };
      const answers = [
        await page.post("/api/lanes/entry-1/open", open, headers),
        await page.post("/api/alerts/a-1/resolve", undefined, headers),
        await page.post("/api/login", { operator: "anna", pin: "4711" }, headers),
        await page.post("/api/logout", undefined, headers),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
      expect(await liveStatus(page, headers)).toBe(403);
      expect(desk.openings).toEqual([]);
      expect(desk.alerts).toHaveLength(1);
      expect((await page.get("/api/me")).status).toBe(200);
    },
  );

  test("a request without an Origin acts no more than a foreign one", async () => {
    const { url, desk } = await startKiosk();
    const page = await signedIn(url, "anna");
    const response = await fetch(`${url}/api/lanes/entry-1/open`, {
      method: "POST",
      headers: { cookie: page.cookie, "content-type": "application/json" },
      body: JSON.stringify({ request_id: "r-12345678", reason: "goodwill" }),
    });
    expect(Problem.parse(await response.json()).type).toBe("foreign-origin");
    expect(desk.openings).toEqual([]);
  });
});
