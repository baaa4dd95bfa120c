import type { Socket } from "node:net";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { Fault } from "@gatehouse/shared/fault";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { serialEndpoint, tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import { ModbusWire } from "../../../src/adapters/wire/modbus-wire.ts";
import { RtuFraming } from "../../../src/adapters/wire/rtu-framing.ts";
import { TcpFraming } from "../../../src/adapters/wire/tcp-framing.ts";
import { newClock, quietLog, timeoutMs } from "../gate/bench.ts";
import { answerTo, isLoopBack, type Kind, kinds, refusalOf, requestIn } from "./modbus-answers.ts";
import { Recorder } from "./recorder.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function wireTo(kind: Kind, port: number, timeout = timeoutMs): Promise<ModbusWire> {
  const framing = kind === "modbus-tcp" ? new TcpFraming() : new RtuFraming();
  const wire = new ModbusWire("w", tcpEndpoint("127.0.0.1", port), framing, quietLog, timeout);
  await wire.start();
  ended.push(() => wire.stop());
  return wire;
}

async function deviceThat(answer: (frame: Buffer, socket: Socket) => void): Promise<Recorder> {
  const device = new Recorder(answer);
  await device.start();
  ended.push(() => device.stop());
  return device;
}

/** What a board with these inputs says to a read, and to a loop back. */
const toRead = (kind: Kind, frame: Buffer, bits: number): Buffer =>
  isLoopBack(kind, frame) ? frame : answerTo(kind, frame, inputs(bits));
const inputs = (bits: number): readonly number[] => [2, 1, bits];
/** For what happens by itself, in real time. */
const patience = { timeout: 30_000 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(kinds)("a wire over %s", (kind) => {
  test("takes no late answer for the next request's", async () => {
    let asked = 0;
    const device = await deviceThat((frame, socket) => {
      if (isLoopBack(kind, frame)) return socket.write(frame);
      asked += 1;
      const answer = answerTo(kind, frame, inputs(asked === 1 ? 0b111 : 0b000));
      setTimeout(() => socket.write(answer), asked === 1 ? timeoutMs + 100 : 0);
    });
    const wire = await wireTo(kind, device.port);
    await expect(wire.readDiscrete(1, 0, 3)).rejects.toMatchObject({ code: "wire-timeout" });
    await pause(250);
    expect(await wire.readDiscrete(1, 0, 3)).toEqual([false, false, false]);
    expect(wire.counters).toMatchObject({ timeouts: 1, late_replies: 1 });
  });

  test("sends one request at a time, gate commands before polling", async () => {
    let isUnanswered = false;
    let overlaps = 0;
    const order: number[] = [];
    const device = await deviceThat((frame, socket) => {
      if (isUnanswered) overlaps += 1;
      isUnanswered = true;
      const request = requestIn(kind, frame);
      order.push(request[0] ?? 0);
      setTimeout(() => {
        isUnanswered = false;
        socket.write(answerTo(kind, frame, request[0] === 2 ? inputs(1) : [...request]));
      }, 5);
    });
    const wire = await wireTo(kind, device.port);
    const polls = Array.from({ length: 10 }, () => wire.readDiscrete(1, 0, 1));
    const commands = [
      wire.writeCoil(1, 0, true, { urgent: true }),
      wire.writeCoil(1, 1, true, { urgent: true }),
    ];
    await Promise.all([...polls, ...commands]);
    expect(order.slice(0, 4)).toEqual([2, 5, 5, 2]);
    expect(order).toHaveLength(12);
    expect(overlaps).toBe(0);
  });

  test("refuses what no longer fits its queue, and says how often", async () => {
    const device = await deviceThat(() => {});
    const wire = await wireTo(kind, device.port);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 70 }, () => wire.readDiscrete(1, 0, 1)),
    );
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    // One is under way, 64 wait, five have no place.
    expect(wire.counters).toMatchObject({ queue_full: 5 });
  });

  test("says what a refusal means", async () => {
    const device = await deviceThat((frame, socket) => socket.write(refusalOf(kind, frame, 2)));
    const wire = await wireTo(kind, device.port);
    await expect(wire.readDiscrete(1, 99, 1)).rejects.toMatchObject({
      code: "wire-exception",
      exceptionCode: 2,
      message: expect.stringContaining("it has no such address"),
    });
    expect(wire.counters).toMatchObject({ exceptions: 1, requests: 1 });
  });

  test("asks a busy device again, a few times", async () => {
    let asked = 0;
    const device = await deviceThat((frame, socket) => {
      asked += 1;
      socket.write(asked <= 2 ? refusalOf(kind, frame, 6) : answerTo(kind, frame, inputs(1)));
    });
    const wire = await wireTo(kind, device.port);
    expect(await wire.readDiscrete(1, 0, 1)).toEqual([true]);
    expect(wire.counters).toMatchObject({ busy_retries: 2 });
    asked = -100;
    await expect(wire.readDiscrete(1, 0, 1)).rejects.toMatchObject({ exceptionCode: 6 });
  });

  test("connects anew after three requests without an answer", async () => {
    const device = await deviceThat((frame, socket) => {
      if (device.connections > 1) socket.write(answerTo(kind, frame, inputs(1)));
    });
    const wire = await wireTo(kind, device.port, 40);
    for (let request = 0; request < 3; request++) {
      await expect(wire.writeCoil(1, 0, false, { blindly: true })).rejects.toMatchObject({
        code: "wire-timeout",
      });
    }
    await expect.poll(() => device.connections, patience).toBe(2);
    await expect.poll(() => wire.counters["reconnects"], patience).toBe(1);
  });

  test("fails the request under way at once when the device hangs up, and comes back", async () => {
    const device = await deviceThat((frame, socket) => {
      if (device.connections === 1) socket.destroy();
      else if (isLoopBack(kind, frame)) socket.write(frame);
      else socket.write(answerTo(kind, frame, inputs(1)));
    });
    const wire = await wireTo(kind, device.port, 60_000);
    await expect(wire.readDiscrete(1, 0, 1)).rejects.toMatchObject({ code: "wire-unreachable" });
    await expect(wire.readDiscrete(1, 0, 1)).rejects.toMatchObject({ code: "wire-unreachable" });
    expect(await wire.readDiscrete(1, 0, 1, { urgent: true })).toEqual([true]);
  });

  test("leaves a connection whose other end is gone without a word, and reads on on a new one", async () => {
    const device = await deviceThat((frame, socket) => {
      if (device.connections > 1) socket.write(toRead(kind, frame, 1));
    });
    const wire = await wireTo(kind, device.port, 40);
    await expect
      .poll(() => wire.readDiscrete(1, 0, 1).catch(({ code }: Fault) => code), patience)
      .toEqual([true]);
    expect(device.connections).toBe(2);
    expect(wire.counters).toMatchObject({ reconnects: 1 });
  });

  test("leaves a connection of which the device has closed its half, though that still listens", async () => {
    const device = await deviceThat((frame, socket) => {
      if (device.connections === 1) socket.end();
      else socket.write(toRead(kind, frame, 1));
    });
    const wire = await wireTo(kind, device.port, 60_000);
    await expect(wire.readDiscrete(1, 0, 1)).rejects.toMatchObject({ code: "wire-unreachable" });
    expect(await wire.readDiscrete(1, 0, 1, { urgent: true })).toEqual([true]);
    expect(device.connections).toBe(2);
  });

  test("puts an answer together that comes byte by byte", async () => {
    const device = await deviceThat((frame, socket) => {
      void (async () => {
        for (const byte of answerTo(kind, frame, inputs(0b101))) {
          socket.write(Buffer.from([byte]));
          await pause(2);
        }
      })();
    });
    const wire = await wireTo(kind, device.port, 5000);
    expect(await wire.readDiscrete(1, 0, 3)).toEqual([true, false, true]);
  });

  test("does not believe an echo of another address", async () => {
    const device = await deviceThat((frame, socket) =>
      socket.write(answerTo(kind, frame, [5, 0, 9, 0xff, 0])),
    );
    const wire = await wireTo(kind, device.port);
    await expect(wire.writeCoil(1, 0, true)).rejects.toMatchObject({ code: "wire-noise" });
  });

  test("survives any bytes and works afterwards", async () => {
    let answer: (frame: Buffer) => Buffer = (frame) => frame;
    const device = await deviceThat((frame, socket) => socket.write(answer(frame)));
    const wire = await wireTo(kind, device.port, 15);
    const garbage = fc.uint8Array({ minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(garbage, fc.nat(3), async (bytes, like) => {
        // Most of the rubbish begins like an answer, so that it gets past the first look.
        answer = (frame) =>
          Buffer.concat([
            answerTo(kind, frame, inputs(1)).subarray(0, like * 2),
            Buffer.from(bytes),
          ]);
        const outcome = await wire
          .readDiscrete(1, 0, 8, { urgent: true })
          .catch((error: unknown) => error);
        expect(outcome instanceof Fault || Array.isArray(outcome)).toBe(true);
      }),
      { numRuns: 25, seed: 7 },
    );
    answer = (frame) => (isLoopBack(kind, frame) ? frame : answerTo(kind, frame, inputs(0b10)));
    await expect
      .poll(() => wire.readDiscrete(1, 0, 2, { urgent: true }).catch(() => undefined), patience)
      .toEqual([false, true]);
  });
});

test("a damaged answer to a read is asked for again, and to a write is not known", async () => {
  let asked = 0;
  const device = await deviceThat((frame, socket) => {
    if (isLoopBack("rtu-over-tcp", frame)) return socket.write(frame);
    asked += 1;
    const isRead = frame[1] === 2;
    const answer = isRead ? answerTo("rtu-over-tcp", frame, inputs(1)) : Buffer.from(frame);
    if (asked % 2 === 1) answer[2] = 0x7f;
    socket.write(answer);
  });
  const wire = await wireTo("rtu-over-tcp", device.port);
  expect(await wire.readDiscrete(1, 0, 1)).toEqual([true]);
  await expect(wire.writeCoil(1, 0, true)).rejects.toMatchObject({ code: "wire-noise" });
  expect(device.frames.filter((frame) => frame.startsWith("01 05"))).toHaveLength(1);
  expect(wire.counters).toMatchObject({ crc_errors: 2, timeouts: 0 });
});

test("what is not Modbus TCP at all ends the connection, and the wire comes back", async () => {
  const device = await deviceThat((frame, socket) => {
    if (device.connections === 1) socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    else socket.write(answerTo("modbus-tcp", frame, inputs(1)));
  });
  const wire = await wireTo("modbus-tcp", device.port, 60_000);
  await expect(wire.readDiscrete(1, 0, 1)).rejects.toMatchObject({ code: "wire-noise" });
  expect(await wire.readDiscrete(1, 0, 1, { urgent: true })).toEqual([true]);
  expect(wire.counters).toMatchObject({ reconnects: 1 });
});

// A serial board answers in order, however late. Its answers carry no number.
test.each([60, 130, 200, 450])(
  "a serial board that is always %i ms late is never believed about another moment",
  async (lateByMs) => {
    const timeout = 50;
    const board = mr6c({ clock: newClock(), lateByMs }, { pty: {} });
    await board.start();
    ended.push(() => board.stop());
    const endpoint = serialEndpoint(board.path, 9600);
    const wire = new ModbusWire("w", endpoint, new RtuFraming(), quietLog, timeout);
    await wire.start();
    ended.push(() => wire.stop());
    board.setFault("late-answers");
    const wrong: number[] = [];
    for (let moment = 0; moment < 12; moment++) {
      if (moment === 8) board.setFault("none");
      const isActive = moment % 2 === 0;
      board.input(0).set(isActive);
      const seen = await wire.readDiscrete(1, 0, 1, { urgent: true }).catch(() => [undefined]);
      if (seen[0] !== undefined && seen[0] !== isActive) wrong.push(moment);
    }
    expect(wrong).toEqual([]);
    board.input(0).set(true);
    await expect
      .poll(() => wire.readDiscrete(1, 0, 1, { urgent: true }).catch(() => undefined), patience)
      .toEqual([true]);
    expect(wire.counters["late_replies"]).toBeGreaterThan(0);
  },
);
