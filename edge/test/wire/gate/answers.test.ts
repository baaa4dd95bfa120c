import { withCrc } from "@gatehouse/shared/crc16-modbus";
import type { Socket } from "node:net";
import { seconds } from "@gatehouse/shared/time";
import { afterEach, describe, expect, test } from "vitest";
import { exceptionMeanings, type Kind } from "../modbus/modbus-answers.ts";
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
  readonly kind: Kind;
  /** How a frame says that the contact is to close. */
  readonly closing: RegExp;
  /** How it is seen to that the contact is open again: told so, or looked at where the board does it. */
  readonly seeingTo: RegExp;
  body(bytes: Buffer): Buffer;
  frame(body: Uint8Array, request: Buffer): Buffer;
}

const rtu: Pick<Wire, "body" | "frame"> = {
  body: (bytes) => bytes.subarray(0, -2),
  frame: (body) => Buffer.from(withCrc(body)),
};
const wires: readonly Wire[] = [
  {
    profile: "wellpro-wp8027",
    kind: "rtu-over-tcp",
    closing: / 05 00 0. FF 00/,
    seeingTo: / 05 00 0. 00 00/,
    ...rtu,
  },
  {
    // It is told how long to keep the contact closed, and opens it by itself.
    profile: "waveshare-8ch",
    kind: "rtu-over-tcp",
    closing: / 05 02 0. 00 0[1-9A-F]/,
    seeingTo: /^01 01 00 0/,
    ...rtu,
  },
  {
    profile: "moxa-e1214",
    kind: "modbus-tcp",
    closing: / 05 00 0. FF 00/,
    seeingTo: / 05 00 0. 00 00/,
    body: (bytes) => bytes.subarray(6),
    frame: (body, request) =>
      Buffer.concat([request.subarray(0, 4), Buffer.from([0, body.length]), body]),
  },
];

/** A board that reads well, and whose answer to a switching is what a test makes of it. */
async function boardThat(wire: Wire, answer: (body: Buffer) => Uint8Array | undefined) {
  const serve = (bytes: Buffer, socket: Socket): void => {
    const body = wire.body(bytes);
    const isSwitching = body[1] === writeCoil && body.readUInt16BE(4) !== 0;
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

const switchings = (board: Recorder, { closing }: Wire): number =>
  board.frames.filter((frame) => closing.test(frame)).length;

/** After these nobody can say whether it was done. */
const openCodes: readonly number[] = [5, 10, 11];
const open = exceptionMeanings.filter(([code]) => openCodes.includes(code));
const known = exceptionMeanings.filter(([code]) => !openCodes.includes(code));

describe.each(wires)("a gate on $profile over $kind", (wire) => {
  test.each(known)("takes exception %i for a no: %s", async (code, meaning) => {
    const { bench, board } = await boardThat(wire, (body) =>
      Buffer.from([body[0] ?? 0, writeCoil | 0x80, code]),
    );
    expect(await bench.until(bench.gate.open("c-1"))).toEqual({
      kind: "rejected",
      detail: expect.stringContaining(`exception ${code}, ${meaning}`),
    });
    // Only "busy" means that asking again may help.
    expect(switchings(board, wire)).toBe(code === 6 ? 4 : 1);
  });

  test.each(open)("does not know after exception %i what was done: %s", async (code, meaning) => {
    const { bench, board } = await boardThat(wire, (body) =>
      Buffer.from([body[0] ?? 0, writeCoil | 0x80, code]),
    );
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
      code: "gate-unreachable",
      message: expect.stringContaining(meaning),
    });
    await bench.pass(seconds(1));
    expect(switchings(board, wire)).toBe(1);
    const since = board.frames.findIndex((frame) => wire.closing.test(frame));
    expect(board.frames.slice(since).some((frame) => wire.seeingTo.test(frame))).toBe(true);
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
    for (const index of [3, 4]) {
      const { bench } = await boardThat(wire, (body) => {
        const echo = Buffer.from(body);
        echo[index] = (body[index] ?? 0) ^ 0x55;
        return echo;
      });
      await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
        code: "gate-unreachable",
      });
    }
  });
});
