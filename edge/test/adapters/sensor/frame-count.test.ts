import { instantOf, type Instant, later, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { FrameCount } from "../../../src/adapters/sensor/frame-count.ts";
import type { Uplink } from "../../../src/adapters/sensor/uplink.ts";

const began = instantOf("2026-03-01T08:00:00Z") as Instant;

const frame = (
  fCnt: number | undefined,
  change: Partial<Uplink> & { hex?: string } = {},
): Uplink => ({
  devEui: "a81758fffe0a1b2c",
  fPort: 1,
  fCnt,
  bytes: Buffer.from(change.hex ?? "01", "hex"),
  decoded: undefined,
  at: later(began, seconds(fCnt ?? 0)),
  rssi: undefined,
  snr: undefined,
  session: "01ab23cd",
  frameId: undefined,
  ...change,
});

function follow(...frames: Uplink[]) {
  const count = new FrameCount();
  const standings = frames.map((each, index) => count.take(each, later(began, seconds(index))));
  return { count, standings };
}

test("frames that never came are counted, not those before the first", () => {
  const { count } = follow(frame(100), frame(101), frame(105));
  expect(count.counts).toMatchObject({ lost: 3, restarts: 0 });
});

test("the same frame is one observation, by the server's name of it or by its count and bytes", () => {
  const named = follow(frame(7, { frameId: "a" }), frame(8, { frameId: "a" }));
  expect(named.standings.map(({ again }) => again)).toEqual([false, true]);
  const counted = follow(frame(7, { frameId: "a" }), frame(7, { frameId: "b" }), frame(7));
  expect(counted.standings.map(({ again }) => again)).toEqual([false, true, true]);
  expect(new Set(counted.standings.map(({ boot, sequence }) => `${boot} ${sequence}`)).size).toBe(
    1,
  );
});

test("the same count with other bytes is taken, after the first", () => {
  const { count, standings } = follow(frame(7, { hex: "00" }), frame(7, { hex: "01" }));
  const [first, second] = standings;
  expect(second?.boot).toBe(first?.boot);
  expect(second?.sequence).toBe((first?.sequence ?? 0) + 1);
  expect(count.counts.sameCount).toBe(1);
});

test("a lower count in the same session is late: it keeps its place in the order", () => {
  const { count, standings } = follow(frame(50), frame(52), frame(51));
  expect(standings[2]).toMatchObject({ again: false, late: true, sequence: 51 * 16 });
  expect(count.counts).toMatchObject({ lost: 1, late: 1, restarts: 0 });
});

test("another session begins anew, and so does a counter that falls to near 0", () => {
  const rejoined = follow(frame(500), frame(0, { session: "01ab0000" }));
  expect(rejoined.count.counts).toMatchObject({ restarts: 1, late: 0, lost: 0 });
  const reset = follow(frame(500), frame(1));
  expect(reset.count.counts).toMatchObject({ restarts: 1, late: 0 });
  const boots = reset.standings.map(({ boot }) => boot);
  expect(new Set(boots).size).toBe(2);
});

test("a join makes the same counts new", () => {
  const count = new FrameCount();
  const once = frame(0, { session: undefined });
  expect(count.take(once, began).again).toBe(false);
  count.joined();
  expect(
    count.take({ ...once, at: later(began, seconds(9)) }, later(began, seconds(9))),
  ).toMatchObject({
    again: false,
    late: false,
  });
});

test("a counter of 16 bits goes round without a restart", () => {
  const { count } = follow(frame(65_534), frame(1));
  expect(count.counts).toMatchObject({ restarts: 0, lost: 2, late: 0 });
});

test("frames without a count are ordered as they come", () => {
  const { standings } = follow(
    frame(undefined, { at: began }),
    frame(undefined, { at: later(began, seconds(1)) }),
    frame(undefined, { at: later(began, seconds(1)) }),
  );
  expect(standings).toMatchObject([{ sequence: 16 }, { sequence: 32 }, { again: true }]);
});

test("a device that has started anew is not taken for its own past", () => {
  const count = new FrameCount();
  for (let fCnt = 0; fCnt < 50; fCnt += 1) count.take(frame(fCnt), later(began, minutes(fCnt)));
  const afterReset = count.take(frame(0), later(began, minutes(51)));
  expect(afterReset).toMatchObject({ again: false, late: false });
});
