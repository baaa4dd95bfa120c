import { expect, test } from "vitest";
import { confusionsOf, readsOfSession } from "../../src/store/plates.ts";
import { CarPark } from "./car-park.ts";

const anna = { kind: "attendant", id: "anna" } as const;

/** Two cars inside whose plates are alike, and one of them at the exit, misread so that it may be either. */
async function twoAlike(): Promise<CarPark> {
  const park = await CarPark.open();
  await park.enter("KAO123");
  await park.enter("KAQ123");
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "KA0123");
  return park;
}

async function choose(park: CarPark, plate: string, requestId = "press-12345") {
  const { sessionId } = park.session(plate);
  return park.facility.plates.choose(
    "exit-1",
    { request_id: requestId, session_id: sessionId },
    anna,
  );
}

test("several reads of one vehicle are one: a surer one later puts its plate right before it has passed", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  park.read("entry-1", "8GH1234", { confidence: 0.7 });
  expect(park.read("entry-1", "BGH1234", { confidence: 0.95 })).toMatchObject({
    reason: "lane-busy",
  });
  await park.cross("entry-1");
  await park.pass(10);
  expect(park.sessions).toMatchObject([
    { vehicleLicense: "BGH1234", rawPlate: "8GH1234", status: "open" },
  ]);
  expect(park.facts("plate-corrected")).toMatchObject([
    { from: "8GH1234", to: "BGH1234", reason: "later-read", by: { kind: "plate-rule" } },
  ]);
  expect(
    readsOfSession(park.book, park.session("BGH1234").sessionId).map((read) => read.readPlate),
  ).toEqual(["8GH1234", "BGH1234"]);
});

test("the next car, bumper to bumper, keeps its own plate", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  park.read("entry-1", "BGH1234");
  expect(park.read("entry-1", "BGH1235")).toMatchObject({ reason: "waiting-for-loop" });
  await park.cross("entry-1", true);
  await park.pass(10);
  expect(park.sessions.map(({ vehicleLicense }) => vehicleLicense)).toEqual(["BGH1234", "BGH1235"]);
});

test("a camera that tells of a vehicle once more when it has passed opens for nobody", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  park.read("entry-1", "BGH1234");
  await park.cross("entry-1", true);
  expect(park.read("entry-1", "BGH1234")).toEqual({ kind: "ignore", reason: "same-passage" });
  expect(park.openings("entry-1")).toBe(1);
  expect(park.sessions).toHaveLength(1);
});

test("an exit that cannot tell two vehicles asks, and shows both with their reads", async () => {
  const park = await twoAlike();
  const told = park.facility.plates.candidatesAt("exit-1");
  expect(told).toMatchObject({
    read: { raw_plate: "KA0123", reader_id: "camera-exit-1" },
    candidates: [
      { plate: "KAO123", distance: 0.4, class_fits: true, entry_read: { read_plate: "KAO123" } },
      { plate: "KAQ123", distance: 0.4, class_fits: true, entry_read: { read_plate: "KAQ123" } },
    ],
  });
});

test("the vehicle that a person chose pays what it owes, and then the gate opens; its camera has learnt", async () => {
  const park = await twoAlike();
  expect(await choose(park, "KAQ123")).toMatchObject({
    sentence: "Asked for payment for KAQ123: the stay is not paid yet, by anna.",
  });
  expect(park.openings("exit-1")).toBe(0);
  expect(park.alert("attendant-needed")).toBeUndefined();
  await park.pass(8);
  await park.cross("exit-1");
  await park.pass(12);
  expect(park.session("KAQ123")).toMatchObject({ status: "closed", paymentStatus: "paid" });
  expect(park.session("KAO123")).toMatchObject({ status: "open" });
  expect(park.facts("session-chosen")).toMatchObject([
    { plate: "KAQ123", read_plate: "KA0123", by: anna },
  ]);
  expect(confusionsOf(park.book, "camera-exit-1")).toMatchObject([
    { read: "0", truth: "Q", count: 1 },
  ]);
});

test("the same press twice is one choice; nobody is chosen where nobody stands, or who has left", async () => {
  const park = await twoAlike();
  const first = await choose(park, "KAQ123");
  expect(await choose(park, "KAQ123")).toMatchObject({
    decision_id: (first as { decision_id: string }).decision_id,
    sentence: "This was chosen already.",
  });
  expect(park.facts("session-chosen")).toHaveLength(1);
  await park.pass(8);
  expect(await choose(park, "KAO123", "press-23456")).toMatchObject({ reason: "lane-busy" });
  await park.cross("exit-1");
  await park.pass(12);
  expect(await choose(park, "KAO123", "press-34567")).toMatchObject({ reason: "nobody-there" });
  await park.arrive("exit-1");
  expect(await choose(park, "KAQ123", "press-45678")).toMatchObject({ reason: "not-inside" });
});

test("a vehicle without a readable plate is chosen among the latest of its class", async () => {
  const park = await CarPark.open();
  await park.enter("KAO123", { vehicleClass: "truck" });
  await park.enter("BGH1234");
  await park.arrive("exit-1");
  park.read("exit-1", "", { vehicleClass: "truck" });
  expect(park.facility.plates.candidatesAt("exit-1")).toMatchObject({
    candidates: [
      { plate: "KAO123", distance: null, class_fits: true },
      { plate: "BGH1234", distance: null, class_fits: false },
    ],
  });
  expect(await choose(park, "KAO123")).toMatchObject({
    session_id: park.session("KAO123").sessionId,
  });
});

test("nobody is chosen where nobody stands, at an unknown lane, or without a price for who has no session", async () => {
  const park = await twoAlike();
  const { plates } = park.facility;
  const request = { request_id: "press-12345", session_id: park.session("KAO123").sessionId };
  expect(await plates.choose("entry-1", request, anna)).toMatchObject({ reason: "nobody-there" });
  expect(await plates.choose("nowhere", request, anna)).toMatchObject({ reason: "unknown-lane" });
  expect(plates.candidatesAt("nowhere")).toMatchObject({ reason: "unknown-lane" });
  const none = { request_id: "press-23456", none: "lost-ticket" } as const;
  expect(await plates.choose("exit-1", none, anna)).toMatchObject({ reason: "no-lost-price" });
});

test("a corrected plate keeps what was read, teaches the camera of the entry, and finds its vehicle", async () => {
  const park = await CarPark.open();
  await park.arrive("entry-1");
  park.read("entry-1", "8GH-1234");
  await park.cross("entry-1");
  await park.pass(10);
  const { sessionId } = park.session("8GH1234");
  const told = { plate: "b-gh 1234", reason: "looked at the picture" };
  expect(park.facility.plates.correct(sessionId, told, anna)).toMatchObject({
    from: "8GH1234",
    to: "BGH1234",
  });
  expect(park.session("BGH1234")).toMatchObject({ rawPlate: "8GH-1234", sessionId });
  expect(confusionsOf(park.book, "camera-entry-1")).toMatchObject([
    { read: "8", truth: "B", count: 1 },
  ]);
  expect(park.facility.plates.correct(sessionId, told, anna)).toMatchObject({ from: "BGH1234" });
  expect(park.facts("plate-corrected")).toHaveLength(1);
  expect(park.facility.plates.correct("nobody", told, anna)).toMatchObject({
    reason: "no-such-session",
  });
  expect(park.facility.plates.correct(sessionId, { ...told, plate: "--" }, anna)).toMatchObject({
    reason: "no-plate",
  });
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  expect(park.facts("lane-decided").at(-1)?.rules).toContain("match-exact");
});

test("who is inside is found by a part of the plate, and who has left is not", async () => {
  const park = await CarPark.open();
  const { plates } = park.facility;
  await park.enter("BGH1234");
  await park.enter("KAX7123");
  expect(plates.search("gh 12").sessions).toMatchObject([{ plate: "BGH1234" }]);
  expect(plates.search("123").sessions).toHaveLength(2);
  expect(plates.search("1").sessions).toEqual([]);
  expect(plates.search("ZZ").sessions).toEqual([]);
  await park.pass(3600);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234");
  await park.pass(8);
  await park.cross("exit-1");
  await park.pass(12);
  expect(plates.search("123").sessions).toMatchObject([{ plate: "KAX7123" }]);
});

test("a plate that comes in again after an hour is looked at: it had left unseen, or both are one", async () => {
  const park = await CarPark.open();
  await park.enter("BGH1234");
  const before = park.session("BGH1234");
  await park.pass(3600);
  await park.enter("BGH1234");
  const after = park.session("BGH1234");
  const { plates } = park.facility;
  const [review] = plates.reviews().reviews;
  expect(review).toMatchObject({
    kind: "session-assumed-closed",
    earlier: { session_id: before.sessionId, status: "closed-assumed" },
    later: { session_id: after.sessionId, status: "open" },
  });
  expect(plates.review(review?.review_id ?? "", { action: "merge" }, anna)).toMatchObject({
    review_id: review?.review_id,
  });
  expect(park.sessions.map(({ status }) => status)).toEqual(["open", "superseded"]);
  expect(park.facts("session-superseded")).toMatchObject([
    { session_id: after.sessionId, kept_id: before.sessionId, by: anna },
  ]);
  expect(plates.reviews().reviews).toEqual([]);
  expect(plates.review(review?.review_id ?? "", { action: "merge" }, anna)).toMatchObject({
    reason: "no-such-review",
  });
});

test("two vehicles under one plate are both inside, and at the exit a person says which it is", async () => {
  const park = await CarPark.open();
  await park.enter("BGH1234", { vehicleClass: "truck" });
  await park.pass(3600);
  await park.enter("BGH1234", { vehicleClass: "motorcycle" });
  expect(park.sessions.map(({ status }) => status)).toEqual(["open", "open"]);
  const { plates } = park.facility;
  const [review] = plates.reviews().reviews;
  expect(review?.kind).toBe("two-under-one-plate");
  plates.review(review?.review_id ?? "", { action: "keep-both" }, anna);
  await park.pass(60);
  park.cards("exit-1", true);
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234", { vehicleClass: "unknown" });
  expect(park.alert("attendant-needed")?.details).toMatchObject({ reason: "several-sessions" });
  await park.backOff("exit-1");
  await park.arrive("exit-1");
  park.read("exit-1", "BGH1234", { vehicleClass: "motorcycle" });
  expect(park.facts("lane-decided").at(-1)).toMatchObject({
    session_id: park.sessions.at(-1)?.sessionId,
    rules: ["match-exact", expect.any(String)],
  });
});
