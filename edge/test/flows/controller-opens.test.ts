import { expect, test } from "vitest";
import { keepPermit } from "../../src/store/rights.ts";
import { CarPark } from "./car-park.ts";

const asks = { opens: "controller" } as const;

test("a controller that opens itself is told to, and our gate is not", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  expect(park.read("entry-1", "BGH1234", asks)).toMatchObject({ kind: "open" });
  await park.pass(60);
  expect(park.openings("entry-1")).toBe(0);
  const [passage] = park.passages;
  const { decisionId } = park.decisions[0] ?? {};
  expect(passage).toMatchObject({
    commandedEvidence: `decision ${decisionId}, told to the controller that opens`,
    acknowledgedEvidence: "answered",
  });
});

test("at an exit as well, when nothing is owed", async () => {
  const park = await CarPark.open();
  const permit = {
    permit_id: "permit-1",
    plates: ["BGH1234"],
    valid_from: "2026-01-01T00:00:00Z",
    valid_until: "2027-01-01T00:00:00Z",
  };
  park.book.write((tx) => keepPermit(tx, permit));
  await park.enter("BGH1234");
  await park.arrive("exit-1");
  expect(park.read("exit-1", "BGH1234", asks)).toMatchObject({ kind: "open" });
  await park.pass(60);
  expect(park.openings("exit-1")).toBe(0);
});

test("a question that was answered `wait` is opened by us when its turn comes", async () => {
  const park = await CarPark.open();
  expect(park.read("entry-1", "BGH1234", asks)).toEqual({
    kind: "ignore",
    reason: "waiting-for-loop",
  });
  await park.arrive("entry-1");
  await park.pass(5);
  expect(park.openings("entry-1")).toBe(1);
});

test("an old question opens nothing", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  const { at } = park.plateRead("entry-1", "BGH1234");
  await park.pass(60);
  expect(park.read("entry-1", "BGH1234", { ...asks, at })).toEqual({
    kind: "ignore",
    reason: "stale-read",
  });
  expect(park.passages).toEqual([]);
});
