import { Fault } from "@gatehouse/shared/fault";
import type { GateOrder } from "@gatehouse/shared/ports/gate";
import { type Instant, milliseconds, minutes, seconds } from "@gatehouse/shared/time";
import { expect, test } from "vitest";
import { GateSim } from "../../src/devices/gate-sim.ts";
import { SeededRandom } from "../../src/seeded-random.ts";
import { VirtualClock } from "../../src/virtual-clock.ts";

function gateOnBench(orders?: ReadonlySet<GateOrder>) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5) as Instant);
  const gate = new GateSim({
    clock,
    random: new SeededRandom(1),
    laneId: "entry-1",
    ...(orders && { orders }),
  });
  const contact: string[] = [];
  gate.contact.onContact((closed) =>
    contact.push(`${closed ? "closed" : "open"} ${Math.round(clock.monotonic() / 100)}`),
  );
  const ask = async (commandId: string) => {
    const asked = gate.open(commandId).catch((error: unknown) => error);
    await clock.advance(seconds(5));
    return await asked;
  };
  gate.closeContact.onContact((closed) => contact.push(`close ${closed ? "closed" : "open"}`));
  const tell = async (order: GateOrder, commandId: string) => {
    const told = gate.order(order, commandId).catch((error: unknown) => error);
    await clock.advance(seconds(5));
    return await told;
  };
  return { clock, gate, contact, ask, tell };
}

test("an OPEN closes the contact for half a second and is read back", async () => {
  const { gate, contact, ask } = gateOnBench();
  expect(await ask("c1")).toEqual({ kind: "accepted", evidence: "readback" });
  expect(contact).toEqual(["closed 0", "open 5"]);
  expect(gate.pulsed).toEqual(["c1"]);
});

test("the same command again pulses nothing and gives the same answer", async () => {
  const { gate, ask } = gateOnBench();
  const first = await ask("c1");
  expect(await ask("c1")).toEqual(first);
  expect(gate.pulsed).toEqual(["c1"]);
  await ask("c2");
  expect(gate.pulsed).toEqual(["c1", "c2"]);
});

test("two commands at once are served one after the other", async () => {
  const { clock, gate, contact } = gateOnBench();
  const both = Promise.all([gate.open("c1"), gate.open("c2")]);
  await clock.advance(seconds(5));
  await both;
  expect(contact.map((line) => line.split(" ")[0])).toEqual(["closed", "open", "closed", "open"]);
});

test("a dead gate moves nothing and says so after its patience", async () => {
  const { gate, contact, ask } = gateOnBench();
  gate.setFault("dead");
  const fault = await ask("c1");
  expect(fault).toBeInstanceOf(Fault);
  expect((fault as Fault).code).toBe("gate-unreachable");
  expect(contact).toEqual([]);
  expect(gate.report()[0]).toMatchObject({ state: "offline", counters: { timeouts: 1 } });
});

test("a lost answer is a fault although the contact closed", async () => {
  const { gate, contact, ask } = gateOnBench();
  gate.setFault("answer-lost");
  expect(((await ask("c1")) as Fault).code).toBe("gate-unreachable");
  expect(contact).toHaveLength(2);
});

test("a stuck contact stays closed, and opens no more, until someone frees it", async () => {
  const { clock, gate, contact, ask } = gateOnBench();
  gate.setFault("stuck");
  expect(await ask("c1")).toEqual({ kind: "accepted", evidence: "echo" });
  expect(gate.report()[0]).toMatchObject({ fault: "gate-release-failed" });
  expect(await ask("c2")).toMatchObject({ kind: "rejected" });
  await clock.advance(minutes(5));
  expect(contact).toEqual(["closed 0"]);
  gate.setFault("none");
  expect(contact).toHaveLength(2);
  expect(await ask("c3")).toMatchObject({ kind: "accepted", evidence: "readback" });
});

test("a fifth command at once would come too late and is refused", async () => {
  const { clock, gate } = gateOnBench();
  const asked = Promise.all(["c1", "c2", "c3", "c4", "c5"].map((id) => gate.open(id)));
  await clock.advance(seconds(5));
  expect((await asked).map(({ kind }) => kind)).toEqual([
    "accepted",
    "accepted",
    "accepted",
    "accepted",
    "rejected",
  ]);
  expect(gate.pulsed).toEqual(["c1", "c2", "c3", "c4"]);
});

test("a gate that is stopped in the middle of a pulse leaves its contact open", async () => {
  const { clock, gate, contact } = gateOnBench();
  void gate.open("c1");
  await clock.advance(milliseconds(200));
  await gate.stop();
  expect(contact.map((line) => line.split(" ")[0])).toEqual(["closed", "open"]);
  await clock.advance(seconds(5));
  expect(contact).toHaveLength(2);
});

test("a board that refuses is an answer, not a fault; the wire is told when the command is handed over", async () => {
  const { clock, gate } = gateOnBench();
  gate.setFault("rejects");
  let handedAt: number | undefined;
  const asked = gate.open("c1", () => {
    handedAt = clock.monotonic();
  });
  await clock.advance(seconds(1));
  expect(await asked).toMatchObject({ kind: "rejected" });
  expect(handedAt).toBeLessThan(100);
});

test("a gate that is held open stays so through an OPEN and closes its contact no more than once", async () => {
  const { gate, contact, ask, tell } = gateOnBench();
  expect(await tell("hold-open", "h1")).toEqual({ kind: "accepted", evidence: "readback" });
  expect(await ask("c1")).toMatchObject({ kind: "accepted" });
  expect(await tell("close", "x1")).toMatchObject({ kind: "rejected" });
  expect(contact).toEqual(["closed 0"]);
  expect(await tell("let-go", "l1")).toMatchObject({ kind: "accepted" });
  expect(contact).toHaveLength(2);
  expect(await tell("close", "x2")).toMatchObject({ kind: "accepted" });
  expect(contact.slice(2)).toEqual(["close closed", "close open"]);
  expect(gate.closes).toEqual(["x2"]);
});

test("a hold ends with the gate, and with an answer that never came", async () => {
  const { gate, contact, tell } = gateOnBench();
  await tell("hold-open", "h1");
  await gate.stop();
  expect(contact).toHaveLength(2);
  gate.setFault("answer-lost");
  expect(((await tell("hold-open", "h2")) as Fault).code).toBe("gate-unreachable");
  expect(contact).toHaveLength(4);
});

test("a locked gate says yes to an OPEN and does nothing; one without a lock refuses the order", async () => {
  const { contact, ask, tell } = gateOnBench(new Set(["lock", "unlock"]));
  expect(await tell("lock", "k1")).toMatchObject({ kind: "accepted" });
  expect(await ask("c1")).toEqual({ kind: "accepted", evidence: "echo" });
  expect(contact).toEqual([]);
  await tell("unlock", "k2");
  await ask("c2");
  expect(contact).toHaveLength(2);
  expect(await gateOnBench().tell("lock", "k1")).toMatchObject({ kind: "rejected" });
});
