import { connect } from "node:net";
import { PacedClock } from "@gatehouse/shared/paced-clock";
import type { Instant } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ZvtTerminalSim } from "../../src/wire/zvt-terminal.ts";

const virtualEpoch = Date.parse("2026-11-20T13:22:00Z") as Instant;
const clock = new PacedClock({ rate: 100, realEpochMs: Date.now(), virtualEpoch });
const register = "060008000000be09780300";
const registered = "800000060f0a19002929001234490978";
const pay = "06010a04000000000350490978";
const repeat = "062003000000";
const acknowledge = "800000";

let sim: ZvtTerminalSim;
const sockets: { destroy(): unknown }[] = [];

beforeEach(async () => {
  sim = new ZvtTerminalSim({ port: 0, clock, timezone: "Europe/Berlin" });
  await sim.start();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await sim.stop();
});

/** A register that speaks raw bytes and, once it is told how the answer begins, hears it whole. */
async function cashRegister() {
  const socket = connect(sim.port, "127.0.0.1");
  sockets.push(socket);
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString("hex")));
  await new Promise((resolve) => socket.once("connect", resolve));
  /** @throws when the terminal does not answer so */
  const say = async (hex: string, answer: RegExp): Promise<string> => {
    socket.write(Buffer.from(hex, "hex"));
    await vi.waitUntil(() => answer.test(heard), { timeout: 20_000, interval: 2 });
    const all = heard;
    heard = "";
    return all;
  };
  return { say };
}

/** Registers, asks for 3.50 and goes on to the approval, which is not acknowledged yet. */
async function untilApproval({ say }: Awaited<ReturnType<typeof cashRegister>>): Promise<string> {
  sim.onCardWanted(() => sim.presentCard({ lastFour: "1234", name: "Visa", approves: true }));
  await say(register, new RegExp(`^${registered}$`));
  await say(acknowledge + pay, /^80000004ff010a$/);
  await say(acknowledge, /^04ff0104$/);
  return say(acknowledge, /^040f/);
}

test("a register is registered with a bare currency and refused with a tagged one", async () => {
  const { say } = await cashRegister();
  expect(await say(register, /../)).toBe(registered);
  expect(await say(`${acknowledge}060009000000be4909780300`, /../)).toBe("849a00");
});

test("a payment runs from the card slot to the receipt, and is booked once", async () => {
  const { say } = await cashRegister();
  const status = await untilApproval({ say });
  expect(status).toMatch(/^040f..270004000000000350/);
  expect(status).toContain("870042");
  expect(status).toContain("22f0f8eeeeeeeeeeee1234");
  expect([...sim.booked]).toEqual([["0042", 350]]);
  const lines: string[] = [];
  for (let heard = ""; heard !== "060f00"; lines.push(heard)) {
    heard = await say(acknowledge, /^06(d1|0f00)/);
  }
  expect(lines.length).toBeGreaterThan(5);
});

test("goods that were not issued are taken back, and the repeated receipt says so", async () => {
  const { say } = await cashRegister();
  await untilApproval({ say });
  expect(sim.booked.size).toBe(1);
  expect(await say("846600", /../)).toBe("04ff0105");
  expect(await say(acknowledge, /../)).toBe("061e016c");
  expect(sim.booked.size).toBe(0);
  const repeated = await say(acknowledge + repeat, /^800000040f/);
  expect(repeated).toContain(Buffer.from("STORNO").toString("hex"));
});

test("a register that waits with the goods hears the approval again, and it is booked once", async () => {
  const { say } = await cashRegister();
  const first = await untilApproval({ say });
  expect(await say("849c00", /^040f/)).toBe(first);
  expect(sim.booked.size).toBe(1);
});

test.each([
  ["a payment before registration", pay, "846b00"],
  ["a command that it does not know", "069303000000", "848300"],
  ["the wrong password", "062003999999", "848300"],
  ["a reversal before registration", "063006000000870042", "846b00"],
  ["an end of day before registration", "065003000000", "846b00"],
])("%s is refused", async (_name, command, answer) => {
  const { say } = await cashRegister();
  expect(await say(command, /../)).toBe(answer);
});

test("while a payment runs the terminal says that it is busy, also on a new connection", async () => {
  const first = await cashRegister();
  await first.say(register, /./);
  await first.say(acknowledge + pay, /04ff010a$/);
  const second = await cashRegister();
  expect(await second.say("050100", /0d1120$/)).toMatch(/^800000060f09279c0c\d{6}0d1120$/);
  expect(await second.say(acknowledge + repeat, /../)).toBe("849c00");
});

test.each([
  ["a reversal that names no receipt", "063003000000", "849a00"],
  ["a refund without an amount", "063106000000490978", "849a00"],
  ["a refund with the wrong password", "06310d99999904000000000350490978", "848300"],
  ["an end of day with the wrong password", "065003999999", "848300"],
])("%s is refused by a terminal that is registered", async (_name, command, answer) => {
  const { say } = await cashRegister();
  await say(register, /0978$/);
  expect(await say(acknowledge + command, /../)).toBe(answer);
  expect(sim.purses.bookings).toEqual([]);
});

test("a payment that is reversed stands in the purse no more, and is refused the second time", async () => {
  const cash = await cashRegister();
  await untilApproval(cash);
  await cash.say(acknowledge, /^06d1/);
  for (let heard = ""; heard !== "060f00";) heard = await cash.say(acknowledge, /^06(d1|0f00)/);
  expect(sim.purses.charged("1234")).toBe(350);
  const reverse = async (): Promise<string> => {
    await cash.say(`${acknowledge}063006000000870042`, /^80000004ff010e$/);
    await cash.say(acknowledge, /^04ff0104$/);
    return cash.say(acknowledge, /^040f/);
  };
  expect(await reverse()).toContain(Buffer.from("STORNO").toString("hex"));
  expect(sim.purses.charged("1234")).toBe(0);
  for (let heard = ""; heard !== "060f00";) heard = await cash.say(acknowledge, /^06(d1|0f00)/);
  expect(await reverse()).toMatch(/^040f0727b4/);
  expect(sim.purses.charged("1234")).toBe(0);
});
