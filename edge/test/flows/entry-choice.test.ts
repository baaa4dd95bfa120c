import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { ChooseRequest } from "@gatehouse/shared/contracts/plates";
import { describe, expect, test } from "vitest";
import { keepListEntry, keepPermit } from "../../src/store/rights.ts";
import { confusionsOf } from "../../src/store/plates.ts";
import { CarPark, morning } from "./car-park.ts";

const anna: Actor = { kind: "attendant", id: "anna" };

/** What a person says at an entry; each test's words have ids of their own. */
const say = (park: CarPark, word: Record<string, string>, requestId = "press-00001") =>
  park.facility.plates.choose("entry-1", { request_id: requestId, ...word } as ChooseRequest, anna);

/** A vehicle stands at the entry whose plate the camera is unsure of. */
async function unsure(read: string, prepare: (park: CarPark) => void = () => {}) {
  const park = await CarPark.open();
  prepare(park);
  await park.arrive("entry-1");
  park.read("entry-1", read, { confidence: 0.4 });
  return park;
}

const permitted = (park: CarPark): void =>
  park.book.write((tx) =>
    keepPermit(tx, {
      permit_id: "season-7",
      plates: ["BGH1234"],
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: "2027-01-01T00:00:00Z",
      holder: "Kanzlei Ahrens",
    }),
  );

describe("an entry that asks", () => {
  test("shows what is written down under a plate like the one it read, and who is inside under one", async () => {
    const park = await CarPark.open();
    permitted(park);
    await park.enter("BGH1284");
    await park.arrive("entry-1");
    park.read("entry-1", "8GH1234", { confidence: 0.4 });
    expect(park.facility.plates.candidatesAt("entry-1")).toMatchObject({
      direction: "entry",
      read: { raw_plate: "8GH1234" },
      named: [{ plate: "BGH1234", kind: "permit", name: "Kanzlei Ahrens", distance: 0.4 }],
      candidates: [{ plate: "BGH1284" }],
    });
  });

  test("lets in under its right whose plate a person says, and its camera has learnt", async () => {
    const park = await unsure("8GH1234", permitted);
    expect(park.alert("attendant-needed")?.subject).toBe("entry-1");
    const answer = await say(park, { plate: "b-gh 1234", reason: "seen on the picture" });
    expect(answer).toMatchObject({
      sentence: "Opened for BGH1234: the plate has a valid permit, by anna.",
    });
    expect(park.alert("attendant-needed")).toBeUndefined();
    await park.cross("entry-1");
    expect(park.session("BGH1234")).toMatchObject({
      status: "open",
      permitId: "season-7",
      rawPlate: "8GH1234",
    });
    expect(park.facts("lane-decided").at(-1)).toMatchObject({
      actor: anna,
      plate: "BGH1234",
      raw_plate: "8GH1234",
      note: "seen on the picture",
      rules: ["plate-told", "permit"],
    });
    expect(confusionsOf(park.book, "camera-entry-1")).toMatchObject([{ read: "8", truth: "B" }]);
  });

  test("opens once for the same press, however often it is sent", async () => {
    const park = await unsure("8GH1234");
    const first = await say(park, { plate: "BGH1234", reason: "seen" });
    expect(await say(park, { plate: "BGH1234", reason: "seen" })).toMatchObject({
      decision_id: (first as { decision_id: string }).decision_id,
      sentence: "This was chosen already.",
    });
    await park.pass(2);
    expect(park.openings("entry-1")).toBe(1);
    expect(park.sessions).toHaveLength(1);
  });

  test("goes by its rules whatever plate a person says", async () => {
    const park = await unsure("8AD666", (it) =>
      it.book.write((tx) =>
        keepListEntry(
          tx,
          { list: "deny", plate: "BAD666", reason: "unpaid" } as Parameters<
            typeof keepListEntry
          >[1],
          morning,
        ),
      ),
    );
    expect(await say(park, { plate: "BAD666", reason: "seen" })).toMatchObject({
      session_id: null,
      sentence: "Refused for BAD666: the plate is on the deny list, by anna.",
    });
    expect(park.openings("entry-1")).toBe(0);
  });

  test("lets in again whose earlier exit was missed, and nobody is lost", async () => {
    const park = await CarPark.open();
    const { sessionId } = await park.enter("MAB1234");
    await park.pass(3600);
    await park.arrive("entry-1");
    park.read("entry-1", "MA81Z34", { confidence: 0.4 });
    await say(park, { session_id: sessionId });
    await park.cross("entry-1");
    expect(park.session("MAB1234")).toMatchObject({ status: "open" });
    expect(park.sessions.map(({ status }) => status)).toEqual(["closed-assumed", "open"]);
    expect(park.alert("session-assumed-closed")?.subject).toBe(sessionId);
  });

  test("keeps out whom a person turned away, whatever its camera reads, until it has left", async () => {
    const park = await unsure("8GH1234", permitted);
    expect(await say(park, { turn_away: "lorry too high" })).toMatchObject({
      session_id: null,
      sentence: "Refused for 8GH1234: a person turned it away, by anna.",
    });
    expect(park.alert("attendant-needed")).toBeUndefined();
    expect(park.read("entry-1", "BGH1234")).toEqual({ kind: "ignore", reason: "turned-away" });
    await park.pass(2);
    expect(park.openings("entry-1")).toBe(0);
    expect(park.facts("lane-decided").at(-1)).toMatchObject({ note: "lorry too high" });
    await park.backOff("entry-1");
    await park.pass(1);
    await park.enter("BGH1234");
    expect(park.openings("entry-1")).toBe(1);
  });

  test("moves nothing where nobody stands, where it is locked, or at an exit", async () => {
    const park = await CarPark.open();
    expect(await say(park, { plate: "BGH1234", reason: "seen" })).toMatchObject({
      reason: "nobody-there",
    });
    await park.arrive("entry-1");
    await park.facility.laneOrders.order("entry-1", "lock", { actor: anna, reason: "flood" });
    expect(await say(park, { plate: "BGH1234", reason: "seen" })).toMatchObject({
      reason: "lane-locked",
    });
    await park.arrive("exit-1");
    const word = { request_id: "press-00002", plate: "BGH1234", reason: "seen" };
    expect(await park.facility.plates.choose("exit-1", word, anna)).toMatchObject({
      reason: "no-entry",
    });
    expect(park.openings("entry-1") + park.openings("exit-1")).toBe(0);
  });
});

test("those of another colour come after the others that are as likely", async () => {
  const park = await CarPark.open();
  await park.enter("KAO123", { vehicleColour: "red" });
  await park.enter("KAQ123", { vehicleColour: "white" });
  await park.pass(60);
  await park.arrive("exit-1");
  park.read("exit-1", "KA0123", { vehicleColour: "white" });
  expect(park.facility.plates.candidatesAt("exit-1")).toMatchObject({
    read: { vehicle_colour: "white" },
    candidates: [
      { plate: "KAQ123", vehicle_colour: "white", colour_fits: true },
      { plate: "KAO123", vehicle_colour: "red", colour_fits: false },
    ],
  });
});

test("an attendant who calls for help puts the lane with its vehicle before everybody", async () => {
  const park = await CarPark.open();
  await park.arrive("exit-1");
  park.read("exit-1", "MAB1234");
  park.facility.laneOrders.call("exit-1", { actor: anna, reason: "driver refuses to pay" });
  expect(
    park.facility.overview.alerts().find(({ alert_type }) => alert_type === "help-call"),
  ).toMatchObject({
    subject: "exit-1",
    details: { plate: "MAB1234", called_by: "anna", note: "driver refuses to pay" },
  });
});
