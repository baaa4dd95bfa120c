import { gzipSync } from "node:zlib";
import { defaultTariff } from "@gatehouse/shared/contracts/tariff";
import { seconds } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice, tokenOf } from "../head-office.ts";

describeWithPostgres("an edge at head office's door", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  const batch = writeStay(new EdgeLedger(), "1").batch();
  const path = "/v1/facilities/north/batches";

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(() => office.begin());
  afterAll(() => postgres.stop());

  const post = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
    office.request(path, {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokenOf("north")}`,
        "content-type": "application/json",
        ...headers,
      },
      body,
    });
  const problemOf = async (response: Promise<Response>): Promise<unknown[]> => {
    const answer = await response;
    const { type, errors } = (await answer.json()) as { type: string; errors?: { path: string }[] };
    return [answer.status, type, ...(errors ?? []).map((error) => error.path)];
  };

  test("without a token is told that one is missing", async () => {
    expect(await problemOf(office.request(path, { method: "POST", body: "{}" }))).toEqual([
      401,
      "no-token",
    ]);
  });

  test.each([
    ["another facility's token", "north", tokenOf("south")],
    ["a token of nobody", "north", "x".repeat(30)],
    ["a good token for a facility that does not exist", "west", tokenOf("north")],
  ])("with %s learns nothing: there is no such facility", async (_, facilityId, token) => {
    const headers = { authorization: `Bearer ${token}` };
    const upload = office.upload({ ...batch, facility_id: facilityId }, token);
    const pull = office.request(`/v1/facilities/${facilityId}/directives`, { headers });
    expect(await problemOf(upload)).toEqual([404, "no-such-facility"]);
    expect(await problemOf(pull)).toEqual([404, "no-such-facility"]);
    expect(await office.heldTexts()).toEqual([]);
  });

  test("asks what is held at a place of its ledger", async () => {
    await office.send(batch);
    const ask = async (query: string): Promise<unknown> =>
      (
        await office.request(`/v1/facilities/north/ledger?${query}`, {
          headers: { authorization: `Bearer ${tokenOf("north")}` },
        })
      ).json();
    expect(await ask("epoch=1&seq=3")).toEqual({
      epoch: 1,
      acked_seq: 10,
      hash: batch.lines[2]!.hash,
    });
    expect(await ask("epoch=7&seq=3")).toEqual({ epoch: 1, acked_seq: 0, hash: null });
    expect(await ask("epoch=1&seq=-3")).toMatchObject({
      type: "not-understood",
      errors: [{ path: "seq" }],
    });
  });

  test("whose token was revoked is let in for 20 seconds at most", async () => {
    await office.send(batch);
    await office.rows("update facility_tokens set revoked_at = now() where facility_id = 'north'");
    await office.clock.advance(seconds(20));
    expect(await problemOf(office.upload(batch))).toEqual([404, "no-such-facility"]);
  });

  test("sends no more than 16 MiB, announced or not", async () => {
    const large = "x".repeat(16 * 1024 * 1024 + 1);
    expect(await problemOf(post(large))).toEqual([413, "too-large"]);
    const parts = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let part = 0; part < 17; part += 1) controller.enqueue(Buffer.alloc(1024 * 1024, "x"));
        controller.close();
      },
    });
    const announcedNowhere = { method: "POST", body: parts, duplex: "half" } as RequestInit;
    const headers = {
      authorization: `Bearer ${tokenOf("north")}`,
      "content-type": "application/json",
    };
    expect(await problemOf(office.request(path, { ...announcedNowhere, headers }))).toEqual([
      413,
      "too-large",
    ]);
  });

  test("sends nothing compressed: a bomb is refused unread", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    expect(await problemOf(post(bomb, { "content-encoding": "gzip" }))).toEqual([415, "encoded"]);
  });

  test.each([
    ["as text", JSON.stringify(batch), { "content-type": "text/plain" }, [415, "wrong-type"]],
    ["with broken JSON", "{", {}, [400, "not-json"]],
    [
      "nested 200,000 deep",
      "[".repeat(200_000) + "]".repeat(200_000),
      {},
      [422, "not-understood", ""],
    ],
    [
      "for another facility",
      JSON.stringify({ ...batch, facility_id: "south" }),
      {},
      [422, "other-facility"],
    ],
    [
      "from line 0",
      JSON.stringify({ ...batch, first_seq: 0 }),
      {},
      [422, "not-understood", "first_seq"],
    ],
    [
      "with a hash that is none",
      JSON.stringify({ ...batch, lines: [{ text: "{}", hash: "abc" }] }),
      {},
      [422, "not-understood", "lines[0].hash"],
    ],
    [
      "of 2,001 lines",
      JSON.stringify({ ...batch, lines: Array(2_001).fill(batch.lines[0]) }),
      {},
      [422, "not-understood", "lines"],
    ],
    [
      "of an epoch beyond counting",
      JSON.stringify({ ...batch, epoch: 2 ** 53 }),
      {},
      [422, "not-understood", "epoch"],
    ],
  ])("that sends %s is told what is wrong", async (_, body, headers, expected) => {
    expect(await problemOf(post(body, headers))).toEqual(expected);
  });

  test("may be at the last epoch and the last line there can be", async () => {
    const last = { ...batch, epoch: Number.MAX_SAFE_INTEGER, first_seq: Number.MAX_SAFE_INTEGER };
    expect(await problemOf(office.upload(last))).toEqual([409, "ledger-hole"]);
  });

  describe("asks for directives:", () => {
    const pull = async (after: number | string) => {
      const headers = { authorization: `Bearer ${tokenOf("north")}` };
      const response = await office.request(`/v1/facilities/north/directives?after=${after}`, {
        headers,
      });
      return {
        status: response.status,
        page: (await response.json()) as { directives: { number: number }[]; latest: number },
      };
    };
    const notice = (text: string) => ({ kind: "notice", body: { notice_id: "n", text } });

    test("they come in order, whole, from where it stands", async () => {
      const tariff = { ...defaultTariff, version: 2 };
      await office.order("north", notice("Snow"));
      await office.order("north", {
        kind: "tariff",
        body: tariff,
        expires_at: "2026-12-01T00:00:00+01:00",
      });
      await office.order("south", notice("Ice"));
      const { page } = await pull(1);
      expect(page).toEqual({
        latest: 2,
        directives: [
          { number: 2, kind: "tariff", body: tariff, expires_at: "2026-11-30T23:00:00.000Z" },
        ],
      });
    });

    test("a page holds 200", async () => {
      for (let index = 0; index < 205; index += 1) await office.order("north", notice(`${index}`));
      const { page } = await pull(0);
      expect(page.directives.map(({ number }) => number)).toEqual(
        Array.from({ length: 200 }, (_, index) => index + 1),
      );
      expect(page.latest).toBe(205);
      expect((await pull(200)).page.directives).toHaveLength(5);
    });

    test.each(["-1", "1.5", "all", "99999999999"])("after=%s is no number", async (after) => {
      expect((await pull(after)).status).toBe(422);
    });

    test("every acknowledgement says up to which number there are some", async () => {
      await office.order("north", notice("Snow"));
      expect((await office.send(batch)).directives_latest).toBe(1);
    });
  });
});
