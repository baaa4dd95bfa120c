import type { AntiPassback } from "@gatehouse/shared/contracts/access-terms";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { presences } from "../../src/store/access-schema.ts";
import { keepPermit } from "../../src/store/rights.ts";
import { CarPark } from "./car-park.ts";
import { foldPresence } from "./presence-fold.ts";
import type { LaneId } from "./small-site.ts";

const plates = ["AA1", "BB2"] as const;

/** A facility where one permit is good for two vehicles. */
async function parkWith(antiPassback: AntiPassback): Promise<CarPark> {
  const park = await CarPark.open();
  park.book.write((tx) =>
    keepPermit(tx, {
      permit_id: "p1",
      plates: [...plates],
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: "2027-01-01T00:00:00Z",
      anti_passback: antiPassback,
    }),
  );
  return park;
}

const inBook = (park: CarPark) =>
  Object.fromEntries(
    park.book.db
      .select()
      .from(presences)
      .all()
      .map(({ permitId, plate, state }) => [`${permitId}/${plate}`, state] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

async function leave(park: CarPark, plate: string, laneId: LaneId = "exit-1"): Promise<void> {
  await park.arrive(laneId);
  park.read(laneId, plate);
  await park.cross(laneId);
  await park.pass(12);
}

const neutral = (park: CarPark, permitId: string | null = null) =>
  park.facility.access.makeNeutral(
    { permit_id: permitId, why: "the gate stood open" },
    { kind: "attendant", id: "boris" },
  );

describe("a permit that lets in one vehicle at a time", () => {
  test("refuses its second vehicle until the first has left", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.enter("AA1");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "BB2")).toEqual({ kind: "deny", reason: "permit-passback" });
    await park.backOff("entry-2");
    await leave(park, "AA1");
    expect((await park.enter("BB2")).permitId).toBe("p1");
    expect(inBook(park)).toEqual({ "p1/AA1": "out", "p1/BB2": "in" });
  });

  test("refuses its second vehicle beside the first that has not passed yet, and not after a back-out", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.arrive("entry-1");
    expect(park.read("entry-1", "AA1").kind).toBe("open");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "BB2")).toEqual({ kind: "deny", reason: "permit-passback" });
    await park.pass(5);
    await park.backOff("entry-1");
    await park.pass(4);
    expect(inBook(park)).toEqual({});
    expect(park.read("entry-2", "BB2").kind).toBe("open");
  });

  test("refuses the same plate at another lane while its vehicle is on the way in", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "AA1")).toEqual({ kind: "deny", reason: "permit-passback" });
  });

  test("lets the vehicle try again that stands there still", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.pass(40);
    expect(park.read("entry-1", "AA1").kind).toBe("open");
  });

  test("is neutral after its passage was only assumed, and lets in once more", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.arrive("entry-1");
    park.read("entry-1", "AA1");
    await park.pass(4);
    await park.restart();
    expect(inBook(park)).toEqual({ "p1/AA1": "neutral" });
    await park.arrive("entry-2");
    expect(park.read("entry-2", "BB2").kind).toBe("open");
  });

  test("lets in once more after somebody has made it neutral, and not twice", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.enter("AA1");
    expect(neutral(park, "p1")).toEqual({
      sentence: "1 vehicle of permit p1 made neutral: each may come in once.",
    });
    await park.enter("BB2");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "AA1")).toEqual({ kind: "deny", reason: "permit-passback" });
    expect(park.facts("presence-reset")).toEqual([
      {
        permit_id: "p1",
        vehicles: 1,
        actor: { kind: "attendant", id: "boris" },
        reason: "the gate stood open",
      },
    ]);
  });

  test("leaves whom an attendant lets in all the same without a right, and it pays", async () => {
    const park = await parkWith({ mode: "hard" });
    await park.enter("AA1");
    await park.arrive("entry-2");
    park.read("entry-2", "BB2");
    await park.facility.openByHand(park.opening("entry-2"));
    await park.cross("entry-2");
    await park.pass(12);
    expect(park.session("BB2")).toMatchObject({ status: "open", permitId: null });
    expect(inBook(park)).toEqual({ "p1/AA1": "in" });
  });
});

describe("a permit that only takes note", () => {
  test("lets its second vehicle in and flags the session", async () => {
    const park = await parkWith({ mode: "soft" });
    await park.enter("AA1");
    const second = await park.enter("BB2");
    expect(second.permitId).toBe("p1");
    expect(park.facts("session-flagged")).toEqual([
      { session_id: second.sessionId, flag: "passback" },
    ]);
    expect(park.facts("lane-decided").at(-1)?.rules).toEqual(["passback", "permit"]);
  });

  test("of minutes lets its second vehicle in after them", async () => {
    const park = await parkWith({ mode: "timed", minutes: 10 });
    await park.enter("AA1");
    await park.arrive("entry-2");
    expect(park.read("entry-2", "BB2").kind).toBe("deny");
    await park.pass(600);
    expect(park.read("entry-2", "BB2").kind).toBe("open");
  });
});

type Step =
  | { readonly kind: "enter" | "back-out" | "crash-entering"; readonly plate: number }
  | { readonly kind: "leave"; readonly plate: number }
  | { readonly kind: "neutral" | "crash" };

const stepOf = fc.oneof(
  { weight: 4, arbitrary: act("enter") },
  { weight: 3, arbitrary: act("leave") },
  { weight: 2, arbitrary: act("back-out") },
  { weight: 1, arbitrary: act("crash-entering") },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>({ kind: "neutral" }, { kind: "crash" }),
  },
);

function act(kind: "enter" | "back-out" | "crash-entering" | "leave"): fc.Arbitrary<Step> {
  return fc.nat({ max: plates.length - 1 }).map((plate) => ({ kind, plate }));
}

async function take(park: CarPark, step: Step): Promise<void> {
  switch (step.kind) {
    case "neutral":
      return void neutral(park);
    case "crash":
      return park.restart();
    case "leave":
      return leave(park, plates[step.plate] ?? "");
    case "enter":
    case "back-out":
    case "crash-entering":
  }
  await park.arrive("entry-1");
  const { kind } = park.read("entry-1", plates[step.plate] ?? "");
  if (step.kind === "crash-entering") await park.restart();
  if (kind === "open" && step.kind === "enter") await park.cross("entry-1");
  else {
    await park.pass(4);
    await park.backOff("entry-1");
  }
  await park.pass(40);
}

describe("whatever happens", () => {
  test("no permit has two vehicles in, unless one was neutral or out between, and the book is what its ledger says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf, { minLength: 4, maxLength: 12 }), async (steps) => {
        const park = await parkWith({ mode: "hard" });
        for (const step of steps) await take(park, step);
        const folded = foldPresence(park.ledger);
        expect(folded.mostIn["p1"] ?? 0).toBeLessThanOrEqual(1);
        expect(inBook(park)).toEqual(folded.states);
        park.die();
        park.book.close();
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});
