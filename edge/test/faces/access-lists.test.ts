import { Problem } from "@gatehouse/shared/contracts/problem";
import { ListsData, PermitsData, VisitorsData } from "@gatehouse/shared/contracts/rights";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PageClient, runKiosk, signedIn, type RunningKiosk } from "./running-kiosk.ts";

const entry = { list: "deny", plate: "b-gh 1234", reason: "unpaid damage", why: "hit the arm" };
const visit = {
  visitor_id: "visit-0001",
  plate: "CC 3",
  name: "Kim",
  valid_until: "2099-06-01T17:00",
  why: "phone call",
};

let running: RunningKiosk;
let anna: PageClient;
let boris: PageClient;
beforeAll(async () => {
  running = await runKiosk();
  anna = await signedIn(running.url, "anna");
  boris = await signedIn(running.url, "boris");
});
afterAll(() => running.stop());

async function problemOf(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, Problem.parse(await response.json()).type];
}

describe("the lists at the kiosk", () => {
  test("are kept by a supervisor and read by an attendant", async () => {
    const put = await boris.post("/api/rights/lists", entry);
    expect(await put.json()).toEqual({ sentence: "BGH1234 is on the deny list." });
    const lists = await anna.get("/api/rights/lists?search=gh12");
    expect(ListsData.parse(await lists.json()).entries).toMatchObject([
      { plate: "BGH1234", owner: "facility", changed_by: "boris" },
    ]);
    expect(await problemOf(anna.post("/api/rights/lists", entry))).toEqual([403, "not-allowed"]);
    const off = { list: "deny", plate: "BGH1234", why: "paid" };
    expect((await boris.post("/api/rights/lists/end", off)).status).toBe(200);
    expect(await problemOf(boris.post("/api/rights/lists/end", off))).toEqual([
      404,
      "no-such-entry",
    ]);
  });

  test.each<[string, object, number, string]>([
    ["no plate", { plate: "" }, 422, "not-understood"],
    ["a plate of marks", { plate: "–– ––" }, 422, "no-plate"],
    ["a plate that is too long", { plate: "A".repeat(33) }, 422, "not-understood"],
    ["another list", { list: "maybe" }, 422, "not-understood"],
    ["no reason", { reason: "  " }, 422, "not-understood"],
    ["no why", { why: undefined }, 422, "not-understood"],
    ["a reason that is too long", { reason: "x".repeat(201) }, 422, "not-understood"],
    ["a time that is none", { valid_until: "tomorrow" }, 422, "not-understood"],
    ["a time that is over", { valid_until: "2001-01-01T00:00" }, 422, "over-already"],
  ])("are not changed by %s", async (_, change, status, type) => {
    const asked = boris.post("/api/rights/lists", { ...entry, ...change });
    expect(await problemOf(asked)).toEqual([status, type]);
    const { entries } = ListsData.parse(await (await boris.get("/api/rights/lists")).json());
    expect(entries).toEqual([]);
  });

  test("are not searched with an endless text", async () => {
    const asked = anna.get(`/api/rights/lists?search=${"x".repeat(65)}`);
    expect(await problemOf(asked)).toEqual([400, "bad-question"]);
  });
});

describe("visitors at the kiosk", () => {
  test("are announced, changed and ended by an attendant", async () => {
    expect((await anna.post("/api/rights/visitors", visit)).status).toBe(200);
    const told = VisitorsData.parse(await (await anna.get("/api/rights/visitors")).json());
    expect(told.visitors).toMatchObject([{ plate: "CC3", name: "Kim", changed_by: "anna" }]);
    const path = "/api/rights/visitors/visit-0001";
    expect((await anna.post(path, { ...visit, name: "Kim Lee" })).status).toBe(200);
    expect((await anna.post(`${path}/end`, { why: "came by train" })).status).toBe(200);
    const left = VisitorsData.parse(await (await anna.get("/api/rights/visitors")).json());
    expect(left.visitors).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["an id that is none", { visitor_id: "no" }, "not-understood"],
    ["an id with a path in it", { visitor_id: "../../lists" }, "not-understood"],
    ["no name", { name: "" }, "not-understood"],
    ["no end", { valid_until: undefined }, "not-understood"],
    ["no entries at all", { entries_max: 0 }, "not-understood"],
    ["half an entry", { entries_max: 1.5 }, "not-understood"],
    ["another kind", { kind: "friend" }, "not-understood"],
    ["an end before its beginning", { valid_from: "2099-06-01T18:00" }, "over-already"],
  ])("are not announced with %s", async (_, change, type) => {
    const asked = anna.post("/api/rights/visitors", {
      ...visit,
      visitor_id: "v-00000002",
      ...change,
    });
    expect(await problemOf(asked)).toEqual([422, type]);
  });

  test("that nobody knows are neither changed nor ended", async () => {
    const path = "/api/rights/visitors/visit-none";
    expect(await problemOf(boris.post(path, visit))).toEqual([404, "no-such-visitor"]);
    expect(await problemOf(boris.post(`${path}/end`, { why: "?" }))).toEqual([
      404,
      "no-such-visitor",
    ]);
    expect(await problemOf(boris.post(`${path}/end`, {}))).toEqual([422, "not-understood"]);
  });
});

describe("permits at the kiosk", () => {
  test("are told by plate", async () => {
    const answer = await anna.get("/api/rights/permits?plate=b-gh%201234");
    expect(PermitsData.parse(await answer.json())).toEqual({ plate: "BGH1234", permits: [] });
    expect(await problemOf(anna.get("/api/rights/permits"))).toEqual([400, "bad-question"]);
    expect(await problemOf(anna.get("/api/rights/permits?plate=%3F"))).toEqual([422, "no-plate"]);
  });

  test("are made neutral by a supervisor only, who says why", async () => {
    const neutral = "/api/rights/neutral";
    const all = { permit_id: null, why: "the gate stood open" };
    expect(await problemOf(anna.post(neutral, all))).toEqual([403, "not-allowed"]);
    expect((await boris.post(neutral, all)).status).toBe(200);
    expect(await problemOf(boris.post(neutral, { permit_id: null }))).toEqual([
      422,
      "not-understood",
    ]);
    expect(await problemOf(boris.post(neutral, { why: "?" }))).toEqual([422, "not-understood"]);
    expect(await problemOf(boris.post(neutral, { permit_id: "p9", why: "?" }))).toEqual([
      404,
      "unknown-permit",
    ]);
  });
});
