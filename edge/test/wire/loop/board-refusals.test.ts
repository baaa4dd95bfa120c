import type { Socket } from "node:net";
import { milliseconds } from "@gatehouse/shared/time";
import { describe, expect, onTestFinished, test } from "vitest";
import { Bench, configOf, newClock } from "../gate/bench.ts";
import {
  answerTo,
  exceptionMeanings,
  isLoopBack,
  type Kind,
  refusalOf,
  requestIn,
} from "../modbus/modbus-answers.ts";
import { Recorder } from "../modbus/recorder.ts";

/** Makes whose contacts are read as they are, with nothing that latches. */
const boards: readonly { readonly kind: Kind; readonly profile: string }[] = [
  { kind: "modbus-tcp", profile: "moxa-e1214" },
  { kind: "rtu-over-tcp", profile: "wellpro-wp8026" },
];

const allUnknown = ["arming unknown", "safety unknown"];
const asTheyAre = ["arming off", "safety on"];

/** A lane whose contacts are on a board that a test plays; the gate is elsewhere, and away. */
async function laneOn(
  { kind, profile }: (typeof boards)[number],
  answer: (frame: Buffer, socket: Socket) => void,
) {
  const board = new Recorder(answer);
  await board.start();
  onTestFinished(() => board.stop());
  const wires = {
    w: { kind, host: "127.0.0.1", port: board.port },
    away: { kind: "modbus-tcp", host: "127.0.0.1", port: 1 },
  };
  const gate = { profile: "moxa-e1214", wire: "away", relay: 1 };
  const inputs = { kind: "modbus", profile, wire: "w", arming: 0, safety: 1 };
  const bench = new Bench(newClock(), configOf(wires, [{ gate, inputs }]));
  const told: string[] = [];
  const [feed] = bench.hardware.inputs.values();
  feed?.onInput(({ input, active }) => {
    told.push(`${input} ${active === undefined ? "unknown" : active ? "on" : "off"}`);
  });
  onTestFinished(() => bench.stop());
  await bench.start();
  return { bench, board, told, report: () => feed?.report()[0] };
}

/** Only the second of its contacts is closed. */
const secondOn = (kind: Kind, frame: Buffer): Buffer =>
  isLoopBack(kind, frame)
    ? frame
    : answerTo(kind, frame, [requestIn(kind, frame)[0] ?? 0, 1, 0b10]);

describe.each(boards)("contacts on a board over $kind", (make) => {
  const { kind } = make;

  test.each(exceptionMeanings)(
    "are unknown at exception %i (%s), which is told, and known again after it",
    async (code, meaning) => {
      let refuses = true;
      const { bench, told, report } = await laneOn(make, (frame, socket) =>
        socket.write(refuses ? refusalOf(kind, frame, code) : secondOn(kind, frame)),
      );
      await bench.eventually(() => told.length === 2);
      expect(told.splice(0).toSorted()).toEqual(allUnknown);
      expect(report()).toMatchObject({
        state: "offline",
        fault: "wire-exception",
        detail: expect.stringContaining(`exception ${code}, ${meaning}`),
      });
      refuses = false;
      await bench.eventually(() => told.length === 2);
      expect(told).toEqual(asTheyAre);
      expect(report()).toMatchObject({ state: "online" });
    },
  );

  test.each([
    ["whose other end is gone without a word", () => {}],
    ["of which the board has closed its half", (socket: Socket) => void socket.end()],
  ] as const)(
    "on a half-open connection %s are unknown, and come back by themselves",
    async (_, fail) => {
      let isHalfOpen = false;
      const lost = new Set<Socket>();
      const { bench, board, told } = await laneOn(make, (frame, socket) => {
        if (isHalfOpen) lost.add(socket);
        if (lost.has(socket)) fail(socket);
        else socket.write(secondOn(kind, frame));
      });
      await bench.eventually(() => told.length === 2);
      expect(told.splice(0)).toEqual(asTheyAre);
      const before = board.connections;
      isHalfOpen = true;
      await bench.eventually(() => told.length === 2);
      expect(told.splice(0).toSorted()).toEqual(allUnknown);
      isHalfOpen = false;
      await bench.eventually(() => told.length === 2);
      await bench.pass(milliseconds(300));
      expect(told).toEqual(asTheyAre);
      expect(board.connections).toBeGreaterThan(before);
    },
  );
});
