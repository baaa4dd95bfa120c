import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceptedStatuses,
  isAccepted,
  isWithdrawn,
  paymentMayBecome,
  type PaymentStatus,
  paymentStatuses,
} from "../../src/domain/payment.ts";

describe("a payment", () => {
  test("may go these ways and no others", () => {
    const ways = paymentStatuses.map((from) => [
      from,
      paymentStatuses.filter((to) => paymentMayBecome(from, to)),
    ]);
    expect(Object.fromEntries(ways)).toEqual({
      started: ["captured", "declined", "failed", "unknown", "accepted-offline"],
      captured: ["part-refunded", "refunded", "reversed", "disputed"],
      declined: ["captured"],
      failed: ["captured"],
      unknown: ["captured", "declined", "failed"],
      "accepted-offline": ["captured", "declined"],
      "part-refunded": ["captured", "part-refunded", "refunded", "disputed"],
      refunded: ["captured", "part-refunded", "disputed"],
      reversed: [],
      disputed: ["captured", "part-refunded", "refunded", "reversed", "disputed", "charged-back"],
      "charged-back": ["disputed", "charged-back"],
    });
  });

  test("is taken back, refunded or disputed only after its money was there, whatever happens to it", () => {
    const wishes = fc.array(fc.constantFrom(...paymentStatuses), { maxLength: 30 });
    fc.assert(
      fc.property(wishes, (wanted) => {
        const course: PaymentStatus[] = ["started"];
        for (const to of wanted) {
          if (paymentMayBecome(course.at(-1) ?? "started", to)) course.push(to);
        }
        const last = course.at(-1) ?? "started";
        const wasThere = course.some(isAccepted);
        return wasThere || ["started", "unknown", "declined", "failed"].includes(last);
      }),
    );
    expect(acceptedStatuses).not.toContain("reversed");
  });

  test("that was reversed stays so, and one that was charged back can only be disputed again", () => {
    for (const to of paymentStatuses) {
      expect(paymentMayBecome("reversed", to)).toBe(false);
      expect(paymentMayBecome("charged-back", to)).toBe(isWithdrawn(to));
    }
  });

  test("never goes from money that was there to nothing without saying why", () => {
    for (const from of acceptedStatuses) {
      expect(paymentMayBecome(from, "failed")).toBe(false);
      expect(paymentMayBecome(from, "unknown")).toBe(false);
      expect(paymentMayBecome(from, "declined")).toBe(from === "accepted-offline");
    }
  });
});
