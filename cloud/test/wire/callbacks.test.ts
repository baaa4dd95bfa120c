import { applyDirectives } from "@gatehouse/edge/flows/directives";
import { takeFromOffice } from "@gatehouse/edge/flows/money/office-callbacks";
import type { ReceivedCallback } from "@gatehouse/edge/flows/money/online-callbacks";
import { Book } from "@gatehouse/edge/store/book";
import { linesAfter } from "@gatehouse/edge/store/ledger";
import { nextBatch } from "@gatehouse/edge/store/outbox";
import type { DirectivePage } from "@gatehouse/shared/contracts/directive";
import { hours, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { card } from "../edge-money.ts";
import { noon } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice, tokenOf } from "../head-office.ts";

const signature = "t=1,v1=abc";

describeWithPostgres("the mailbox for payment gateways", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    office = new TestOffice(postgres.database);
    await office.begin();
  });
  afterAll(() => postgres.stop());

  const bring = (
    body: string | Uint8Array<ArrayBuffer>,
    path = "north/stripe",
    headers: Record<string, string> = { "stripe-signature": signature },
  ): Promise<Response> =>
    office.request(`/v1/callbacks/${path}`, { method: "POST", body, headers });

  const page = async (after = 0): Promise<DirectivePage> => {
    const response = await office.request(`/v1/facilities/north/directives?after=${after}`, {
      headers: { authorization: `Bearer ${tokenOf("north")}` },
    });
    return (await response.json()) as DirectivePage;
  };

  /** A facility that fetches its directives and tells what became of them. */
  async function fetchAll(book: Book): Promise<ReceivedCallback[]> {
    const received: ReceivedCallback[] = [];
    const take = takeFromOffice({
      receive: (callback) => {
        received.push(callback);
        return { kind: "stored" };
      },
    });
    applyDirectives(book, await page(), office.clock.now(), "EUR", take);
    await office.send(nextBatch(book, { facilityId: "north", facility: card, version: "1" }, noon));
    return received;
  }

  test("hands a callback on byte for byte, with its signature and when it came", async () => {
    const bytes = Uint8Array.from([0, 255, 123, 34, 195, 40]);
    const headers = { "stripe-signature": signature, cookie: "secret", "user-agent": "x" };
    expect((await bring(bytes, "north/stripe", headers)).status).toBe(204);
    const book = new Book(":memory:");
    const [callback, ...more] = await fetchAll(book);
    expect(more).toEqual([]);
    expect(callback).toMatchObject({ gateway: "stripe", receivedAt: noon, via: "office" });
    expect(callback?.headers).toEqual({ "stripe-signature": signature });
    expect(new Uint8Array(callback?.body ?? [])).toEqual(bytes);
  });

  test("keeps what is brought again, even at once, a single time until it was fetched", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => bring("{}")));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
    await bring("{}", "north/mollie");
    expect(await fetchAll(new Book(":memory:"))).toHaveLength(2);
    await bring("{}");
    expect((await page(2)).directives).toHaveLength(1);
    expect(await office.rows("select gateway, repeats from callbacks order by gateway")).toEqual([
      { gateway: "mollie", repeats: 0 },
      { gateway: "stripe", repeats: 8 },
    ]);
  });

  test("forgets the text of what the facility has fetched", async () => {
    await bring('{"id":"evt_1"}');
    await fetchAll(new Book(":memory:"));
    expect(await office.rows("select result, body from directives")).toEqual([
      { result: "applied", body: {} },
    ]);
  });

  test("says what a facility does not believe, and the next is not held up", async () => {
    await bring("forged");
    await bring("true");
    const book = new Book(":memory:");
    const take = takeFromOffice({
      receive: ({ body }) =>
        Buffer.from(body).toString() === "forged"
          ? { kind: "refused", reason: "bad-signature" }
          : { kind: "stored" },
    });
    applyDirectives(book, await page(), noon, "EUR", take);
    await office.send(nextBatch(book, { facilityId: "north", facility: card, version: "1" }, noon));
    expect(await office.rows("select result, detail from directives order by number")).toEqual([
      { result: "not-understood", detail: "body: bad-signature" },
      { result: "applied", detail: null },
    ]);
  });

  test("keeps a callback for three days", async () => {
    await bring("{}");
    await office.clock.advance(hours(73));
    expect(await fetchAll(new Book(":memory:"))).toEqual([]);
  });

  test("without a gateway at the facility nothing of it is taken, and the ledger says so", async () => {
    await bring("{}");
    const book = new Book(":memory:");
    applyDirectives(book, await page(), noon, "EUR");
    expect(linesAfter(book, 1, 0, 9).map(({ text }) => text)).toEqual([
      expect.stringContaining("this facility has no gateway"),
    ]);
  });

  test.each([
    ["no such facility", "nowhere/stripe", 404],
    ["a name that is none", "north/%00", 404],
    ["a path too long", `north/${"x".repeat(100)}`, 404],
  ])("refuses %s", async (_, path, status) => {
    expect((await bring("{}", path)).status).toBe(status);
    expect(await office.rows("select * from directives")).toEqual([]);
  });

  test("takes 64 KiB and no more", async () => {
    expect((await bring("x".repeat(64 * 1024))).status).toBe(204);
    expect((await bring("x".repeat(64 * 1024 + 1))).status).toBe(413);
  });

  test("keeps its pages small enough for an edge, and loses none over it", async () => {
    for (let count = 0; count < 60; count += 1) await bring(`${count}`.padEnd(60_000, "x"));
    let after = 0;
    let fetched = 0;
    while (after < 60) {
      const { directives, latest } = await page(after);
      expect(latest).toBe(60);
      expect(JSON.stringify(directives).length).toBeLessThan(3 * 1024 * 1024);
      fetched += directives.length;
      after = directives.at(-1)?.number ?? 60;
    }
    expect(fetched).toBe(60);
  });

  test("lets one address bring so many a minute, and is full for a facility that never fetches", async () => {
    await office.rows(
      `insert into directives (facility_id, number, kind, body, expires_at, issued_at)
       select 'north', number, 'payment-callback', '{}', now() + interval '100 years', now()
       from generate_series(1, 499) as number`,
    );
    await office.rows("update facilities set directives_latest = 499 where facility_id = 'north'");
    expect((await bring("a")).status).toBe(204);
    const full = await bring("b");
    expect([full.status, full.headers.get("retry-after")]).toEqual([503, "300"]);
    const statuses = await Promise.all(
      Array.from({ length: 600 }, async () => (await bring("x", "nowhere/stripe")).status),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    await office.clock.advance(minutes(1));
    expect((await bring("a")).status).toBe(204);
  });
});
