import type { AntiPassback } from "@gatehouse/shared/contracts/access-terms";
import { describe, expect, test } from "vitest";
import { findPresence } from "../../src/store/access.ts";
import { keepListEntry, keepPermit } from "../../src/store/rights.ts";
import { CarPark, morning } from "./car-park.ts";

const year = { valid_from: "2026-01-01T00:00:00Z", valid_until: "2027-01-01T00:00:00Z" };

async function parkWithPermit(antiPassback: AntiPassback, plates = ["AA1"]): Promise<CarPark> {
  const park = await CarPark.open();
  park.book.write((tx) =>
    keepPermit(tx, {
      permit_id: "season",
      plates,
      ...year,
      lanes: ["entry-1"],
      anti_passback: antiPassback,
    }),
  );
  return park;
}

async function leave(park: CarPark, plate: string): Promise<void> {
  await park.arrive("exit-1");
  park.read("exit-1", plate);
  await park.cross("exit-1");
  await park.pass(12);
}

describe("a permit holder at an exit whom nobody saw coming in", () => {
  test("leaves on a session that is made then and costs nothing", async () => {
    const park = await parkWithPermit({ mode: "hard" });
    await leave(park, "AA1");
    expect(park.session("AA1")).toMatchObject({
      status: "closed",
      permitId: "season",
      totalAmount: 0,
      sessionMetadata: { orphan_exit: true },
    });
    expect(park.decisions.at(-1)).toMatchObject({ kind: "open", reason: "permit-unseen" });
    expect(park.facts("session-flagged")).toMatchObject([{ flag: "orphan-exit" }]);
    expect(findPresence(park.book, "season", "AA1")).toMatchObject({ state: "out" });
    expect(park.openings("exit-1")).toBe(1);
  });

  test.each([
    ["off", undefined],
    ["soft", "passback"],
  ] as const)("leaves twice in a row where anti-passback is %s", async (mode, flag) => {
    const park = await parkWithPermit({ mode });
    await leave(park, "AA1");
    await leave(park, "AA1");
    expect(park.openings("exit-1")).toBe(2);
    const flags = park.session("AA1").sessionMetadata["access_flags"];
    expect(flags).toEqual(flag === undefined ? undefined : [flag]);
  });

  test("waits for a person where hard anti-passback saw it leaving before", async () => {
    const park = await parkWithPermit({ mode: "hard" });
    await park.enter("AA1");
    await leave(park, "AA1");
    await park.arrive("exit-1");
    expect(park.read("exit-1", "AA1")).toMatchObject({ kind: "ask" });
    expect(park.decisions.at(-1)).toMatchObject({ kind: "ask", reason: "permit-passback" });
    expect(park.openings("exit-1")).toBe(1);
    expect(park.alert("attendant-needed")?.details).toMatchObject({ reason: "permit-passback" });
  });

  test("waits for a person while another vehicle has the permit in use", async () => {
    const park = await parkWithPermit({ mode: "hard" }, ["AA1", "BB2"]);
    await park.enter("AA1");
    await park.arrive("exit-1");
    expect(park.read("exit-1", "BB2")).toMatchObject({ kind: "ask" });
    expect(park.decisions.at(-1)).toMatchObject({ reason: "permit-passback" });
  });

  test("waits for a person when the read is unsure, the plate denied or the permit over", async () => {
    const park = await parkWithPermit({ mode: "off" });
    park.book.write((tx) => {
      const permit = { permit_id: "old", plates: ["BB2"], ...year };
      keepPermit(tx, { ...permit, valid_until: "2026-05-01T00:00:00Z" });
      keepPermit(tx, { ...permit, permit_id: "bad", plates: ["CC3"] });
      keepListEntry(tx, { list: "deny", plate: "CC3", reason: "unpaid stays" }, morning);
    });
    await park.arrive("exit-1");
    park.read("exit-1", "BB2");
    park.read("exit-1", "CC3");
    park.read("exit-1", "AA1", { confidence: 0.4 });
    expect(park.decisions.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      "ask no-session",
      "ask no-session",
      "ask no-session",
    ]);
    expect(park.sessions).toEqual([]);
  });

  test("that backs off and tries again goes on with the same session", async () => {
    const park = await parkWithPermit({ mode: "hard" });
    await park.arrive("exit-1");
    park.read("exit-1", "AA1");
    await park.backOff("exit-1");
    await park.pass(60);
    expect(park.session("AA1").status).toBe("closed-assumed");
    await leave(park, "AA1");
    expect(park.sessions).toMatchObject([{ status: "closed", permitId: "season" }]);
  });
});
