import { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import { minutes } from "@gatehouse/shared/time";
import { expect, onTestFinished, test } from "vitest";
import { Book } from "../../src/store/book.ts";
import { linesAfter } from "../../src/store/ledger.ts";
import { memoryRegistry } from "../faces/memory-registry.ts";
import { morning } from "./car-park.ts";

const report = (id: string, state: DeviceReport["state"] = "online"): DeviceReport => ({
  id,
  kind: "bay-sensor",
  make: "MQTT bay sensor",
  state,
  counters: {},
});

const told = (book: Book) =>
  linesAfter(book, 1, 0, 1000)
    .filter(({ type }) => type === "devices-told")
    .map(({ text }) => {
      const line = JSON.parse(text) as {
        body: { devices: { device_id: string; state: string }[] };
      };
      return line.body.devices.map(({ device_id, state }) => `${device_id} ${state}`);
    });

async function registryOf(reports: () => readonly DeviceReport[]) {
  const clock = new VirtualClock(morning);
  const book = new Book(":memory:");
  const registry = memoryRegistry(reports, { clock, book });
  await registry.start();
  onTestFinished(() => registry.stop());
  return { clock, book };
}

test("head office is told of every device once, and then of what changes", async () => {
  let state: DeviceReport["state"] = "online";
  const { clock, book } = await registryOf(() => [report("s1", state), report("s2")]);
  await clock.advance(minutes(10));
  expect(told(book)).toEqual([["s1 online", "s2 online"]]);
  state = "offline";
  await clock.advance(minutes(10));
  expect(told(book)).toEqual([["s1 online", "s2 online"], ["s1 offline"]]);
});

test("a device that comes and goes is told no more often than every five minutes", async () => {
  let state: DeviceReport["state"] = "online";
  const { clock, book } = await registryOf(() => [report("s1", state)]);
  for (let minute = 0; minute < 60; minute += 1) {
    state = state === "online" ? "offline" : "online";
    await clock.advance(minutes(1));
  }
  expect(told(book).length).toBeGreaterThan(1);
  expect(told(book).length).toBeLessThanOrEqual(12);
});

test("many devices take several lines, a second apart", async () => {
  const many = Array.from({ length: 230 }, (_, index) => report(`s${index}`));
  const { clock, book } = await registryOf(() => many);
  await clock.advance(minutes(2));
  expect(told(book).map(({ length }) => length)).toEqual([100, 100, 30]);
});
