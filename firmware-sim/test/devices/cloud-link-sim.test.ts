import type { Ack, Batch } from "@gatehouse/shared/contracts/batch";
import { Fault } from "@gatehouse/shared/fault";
import { type Instant, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { CloudLinkSim } from "../../src/devices/cloud-link-sim.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import { VirtualClock } from "../../src/virtual-clock.ts";

const batch = { facility_id: "f1", first_seq: 1 } as Batch;
const ack = { acked_seq: 1 } as Ack;

function poorLine(faults: Parameters<CloudLinkSim["setFaults"]>[0]) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5) as Instant);
  const arrived: number[] = [];
  const link = new CloudLinkSim({
    clock,
    random: new SeededRandom(1),
    office: {
      send: async () => {
        arrived.push(Math.round(clock.monotonic() / 1000));
        return ack;
      },
      heldAt: async () => undefined,
      pull: async () => ({ directives: [], latest: 0 }),
    },
  });
  link.setFaults(faults);
  const send = async () => {
    const sent = link.send(batch).catch((error: unknown) => error);
    await clock.advance(minutes(3));
    return await sent;
  };
  return { clock, link, arrived, send };
}

test("a good line brings the batch and its answer", async () => {
  const { send, arrived } = poorLine({});
  expect(await send()).toEqual(ack);
  expect(arrived).toEqual([0]);
});

test.each([
  ["a lost request never arrives", { requestLost: 1 }, []],
  ["a lost answer: it arrived once", { answerLost: 1 }, [0]],
])("%s", async (_, faults, arrivals) => {
  const { send, arrived, link } = poorLine(faults);
  const fault = await send();
  expect(fault).toBeInstanceOf(Fault);
  expect((fault as Fault).code).toBe("cloud-unreachable");
  expect(arrived).toEqual(arrivals);
  expect(link.failures).toBe(1);
});

test("a late request arrives when the edge has long given up", async () => {
  const { send, arrived } = poorLine({ late: 1 });
  expect(await send()).toBeInstanceOf(Fault);
  expect(arrived).toHaveLength(1);
  expect(arrived[0]).toBeGreaterThanOrEqual(20);
});

test("a repeated request arrives a second time later", async () => {
  const { send, arrived } = poorLine({ repeated: 1 });
  expect(await send()).toEqual(ack);
  expect(arrived).toHaveLength(2);
});

test("while the line is cut nothing passes in either direction", async () => {
  const { clock, link, arrived, send } = poorLine({});
  link.setCut(true);
  expect(await send()).toBeInstanceOf(Fault);
  const pulled = link.pull(0).catch((error: unknown) => error);
  await clock.advance(seconds(30));
  expect(await pulled).toBeInstanceOf(Fault);
  expect(arrived).toEqual([]);
  link.setCut(false);
  expect(await send()).toEqual(ack);
});
