import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { Client, type ClientPorts, ProblemError } from "@gatehouse/shared/client/client";
import { listFacilities, listSpaces, orderDirective } from "@gatehouse/shared/contracts/v1/office";
import { getRevenue, getZones } from "@gatehouse/shared/contracts/v1/reports";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Duration } from "@gatehouse/shared/time";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";

const root = resolve(import.meta.dirname, "../../..");
const snow = { kind: "notice", body: { notice_id: "n", text: "Snow" } } as const;

describeWithPostgres("a program with the client", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 300_000);
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    office = await new TestOffice(postgres.database).begin();
  });

  /** It waits for nobody, and remembers how long it would have. */
  const waits: number[] = [];
  const clientOf = (ports: Partial<ClientPorts> = {}): Client =>
    new Client({
      url: "http://office.example",
      token: officeToken,
      clock: {
        sleep: (pause: Duration) => {
          waits.push(pause);
          return Promise.resolve();
        },
      },
      random: new SeededRandom(7),
      fetch: (url, request) => office.request(url, request),
      ...ports,
    });

  test("asks by a route's own value, and gets its answer or a problem as a value", async () => {
    const client = clientOf();
    const told = await client.ask(getZones, { params: { facility_id: "north" } });
    expect(told).toMatchObject({ kind: "answer", answer: { zones: [] } });
    const etag = told.kind === "answer" ? (told.etag ?? "") : "";
    expect(await client.ask(getZones, { params: { facility_id: "north" }, etag })).toEqual({
      kind: "unchanged",
    });
    const days = { from: "2026-11-20", to: "2026-11-01" };
    const wrong = await client.ask(getRevenue, { params: { facility_id: "north" }, query: days });
    expect(wrong).toMatchObject({
      kind: "problem",
      problem: { status: 422, errors: [{ path: "to" }] },
    });
    const stranger = clientOf({ token: "nobodys-token-whatever" });
    expect(await stranger.ask(listFacilities, {})).toMatchObject({
      kind: "problem",
      problem: { type: "wrong-token" },
    });
  });

  test("reads a list to its end, and is told where it breaks off", async () => {
    const seen: string[] = [];
    for await (const { facilities } of clientOf().pages(listFacilities, { query: { limit: 1 } }))
      seen.push(...facilities.map(({ facility_id }) => facility_id));
    expect(seen).toEqual(["north", "south"]);
    const none = clientOf().pages(listSpaces, { params: { facility_id: "nowhere" } });
    await expect(none.next()).rejects.toBeInstanceOf(ProblemError);
  });

  test("makes a change once, though the answer is lost and another says to wait", async () => {
    waits.length = 0;
    let sent = 0;
    const fetch = async (url: string, request: RequestInit): Promise<Response> => {
      sent += 1;
      if (sent === 2) return new Response("{}", { status: 503, headers: { "retry-after": "3" } });
      const response = await office.request(url, request);
      if (sent === 1) throw new TypeError("fetch failed");
      return response;
    };
    const told = await clientOf({ fetch }).ask(orderDirective, {
      params: { facility_id: "north" },
      body: snow,
    });
    expect(told).toMatchObject({ kind: "answer", answer: { number: 1 } });
    expect([sent, waits.length, waits[1]]).toEqual([3, 2, 3000]);
    expect(await office.rows("select from directives")).toHaveLength(1);
  });

  test("says so where nobody answers, or something else than head office does", async () => {
    const gone = clientOf({ fetch: () => Promise.reject(new TypeError("fetch failed")) });
    expect(await gone.ask(listFacilities, {})).toMatchObject({
      kind: "problem",
      problem: { type: "unreachable" },
    });
    const page = clientOf({
      fetch: () => Promise.resolve(new Response("<html>", { status: 200 })),
    });
    expect(await page.ask(listFacilities, {})).toMatchObject({
      kind: "problem",
      problem: { type: "not-understood" },
    });
    const proxy = clientOf({ fetch: () => Promise.resolve(new Response("no", { status: 403 })) });
    expect(await proxy.ask(listFacilities, {})).toMatchObject({
      kind: "problem",
      problem: { status: 403 },
    });
    const stop = new AbortController();
    stop.abort();
    const ended = clientOf({ fetch }).ask(listFacilities, { signal: stop.signal });
    await expect(ended).rejects.toMatchObject({ name: "AbortError" });
  });

  test("is as short as the page about the API shows, and that program runs", async () => {
    const server = createAdaptorServer({ fetch: office.headquarters.app.fetch }) as Server;
    await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const file = resolve(root, "scripts/api-example.ts");
    expect(readFileSync(resolve(root, "docs/api.md"), "utf8")).toContain(
      readFileSync(file, "utf8"),
    );
    const url = `http://127.0.0.1:${port}`;
    const args = [file, url, officeToken, "2026-11-01", "2026-11-19"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    expect([out, err]).toEqual(["north: 0 in 0\nsouth: 0 in 0\n", ""]);
  });
});
