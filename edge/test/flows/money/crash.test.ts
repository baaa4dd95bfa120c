import { describe, expect, test } from "vitest";
import { CarPark } from "../car-park.ts";
import { anna, balance, boss, complaints, openDrawer, press } from "./till.ts";

class Cut extends Error {}

/** A car park whose machine dies at the n-th step of the book from now on; undefined: never. */
async function mortal(): Promise<{ park: CarPark; dieAt: (step: number | undefined) => void }> {
  let left = Infinity;
  const park = await CarPark.open({
    spaces: 100,
    book: {
      onStep: () => {
        left -= 1;
        if (left < 0) throw new Cut();
      },
    },
  });
  return { park, dieAt: (step) => void (left = step ?? Infinity) };
}

/** Steps that no act of these has; the loop ends at the first that lives through. */
const stepsMost = 80;

/**
 * Does the same act, with the same press, in one car park after another whose power is cut one step later each time;
 * after each cut everything holds, and the press repeated ends as if nothing had happened.
 *
 * @returns how many cuts there were
 */
async function cutEverywhere(
  prepare: (park: CarPark) => Promise<void> | void,
  act: (park: CarPark) => unknown,
  ended: (park: CarPark) => void,
): Promise<number> {
  const { park, dieAt } = await mortal();
  for (let step = 0; step < stepsMost; step++) {
    await prepare(park);
    dieAt(step);
    let isCut = false;
    try {
      await act(park);
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
      isCut = true;
    }
    dieAt(undefined);
    expect(complaints(park)).toEqual([]);
    await act(park);
    expect(complaints(park)).toEqual([]);
    ended(park);
    if (!isCut) return step;
  }
  throw new RangeError("the act has more steps than anybody expects");
}

describe("a power cut between any two writes", () => {
  let plates = 0;
  let plate = "";
  let request_id = "";

  const enter = async (park: CarPark): Promise<void> => {
    plate = `CUT${++plates}`;
    request_id = press();
    if (plates === 1 || park.sessions.length === 0) openDrawer(park);
    await park.enter(plate);
    await park.pass(600);
  };
  const cash = (park: CarPark) => ({
    request_id,
    purpose: "stay" as const,
    subject_id: park.session(plate).sessionId,
    till_id: "till-1",
    tendered_minor: 1000,
    partial: false,
  });
  const taken = (park: CarPark) =>
    park.payments.filter(({ sessionId }) => sessionId === park.session(plate).sessionId);

  test("of cash leaves all of it or nothing", async () => {
    plates = 0;
    const cuts = await cutEverywhere(
      enter,
      (park) => park.facility.money.cash(cash(park), anna),
      (park) => {
        expect(taken(park)).toMatchObject([{ status: "captured", amount: 63 }]);
        expect(park.session(plate)).toMatchObject({ paidAmount: 63, status: "paid-grace" });
      },
    );
    expect(cuts).toBeGreaterThan(8);
  });

  test("of a refund gives the money back once", async () => {
    plates = 0;
    const cuts = await cutEverywhere(
      async (park) => {
        await enter(park);
        await park.facility.money.cash(cash(park), anna);
      },
      (park) =>
        park.facility.money.refund(
          {
            request_id: `refund of ${plate}`,
            payment_id: taken(park)[0]?.paymentId ?? "",
            kind: "refund",
            reason: "goodwill",
            till_id: "till-1",
          },
          anna,
        ),
      (park) => expect(taken(park)).toMatchObject([{ status: "refunded", refunded: 63 }]),
    );
    expect(cuts).toBeGreaterThan(8);
  });

  test("of a debt that is noted and given up leaves one note and one loss", async () => {
    plates = 0;
    let lost = 0;
    const cuts = await cutEverywhere(
      async (park) => {
        await enter(park);
        lost = balance(park, "write-offs");
        await park.facility.openByHand(
          park.opening("exit-1", { sessionId: park.session(plate).sessionId }),
        );
        await park.pass(4);
        await park.arrive("exit-1");
        await park.cross("exit-1");
        await park.pass(15);
      },
      (park) => {
        const { sessionId } = park.session(plate);
        return park.facility.money.writeOff(sessionId, { request_id, reason: "gone" }, boss);
      },
      (park) => expect(balance(park, "write-offs")).toBe(lost + 63),
    );
    expect(cuts).toBeGreaterThan(8);
  });
});
