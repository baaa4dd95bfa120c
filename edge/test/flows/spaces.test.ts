import { ViolationRules } from "@gatehouse/shared/contracts/violation-config";
import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import { isoOf, later, minutes } from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { isRefusal } from "../../src/flows/desk.ts";
import { sessionView } from "../../src/flows/session-views.ts";
import { segmentsOf } from "../../src/store/segments.ts";
import { keepPermit, keepReservation, keepTariff } from "../../src/store/rights.ts";
import { violations } from "../../src/store/money-schema.ts";
import { CarPark, morning } from "./car-park.ts";
import { anna, granted, press } from "./money/till.ts";

/** A vehicle drives into a space, or out of it, and its sensor has said so. */
async function stands(park: CarPark, number: string, there: boolean): Promise<void> {
  const index = park.spaces.findIndex(({ spaceId }) => spaceId === number);
  park.site.bays[index]?.sensor?.set(there);
  await park.pass(10);
}

const say = (park: CarPark, spaceId: string, plate: string, request_id = press()) =>
  park.facility.places.say(spaceId, { request_id, plate }, anna);

/** Where the latest session of a plate stood, as [space, how it ended]. */
const course = (park: CarPark, plate: string) =>
  segmentsOf(park.book, park.session(plate).sessionId).map(
    ({ spaceId, endedAs }) => [spaceId, endedAs] as const,
  );

const plateIn = (park: CarPark, spaceId: string): string | null | undefined => {
  const told = park.facility.places.vehicleIn(spaceId);
  return isRefusal(told) ? told.reason : (told.vehicle?.session.plate ?? null);
};

describe("a person says whose vehicle stands in a space", () => {
  test("it is known from then on, since the stay began, with who said it", async () => {
    const park = await CarPark.open();
    const { sessionId } = await park.enter("BGH1234");
    await stands(park, "A002", true);
    const began = park.stays[0]?.entryTime ?? 0;
    await park.pass(600);
    const answer = await granted(say(park, "a002", "b-gh 1234"));
    expect(answer).toMatchObject({
      space_id: "A002",
      session_id: sessionId,
      sentence: "BGH1234 stands in space A002.",
    });
    expect(park.facility.places.vehicleIn("A002")).toMatchObject({
      vehicle: { session: { plate: "BGH1234" }, witness: "person", by: "anna" },
    });
    expect(park.facts("session-in-space")).toMatchObject([
      { space_id: "A002", from: isoOf(began as never), stay_id: park.stays[0]?.stayId, by: anna },
    ]);
    expect(park.session("BGH1234").spaceId).toBe("A002");
    expect(sessionView(park.book, park.session("BGH1234")).place).toMatchObject({
      space_id: "A002",
    });
    expect(park.facility.why(sessionId)?.lines.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/^BGH1234 stands in space A002 since .*, said anna\.$/),
    );
    expect(park.facility.state().spaces[1]?.vehicle).toEqual({
      session_id: sessionId,
      plate: "BGH1234",
    });
  });

  test("the same press is one word, and nobody is linked by a plate that is not inside", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    const request = press();
    const first = say(park, "A001", "BGH1234", request);
    expect(say(park, "A001", "BGH1234", request)).toEqual(first);
    expect(park.facts("session-in-space")).toHaveLength(1);
    expect(say(park, "A001", "BGH1235")).toMatchObject({ reason: "plate-unknown" });
    expect(say(park, "Z9", "BGH1234")).toMatchObject({ reason: "no-such-space" });
    expect(plateIn(park, "A001")).toBe("BGH1234");
  });

  test("what was wrong is corrected or taken back, and never was", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await park.enter("KAX7771");
    await stands(park, "A001", true);
    await granted(say(park, "A001", "BGH1234"));
    await granted(say(park, "A001", "KAX7771"));
    expect(course(park, "BGH1234")).toEqual([["A001", "corrected"]]);
    expect(park.session("BGH1234").spaceId).toBeNull();
    const end = { request_id: press(), as: "taken-back" } as const;
    const answer = await granted(park.facility.places.end("A001", end, anna));
    expect(answer.sentence).toBe("KAX7771 never stood in space A001; anna took that back.");
    expect(park.facility.places.end("A001", end, anna)).toEqual(answer);
    expect(park.session("KAX7771").spaceId).toBeNull();
    expect(park.facility.places.end("A001", { ...end, request_id: press() }, anna)).toMatchObject({
      reason: "nobody-known",
    });
  });
});

describe("a vehicle that is known to stand in a space", () => {
  test("has left it when the space is free, and still has its session and its last space", async () => {
    const park = await CarPark.open();
    const { sessionId } = await park.enter("BGH1234");
    await stands(park, "A001", true);
    await granted(say(park, "A001", "BGH1234"));
    await stands(park, "A001", false);
    expect(plateIn(park, "A001")).toBeNull();
    expect(course(park, "BGH1234")).toEqual([["A001", "space-free"]]);
    await stands(park, "A001", true);
    expect(plateIn(park, "A001")).toBeNull();
    expect(park.session("BGH1234")).toMatchObject({ sessionId, status: "open", spaceId: "A001" });
  });

  test("may be said before its space's sensor has noticed it", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await granted(say(park, "A001", "BGH1234"));
    await stands(park, "A001", true);
    expect(plateIn(park, "A001")).toBe("BGH1234");
    await stands(park, "A001", false);
    expect(plateIn(park, "A001")).toBeNull();
  });

  test("leaves one segment for each space it stood in, until its session ends, also over a restart", async () => {
    const park = await CarPark.open();
    await park.enter("BGH1234");
    await granted(say(park, "A001", "BGH1234"));
    await park.restart();
    await granted(say(park, "A003", "BGH1234"));
    expect(plateIn(park, "A001")).toBeNull();
    expect(plateIn(park, "A003")).toBe("BGH1234");
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(1);
    void park.facility.openByHand(park.opening("exit-1"));
    await park.cross("exit-1");
    await park.pass(10);
    expect(park.session("BGH1234").exitTime).not.toBeNull();
    expect(course(park, "BGH1234")).toEqual([
      ["A001", "moved"],
      ["A003", "session-ended"],
    ]);
    expect(park.session("BGH1234").spaceId).toBe("A003");
  });
});

test("two sessions that were of one vehicle are one in its space too", async () => {
  const park = await CarPark.open();
  const earlier = await park.enter("BGH1234");
  await park.pass(3600);
  const later = await park.enter("BGH1234");
  expect(later.sessionId).not.toBe(earlier.sessionId);
  await stands(park, "A001", true);
  await granted(say(park, "A001", "BGH1234"));
  const [review] = park.facility.plates.reviews().reviews;
  await granted(park.facility.plates.review(review?.review_id ?? "", { action: "merge" }, anna));
  expect(park.facility.places.vehicleIn("A001")).toMatchObject({
    vehicle: { session: { session_id: earlier.sessionId }, witness: "person", by: "anna" },
  });
  expect(segmentsOf(park.book, later.sessionId)).toMatchObject([{ endedAs: "session-ended" }]);
});

describe("a space that is kept for a reservation", () => {
  const kept = (park: CarPark, plate: string): void =>
    park.book.write((tx) =>
      keepReservation(tx, {
        reservation_id: `reservation-${plate}`,
        plate,
        space_id: "A004",
        reserved_from: isoOf(morning),
        reserved_until: isoOf(later(morning, minutes(600))),
        reservation_amount: 1200,
        status: "confirmed",
        created_at: isoOf(morning),
      }),
    );

  test("is told at the entry, and who stands there soon after is its vehicle", async () => {
    const park = await CarPark.open();
    kept(park, "RES1");
    await park.arrive("entry-1");
    park.read("entry-1", "RES1");
    await park.pass(1);
    expect(park.lane("entry-1").sign.shown?.lines).toEqual(["Welcome", "RES1", "Space A004"]);
    await park.cross("entry-1");
    await park.pass(10);
    expect(park.facts("session-pending")).toMatchObject([{ assigned_space_id: "A004" }]);
    expect(sessionView(park.book, park.session("RES1")).kept_space_id).toBe("A004");
    await stands(park, "A004", true);
    expect(park.facility.places.vehicleIn("A004")).toMatchObject({
      vehicle: { session: { plate: "RES1" }, witness: "assignment" },
    });
    await stands(park, "A004", false);
    expect(course(park, "RES1")).toEqual([["A004", "space-free"]]);
  });

  test("is nobody's when it is taken long after, or its vehicle stands elsewhere", async () => {
    const late = await CarPark.open();
    kept(late, "RES1");
    await late.enter("RES1");
    await late.pass(31 * 60);
    await stands(late, "A004", true);
    expect(plateIn(late, "A004")).toBeNull();

    const other = await CarPark.open();
    kept(other, "RES1");
    await other.enter("RES1");
    await granted(say(other, "A001", "RES1"));
    await stands(other, "A004", true);
    expect(plateIn(other, "A004")).toBeNull();
    expect(plateIn(other, "A001")).toBe("RES1");
  });
});

/** The first zone's spaces are of this kind. */
const western =
  (type: FacilityConfig["zones"][number]["spaces"][number]["type"], rules: object = {}) =>
  (config: FacilityConfig): FacilityConfig => ({
    ...config,
    violations: ViolationRules.parse(rules),
    zones: config.zones.map((zone, index) =>
      index > 0 ? zone : { ...zone, spaces: zone.spaces.map((group) => ({ ...group, type })) },
    ),
  });

const fined = (park: CarPark) =>
  park.book.db
    .select()
    .from(violations)
    .all()
    .map(({ violationType, plate, spaceId }) => [violationType, plate, spaceId]);

describe("a rule of a space", () => {
  const penalty = { enabled: true, penalty_minor: 2000 };

  test("fines who stands in a kept space without its permit, once it is known who that is", async () => {
    const rule = { ...penalty, after_min: 10, permit_kinds: { reserved: ["staff"] } };
    const park = await CarPark.open({ change: western("reserved", { "wrong-space-type": rule }) });
    park.book.write((tx) =>
      keepPermit(tx, {
        permit_id: "staff-1",
        kind: "staff",
        plates: ["STAFF1"],
        valid_from: "2026-01-01T00:00:00Z",
        valid_until: "2027-01-01T00:00:00Z",
      }),
    );
    await park.enter("BGH1234");
    await park.enter("STAFF1");
    await stands(park, "A001", true);
    await stands(park, "A002", true);
    await park.pass(15 * 60);
    expect(fined(park)).toEqual([]);
    await granted(say(park, "A001", "BGH1234"));
    await granted(say(park, "A002", "STAFF1"));
    await park.pass(130);
    expect(fined(park)).toEqual([["wrong-space-type", "BGH1234", "A001"]]);
    const [found] = park.facts("violation-changed");
    const shown = await granted(park.facility.violations.show(found?.violation_id ?? ""));
    expect(shown.evidence.lines.map(({ text }) => JSON.parse(text).type)).toContain(
      "session-in-space",
    );
  });

  test("limits the time in that space, and not the hours elsewhere before it", async () => {
    const overstay = { ...penalty, limit_h: 4, limit_h_by_type: { ev: 1 } };
    const park = await CarPark.open({ change: western("ev", { overstay }) });
    await park.enter("BGH1234");
    await park.pass(50 * 60);
    await stands(park, "A001", true);
    await granted(say(park, "A001", "BGH1234"));
    await park.pass(55 * 60);
    expect(fined(park)).toEqual([]);
    await park.pass(8 * 60);
    expect(fined(park)).toEqual([["overstay", "BGH1234", null]]);
  });

  test("prices the stay by the last space, and a quote that was given is honoured", async () => {
    const park = await CarPark.open({ change: western("ev") });
    park.book.write((tx) =>
      keepTariff(tx, {
        tariff_id: "by-space",
        version: 1,
        name: "By space",
        currency: "EUR",
        valid_from: isoOf(morning),
        rates: [
          { name: "ev", spaces: ["ev"], price: 10, per: "1 h" },
          { name: "day", price: 2, per: "1 h" },
        ],
      }),
    );
    await park.enter("BGH1234");
    const { sessionId } = park.session("BGH1234");
    await park.pass(30 * 60);
    const due = async () => {
      const told = park.facility.money.due({ purpose: "stay", subjectId: sessionId });
      return (await granted(told)).due_minor;
    };
    expect(await due()).toBe(200);
    await granted(say(park, "A001", "BGH1234"));
    expect(await due()).toBe(1000);
    await granted(say(park, "A006", "BGH1234"));
    expect(await due()).toBe(200);
    park.cards("exit-1", undefined);
    await park.arrive("exit-1");
    park.read("exit-1", "BGH1234");
    await park.pass(1);
    expect(park.facts("session-quoted")).toMatchObject([{ due_minor: 200 }]);
    await granted(say(park, "A001", "BGH1234"));
    expect(await due()).toBe(200);
    await park.backOff("exit-1");
    await park.pass(6 * 60);
    expect(await due()).toBe(1000);
  });
});
