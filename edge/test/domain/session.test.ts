import { describe, expect, test } from "vitest";
import { insideStatuses, mayBecome, sessionStatuses } from "../../src/domain/session.ts";

describe("a session", () => {
  test("may go these ways and no others", () => {
    const ways = sessionStatuses.map((from) => [
      from,
      sessionStatuses.filter((to) => to !== from && mayBecome(from, to)),
    ]);
    expect(Object.fromEntries(ways)).toEqual({
      pending: ["open", "paid-grace", "exiting", "cancelled", "closed-assumed", "superseded"],
      open: ["paid-grace", "exiting", "closed", "closed-unpaid", "closed-assumed", "superseded"],
      "paid-grace": ["open", "exiting", "closed", "closed-unpaid", "closed-assumed", "superseded"],
      exiting: ["open", "paid-grace", "closed", "closed-unpaid", "closed-assumed"],
      closed: [],
      cancelled: [],
      "closed-unpaid": [],
      "closed-assumed": ["open", "superseded"],
      superseded: [],
    });
  });

  test("is inside until it has ended", () => {
    const ended = sessionStatuses.filter(
      (status) => !(insideStatuses as readonly string[]).includes(status),
    );
    expect(ended).toEqual(["closed", "cancelled", "closed-unpaid", "closed-assumed", "superseded"]);
  });

  test("that has ended never becomes one that is inside, but for an end that was only assumed", () => {
    for (const from of ["closed", "cancelled", "closed-unpaid", "superseded"] as const) {
      for (const to of sessionStatuses) expect(mayBecome(from, to)).toBe(from === to);
    }
  });
});
