import { spawn } from "@lydell/node-pty";
import { seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import { ModbusWire } from "../../../src/adapters/wire/modbus-wire.ts";
import { RtuFraming } from "../../../src/adapters/wire/rtu-framing.ts";
import { Bench, configOf, newClock, quietLog } from "../gate/bench.ts";
import { bytesOf, hexOf, Recorder } from "./recorder.ts";

/** Frames as the makers print them; see the profiles' sources. */
const golden = {
  relayOn: "01 05 00 00 FF 00 8C 3A",
  relayOff: "01 05 00 00 00 00 CD CA",
  pulse700ms: "01 05 02 00 00 07 8D B0",
  pulse1s: "01 05 02 00 00 0A 4C 75",
  readEight: "01 01 00 00 00 08 3D CC",
  lcusOn: "A0 01 01 A2",
  lcusOff: "A0 01 00 A1",
};

/** Echoes writes; every coil it is asked for is off. */
const echoing = (): Recorder =>
  new Recorder((frame, socket) =>
    socket.write(frame[1] === 5 ? frame : bytesOf("01 01 01 00 51 88")),
  );

test.each([
  [700, golden.pulse700ms],
  [1000, golden.pulse1s],
])("a Waveshare relay is sent a hardware-timed pulse of %i ms as %s", async (pulse_ms, frame) => {
  const device = echoing();
  await device.start();
  const bench = new Bench(
    newClock(),
    configOf({ w: { kind: "rtu-over-tcp", host: "127.0.0.1", port: device.port } }, [
      { gate: { profile: "waveshare-8ch", wire: "w", relay: 1, pulse_ms } },
    ]),
  );
  await bench.start();
  await bench.until(bench.gate.open("c-1"));
  expect(device.frames.filter((sent) => sent.startsWith("01 05"))).toEqual([frame]);
  await bench.stop();
  await device.stop();
});

test("a board without a timer is switched on, and off after the pulse", async () => {
  const device = echoing();
  await device.start();
  const bench = new Bench(
    newClock(),
    configOf({ w: { kind: "rtu-over-tcp", host: "127.0.0.1", port: device.port } }, [
      { gate: { profile: "wellpro-wp8027", wire: "w", relay: 1 } },
    ]),
  );
  await bench.start();
  await bench.until(bench.gate.open("c-1"));
  const writes = device.frames.filter((sent) => sent.startsWith("01 05"));
  expect(writes).toEqual([golden.relayOn, golden.relayOff]);
  await bench.stop();
  await device.stop();
});

test("eight coils are read in one request", async () => {
  const device = new Recorder((_frame, socket) => socket.write(bytesOf("01 01 01 A5 91 F3")));
  await device.start();
  const wire = new ModbusWire(
    "w",
    tcpEndpoint("127.0.0.1", device.port),
    new RtuFraming(),
    quietLog,
  );
  await wire.start();
  expect(await wire.readCoils(1, 0, 8)).toEqual([
    true,
    false,
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(device.frames).toEqual([golden.readEight]);
  await wire.stop();
  await device.stop();
});

test("an LCUS relay is sent its four bytes on and off, and off again while idle", async () => {
  const terminal = spawn("sleep", ["infinity"], { encoding: null });
  let received = Buffer.alloc(0);
  terminal.onData((bytes) => {
    received = Buffer.concat([received, bytes as unknown as Buffer]);
  });
  const path = String(Reflect.get(terminal, "_pty"));
  const bench = new Bench(
    newClock(),
    configOf({ w: { kind: "serial", path } }, [
      { gate: { profile: "lcus-ch340", wire: "w", relay: 1 } },
    ]),
    ({ wires }) => received.length === 4 * (Reflect.get(wires[0] ?? {}, "counters").frames ?? 0),
  );
  await bench.start();
  await bench.until(bench.gate.open("c-1"));
  await bench.pass(seconds(2));
  const off = golden.lcusOff;
  expect(hexOf(received)).toBe([off, golden.lcusOn, off, off].join(" "));
  await bench.stop();
  terminal.kill("SIGKILL");
});
