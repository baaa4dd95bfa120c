import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { ZvtTerminalSim } from "@gatehouse/firmware-sim/wire/zvt-terminal";
import { Fault } from "@gatehouse/shared/fault";
import { minorUnits } from "@gatehouse/shared/money";
import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { hexBytes } from "../../adapters/terminal/hex-bytes.ts";
import { bookedSum, clockAt, exitOn, openExit, password, patience } from "./car-at-exit.ts";

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.stop();
});

const frames = [
  "80 00 00",
  "84 9C 00",
  "04 FF 01 0A",
  "04 0F 07 27 6C 29 29 00 12 34",
  "04 0F 05 27 00 87 00 41",
  "06 0F 0A 19 00 29 29 00 12 34 49 09 78",
  "06 D1 0E 00 50 61 72 6B 68 61 75 73 20 4E 6F 72 64",
  "06 D3 11 06 0F 1F 07 01 02 25 09 07 03 41 42 43 07 02 44 45",
  "06 1E 01 6C",
  "06 0F 00",
  "06 00 08 12 34 56 BE 09 78 03 00",
  "06 20 03 12 34 56",
  "06 30 06 12 34 56 87 00 42",
  "06 31 0D 12 34 56 04 00 00 00 00 03 50 49 09 78",
  "06 50 03 12 34 56",
  "06 10 03 12 34 56",
  "04 0F 3A 27 00 60 F0 F5 F3 00 01 00 42 03 00 00 00 00 10 50 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 00 03 50",
  "05 01 00",
  "06 B0 00",
  "06 01 0A 04 00 00 00 00 03 50 49 09 78",
].map(hexBytes);

/** Noise, whole units, and units with one byte damaged, joined. */
const noise = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(...frames),
      fc
        .tuple(fc.constantFrom(...frames), fc.nat(), fc.integer({ min: 0, max: 255 }))
        .map(([frame, at, byte]) => {
          const damaged = Buffer.from(frame);
          damaged[at % damaged.length] = byte;
          return damaged;
        }),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((parts) => Buffer.concat(parts));

const rounds = 60;

/** What a terminal answers before it begins to rave. */
const polite: Record<string, string> = {
  "0600": "80 00 00 06 0F 07 19 00 29 29 00 12 34",
  "0501": "80 00 00 06 0F 00",
  "0620": "80 00 00 04 0F 05 27 00 87 00 41 06 0F 00",
};

test("a terminal that talks nonsense harms nothing: the real one is found afterwards", async () => {
  const clock = clockAt(1000);
  const samples = fc.sample(noise, { numRuns: rounds, seed: 20_261_120 });
  const rogue = await listening((socket) => {
    const bytes = samples.pop() ?? Buffer.alloc(0);
    socket.on("data", () => socket.write(bytes));
    socket.write(bytes);
    setTimeout(() => socket.destroy(), 10);
  });
  const exit = exitOn(rogue.port, {}, { clock });
  open.push(exit);
  await vi.waitUntil(() => samples.length === 0, patience);
  await rogue.close();
  expect(exit.captured).toEqual([]);

  const sim = new ZvtTerminalSim({
    port: rogue.port,
    clock,
    timezone: "Europe/Berlin",
    password,
  });
  open.push(sim);
  await sim.start();
  sim.onCardWanted(() => sim.presentCard({ lastFour: "1234", name: "Visa", approves: true }));
  await vi.waitUntil(() => exit.isOnline(), patience);
  expect(await exit.charge()).toMatchObject({ kind: "captured" });
  expect(bookedSum(sim)).toBe(350);
});

test("nonsense in the midst of a payment ends it with an answer or a fault", async () => {
  const clock = clockAt(1000);
  const samples = fc.sample(noise, { numRuns: rounds, seed: 20_261_122 });
  const rogue = await listening((socket) => {
    socket.on("data", (bytes) => {
      const heard = bytes.toString("hex").replace(/^(8.0000)+/, "");
      const answer = polite[heard.slice(0, 4)];
      if (answer !== undefined) return socket.write(hexBytes(answer));
      return heard.startsWith("0601") && socket.end(samples.pop() ?? "");
    });
  });
  const exit = exitOn(rogue.port, {}, { clock });
  open.push(exit);
  const outcomes: string[] = [];
  while (samples.length > 0) {
    await vi.waitUntil(() => exit.isOnline(), patience);
    outcomes.push(
      await exit.charge().then(
        ({ kind }) => kind,
        (error: unknown) => (error instanceof Fault ? error.code : Promise.reject(error)),
      ),
    );
  }
  await rogue.close();
  expect(outcomes.filter((each) => each === "captured")).toHaveLength(exit.captured.length);
  expect(outcomes.filter((each) => each === "terminal-answer-lost").length).toBeGreaterThan(5);
  expect(outcomes.filter((each) => each === "declined").length).toBeGreaterThan(5);
});

test("nonsense in the midst of every other request ends it with an answer or a fault", async () => {
  const clock = clockAt(1000);
  const samples = fc.sample(noise, { numRuns: rounds, seed: 20_261_123 });
  const rogue = await listening((socket) => {
    socket.on("data", (bytes) => {
      const heard = bytes.toString("hex").replace(/^(8.0000)+/, "");
      const answer = polite[heard.slice(0, 4)];
      if (answer !== undefined) return socket.write(hexBytes(answer));
      return /^06[1-5]/.test(heard) && socket.end(samples.pop() ?? "");
    });
  });
  const exit = exitOn(rogue.port, {}, { clock });
  open.push(exit);
  const { terminal } = exit;
  const money = { amount: minorUnits(350), currency: "EUR" };
  const asked = [
    () => terminal.reverse({ receiptNumber: "0042", ...money }),
    () => terminal.refund(money),
    () => terminal.endOfDay(),
    () => terminal.turnover(),
  ];
  const outcomes: string[] = [];
  for (let turn = 0; samples.length > 0; turn += 1) {
    await vi.waitUntil(() => exit.isOnline(), patience);
    const ask = asked[turn % asked.length] ?? (() => terminal.turnover());
    outcomes.push(
      await ask().then(
        ({ kind }) => kind,
        (error: unknown) => (error instanceof Fault ? error.code : Promise.reject(error)),
      ),
    );
  }
  await rogue.close();
  const counts = Object.groupBy(outcomes, (each) => each);
  expect(counts["terminal-answer-lost"]?.length).toBeGreaterThan(5);
  expect(counts["declined"]?.length).toBeGreaterThan(5);
  expect(exit.counter("unknown_commands") + exit.counter("unread_fields")).toBeGreaterThan(0);
});

test("a register that talks nonsense books nothing, and the real one is served afterwards", async () => {
  const exit = await openExit();
  open.push(exit);
  await exit.terminal.stop();
  const { sim } = exit;
  sim.onCardWanted(() => undefined);
  for (const bytes of fc.sample(noise, { numRuns: rounds, seed: 20_261_121 })) {
    const socket = connect(sim.port, "127.0.0.1");
    socket.on("error", () => undefined);
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 2));
    socket.destroy();
  }
  expect(sim.purses.bookings).toEqual([]);
  // A payment that the noise began is cancelled as the driver would.
  sim.cancel();
  sim.onCardWanted(() => sim.presentCard({ lastFour: "1234", name: "Visa", approves: true }));
  const real = exitOn(sim.port);
  open.push(real);
  await vi.waitUntil(() => real.isOnline(), patience);
  expect(await real.charge()).toMatchObject({ kind: "captured" });
  expect(bookedSum(sim)).toBe(350);
});

async function listening(welcome: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    welcome(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
