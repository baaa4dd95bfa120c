import { trialBalance, balancesBySubject } from "@gatehouse/edge/store/books";
import { nextBatch } from "@gatehouse/edge/store/outbox";
import { findShift } from "@gatehouse/edge/store/shifts";
import { postings } from "@gatehouse/edge/store/money-schema";
import { accountNames } from "@gatehouse/edge/domain/money/chart";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import type { Batch } from "@gatehouse/shared/contracts/batch";
import { minutes } from "@gatehouse/shared/time";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { as, tillsOf } from "../../../edge/test/flows/money/till-fixture.ts";
import { EdgeLedger, noon } from "../edge-ledger.ts";
import { card, EdgeMoney } from "../edge-money.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice } from "../head-office.ts";

describeWithPostgres("the books at head office", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(() => office.begin());
  afterAll(() => postgres.stop());

  /** Sends everything in pieces of any length, many of them again, late or before their turn. */
  async function sendAnyhow(edge: EdgeMoney, random: SeededRandom): Promise<void> {
    const whole = edge.nextBatch();
    const part = (from: number, to: number): Batch => ({
      ...whole,
      first_seq: from,
      lines: whole.lines.slice(from - 1, to),
    });
    for (let held = 0; held < whole.lines.length;) {
      const from = Math.max(1, held - Math.floor(random.fraction() * 40));
      const to = held + 1 + Math.floor(random.fraction() * 30);
      const tooEarly = await office.upload(part(held + 2, to + 5));
      expect(tooEarly.status).toBe(409);
      held = (await office.send(part(from, to))).acked_seq;
      await office.send(part(1, Math.min(held, 50)));
    }
  }

  test.each([1, 2, 3])(
    "say of every account and subject what the facility's own say, however the lines came (%i)",
    async (seed) => {
      const random = new SeededRandom(seed);
      const edge = new EdgeMoney(random);
      for (let stays = 0; stays < 40; stays += 1) edge.stay();
      await sendAnyhow(edge, random);

      const balances = await office.rows<{ account: string; minor: number }>(
        `select account, sum(minor)::bigint as minor from postings group by account order by account`,
      );
      expect(balances).toEqual(trialBalance(edge.book));
      for (const account of accountNames) {
        const held = await office.rows<{ subject: string | null; minor: number }>(
          `select account, subject, sum(minor)::bigint as minor from postings where account = $1
           group by account, subject having sum(minor) <> 0 order by subject nulls first`,
          [account],
        );
        expect(held).toEqual(balancesBySubject(edge.book, account));
      }
      const [count] = await office.rows<{ lines: number }>(
        "select count(*) as lines from postings",
      );
      expect(count?.lines).toBe(await edge.book.db.$count(postings));
    },
  );

  const posted = (entry_id: string, subject: string | null, minor: number) => ({
    entry_id,
    kind: "capture",
    currency: "EUR",
    payment_id: null,
    session_id: null,
    shift_id: null,
    lines: [
      { account: "drawer", subject, minor, rate_ppm: null },
      { account: "receivable", subject: "s", minor: -minor, rate_ppm: null },
    ],
  });

  test.each([
    ["a NUL in a subject", posted("poison", "a\0b", 1), "not-storable"],
    ["half a cent", posted("poison", "till", 0.5), "unreadable-body"],
    [
      "a tax rate that no table holds",
      {
        ...posted("poison", "till", 1),
        lines: [{ account: "tax", subject: null, minor: 1, rate_ppm: 2 ** 40 }],
      },
      "not-storable",
    ],
  ])("set an entry with %s aside whole, and take all before and after", async (_, body, reason) => {
    const ledger = new EdgeLedger()
      .write("entry-posted", posted("first", "till", 250))
      .writeAny("entry-posted", body)
      .write("entry-posted", posted("last", "till", 100));
    for (let time = 0; time < 2; time += 1) await office.send(ledger.batch());
    expect(await office.rows("select seq, reason from set_aside_lines")).toEqual([
      { seq: 2, reason },
    ]);
    expect(
      await office.rows(
        "select account, sum(minor)::bigint as minor from postings group by account order by account",
      ),
    ).toEqual([
      { account: "drawer", minor: 350 },
      { account: "receivable", minor: -350 },
    ]);
  });

  test("hold a closed shift with its signed report, and every paper as it was issued", async () => {
    const { desk, take, giveBack, book, clock } = tillsOf();
    const anna = as("anna");
    const open = desk.open("till-1", { request_id: "1", float_minor: 5000 }, anna);
    if (!("shift" in open)) throw new Error("the shift was refused");
    const { shift_id } = open.shift;
    const paymentId = take("cash", 1190);
    take("card", 500);
    giveBack(paymentId, 1190, 190);
    await clock.advance(minutes(5));
    desk.count(shift_id, { request_id: "2", counted_minor: 6000 }, anna);
    desk.close(shift_id, { request_id: "3", leave_minor: 5000 }, anna);

    await office.send(nextBatch(book, { facilityId: "north", facility: card, version: "1" }, noon));
    const own = findShift(book, shift_id);
    expect(await office.rows("select * from shifts")).toEqual([
      expect.objectContaining({
        facility_id: "north",
        drawer_id: "till-1",
        operator: "anna",
        state: "closed",
        float_minor: 5000,
        counted_minor: 6000,
        expected_minor: 6000,
        z_number: 1,
        report: own?.report,
        signature: own?.signature,
      }),
    ]);
    const papers = await office.rows<{ kind: string; number: number; body: unknown }>(
      "select kind, number, body from documents order by issued_at, kind, number",
    );
    expect(papers.map(({ kind, number }) => `${kind} ${number}`)).toEqual(
      ["receipt 1", "receipt 2", "refund 1", "shift-report 1"].toSorted(),
    );
    expect(papers.at(-1)?.body).toMatchObject({ shift: own?.report });
  });
});
