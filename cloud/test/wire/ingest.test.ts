import type { Ack, Batch } from "@gatehouse/shared/contracts/batch";
import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import type { Problem } from "@gatehouse/shared/contracts/problem";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { isoOf, minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EdgeLedger, noon, spaceStates, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

type Refusal = Problem & Ack;

describeWithPostgres("a ledger on its way to head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(() => office.begin());
  afterAll(() => postgres.stop());

  const detail = (): Promise<FacilityDetail> => office.look("/api/facilities/north");

  test("is held word for word, and the acknowledgement says how far", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    expect(await office.send(ledger.batch(1, 4))).toEqual({
      epoch: 1,
      acked_seq: 4,
      spaces_through: 0,
      directives_latest: 0,
      lines_max: 2_000,
    });
    expect((await office.send(ledger.batch(5))).acked_seq).toBe(10);
    expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
  });

  test("comes in batches of as many lines as the acknowledgement says, and of none more", async () => {
    const ledger = new EdgeLedger();
    while (ledger.written < 4_001) ledger.write("session-flagged", { flag: "f", session_id: "s" });
    const { lines_max: most = 0 } = await office.send(ledger.batch(1, 500));
    const refused = await office.upload(ledger.batch(501, 501 + most));
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("lines")]);
    await office.send(ledger.batch(501, 500 + most));
    await office.send(ledger.batch(501 + most));
    expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
  });

  test("may repeat itself and overlap: each line is held once and each cent counted once", async () => {
    const ledger = writeStay(writeStay(new EdgeLedger(), "1", 250), "2", 175);
    for (const [first, last] of [
      [1, 12],
      [1, 12],
      [5, 20],
      [1, 20],
      [3, 4],
    ] as const)
      await office.send(ledger.batch(first, last));
    expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
    const { summary, batches } = await detail();
    expect(summary.today).toMatchObject({ captured_minor: 425, payments: 2, entries: 2, exits: 2 });
    expect(batches).toMatchObject({ accepted: 5, lines_stored: 20, lines_repeated: 42 });
  });

  test("with a hole is refused with what is held, and nothing of it is taken", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    await office.send(ledger.batch(1, 3));
    const response = await office.upload(ledger.batch(5));
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ type: "ledger-hole", epoch: 1, acked_seq: 3 });
    expect(await office.heldTexts()).toHaveLength(3);
  });

  test("that differs from what is held raises one alarm and overwrites nothing", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    await office.send(ledger.batch());
    const other = writeStay(new EdgeLedger(), "other");
    for (let time = 0; time < 3; time += 1) {
      const response = await office.upload(other.batch());
      expect(response.status).toBe(409);
      expect((await response.json()) as Refusal).toMatchObject({
        type: "ledger-fork",
        acked_seq: 10,
      });
    }
    expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
    const { alerts, summary } = await detail();
    expect(alerts.map(({ alert_type, severity }) => [alert_type, severity])).toEqual([
      ["ledger-fork", "critical"],
    ]);
    expect(summary).toMatchObject({ level: "fault", sessions_open: 0 });
  });

  test("whose chain is broken is refused with the place, and nothing of it is taken", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    await office.send(ledger.batch(1, 2));
    const batch = ledger.batch(3);
    const lines = batch.lines.with(2, { ...batch.lines[2]!, text: '{"forged":true}' });
    const response = await office.upload({ ...batch, lines });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ type: "ledger-broken-chain", detail: "line 5" });
    expect(await office.heldTexts()).toHaveLength(2);
  });

  test("begins again with the next epoch, and the one before stays as it was", async () => {
    const first = writeStay(new EdgeLedger("north", 1), "1");
    const second = writeStay(new EdgeLedger("north", 2), "2");
    await office.send(first.batch());
    expect(await office.send(second.batch(1, 4))).toMatchObject({ epoch: 2, acked_seq: 4 });
    const late = await office.upload(first.batch(9));
    expect([late.status, await late.json()]).toEqual([
      409,
      expect.objectContaining({ type: "ledger-old-epoch", epoch: 2, acked_seq: 4 }),
    ]);
    expect(await office.heldTexts("north", 1)).toHaveLength(10);
    expect(await office.heldTexts("north", 2)).toHaveLength(4);
  });

  describe("whose batches are sent before the ones ahead of them are acknowledged", () => {
    const stays = (count: number, ledger = new EdgeLedger()): EdgeLedger => {
      for (let car = 0; car < count; car += 1) writeStay(ledger, `${car}`);
      return ledger;
    };
    const tens = (ledger: EdgeLedger): Batch[] =>
      Array.from({ length: ledger.written / 10 }, (_, ten) =>
        ledger.batch(ten * 10 + 1, ten * 10 + 10),
      );

    test("are written one behind the other, and each is told how far", async () => {
      const ledger = stays(30);
      const acks = await Promise.all(tens(ledger).map((batch) => office.send(batch)));
      expect(acks.map(({ acked_seq }) => acked_seq)).toEqual(
        Array.from({ length: 30 }, (_, ten) => ten * 10 + 10),
      );
      expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
      const { summary, batches } = await detail();
      expect(summary.today).toMatchObject({ captured_minor: 30 * 250, entries: 30, exits: 30 });
      expect(batches).toMatchObject({ accepted: 30, lines_stored: 300, lines_repeated: 0 });
    });

    test("and overtake each other on their way: each waits for the one ahead of it", async () => {
      const ledger = stays(8);
      const acks = await Promise.all(
        tens(ledger)
          .toReversed()
          .map((batch) => office.send(batch)),
      );
      expect(acks.map(({ acked_seq }) => acked_seq)).toEqual([80, 70, 60, 50, 40, 30, 20, 10]);
      expect(await office.heldTexts()).toEqual(ledger.lines.map(({ text }) => text));
      expect((await detail()).batches).toMatchObject({ accepted: 8, refused: 0 });
    });

    test("go on behind one that a value was taken out of", async () => {
      const ledger = stays(2).writeAny("session-flagged", { flag: "overstay", session_id: "a\0b" });
      while (ledger.written < 30) ledger.write("session-flagged", { flag: "f", session_id: "s" });
      const acks = await Promise.all(tens(ledger).map((batch) => office.send(batch)));
      expect(acks.map(({ acked_seq }) => acked_seq)).toEqual([10, 20, 30]);
      expect((await detail()).batches).toMatchObject({ lines_stored: 30 });
      expect(await office.rows("select seq, reason from set_aside_lines")).toEqual([
        { seq: 21, reason: "not-storable" },
      ]);
    });

    test("are refused where the one ahead is, and nothing of them is taken", async () => {
      const ledger = stays(4);
      const [first, second, third, fourth] = tens(ledger);
      await office.send(first!);
      const forged = second!.lines.with(3, { ...second!.lines[3]!, text: '{"forged":true}' });
      const answers = await Promise.all(
        [{ ...second!, lines: forged }, third!, fourth!].map((batch) => office.upload(batch)),
      );
      expect(answers.map(({ status }) => status)).toEqual([422, 409, 409]);
      expect(await office.heldTexts()).toHaveLength(10);
      for (const batch of [second!, third!, fourth!]) await office.send(batch);
      expect(await office.heldTexts()).toHaveLength(40);
    });

    test("and head office was put back to an older copy: it asks for what it has lost", async () => {
      const ledger = stays(3);
      const [first, second, third] = tens(ledger);
      await office.send(first!);
      await office.send(second!);
      // The same revision, so that the number alone would not tell.
      await office.rows("delete from ledger_lines where seq > 10");
      await office.rows(
        `update watermarks set acked_seq = 10, last_hash = '${first!.lines[9]!.hash}' where epoch = 1`,
      );
      const response = await office.upload(third!);
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ type: "ledger-hole", acked_seq: 10 });
      expect(await office.heldTexts()).toHaveLength(10);
    });
  });

  test("of one facility never touches another's", async () => {
    await office.send(writeStay(new EdgeLedger("north"), "same").batch());
    await office.send(writeStay(new EdgeLedger("south"), "same", 900).batch());
    expect((await detail()).summary.today.captured_minor).toBe(250);
  });

  describe("with a poisonous line", () => {
    const at = isoOf(noon);
    const long = new SeededRandom(7);
    const unindexable = Array.from({ length: 400 }, () => long.id()).join("");
    const flag = (session_id: string) => ({ flag: "overstay", session_id });
    const poisons: readonly [
      name: string,
      write: (ledger: EdgeLedger) => EdgeLedger,
      reason: string,
    ][] = [
      ["that is no JSON", (ledger) => ledger.writeText("not json"), "not-a-line"],
      ["that holds a NUL", (ledger) => ledger.writeText("a\0b"), "not-a-line"],
      [
        "of an unknown type",
        (ledger) => ledger.writeAny("drone-landed", { pad: 7 }),
        "unknown-type",
      ],
      [
        "whose body does not fit",
        (ledger) => ledger.writeAny("session-flagged", {}),
        "unreadable-body",
      ],
      [
        "with an escaped NUL in its id",
        (ledger) => ledger.writeAny("session-flagged", flag("a\0b")),
        "not-storable",
      ],
      [
        "with half a character in its id",
        (ledger) => ledger.writeAny("session-flagged", flag("a\ud800b")),
        "not-storable",
      ],
      [
        "with an id that no index can hold",
        (ledger) => ledger.writeAny("session-flagged", flag(unindexable)),
        "not-storable",
      ],
      [
        "of the year 0",
        (ledger) => ledger.writeAny("clock-stepped", { by_ms: 1 }, "0000-01-01T00:00:00Z"),
        "not-storable",
      ],
    ];

    test.each(poisons)(
      "%s goes on: that line alone is set aside whole",
      async (_, write, reason) => {
        const ledger = write(writeStay(new EdgeLedger(), "1"));
        writeStay(ledger, "2");
        expect((await office.send(ledger.batch())).acked_seq).toBe(21);
        const aside = await office.rows<{ seq: number; reason: string; raw: Buffer }>(
          "select seq, reason, raw from set_aside_lines",
        );
        const poison = ledger.lines[10]!.text;
        expect(aside).toEqual([{ seq: 11, reason, raw: Buffer.from(poison) }]);
        const { summary, alerts } = await detail();
        expect(summary.today).toMatchObject({ captured_minor: 500, entries: 2, exits: 2 });
        expect(alerts.map(({ alert_type }) => alert_type)).toEqual(["ledger-line-set-aside"]);
        expect(await office.heldTexts()).toHaveLength(21);
        expect((await office.send(ledger.batch())).acked_seq).toBe(21);
      },
    );

    test("of an unknown type keeps its text and its type, for a program that knows it", async () => {
      const ledger = new EdgeLedger().writeAny("drone-landed", { pad: 7 });
      await office.send(ledger.batch());
      const rows = await office.rows("select type, at, text from ledger_lines");
      expect(rows).toEqual([
        { type: "drone-landed", at: new Date(at), text: ledger.lines[0]!.text },
      ]);
    });

    test("among 500 others costs only that one", async () => {
      const ledger = new EdgeLedger();
      for (let car = 0; car < 25; car += 1) writeStay(ledger, `a${car}`);
      ledger.writeAny("session-flagged", flag("a\0b"));
      for (let car = 0; car < 24; car += 1) writeStay(ledger, `b${car}`);
      expect((await office.send(ledger.batch())).acked_seq).toBe(491);
      expect((await detail()).summary.today.captured_minor).toBe(49 * 250);
      expect(await office.rows("select seq from set_aside_lines")).toEqual([{ seq: 251 }]);
    });
  });

  test("is taken also when its envelope is odd: no name of a version or a zone holds it up", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    const card = { name: "Nord\0", timezone: "Mars/Olympus", currency: "EUR", locale: "de" };
    await office.send(ledger.batch(1, 10, { version: "1\0x".repeat(500), facility: card }));
    expect((await detail()).summary).toMatchObject({ name: "north", timezone: "UTC" });
  });

  test("tells in which space a vehicle stands, and when that was taken back", async () => {
    const by = { kind: "attendant", id: "kim" } as const;
    const place = { session_id: "session-1", segment: 1, space_id: "A001", plate: "AB12CDE", by };
    const ledger = writeStay(new EdgeLedger(), "1").write("session-in-space", {
      ...place,
      from: "2026-11-20T11:00:00.000Z",
      stay_id: null,
      witness: "person",
      read_id: null,
    });
    ledger.write("session-out-of-space", { ...place, as: "taken-back", last_space_id: null });
    const held = () => office.rows("select space_id, state from sessions");
    expect((await office.send(ledger.batch(1, 11))).acked_seq).toBe(11);
    expect(await held()).toEqual([{ space_id: "A001", state: "closed" }]);
    expect((await office.send(ledger.batch(12))).acked_seq).toBe(12);
    expect(await held()).toEqual([{ space_id: "", state: "closed" }]);
    expect((await detail()).set_aside ?? []).toEqual([]);
  });

  test("brings its facility's name and day with it", async () => {
    const card = { name: "Parkhaus Nord", timezone: "Asia/Tokyo", currency: "JPY", locale: "ja" };
    await office.send(
      writeStay(new EdgeLedger(), "1").batch(1, 10, { facility: card, written_seq: 12 }),
    );
    expect((await detail()).summary).toMatchObject({
      ...card,
      today: { day: "2026-11-20", captured_minor: 250 },
      ledger: { written: 12, acked: 10 },
    });
  });

  test("that comes late does not take back what a newer batch has told", async () => {
    const ledger = writeStay(new EdgeLedger(), "1");
    await office.send(ledger.batch(1, 10, { written_seq: 30, directives_through: 3 }));
    await office.send(ledger.batch(1, 2, { written_seq: 2, directives_through: 1 }));
    expect((await detail()).summary).toMatchObject({
      ledger: { written: 30, acked: 10 },
      directives: { applied: 3 },
    });
  });

  test("tells what became of a directive", async () => {
    const order = { kind: "notice", body: { notice_id: "n", text: "Snow" } };
    await office.order("north", order);
    const ledger = new EdgeLedger().write("directive-applied", {
      number: 1,
      kind: "notice",
      result: "applied",
    });
    await office.send(ledger.batch());
    expect((await detail()).directives).toEqual([
      expect.objectContaining({ number: 1, result: "applied" }),
    ]);
  });

  test("cannot close an alert that head office has raised about it", async () => {
    const ledger = new EdgeLedger().writeText("not json");
    await office.send(ledger.batch());
    const [alert] = (await detail()).alerts;
    ledger.write("alert-resolved", { alert_id: alert!.alert_id, by: { kind: "system" } });
    await office.send(ledger.batch(2));
    expect((await detail()).alerts).toHaveLength(1);
  });

  describe("carries the spaces too:", () => {
    const send = (
      change: number,
      states: Parameters<typeof spaceStates>[1],
      epoch = 1,
    ): Promise<Ack> =>
      office.send({
        ...new EdgeLedger("north", epoch).batch(1, 0),
        spaces: spaceStates(change, states),
        spaces_through: change + Object.keys(states).length - 1,
      });
    const counts = async () => (await detail()).summary.spaces;

    test("each has its newest state, however the batches come", async () => {
      await send(10, { A001: "occupied", A002: "free" });
      await send(1, { A001: "free", A003: "unknown" });
      expect(await counts()).toEqual({ free: 1, occupied: 1, unknown: 1, out_of_service: 0 });
    });

    test("the acknowledgement never goes back", async () => {
      expect((await send(10, { A001: "occupied" })).spaces_through).toBe(10);
      expect((await send(1, { A002: "free" })).spaces_through).toBe(10);
    });

    test("a new epoch counts its changes anew and still wins", async () => {
      await send(500, { A001: "occupied" });
      expect((await send(1, { A001: "free" }, 2)).spaces_through).toBe(1);
      expect(await counts()).toMatchObject({ free: 1, occupied: 0 });
    });

    test("the counts are right after a thousand changes in every order", async () => {
      const random = new SeededRandom(3);
      const statuses = ["free", "occupied", "unknown", "out-of-service"] as const;
      for (let batch = 0; batch < 40; batch += 1) {
        const told = Array.from({ length: 25 }, () => [
          `A${Math.floor(random.fraction() * 60)}`,
          statuses[Math.floor(random.fraction() * 4)] ?? "free",
        ]);
        await send(Math.floor(random.fraction() * 900) + 1, Object.fromEntries(told));
      }
      const recounted = await office.rows<{ status: string; count: number }>(
        "select replace(status, '-', '_') as status, count(*) from spaces group by status",
      );
      const expected = Object.fromEntries(recounted.map(({ status, count }) => [status, count]));
      expect(await counts()).toEqual(expected);
    });

    test("one that no table can hold is left out and told, the others are taken", async () => {
      await send(1, { ["x".repeat(5000)]: "free", A001: "occupied" });
      expect(await counts()).toMatchObject({ free: 0, occupied: 1 });
      expect((await detail()).alerts.map(({ alert_type }) => alert_type)).toEqual([
        "spaces-refused",
      ]);
    });
  });

  test("is seen as silent once it stops", async () => {
    await office.send(writeStay(new EdgeLedger(), "1").batch());
    await office.clock.advance(minutes(20));
    expect((await detail()).summary).toMatchObject({
      level: "fault",
      reasons: [{ code: "silent", since: isoOf(noon) }],
    });
  });
});
