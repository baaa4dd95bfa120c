import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { e1214 } from "@gatehouse/firmware-sim/wire/e1214";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import type { ModbusBoard } from "@gatehouse/firmware-sim/wire/modbus-board";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { adam6060, wp8026, wp8027 } from "@gatehouse/firmware-sim/wire/plain-board";
import { waveshare8ch } from "@gatehouse/firmware-sim/wire/waveshare-8ch";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { scanBus } from "../../../src/adapters/bench/bus-scan.ts";
import { knownMakes } from "../../../src/adapters/bench/recognise.ts";
import { BusAsker } from "../../../src/adapters/wire/bus-asker.ts";
import { serialEndpoint, tcpEndpoint } from "../../../src/adapters/wire/endpoints.ts";
import { RtuFraming } from "../../../src/adapters/wire/rtu-framing.ts";
import { TcpFraming } from "../../../src/adapters/wire/tcp-framing.ts";
import { exceptionMeanings, refusalOf } from "../modbus/modbus-answers.ts";
import { Recorder } from "../modbus/recorder.ts";

const clock = new PacedClock();
/** Real milliseconds; a unit that is not there costs so many. */
const timeoutMs = 25;
const devices = mkdtempSync(join(tmpdir(), "gatehouse-scan-"));
afterAll(() => rmSync(devices, { recursive: true }));
const link = (name: string): { link: string } => ({ link: join(devices, name) });

async function plugged(board: ModbusBoard): Promise<ModbusBoard> {
  await board.start();
  onTestFinished(() => board.stop());
  return board;
}

async function scan(asker: BusAsker, isNetwork: boolean, last = 20) {
  onTestFinished(() => asker.close());
  const asked: number[] = [];
  const findings = await scanBus(asker, knownMakes(), {
    isNetwork,
    first: isNetwork ? 0 : 1,
    last,
    progress: (unit) => void asked.push(unit),
  });
  const names = findings.units.map(({ unit, makes }) => ({
    unit,
    is: makes.map(({ make }) => make.profile),
    says: makes[0]?.says,
  }));
  return { ...findings, names, asked };
}

const onNetwork = async (board: ModbusBoard, framing = new TcpFraming()) =>
  scan(new BusAsker(tcpEndpoint("127.0.0.1", (await plugged(board)).port), framing, 300), true);

test.each([
  ["moxa-e1214", () => e1214({ clock }, { port: 0 })],
  ["icpdas-et2260", () => et2260({ clock }, { port: 0 })],
  ["adam-6060", () => adam6060({ clock }, { port: 0 })],
])(
  "a %s on the network is known, and not asked for 247 numbers that are all its own",
  async (profile, board) => {
    const { names, answersToAll, asked } = await onNetwork(board());
    expect(names).toMatchObject([{ unit: 1, is: [profile] }]);
    expect(answersToAll).toBe(true);
    expect(asked).toHaveLength(3);
  },
);

test.each([
  ["wirenboard-mr6c", 17, (unit: number) => mr6c({ clock, unit }, { pty: link("mr6c") }), "1.24.0"],
  [
    "wellpro-wp8027",
    3,
    (unit: number) => wp8027({ clock, unit }, { pty: link("wp8027") }),
    undefined,
  ],
  [
    "wellpro-wp8026",
    247,
    (unit: number) => wp8026({ clock, unit }, { pty: link("wp8026") }),
    undefined,
  ],
  [
    "waveshare-8ch",
    1,
    (unit: number) => waveshare8ch({ clock, unit }, { pty: link("ws") }),
    undefined,
  ],
])(
  "a %s at unit %i of a serial line is found among all numbers",
  async (profile, unit, board, says) => {
    const last = unit === 247 ? 247 : 20;
    const { path } = await plugged(board(unit));
    const { names, asked } = await scan(
      new BusAsker(serialEndpoint(path, 9600), new RtuFraming(), timeoutMs),
      false,
      last,
    );
    expect(names).toEqual([{ unit, is: [profile], says }]);
    expect(asked).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  },
  60_000,
);

test("looking for boards switches nothing", async () => {
  const board = await plugged(mr6c({ clock }, { pty: link("still") }));
  const changes: boolean[] = [];
  for (let relay = 1; relay <= 6; relay += 1)
    board.relay(relay).onContact((closed) => void changes.push(closed));
  const asker = new BusAsker(serialEndpoint(board.path, 9600), new RtuFraming(), timeoutMs);
  await scan(asker, false);
  expect(changes).toEqual([]);
}, 60_000);

test("a board whose answers are damaged is told as noise and not as silence", async () => {
  const board = await plugged(wp8027({ clock, unit: 2 }, { pty: link("noisy") }));
  board.setFault("noise");
  const asker = new BusAsker(serialEndpoint(board.path, 9600), new RtuFraming(), timeoutMs);
  const { names, noisy } = await scan(asker, false);
  expect(names.some(({ unit }) => unit === 2) || noisy.includes(2)).toBe(true);
}, 60_000);

const rubbish: readonly (readonly [what: string, say: (socket: Socket) => void])[] = [
  ["garbage", (socket) => void socket.write(Buffer.from("ff00de13ad9977", "hex"))],
  ["half an answer", (socket) => void socket.write(Buffer.from("000100000006", "hex"))],
  ["nothing", () => {}],
  ["a hang-up", (socket) => void socket.destroy()],
];

test.each(rubbish)(
  "what answers every question with %s is no board, and nothing breaks",
  async (what, say) => {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.on("data", () => say(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const asker = new BusAsker(tcpEndpoint("127.0.0.1", port), new TcpFraming(), timeoutMs);
    const { names, noisy } = await scan(asker, true, 6);
    expect(names).toEqual([]);
    expect(noisy.length > 0).toBe(what === "garbage" || what === "half an answer");
  },
);

test.each(exceptionMeanings)(
  "a unit that answers everything with exception %i (%s) is a board, unless a gateway says so of one it does not have",
  async (code) => {
    const board = new Recorder((frame, socket) => {
      if (frame[0] === 3) socket.write(refusalOf("rtu-over-tcp", frame, code));
    });
    await board.start();
    onTestFinished(() => board.stop());
    const asker = new BusAsker(tcpEndpoint("127.0.0.1", board.port), new RtuFraming(), timeoutMs);
    const { names, noisy } = await scan(asker, false, 4);
    const isThere = ![10, 11].includes(code);
    expect(names).toEqual(isThere ? [{ unit: 3, is: [], says: undefined }] : []);
    expect(noisy).toEqual([]);
  },
);

test("a wire that is not there is told as such", async () => {
  const asker = new BusAsker(tcpEndpoint("127.0.0.1", 1), new TcpFraming(), timeoutMs);
  await expect(scan(asker, true)).rejects.toMatchObject({ code: "wire-unreachable" });
});
