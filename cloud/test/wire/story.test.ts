import { SessionStory } from "@gatehouse/shared/contracts/reports/story";
import { SessionPage } from "@gatehouse/shared/contracts/reports/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk } from "../../src/store/reports/desk.ts";
import { readStoryLines } from "../../src/store/reports/story-lines.ts";
import { isoOf } from "@gatehouse/shared/time";
import { EdgeLedger, noon, writeStay } from "../edge-ledger.ts";
import { describeWithPostgres, startPostgres, type TestPostgres } from "../embedded.ts";
import { officeToken, TestOffice } from "../head-office.ts";
import { tellTown, type Town } from "./town.ts";
import type { TownFacility } from "./town-history.ts";

describeWithPostgres("a session told from its ledger", () => {
  let town: Town;
  let berlin: TownFacility;

  beforeAll(async () => {
    town = await tellTown();
    [berlin] = town.facilities as [TownFacility];
  }, 300_000);
  afterAll(() => town.postgres.stop());

  const storyOf = async (sessionId: string): Promise<SessionStory> =>
    SessionStory.parse(await town.look(berlin, `session?session_id=${sessionId}`));
  const sessions = async (query: string): Promise<SessionPage["sessions"]> =>
    SessionPage.parse(await town.look(berlin, `sessions?${query}`)).sessions;

  test("holds every line of the whole ledger that names it, and what answers those", async () => {
    const some = (await sessions("limit=500")).filter((_, place) => place % 17 === 0);
    expect(some.length).toBeGreaterThan(20);
    for (const { session_id } of some) {
      const { lines, is_complete } = await storyOf(session_id);
      const named = await town.office.rows<{ epoch: number; seq: number }>(
        `select epoch, seq from ledger_lines where facility_id = $1
           and text::jsonb -> 'body' ->> 'session_id' = $2 order by epoch, seq`,
        [berlin.plan.facilityId, session_id],
      );
      const places = lines.map(({ epoch, seq }) => `${epoch}/${seq}`);
      expect(places).toEqual(expect.arrayContaining(named.map((l) => `${l.epoch}/${l.seq}`)));
      const answers = lines.filter(({ body }) => body["session_id"] !== session_id);
      for (const { type } of answers)
        expect(["gate-answered", "document-reprinted", "alert-raised"]).toContain(type);
      expect(is_complete).toBe(true);
      expect(lines.map(({ sentence }) => sentence)).not.toContain("");
    }
  }, 120_000);

  test("brings its payments, refunds and papers, and sums up as the list does", async () => {
    const rows = await town.office.rows<{ session_id: string }>(
      "select distinct session_id from refunds where facility_id = $1 and session_id is not null",
      [berlin.plan.facilityId],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { session_id } of rows) {
      const { session, payments, refunds } = await storyOf(session_id);
      expect(session.session_id).toBe(session_id);
      expect(payments.length).toBeGreaterThan(0);
      expect(refunds.length).toBeGreaterThan(0);
      const paid = payments.filter(({ status }) => status === "captured");
      expect(paid.reduce((sum, { amount_minor }) => sum + (amount_minor ?? 0), 0)).toBe(
        session.paid_minor,
      );
    }
  });

  test("names the owner of a permit alone, as the permit was ordered last", async () => {
    const [withPermit] = await sessions("permit=yes&limit=1");
    expect(withPermit).toMatchObject({ owner: null });
    for (const holder of ["Ada Byron", "Ada Lovelace"])
      await town.office.order(berlin.plan.facilityId, {
        kind: "permit",
        body: {
          permit_id: withPermit?.permit_id,
          plates: [withPermit?.vehicle_number],
          holder,
          valid_from: "2026-01-01T00:00:00Z",
          valid_until: "2027-01-01T00:00:00Z",
        },
      });
    const [named] = await sessions("permit=yes&limit=1");
    expect(named).toMatchObject({ owner: "Ada Lovelace" });
    for (const { owner } of await sessions("permit=no")) expect(owner).toBeNull();
  });

  test("is found by its plate as one types it", async () => {
    const [visit] = await sessions("by=exit&limit=1");
    const plate = visit?.vehicle_number ?? "";
    const typed = `${plate.slice(0, 2)}-${plate.slice(2)}`.toLowerCase();
    const found = await sessions(`plate=${typed}`);
    expect(found.map(({ session_id }) => session_id)).toContain(visit?.session_id);
    expect(new Set(found.map(({ vehicle_number }) => vehicle_number))).toEqual(new Set([plate]));
  });

  test("of very long sessions tells what stands around the known moments, and says so", async () => {
    const [visit] = await sessions("by=exit&limit=1");
    const desk = await openDesk(
      town.office.database,
      berlin.plan.facilityId,
      town.office.clock.now(),
    );
    if (visit === undefined || desk === undefined) throw new Error("somebody left");
    const moments = [visit.entry_time ?? "", visit.exit_time ?? ""].map((at) => Date.parse(at));
    const whole = await readStoryLines(desk, visit.session_id, moments);
    const parts = await readStoryLines(desk, visit.session_id, moments, 1);
    expect(whole.isComplete).toBe(true);
    expect(parts.isComplete).toBe(false);
    const types = parts.lines.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["session-pending", "session-closed"]));
  });

  test("that nobody knows is refused; without its id the question is not understood", async () => {
    const ask = async (query: string): Promise<[number, string]> => {
      const response = await town.office.request(
        `/v1/facilities/${berlin.plan.facilityId}/reports/session${query}`,
        { headers: { authorization: `Bearer ${officeToken}` } },
      );
      const { type } = (await response.json()) as { type: string };
      return [response.status, type];
    };
    expect(await ask("?session_id=nobody")).toEqual([404, "no-such-session"]);
    expect(await ask("?session_id=%25")).toEqual([404, "no-such-session"]);
    expect(await ask("")).toEqual([422, "not-understood"]);
    expect(await ask("?session_id=a%00b")).toEqual([422, "not-understood"]);
  });
});

describeWithPostgres("a session whose vehicle stands in a space", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 120_000);
  afterAll(() => postgres.stop());

  test("is found by that space, and its story says who saw it there", async () => {
    const office = await new TestOffice(postgres.database).begin();
    const ledger = writeStay(writeStay(new EdgeLedger(), "1"), "2");
    ledger.write("session-in-space", {
      session_id: "session-2",
      segment: 1,
      space_id: "A007",
      plate: "AB12CDE",
      from: isoOf(noon),
      stay_id: null,
      witness: "person",
      read_id: null,
      by: { kind: "attendant", id: "anna" },
    });
    await office.send(ledger.batch());
    const reports = "/v1/facilities/north/reports";
    const found = SessionPage.parse(await office.look(`${reports}/sessions?space=A007`));
    expect(found.sessions.map(({ session_id }) => session_id)).toEqual(["session-2"]);
    const story = SessionStory.parse(await office.look(`${reports}/session?session_id=session-2`));
    const sentences = story.lines.map(({ sentence }) => sentence);
    expect(sentences.filter((each) => each.includes("space A007"))).toHaveLength(1);
    expect(story.is_archived).toBe(false);
    // The gate's answer names only the command that it answers.
    expect(story.lines.filter(({ type }) => type === "gate-answered")).toHaveLength(1);

    await office.rows(
      `insert into archive_files (facility_id, sha256, epoch, first_seq, last_seq, bytes, first_at,
         last_at, hash_before, last_hash, made_at)
       values ('north', 'a', 1, 1, 5, 1, $1, $1, '', '', $1)`,
      [isoOf(noon)],
    );
    await office.rows("delete from ledger_lines where seq <= 5");
    const left = SessionStory.parse(await office.look(`${reports}/session?session_id=session-1`));
    expect(left.is_archived).toBe(true);
    expect(left.lines.map(({ seq }) => seq)).toEqual([6, 7, 8, 10]);
  });
});
