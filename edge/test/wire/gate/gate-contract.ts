import { milliseconds, seconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ModbusWire } from "../../../src/adapters/wire/modbus-wire.ts";
import { pulseLengths } from "./bench.ts";
import { GateLane, type GateMake, relay } from "./gate-lane.ts";

const unreachable = { code: "gate-unreachable", retryable: true };

/** What every gate does, whatever board it is on. */
export function gateContract(
  make: GateMake & { readonly evidence: "readback" | "echo" | "sent" },
): void {
  const lane = laneOf(make);
  const accepted = { kind: "accepted", evidence: make.evidence };

  test("closes its contact for as long as asked and releases it", async () => {
    const { bench, contact } = lane();
    expect(await bench.until(bench.gate.open("c-1"))).toEqual(accepted);
    await bench.pass(seconds(1));
    expect(pulseLengths(contact)).toEqual([lane().pulse]);
    expect(bench.report).toMatchObject({ kind: "gate", laneId: "lane-1", state: "online" });
    expect(bench.report.fault).toBeUndefined();
  });

  test("does not pulse again for a repeated command, and does for a new one", async () => {
    const { bench, contact } = lane();
    const twice = Promise.all([bench.gate.open("c-1"), bench.gate.open("c-1")]);
    expect(await bench.until(twice)).toEqual([accepted, accepted]);
    expect(await bench.until(bench.gate.open("c-1"))).toEqual(accepted);
    expect(pulseLengths(contact)).toEqual([lane().pulse]);
    await bench.until(bench.gate.open("c-2"));
    expect(pulseLengths(contact)).toEqual([lane().pulse, lane().pulse]);
  });

  test("serves commands one at a time and refuses a fifth that would come too late", async () => {
    const { bench, contact } = lane();
    const ids = ["c-1", "c-2", "c-3", "c-4", "c-5"];
    const answers = await bench.until(Promise.all(ids.map((id) => bench.gate.open(id))));
    expect(answers.map(({ kind }) => kind)).toEqual([
      "accepted",
      "accepted",
      "accepted",
      "accepted",
      "rejected",
    ]);
    expect(pulseLengths(contact)).toEqual([1, 2, 3, 4].map(() => lane().pulse));
  });

  test("says once when the command is handed over, before the contact closes", async () => {
    const { bench, contact } = lane();
    const closuresWhenHanded: number[] = [];
    const handed = (): void => void closuresWhenHanded.push(contact.length);
    await bench.until(bench.gate.open("c-1", handed));
    await bench.until(bench.gate.open("c-1", handed));
    expect(closuresWhenHanded).toEqual([0]);
  });

  test("is unreachable while its board is unplugged", async () => {
    const { bench } = lane();
    await lane().unplug();
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject(unreachable);
    expect(bench.report.state).toBe("offline");
  });

  test("comes back by itself after its board lost power", async () => {
    const { bench, board, contact } = lane();
    await lane().unplug();
    await bench.eventually(() => bench.report.state === "offline");
    await board.start();
    await bench.eventually(() => bench.report.state === "online");
    expect(await bench.until(bench.gate.open("c-1"))).toEqual(accepted);
    await bench.eventually(() => contact.length >= 2);
    expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
  });
}

/** What a gate does whose contact is ours to release. */
export function releasingGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("releases a contact on its way out", async () => {
    const { bench, contact } = lane();
    void bench.gate.open("c-1");
    await bench.settle();
    expect(contact.at(-1)).toMatchObject({ closed: true });
    await bench.gate.stop();
    await bench.settle();
    expect(contact.at(-1)).toMatchObject({ closed: false });
  });
}

/** What a gate does whose board answers. */
export function answeringGateContract(
  make: GateMake & { readonly evidence: "readback" | "echo"; readonly no: string },
): void {
  const lane = laneOf(make);
  const { evidence } = make;

  test("is unreachable while its board is silent, and recovers", async () => {
    const { bench, board, contact } = lane();
    board.setFault("silent");
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject(unreachable);
    expect(bench.report.state).toBe("offline");
    board.setFault("none");
    expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ evidence });
    expect(pulseLengths(contact)).toEqual([lane().pulse]);
  });

  test("takes no late answer for another command's", async () => {
    const { bench, board, contact } = lane();
    board.setFault("late-answers");
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject(unreachable);
    board.setFault("none");
    expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ evidence });
    await bench.eventually(() => contact.at(-1)?.closed === false);
  });

  test("tells a refusal of the board and moves nothing", async () => {
    const { bench, board, contact } = lane();
    board.setFault("exception");
    expect(await bench.until(bench.gate.open("c-1"))).toMatchObject({
      kind: "rejected",
      detail: expect.stringContaining(make.no),
    });
    expect(contact).toEqual([]);
    board.setFault("none");
    expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ kind: "accepted" });
  });
}

/** What a gate does whose board is on Modbus and says what its contact does. */
export function modbusGateContract(make: GateMake & { readonly relayCoil: number }): void {
  const lane = laneOf(make);

  test("counts an answer that came too late", async () => {
    const { bench, board } = lane();
    board.setFault("late-answers");
    await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject(unreachable);
    board.setFault("none");
    await bench.eventually(() => (bench.report.counters["late_replies"] ?? 0) > 0);
  });

  test("releases a contact that it finds closed without a command", async () => {
    await lane().renewDaemon();
    const { bench, contact } = lane();
    const wire = bench.hardware.wires.find((each) => each instanceof ModbusWire);
    await wire?.start();
    await wire?.writeCoil(1, make.relayCoil + relay - 1, true);
    await wire?.stop();
    expect(contact.map(({ closed }) => closed)).toEqual([true]);

    await bench.start();
    await bench.eventually(() => contact.at(-1)?.closed === false);
    expect(bench.report.counters).toMatchObject({ found_closed: 1 });
    await bench.eventually(() => bench.report.fault === undefined);
  });
}

/** What a gate does whose wire is a serial line: those have noise. */
export function noisyGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("opens through noise on the line, once for each command", async () => {
    const { bench, board, contact } = lane();
    board.setFault("noise");
    for (const id of ["c-1", "c-2", "c-3", "c-4"]) {
      expect(await bench.until(bench.gate.open(id))).toMatchObject({ kind: "accepted" });
    }
    board.setFault("none");
    await bench.pass(seconds(5));
    expect(contact.filter(({ closed }) => closed)).toHaveLength(4);
    expect(contact.at(-1)).toMatchObject({ closed: false });
    expect(bench.report.state).toBe("online");
  });
}

/** What a gate does whose board only switches, so that the daemon ends the pulse. */
export function switchedGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("says that a contact is not released, opens no more, and tries until it is", async () => {
    const { bench, board, contact } = lane();
    board.relay(relay).onContact((closed) => closed && board.setFault("silent"));
    expect(await bench.until(bench.gate.open("c-1"))).toEqual({
      kind: "accepted",
      evidence: "echo",
    });
    expect(bench.report.fault).toBe("gate-release-failed");
    expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ kind: "rejected" });
    expect(contact.map(({ closed }) => closed)).toEqual([true]);

    board.setFault("none");
    await bench.eventually(() => contact.at(-1)?.closed === false);
    await bench.eventually(() => bench.report.fault === undefined);
    expect(await bench.until(bench.gate.open("c-3"))).toMatchObject({ kind: "accepted" });
  });
}

/** What a gate does whose board never answers. */
export function mutedGateContract(make: GateMake): void {
  const lane = laneOf(make);

  test("repeats its release, because nobody says that it arrived", async () => {
    const { bench, board, contact } = lane();
    board.relay(relay).onContact((closed) => closed && board.setFault("silent"));
    expect(await bench.until(bench.gate.open("c-1"))).toEqual({
      kind: "accepted",
      evidence: "sent",
    });
    expect(contact.map(({ closed }) => closed)).toEqual([true]);
    board.setFault("none");
    await bench.pass(milliseconds(2500));
    expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
  });
}

function laneOf(make: GateMake): () => GateLane {
  let lane: GateLane;
  beforeEach(async () => {
    lane = await GateLane.start(make);
  });
  afterEach(() => lane.stop());
  return () => lane;
}
