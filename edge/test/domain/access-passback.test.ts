import type { AntiPassback } from "@gatehouse/shared/contracts/access-terms";
import { earlier, type Instant, instantOf, minutes } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { judgeLeaving, type Presence } from "../../src/domain/access-passback.ts";

const now = instantOf("2026-06-01T05:30:00Z") as Instant;
const hard: AntiPassback = { mode: "hard" };
const soft: AntiPassback = { mode: "soft" };
const timed: AntiPassback = { mode: "timed", minutes: 30 };

const presence = (plate: string, state: Presence["state"], minutesAgo = 60): Presence => ({
  plate,
  state,
  since: earlier(now, minutes(minutesAgo)),
  laneId: "entry-1",
});

test.each([
  ["never seen", hard, [], 0, "clear"],
  ["seen coming in", hard, [presence("AA1", "in")], 0, "clear"],
  ["nobody knows where", hard, [presence("AA1", "neutral")], 0, "clear"],
  ["seen leaving", hard, [presence("AA1", "out")], 0, "refuse"],
  ["seen leaving", soft, [presence("AA1", "out")], 0, "flag"],
  ["seen leaving", { mode: "off" }, [presence("AA1", "out")], 0, "clear"],
  ["seen leaving long ago", timed, [presence("AA1", "out", 31)], 0, "clear"],
  ["seen leaving just now", timed, [presence("AA1", "out", 29)], 0, "refuse"],
  ["beside another one that is in", hard, [presence("BB2", "in")], 0, "refuse"],
  ["beside another one that is out", hard, [presence("BB2", "out")], 0, "clear"],
  ["beside another one that comes in now", hard, [], 1, "refuse"],
] as const)("a vehicle %s that leaves unseen is judged under %j", (...row) => {
  const [, passback, presences, coming, verdict] = row;
  expect(judgeLeaving({ passback, presences, coming }, "AA1", now)).toBe(verdict);
});
