import { canonicalJson, chainHash, genesisHash } from "@gatehouse/shared/canonical";
import { eventBodies } from "@gatehouse/shared/contracts/event";
import type { FacilityDetail } from "@gatehouse/shared/contracts/office";
import { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EdgeLedger, writeStay } from "../edge-ledger.ts";
import { EdgeMoney } from "../edge-money.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { TestOffice, tokenOf } from "../head-office.ts";

describeWithPostgres("edge and head office of different versions", () => {
  let postgres: TestPostgres;
  let office: TestOffice;

  beforeAll(async () => {
    postgres = await startPostgres();
    office = new TestOffice(postgres.database);
    await office.headquarters.prepare();
  });
  beforeEach(() => office.begin());
  afterAll(() => postgres.stop());

  /** Head office as a program was that could not read lines of these types. */
  async function asOlderProgram(types: readonly string[], work: () => Promise<void>) {
    const bodies = eventBodies as unknown as Record<string, unknown>;
    const known = types.map((type) => [type, bodies[type]] as const);
    for (const type of types) delete bodies[type];
    try {
      await work();
    } finally {
      Object.assign(bodies, Object.fromEntries(known));
    }
  }

  /** The new program starts on what the old one has left. */
  async function upgrade(): Promise<void> {
    await office.headquarters.start();
    await office.headquarters.secondReading;
    await office.headquarters.stop();
  }

  /** Everything that is told of a facility, without what head office says of itself. */
  async function everythingOf(facilityId: string): Promise<Record<string, unknown[]>> {
    const tables = await office.rows<{ name: string }>(
      `select distinct table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'facility_id' order by 1`,
    );
    const told: Record<string, unknown[]> = {};
    for (const { name } of tables) {
      // Who they are, and how often somebody asked about them here.
      const own = ["facilities", "facility_states", "facility_tokens", "request_hours"];
      if (own.includes(name)) continue;
      const rows = await office.rows<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) - 'facility_id' as row from ${name} as t
         where facility_id = $1 order by to_jsonb(t)::text`,
        [facilityId],
      );
      const isAbout = ({ row }: { row: Record<string, unknown> }): boolean =>
        name !== "alerts" || row["source"] === "edge";
      told[name] = rows.filter(isAbout).map(({ row }) => row);
    }
    return told;
  }

  test("a newer edge's lines are kept whole, and told once head office understands them", async () => {
    const money = new EdgeMoney(new SeededRandom(4));
    for (let stay = 0; stay < 40; stay += 1) money.stay();
    const newer = ["payment-captured", "entry-posted", "refund-changed", "session-flagged"];
    const told = linesOf(money);
    const take = async (facilityId: string): Promise<void> => {
      const ledger = writeStay(new EdgeLedger(facilityId), "1");
      ledger.write("session-flagged", { session_id: "session-1", flag: "overstay" });
      writeStay(ledger, "2");
      for (const { type, body, at } of told) ledger.writeAny(type, body as never, at);
      for (let first = 1; first <= ledger.written; first += 100)
        await office.send(ledger.batch(first, Math.min(first + 99, ledger.written)));
    };
    await asOlderProgram(newer, () => take("north"));
    await take("south");

    const [before] = await office.rows<{ aside: number }>(
      "select count(*)::int as aside from set_aside_lines where facility_id = 'north'",
    );
    expect(before!.aside).toBeGreaterThan(100);
    expect(await everythingOf("north")).not.toEqual(await everythingOf("south"));

    await upgrade();
    expect(await everythingOf("north")).toEqual(await everythingOf("south"));
    const { summary, alerts } = await office.look<FacilityDetail>("/api/facilities/north");
    expect(summary.ledger.set_aside).toBe(0);
    expect(alerts).toEqual([]);
    await upgrade();
    expect(await everythingOf("north")).toEqual(await everythingOf("south"));
  });

  test("what nobody understands yet stays aside, and its alarm stays open", async () => {
    const ledger = writeStay(new EdgeLedger(), "1").writeAny("drone-landed", { pad: 7 });
    await office.send(ledger.batch());
    await upgrade();
    expect(await office.rows("select seq from set_aside_lines")).toEqual([{ seq: 11 }]);
    const { alerts } = await office.look<FacilityDetail>("/api/facilities/north");
    expect(alerts.map(({ alert_type }) => alert_type)).toEqual(["ledger-line-set-aside"]);
  });

  test("members that only a newer edge knows hold up neither its batch nor its lines", async () => {
    const ledger = new EdgeLedger().writeAny("session-flagged", {
      session_id: "s",
      flag: "overstay",
      seen_by: { drone: 7 },
    });
    const response = await office.request("/v1/facilities/north/batches", {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokenOf("north")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        ...ledger.batch(),
        weather: "snow",
        lines: ledger.lines.map((line) => ({ ...line, signed_by: "tpm" })),
      }),
    });
    expect(response.status).toBe(200);
    expect(await office.heldTexts()).toEqual([ledger.lines[0]!.text]);
    expect(await office.rows("select flags from sessions")).toEqual([{ flags: ["overstay"] }]);
  });

  /** Word for word what the first edge of all sent: no purpose, no subject, no card of the facility, no `written_seq`. */
  test("the first edge's batches are taken as they are", async () => {
    const at = "2026-11-20T12:00:00.000Z";
    const bodies = [
      ["edge-started", { boot_id: "b", version: "0.0.1", clock_suspect: false }],
      [
        "lane-decided",
        {
          decision_id: "d1",
          lane_id: "entry-1",
          direction: "entry",
          kind: "open",
          reason: "transient",
          rules: ["free-places"],
          actor: { kind: "plate-rule", id: "camera-1" },
          session_id: "s1",
          read_id: "r1",
          plate: "AB12CDE",
          raw_plate: "AB12CDE",
          confidence: 0.97,
        },
      ],
      [
        "session-pending",
        {
          session_id: "s1",
          lane_id: "entry-1",
          plate: "AB12CDE",
          raw_plate: "AB12CDE",
          vehicle_class: "car",
          tariff_id: "default",
          tariff_version: 1,
          permit_id: null,
          steady_ms: 1,
        },
      ],
      [
        "session-opened",
        { session_id: "s1", lane_id: "entry-1", entry_at: at, steady_ms: 1, assumed: false },
      ],
      [
        "payment-started",
        {
          payment_id: "p1",
          session_id: "s1",
          method: "card",
          amount_minor: 250,
          currency: "EUR",
          terminal_id: "t1",
        },
      ],
      [
        "payment-captured",
        {
          payment_id: "p1",
          session_id: "s1",
          amount_minor: 250,
          receipt_number: "7",
          trace_number: "8",
          terminal_id: "t1",
          card_last_four: "4242",
          known_by: "answer",
        },
      ],
      [
        "session-closed",
        {
          session_id: "s1",
          lane_id: "exit-1",
          exit_at: at,
          duration_s: 3600,
          total_minor: 250,
          paid_minor: 250,
          owed_minor: 0,
          outcome: "closed",
        },
      ],
      [
        "alert-raised",
        {
          alert_id: "a1",
          alert_type: "gate-fault",
          subject: "g",
          severity: "warning",
          details: {},
        },
      ],
      ["alert-resolved", { alert_id: "a1", by: { kind: "system" } }],
      ["directive-applied", { number: 1, kind: "notice", result: "applied" }],
    ] as const;
    let hash = genesisHash;
    const lines = bodies.map(([type, body], index) => {
      const text = canonicalJson({ at, body, epoch: 1, seq: index + 1, type });
      hash = chainHash(hash, text);
      return { text, hash };
    });
    const response = await office.request("/v1/facilities/north/batches", {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokenOf("north")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        facility_id: "north",
        epoch: 1,
        first_seq: 1,
        lines,
        spaces_through: 0,
        spaces: [],
        sent_at: at,
        directives_through: 0,
        version: "0.0.1",
      }),
    });
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({ acked_seq: lines.length }),
    ]);
    const { summary } = await office.look<FacilityDetail>("/api/facilities/north");
    expect(summary).toMatchObject({
      version: "0.0.1",
      ledger: { set_aside: 0, acked: lines.length },
      today: { captured_minor: 250, entries: 1, exits: 1 },
    });
    expect(await office.rows("select state, purpose from payments")).toEqual([
      { state: "captured", purpose: null },
    ]);
  });
});

/** What a book tells, line by line. */
function linesOf(money: EdgeMoney): { type: string; body: unknown; at: string }[] {
  const lines: { type: string; body: unknown; at: string }[] = [];
  for (;;) {
    const batch = money.nextBatch();
    if (batch.lines.length === 0) return lines;
    for (const { text } of batch.lines)
      lines.push(JSON.parse(text) as { type: string; body: unknown; at: string });
    money.acknowledge({
      epoch: batch.epoch,
      acked_seq: batch.first_seq + batch.lines.length - 1,
      spaces_through: 0,
      directives_latest: 0,
    });
  }
}
