import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  deviceActs,
  deviceStates,
  RegistryRules,
  standings,
} from "@gatehouse/shared/contracts/registry";
import {
  deviceState,
  isShutOut,
  standingAfter,
  standingWhenNamed,
} from "../../src/domain/device.ts";
import { ConductWindow, consequenceOf, misconductOf } from "../../src/domain/device-conduct.ts";
import {
  ClockSkew,
  isReading,
  messagesIn,
  totalsAfter,
  UsualInterval,
} from "../../src/domain/device-course.ts";
import { isBlindLoop, malfunctionsOf } from "../../src/domain/malfunction.ts";
import { ticketAfter } from "../../src/domain/ticket.ts";

const standing = fc.constantFrom(...standings);
const act = fc.constantFrom(...deviceActs);
const health = fc.constantFrom("online", "stale", "offline", "unknown" as const);

describe("a device's standing", () => {
  test("changes only by acts, each to where it leads, and never to where it is", () => {
    fc.assert(
      fc.property(standing, act, (from, by) => {
        const to = standingAfter(from, by);
        if (to === undefined) return;
        expect(to).not.toBe(from);
        expect(to).toBe({ approve: "approved", quarantine: "quarantined", retire: "retired" }[by]);
      }),
    );
  });

  test("after any acts and however often it is named, only an approval lifts a quarantine", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(act, fc.constant("named" as const))), (steps) => {
        let now: (typeof standings)[number] = "quarantined";
        for (const step of steps) {
          if (step === "approve" || step === "retire") return;
          now = step === "named" ? standingWhenNamed(now) : (standingAfter(now, step) ?? now);
        }
        expect(now).toBe("quarantined");
      }),
    );
  });

  test("who is shut out is never shown as online, and who is online is approved", () => {
    fc.assert(
      fc.property(standing, health, (now, says) => {
        const shown = deviceState(now, says);
        expect(deviceStates).toContain(shown);
        expect(!isShutOut(now) || shown === now).toBe(true);
        expect(!["online", "stale", "offline"].includes(shown) || now === "approved").toBe(true);
      }),
    );
  });
});

describe("conduct", () => {
  test("is that of the last ten minutes, and forgiven when people have acted", () => {
    const window = new ConductWindow();
    expect(misconductOf(window.take({ acl: 4 }))).toBeUndefined();
    expect(misconductOf(window.take({ acl: 5 }))).toBe("topic-violations");
    for (let minute = 0; minute < 10; minute += 1) window.take({ acl: 5 });
    expect(misconductOf(window.take({ acl: 5 }))).toBeUndefined();
    expect(misconductOf(window.take({ acl: 5, rate: 3 }))).toBe("rate-anomaly");
    window.forget();
    expect(misconductOf(window.take({ acl: 5, rate: 3 }))).toBeUndefined();
  });

  test("of strangers with wrong passwords never shuts the device out, nor a rule a lane's device", () => {
    expect(consequenceOf("login-refused", { isOfLane: false })).toBe("alert");
    expect(consequenceOf("rate-anomaly", { isOfLane: true })).toBe("alert");
    expect(consequenceOf("topic-violations", { isOfLane: false })).toBe("quarantine");
  });
});

describe("a device's course", () => {
  test("its clock is as far ahead as its quickest message shows", () => {
    const skew = new ClockSkew();
    expect(skew.value).toBeUndefined();
    skew.hear(1000, 1000);
    expect(skew.value).toBeUndefined();
    for (const delay of [900, 40, 3000]) skew.hear(5000 - 60_000, 5000 + delay);
    expect(skew.value).toBe(-60_040);
  });

  test("its usual interval follows the gaps between its messages", () => {
    const interval = new UsualInterval();
    for (let at = 0; at <= 4; at += 1) interval.hear(at * 60_000);
    expect(interval.value).toBeUndefined();
    interval.hear(5 * 60_000);
    expect(interval.value).toBe(60_000);
    for (let at = 6; at <= 80; at += 1) interval.hear(300_000 + (at - 5) * 10_000);
    expect(interval.value).toBeLessThan(11_000);
    expect(new UsualInterval(42).value).toBe(42);
  });

  test("its counts add up over restarts, and readings are none", () => {
    const step = fc.record({ by: fc.nat(50), restarts: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let totals: Record<string, number> = {};
        let last: Record<string, number> = {};
        let now = 0;
        let sum = 0;
        for (const { by, restarts } of steps) {
          // A restart shows only where fewer were counted since than before.
          if (restarts && by < now) now = 0;
          now += by;
          sum += by;
          const counters = { messages: now, battery_pct: 100 - now };
          totals = totalsAfter(totals, last, counters);
          last = counters;
        }
        expect(totals["messages"] ?? 0).toBe(sum);
        expect(totals).not.toHaveProperty("battery_pct");
      }),
    );
    expect(["rssi_dbm", "clock_skew_ms", "held"].every(isReading)).toBe(true);
    expect(messagesIn({ refused: 3, reads: 7 })).toBe(7);
    expect(messagesIn({})).toBe(0);
  });
});

describe("a sensor", () => {
  const rules = RegistryRules.parse({});
  const hour = 3_600_000;
  const well = {
    lastChangeAgo: hour,
    lastMessageAgo: 60_000,
    usualInterval: 60_000,
    changesLastHour: 3,
    zoneStays: 100,
  };

  test.each([
    ["well", {}, []],
    ["unchanged for days in a busy zone", { lastChangeAgo: 73 * hour }, ["sensor-stuck"]],
    ["unchanged for days in an empty zone", { lastChangeAgo: 73 * hour, zoneStays: 19 }, []],
    ["changing once a minute", { changesLastHour: 61 }, ["sensor-flapping"]],
    ["silent for an hour", { lastMessageAgo: hour + 1 }, ["sensor-silent"]],
    ["silent as it usually is", { lastMessageAgo: 20 * hour, usualInterval: 24 * hour }, []],
    ["not yet heard", { lastMessageAgo: undefined }, []],
  ])("%s", (_what, change, expected) => {
    expect(malfunctionsOf({ ...well, ...change }, rules)).toEqual(expected);
  });

  test("a loop is blind when the arm goes up and nobody is ever seen", () => {
    const nobody = { movedAt: 1, outcome: "nobody-passed" };
    expect(isBlindLoop([nobody, nobody])).toBe(true);
    expect(isBlindLoop([nobody, { movedAt: 1, outcome: "passed" }])).toBe(false);
    expect(isBlindLoop([nobody, { movedAt: null, outcome: "nobody-passed" }])).toBe(false);
  });
});

test("work that is over stays over; a day that was set stays when another does it", () => {
  for (const step of ["assign", "schedule", "complete", "cancel"] as const) {
    expect(ticketAfter("completed", step)).toBeUndefined();
    expect(ticketAfter("cancelled", step)).toBeUndefined();
  }
  expect(ticketAfter("open", "assign")).toBe("assigned");
  expect(ticketAfter("scheduled", "assign")).toBe("scheduled");
  expect(ticketAfter("assigned", "complete")).toBe("completed");
});
