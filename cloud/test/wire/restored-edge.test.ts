import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { chainHash, genesisHash } from "@gatehouse/shared/canonical";
import { seconds } from "@gatehouse/shared/time";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeAtWork } from "../edge-at-work.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

describeWithPostgres("an edge whose book comes from a copy", () => {
  let postgres: TestPostgres;
  let office: TestOffice;
  let folder: string;
  let edges: EdgeAtWork[];

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(async () => {
    await office.begin();
    folder = mkdtempSync(join(tmpdir(), "gatehouse-restored-"));
    edges = [];
  });
  afterEach(async () => {
    for (const edge of edges) await edge.stop();
    rmSync(folder, { recursive: true });
  });
  afterAll(() => postgres.stop());

  const file = (name: string): string => join(folder, name);
  const begin = async (name: string, isCut = false): Promise<EdgeAtWork> => {
    const edge = new EdgeAtWork(office, file(name));
    edge.isCut = isCut;
    edges.push(edge);
    await edge.start();
    return edge;
  };
  const end = async (edge: EdgeAtWork): Promise<void> => {
    edges = edges.filter((each) => each !== edge);
    await edge.stop();
  };
  const pass = async (forSeconds: number): Promise<void> => {
    await office.clock.advance(seconds(forSeconds));
  };
  const sessions = async (): Promise<string[]> =>
    (await office.rows<{ id: string }>("select session_id as id from sessions order by 1")).map(
      ({ id }) => id,
    );
  const alerts = async (): Promise<string[]> =>
    (await office.look<FacilityDetail>("/api/facilities/north")).alerts.map(
      ({ alert_type }) => alert_type,
    );
  /** Each epoch is whole, gapless and chained; the facts that were told, in their order. */
  const told = async (): Promise<string[]> => {
    const rows = await office.rows<{ epoch: number; seq: number; text: string; hash: string }>(
      "select epoch, seq, text, hash from ledger_lines order by epoch, seq",
    );
    let before = { epoch: 0, seq: 0, hash: genesisHash };
    return rows.flatMap(({ epoch, seq, text, hash }) => {
      if (epoch !== before.epoch) before = { epoch, seq: 0, hash: genesisHash };
      expect([seq, hash]).toEqual([before.seq + 1, chainHash(before.hash, text)]);
      before = { epoch, seq, hash };
      const { body } = JSON.parse(text) as { body: { session_id?: string } };
      return body.session_id === undefined ? [] : [body.session_id];
    });
  };
  /** A book of three facts that all are known; a copy of it; then two more facts, known as well. */
  const liveOn = async (): Promise<EdgeAtWork> => {
    const first = await begin("book");
    first.write("a", "b", "c");
    await pass(20);
    await end(first);
    copyFileSync(file("book"), file("copy"));
    const second = await begin("book");
    second.write("d", "e");
    await pass(20);
    return second;
  };

  test("that only started again goes on in its epoch", async () => {
    const edge = await liveOn();
    expect([edge.book.epoch, edge.status.queued]).toEqual([1, 0]);
    expect(await told()).toEqual(["a", "b", "c", "d", "e"]);
    expect(await alerts()).toEqual([]);
  });

  test("begins the next epoch: nothing is lost, nothing doubled, no fork", async () => {
    await end(await liveOn());
    const restored = await begin("copy");
    restored.write("f");
    await pass(20);
    restored.write("g");
    await pass(20);
    expect(restored.book.epoch).toBe(2);
    expect(restored.status).toMatchObject({ state: "connected", queued: 0 });
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    expect(await sessions()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    expect(await alerts()).toEqual(["ledger-restored"]);
  });

  test("may write for days before it reaches head office, in the places of lines it never knew", async () => {
    await end(await liveOn());
    const restored = await begin("copy", true);
    restored.write("f");
    await pass(3600);
    restored.write("g", "h");
    await pass(3600);
    restored.isCut = false;
    await pass(700);
    expect(restored.book.epoch).toBe(2);
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"]);
    expect(await alerts()).toEqual(["ledger-restored"]);
    const [line] = await office.rows<{ text: string }>(
      "select text from ledger_lines where type = 'epoch-begun'",
    );
    expect(JSON.parse(line!.text)).toMatchObject({
      epoch: 2,
      seq: 1,
      body: { previous_epoch: 1, previous_seq: 3, forgotten: 2, retold: 3 },
    });
  });

  test("may come from the same copy twice: no number is used again", async () => {
    await end(await liveOn());
    copyFileSync(file("copy"), file("again"));
    const once = await begin("copy");
    once.write("f");
    await pass(20);
    await end(once);
    const twice = await begin("again");
    twice.write("g");
    await pass(20);
    expect(twice.book.epoch).toBe(3);
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    expect(await alerts()).not.toContain("ledger-fork");
  });

  test("may have no copy at all: a new box begins with an empty book", async () => {
    await end(await liveOn());
    const box = await begin("new");
    box.write("f", "g", "h", "i", "j", "k", "l");
    await pass(20);
    expect(box.book.epoch).toBe(2);
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]);
    expect(await alerts()).toEqual(["ledger-restored"]);
  });

  test("whose head office lost lines gives them again in the same epoch", async () => {
    const edge = await liveOn();
    await end(edge);
    await office.rows("delete from ledger_lines where seq > 3");
    await office.rows("delete from sessions where session_id > 'c'");
    await office.rows(
      `update watermarks set acked_seq = 3,
       last_hash = (select hash from ledger_lines where seq = 3)`,
    );
    const again = await begin("book");
    again.write("f");
    await pass(20);
    expect(again.book.epoch).toBe(1);
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(await alerts()).toEqual([]);
  });

  test("while the first one still works is a fork: told loudly, and neither's lines are overwritten", async () => {
    const original = await liveOn();
    const twin = await begin("copy");
    twin.write("twin");
    await pass(20);
    expect(await alerts()).toEqual(["ledger-restored"]);
    original.write("f");
    await pass(60);
    expect(original.status).toMatchObject({ state: "offline", queued: 1 });
    expect(original.status.lastError).toContain("Another edge");
    expect((await alerts()).toSorted()).toEqual(["ledger-fork", "ledger-restored"]);
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "twin"]);
    await end(twin);
    await end(original);
    const winner = await begin("book");
    await pass(20);
    expect(winner.status).toMatchObject({ state: "connected", queued: 0 });
    expect(await told()).toEqual(["a", "b", "c", "d", "e", "twin", "f"]);
  });
});
