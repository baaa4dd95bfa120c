import { isoOf, type Instant } from "@gatehouse/shared/time";
import type { LaneView } from "@gatehouse/shared/contracts/kiosk";
import { beforeEach, describe, expect, test } from "vitest";
import { tellTime } from "../../web/facility-time.ts";
import { laneLook } from "../../web/lane-look.ts";

const now = Date.UTC(2026, 2, 4, 6, 30) as Instant;

function lane(state: string, sinceSeconds: number): LaneView {
  return {
    lane_id: "exit-1",
    name: "Exit 1",
    direction: "exit",
    state,
    state_since: isoOf((now - sinceSeconds * 1000) as Instant),
    arming: true,
    safety: false,
    sentence: "",
    last_read: null,
    session_id: null,
    due_minor: null,
    proofs: { commanded: null, acknowledged: null, moved: null, passed: null, closed: null },
    health: "online",
    health_detail: "",
    is_reversible: false,
    mode: "open",
    effective_mode: "open",
    hold: "none",
    orders: [],
    tickets: [],
  };
}

describe("how a lane's state looks", () => {
  beforeEach(() => tellTime(now, 1));

  test.each([
    ["vehicle-present", 5, "calm", false],
    ["vehicle-present", 25, "warn", true],
    ["collecting", 25, "warn", true],
    ["idle", 3600, "calm", false],
    ["passing", 25, "ok", false],
    ["unreachable", 1, "bad", false],
    ["OPEN_COMMANDED", 1, "ok", false],
    ["levitating", 1, "unknown", false],
  ])("%s for %i s is %s, waiting: %s", (state, seconds, tone, isWaiting) => {
    expect(laneLook(lane(state, seconds))).toMatchObject({ tone, isWaiting });
  });
});
