import { withCrc } from "@gatehouse/shared/crc16-modbus";
import type { Socket } from "node:net";
import { seconds } from "@gatehouse/shared/time";
import { afterEach, describe, expect, test } from "vitest";
import { Recorder } from "../modbus/recorder.ts";
import { Bench, configOf, newClock } from "./bench.ts";

const writeCoil = 5;

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

/** A wire's way to carry unit, function and data. */
interface Wire {
  readonly profile: string;
  readonly kind: "rtu-over-tcp" | "modbus-tcp";
  body(bytes: Buffer): Buffer;
  frame(body: Uint8Array, request: Buffer): Buffer;
}

const wires: readonly Wire[] = [
  {
    profile: "wellpro-wp8027",
    kind: "rtu-over-tcp",
    body: (bytes) => bytes.subarray(0, -2),
    frame: (body) => Buffer.from(withCrc(body)),
  },
  {
    profile: "moxa-e1214",
    kind: "modbus-tcp",
    body: (bytes) => bytes.subarray(6),
    frame: (body, request) =>
      Buffer.concat([request.subarray(0, 4), Buffer.from([0, body.length]), body]),
  },
];

/** A board that reads well, and whose answer to a switching is what a test makes of it. */
async function boardThat(wire: Wire, answer: (body: Buffer) => Uint8Array | undefined) {
  const serve = (bytes: Buffer, socket: Socket): void => {
    const body = wire.body(bytes);
    const isSwitching = body[1] === writeCoil && body[4] === 0xff;
    const isReading = (body[1] ?? 0) <= 2;
    const said = isSwitching
      ? answer(body)
      : isReading
        ? Buffer.from([body[0] ?? 0, body[1] ?? 0, 1, 0])
        : body;
    if (said !== undefined) socket.write(wire.frame(said, bytes));
  };
  const board = new Recorder(serve);
  await board.start();
  const clock = newClock();
  const config = { kind: wire.kind, host: "127.0.0.1", port: board.port };
  const bench = new Bench(
    clock,
    configOf({ w: config }, [{ gate: { profile: wire.profile, wire: "w" } }]),
  );
  ended.push(
    () => board.stop(),
    () => bench.stop(),
  );
  await bench.start();
  return { bench, board };
}

const switchings = (board: Recorder): number =>
  board.frames.filter((frame) => / 05 00 0. FF 00/.test(frame)).length;

describe.each(wires)("a gate on $kind", (wire) => {
  test.each([
    [1, "it does not know this function"],
    [2, "it has no such address"],
    [3, "it does not take this value"],
    [4, "it failed while doing it"],
    [6, "it is busy"],
    [7, "no meaning known"],
    [8, "its memory is damaged"],
    [9, "no meaning known"],
  ])("takes exception %i for a no: %s", async (code, meaning) => {
    const { bench, board } = await boardThat(wire, (body) =>
      Buffer.from([body[0] ?? 0, writeCoil | 0x80, code]),
    );
    expect(await bench.until(bench.gate.open("c-1"))).toEqual({
      kind: "rejected",
      detail: expect.stringContaining(`exception ${code}, ${meaning}`),
    });
    // Only "busy" means that asking again may help.
    expect(switchings(board)).toBe(code === 6 ? 4 : 1);
  });

  test.each([
    [5, "it is still working on it"],
    [10, "the gateway has no path to it"],
    [11, "the gateway gets no answer from it"],
  ])("does not know after exception %i what was done: %s", async (code, meaning) => {
    const { bench, board } = await boardThat(wire, (body) =>
      Buffer.from([body[0] ?? 0, writeCoil | 0x80, code]),
    );
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
      code: "gate-unreachable",
      message: expect.stringContaining(meaning),
    });
    await bench.pass(seconds(1));
    expect(switchings(board)).toBe(1);
    expect(board.frames.some((frame) => / 05 00 0. 00 00/.test(frame))).toBe(true);
  });

  test("believes no other unit's answer", async () => {
    const { bench } = await boardThat(wire, (body) =>
      Buffer.concat([Buffer.from([(body[0] ?? 0) + 1]), body.subarray(1)]),
    );
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
      code: "gate-unreachable",
    });
  });

  test("believes no echo of another relay or another state", async () => {
    for (const [index, value] of [
      [3, 5],
      [4, 0],
    ] as const) {
      const { bench } = await boardThat(wire, (body) => {
        const echo = Buffer.from(body);
        echo[index] = value;
        return echo;
      });
      await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
        code: "gate-unreachable",
      });
    }
  });
});
