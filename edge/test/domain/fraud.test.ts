import { describe, expect, test } from "vitest";
import {
  cashBack,
  type Deed,
  exitsTwice,
  failingPlaces,
  ticketSwaps,
  tooMany,
  tooManyKinds,
} from "../../src/domain/fraud.ts";

const hour = 3_600_000;
const deeds = (key: string, ...at: number[]): Deed[] =>
  at.map((each) => ({ key, id: `${key}@${each}`, at: each }));

describe("velocity", () => {
  test("is more than so many within a time, of one card", () => {
    const type = "fraud-card-velocity";
    expect(tooMany(type, deeds("Visa …4242", 1, 2, 3), 3, hour)).toEqual([]);
    expect(tooMany(type, deeds("Visa …4242", 1, 2, 3, 4), 3, hour)).toEqual([
      {
        type,
        subject: "Visa …4242",
        evidence: ["Visa …4242@1", "Visa …4242@2", "Visa …4242@3", "Visa …4242@4"],
        at: 4,
      },
    ]);
  });

  test("is none when as many come slowly, or from several cards", () => {
    const slow = deeds("Visa …4242", 0, hour, 2 * hour, 3 * hour);
    expect(tooMany("fraud-card-velocity", slow, 3, hour)).toEqual([]);
    const two = [...deeds("Visa …4242", 1, 2), ...deeds("Visa …1111", 3, 4)];
    expect(tooMany("fraud-card-velocity", two, 3, hour)).toEqual([]);
  });

  test("finds a stretch that a quiet time follows, whatever the order it is told in", () => {
    const quiet = deeds("anna", 5 * hour, 2, 1, 3, 4);
    const [found] = tooMany("fraud-voids", quiet, 3, hour);
    expect(found).toMatchObject({ at: 4, evidence: ["anna@1", "anna@2", "anna@3", "anna@4"] });
  });

  test("of a merchant counts plates and not visits", () => {
    const visits = deeds("cinema", 1, 2, 3, 4).map((each) => ({ ...each, what: "BGH1234" }));
    expect(tooManyKinds("fraud-validations", visits, 2, hour)).toEqual([]);
    const plates = visits.map((each, index) => ({ ...each, what: `plate ${index}` }));
    expect(tooManyKinds("fraud-validations", plates, 2, hour)).toHaveLength(1);
  });
});

describe("a plate that leaves twice", () => {
  const first = { sessionId: "s-1", plate: "BGH1234", exitAt: 0, isOrphan: false };

  test("without having come in between is told of", () => {
    const second = { ...first, sessionId: "s-2", exitAt: hour, isOrphan: true };
    expect(exitsTwice([second, first], 24 * hour)).toMatchObject([
      { subject: "BGH1234", evidence: ["s-1", "s-2"] },
    ]);
  });

  test("is not, when it came in again, when it was long ago, or when another one left", () => {
    const again = { ...first, sessionId: "s-2", exitAt: hour };
    expect(exitsTwice([first, again], 24 * hour)).toEqual([]);
    const old = { ...again, exitAt: 30 * hour, isOrphan: true };
    expect(exitsTwice([first, old], 24 * hour)).toEqual([]);
    const other = { ...again, plate: "MAB7788", isOrphan: true };
    expect(exitsTwice([first, other], 24 * hour)).toEqual([]);
    expect(exitsTwice([{ ...first, isOrphan: true }], 24 * hour)).toEqual([]);
  });
});

describe("a ticket", () => {
  const use = {
    sessionId: "s-1",
    entryAt: 10 * hour,
    exitAt: 11 * hour,
    entryPlate: "BGH1234",
    exitPlate: "BGH1234",
    other: undefined,
  };

  test("with which another plate leaves than came in has changed hands", () => {
    const swapped = ticketSwaps([{ ...use, exitPlate: "MAB7788" }], hour);
    expect(swapped).toMatchObject([{ type: "fraud-ticket-swap", evidence: ["s-1"] }]);
  });

  test("of a short stay with which a vehicle leaves that came in long before has changed hands", () => {
    const other = { sessionId: "s-0", entryAt: 2 * hour };
    const swapped = ticketSwaps([{ ...use, entryPlate: undefined, other }], hour);
    expect(swapped).toMatchObject([{ evidence: ["s-1", "s-0"] }]);
    const late = { sessionId: "s-2", entryAt: 9.5 * hour };
    expect(ticketSwaps([{ ...use, entryPlate: undefined, other: late }], hour)).toEqual([]);
  });

  test("of a misread plate, or where nobody could read one, has not", () => {
    expect(ticketSwaps([{ ...use, exitPlate: "8GH1Z34" }], hour)).toEqual([]);
    expect(ticketSwaps([{ ...use, exitPlate: undefined }], hour)).toEqual([]);
    expect(ticketSwaps([{ ...use, entryPlate: undefined }], hour)).toEqual([]);
  });
});

test("cash given back at once is told of, and after an hour is not", () => {
  const refund = { refundId: "r-1", paymentId: "p-1", takenAt: 0, givenAt: 60_000 };
  expect(cashBack([refund], 15 * 60_000)).toMatchObject([{ evidence: ["p-1", "r-1"] }]);
  expect(cashBack([{ ...refund, givenAt: hour }], 15 * 60_000)).toEqual([]);
});

test("a terminal fails when nothing has gone through since", () => {
  const charge = (at: number, hasFailed: boolean) => ({
    key: "terminal-1",
    id: `p-${at}`,
    at,
    hasFailed,
  });
  const failed = [1, 2, 3, 4].map((at) => charge(at, true));
  expect(failingPlaces(failed, 3, hour)).toMatchObject([
    { type: "payment-failures", subject: "terminal-1" },
  ]);
  expect(failingPlaces([...failed, charge(5, false)], 3, hour)).toEqual([]);
  expect(failingPlaces([charge(0, false), ...failed], 3, hour)).toHaveLength(1);
});
