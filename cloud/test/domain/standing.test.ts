import {
  type Duration,
  earlier,
  hours,
  type Instant,
  minutes,
  seconds,
} from "@gatehouse/shared/time";
import { describe, expect, test } from "vitest";
import { standingOf } from "../../src/domain/standing.ts";
import { noon } from "../edge-ledger.ts";

const healthy = {
  now: noon,
  heardAt: earlier(noon, seconds(5)) as Instant | undefined,
  refusedAt: undefined,
  skewMs: 20,
  ledger: { epoch: 1, written: 100, acked: 100, last_hash: null, set_aside: 0 },
  alerts_open: { critical: 0, warning: 0, info: 3 },
  directives: { latest: 4, applied: 4 },
};

const ago = (span: Duration): Instant => earlier(noon, span);

describe("a facility", () => {
  test("that speaks and has no trouble needs nobody", () => {
    expect(standingOf(healthy)).toEqual({ level: "ok", reasons: [] });
  });

  test.each([
    ["has never been heard of", { heardAt: undefined }, "unknown", "never-heard"],
    ["is quiet for 2 minutes", { heardAt: ago(minutes(2)) }, "attention", "silent"],
    ["is silent for 15 minutes", { heardAt: ago(minutes(15)) }, "fault", "silent"],
    ["was refused within the hour", { refusedAt: ago(minutes(59)) }, "fault", "batches-refused"],
    ["has a clock that runs 31 s ahead", { skewMs: 31_000 }, "attention", "clock-skew"],
    ["has a clock that runs 31 s behind", { skewMs: -31_000 }, "attention", "clock-skew"],
    [
      "has a critical alert",
      { alerts_open: { critical: 1, warning: 2, info: 0 } },
      "fault",
      "critical-alerts",
    ],
    [
      "has a warning",
      { alerts_open: { critical: 0, warning: 2, info: 0 } },
      "attention",
      "warning-alerts",
    ],
    [
      "is 2,001 lines behind",
      { ledger: { ...healthy.ledger, written: 2101 } },
      "attention",
      "backlog",
    ],
    [
      "has a directive on its way",
      { directives: { latest: 5, applied: 4 } },
      "ok",
      "directives-waiting",
    ],
  ])("that %s says so first", (_, trouble, level, code) => {
    const standing = standingOf({ ...healthy, ...trouble });
    expect([standing.level, standing.reasons[0]?.code]).toEqual([level, code]);
  });

  test("whose refusal is an hour old and that does not tell what it wrote is not blamed for either", () => {
    const ledger = { ...healthy.ledger, written: null };
    expect(standingOf({ ...healthy, refusedAt: ago(hours(1)), ledger }).level).toBe("ok");
  });
});
