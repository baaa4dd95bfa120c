import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import { AlarmConfig, OutputConfig } from "@gatehouse/shared/contracts/alarm-config";
import { seconds } from "@gatehouse/shared/time";
import { afterEach, expect, test } from "vitest";
import { planLaneHardware } from "../../../src/adapters/lane-plan.ts";
import { Bench, configOf, lateByMs, newClock, watchContact } from "../gate/bench.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

const onBoard = { profile: "icpdas-et2260", wire: "net" };
const panel = AlarmConfig.parse({ id: "panel", kind: "fire", ...onBoard, input: 5 });
const siren = OutputConfig.parse({ id: "siren", follows: "fire", ...onBoard, relay: 6 });

async function site() {
  const clock = newClock();
  const board = et2260({ clock, lateByMs }, { port: 0 });
  await board.start();
  ended.push(() => board.stop());
  const wires = { net: { kind: "modbus-tcp", host: "127.0.0.1", port: board.port } };
  const bench = new Bench(clock, {
    ...configOf(wires, [
      {
        gate: { ...onBoard, relay: 1 },
        inputs: { kind: "modbus", ...onBoard, arming: 0, safety: 1 },
      },
    ]),
    alarms: [panel],
    outputs: [siren],
  });
  const [alarm] = bench.hardware.alarms;
  const [output] = bench.hardware.outputs;
  if (alarm === undefined || output === undefined) throw new Error("the bench has both");
  const told: (boolean | undefined)[] = [];
  alarm.onAlarm((active) => told.push(active));
  board.input(5).set(true);
  await bench.start();
  ended.push(() => bench.stop());
  return { clock, board, bench, alarm, output, told };
}

test("a fire panel's contact is an alarm when it opens, and when nobody can read it that is said", async () => {
  const { board, bench, alarm, told } = await site();
  await bench.pass(seconds(1));
  expect(told).toEqual([false]);
  board.input(5).set(false);
  await bench.pass(seconds(1));
  expect(told).toEqual([false, true]);
  board.setFault("silent");
  await bench.eventually(() => told.length === 3);
  expect(told).toEqual([false, true, undefined]);
  expect(alarm.report()).toMatchObject([{ id: "panel", kind: "alarm", state: "offline" }]);
});

test("an output closes its contact while the alarm is on", async () => {
  const { clock, board, bench, output } = await site();
  const changes = watchContact(board.relay(6), clock);
  await bench.pass(seconds(1));
  await bench.until(output.set(true));
  await bench.pass(seconds(3));
  await bench.until(output.set(false));
  expect(changes.map(({ closed }) => closed)).toEqual([true, false]);
  expect(output.report()).toMatchObject([{ id: "siren", state: "online" }]);
});

test("an alarm on an input that there is not, and an output on a gate's relay, are complaints", () => {
  const wires = { net: { kind: "modbus-tcp", host: "127.0.0.1", port: 1 } };
  const gate = { ...onBoard, relay: 6 };
  expect(() =>
    planLaneHardware({
      ...configOf(wires, [{ gate }]),
      alarms: [{ ...panel, input: 6 }],
      outputs: [siren],
    }),
  ).toThrow(
    "alarms[0].input: ICP DAS ET-2260 has inputs 0 to 5\noutputs[0].relay: net unit 1 relay 6 already belongs to lane lane-1: write another relay",
  );
});

test("an alarm that is on is told at a start, although the board has been read for the lanes before", async () => {
  const { board, bench, alarm, told } = await site();
  await bench.pass(seconds(1));
  await alarm.stop();
  board.input(5).set(false);
  await bench.pass(seconds(1));
  told.length = 0;
  await alarm.start();
  expect(told).toEqual([true]);
});
