import { Fault } from "@gatehouse/shared/fault";
import { describe, expect, test } from "vitest";
import { outcomeOfFault } from "../../src/flows/lane-writing.ts";

describe("a gate whose answer was a fault", () => {
  test("did nothing that is known of", () => {
    expect(outcomeOfFault(new Fault("gate-unreachable", "no answer"))).toEqual({
      result: "unreachable",
      evidence: "gate-unreachable: no answer",
      stuck: false,
    });
  });

  test("has pulsed when only the end of the pulse was not seen", () => {
    expect(outcomeOfFault(new Fault("gate-release-failed", "still closed"))).toEqual({
      result: "accepted",
      evidence: "gate-release-failed: still closed",
      stuck: true,
    });
  });

  test("is a bug when it is no fault", () => {
    expect(() => outcomeOfFault(new TypeError("a bug"))).toThrow("a bug");
  });
});
