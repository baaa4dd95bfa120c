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

/** A register that speaks raw bytes. */
async function cashRegister() {
  const socket = connect(sim.port, "127.0.0.1");
  sockets.push(socket);
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString("hex")));
  await new Promise((resolve) => socket.once("connect", resolve));
  return {
    /** Sends bytes and waits until the answer matches; what was heard is then forgotten. */
    say: async (hex: string, answer: string | RegExp): Promise<string> => {
      socket.write(Buffer.from(hex, "hex"));
      const isAnswered = (): boolean =>
        typeof answer === "string" ? heard.startsWith(answer) : answer.test(heard);
      await vi.waitUntil(isAnswered, { timeout: 20_000, interval: 2 }).catch(() => undefined);
      const all = heard;
      heard = "";
      expect(all).toMatch(typeof answer === "string" ? new RegExp(`^${answer}`) : answer);
      return all;
    },
  };
}

test("a register is registered with a bare currency and refused with a tagged one", async () => {
  const till = await cashRegister();
  await till.say(register, registered);
  await till.say("8000000600 09 000000be490978 0300".replaceAll(" ", ""), "849a00");
});

test("a payment runs from the card slot to the receipt, and is booked once", async () => {
  const wanted: number[] = [];
  sim.onCardWanted((amountMinor) => {
    wanted.push(amountMinor);
    sim.presentCard({ lastFour: "1234", name: "Visa", approves: true });
  });
  const till = await cashRegister();
  await till.say(register, registered);
  await till.say("800000", "");
  await till.say(pay, "80000004ff010a");
  await till.say("800000", "04ff0104");
  const status = await till.say("800000", /^040f/);
  expect(status).toMatch(/^040f..270004000000000350/);
  expect(status).toContain("870042");
  expect(status).toContain("22f0f8eeeeeeeeeeee1234");
  expect(wanted).toEqual([350]);
  expect([...sim.booked]).toEqual([["0042", 350]]);
  let line = await till.say("800000", /^06d1/);
  let lines = 1;
  while (line.startsWith("06d1")) {
    line = await till.say("800000", /^06(d1|0f00)/);
    lines += 1;
  }
  expect(line).toBe("060f00");
  expect(lines).toBeGreaterThan(5);
});

test("goods that were not issued are taken back, and the repeated receipt says so", async () => {
  sim.onCardWanted(() => sim.presentCard({ lastFour: "1234", name: "Visa", approves: true }));
  const till = await cashRegister();
  await till.say(register, registered);
  await till.say("800000", "");
  await till.say(pay, "80000004ff010a");
  await till.say("800000", "04ff0104");
  await till.say("800000", /^040f/);
  expect(sim.booked.size).toBe(1);
  await till.say("846600", "04ff0105");
  await till.say("800000", "061e016c");
  expect(sim.booked.size).toBe(0);
  const repeated = await till.say("8000000620 03 000000".replaceAll(" ", ""), /^800000040f/);
  expect(repeated).toContain(Buffer.from("STORNO").toString("hex"));
});

test("a register that waits with the goods hears the approval again, and it is booked once", async () => {
  sim.onCardWanted(() => sim.presentCard({ lastFour: "1234", name: "Visa", approves: true }));
  const till = await cashRegister();
  await till.say(register, registered);
  await till.say("800000", "");
  await till.say(pay, "80000004ff010a");
  await till.say("800000", "04ff0104");
  const first = await till.say("800000", /^040f/);
  const second = await till.say("849c00", /^040f/);
  expect(second).toBe(first);
  expect(sim.booked.size).toBe(1);
});

test.each([
  ["a payment before registration", pay, "846b00"],
  ["a command that it does not know", "0693 03 000000".replaceAll(" ", ""), "848300"],
  ["the wrong password", "0620 03 999999".replaceAll(" ", ""), "848300"],
])("%s is refused", async (_name, command, answer) => {
  await (await cashRegister()).say(command, answer);
});

test("while a payment runs the terminal says that it is busy, also on a new connection", async () => {
  const till = await cashRegister();
  await till.say(register, registered);
  await till.say("800000", "");
  await till.say(pay, "80000004ff010a");
  const second = await cashRegister();
  await second.say("050100", "800000060f02279c");
  await second.say("800000" + "062003000000", "849c00");
  sim.cancel();
  await vi.waitUntil(() => sim.booked.size === 0);
});
