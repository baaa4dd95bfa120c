import type { Board } from "@gatehouse/firmware-sim/hardware";
import type { VirtualClock } from "@gatehouse/firmware-sim/virtual-clock";
import type { WireConfig } from "@gatehouse/shared/contracts/facility";
import { milliseconds, seconds } from "@gatehouse/shared/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LaneHardware } from "../../../src/adapters/lane-hardware.ts";
import { ModbusWire } from "../../../src/adapters/wire/modbus-wire.ts";
import {
  Bench,
  configOf,
  type ContactChange,
  newClock,
  pulseLengths,
  watchContact,
} from "./bench.ts";

/** One make of relay board, on its real wire. */
export interface GateMake {
  /** In edge/profiles/gates. */
  readonly profile: string;
  /** "echo" when the board answers, "sent" when it cannot. */
  readonly proof: "echo" | "sent";
  /** Whether the board ends the pulse by itself. */
  readonly timesItself: boolean;
  /** Serial lines have noise; on a network it means a broken device. */
  readonly isSerial: boolean;
  board(clock: VirtualClock): Board;
  /** Where the started board is found. */
  wire(board: Board): WireConfig;
  /** Commands that went out and commands that came in, where the board does not answer them. */
  readonly traffic?: {
    sent(hardware: LaneHardware): number;
    seen(board: Board): number;
  };
}

/** A property that a make does not have is not a test of it: it is left out, not skipped. */
const when = (has: boolean): ((name: string, run: () => Promise<void>) => void) =>
  has ? (name, run) => void test(name, run) : () => {};

const relay = 2;
const pulse = milliseconds(700);

/** What every gate does, whatever board it is on. */
export function gateContract(make: GateMake): void {
  const answers = make.proof === "echo";
  const best = answers ? "readback" : "sent";

  describe(`a gate on ${make.profile}`, () => {
    let clock: VirtualClock;
    let board: Board;
    let bench: Bench;
    let contact: ContactChange[];
    let isPlugged = true;
    let seenBefore = 0;

    beforeEach(async () => {
      clock = newClock();
      board = make.board(clock);
      await board.start();
      contact = watchContact(board, relay, clock);
      isPlugged = true;
      bench = benchOn(board);
      await bench.start();
    });

    afterEach(async () => {
      await bench.stop();
      await board.stop();
    });

    const benchOn = (target: Board): Bench => {
      const { traffic } = make;
      seenBefore = traffic?.seen(target) ?? 0;
      return new Bench(
        clock,
        configOf({ w: make.wire(target) }, [
          { gate: { profile: make.profile, wire: "w", relay, pulse_ms: pulse } },
        ]),
        (hardware) =>
          !isPlugged ||
          traffic === undefined ||
          traffic.seen(target) - seenBefore === traffic.sent(hardware),
      );
    };

    test("closes its contact for as long as asked and releases it", async () => {
      expect(await bench.until(bench.gate.open("c-1"))).toEqual({
        kind: "accepted",
        evidence: best,
      });
      await bench.pass(seconds(1));
      expect(pulseLengths(contact)).toEqual([pulse]);
      expect(bench.report).toMatchObject({ kind: "gate", laneId: "lane-1", state: "online" });
      expect(bench.report.fault).toBeUndefined();
    });

    test("does not pulse again for a repeated command, and does for a new one", async () => {
      const [first, again] = await bench.until(
        Promise.all([bench.gate.open("c-1"), bench.gate.open("c-1")]),
      );
      const late = await bench.until(bench.gate.open("c-1"));
      expect([again, late]).toEqual([first, first]);
      expect(pulseLengths(contact)).toEqual([pulse]);
      await bench.until(bench.gate.open("c-2"));
      expect(pulseLengths(contact)).toEqual([pulse, pulse]);
    });

    test("serves commands one at a time and refuses a fifth that would come too late", async () => {
      const ids = ["c-1", "c-2", "c-3", "c-4", "c-5"];
      const answers = await bench.until(Promise.all(ids.map((id) => bench.gate.open(id))));
      expect(answers.map(({ kind }) => kind)).toEqual([
        ...Array.from({ length: 4 }, () => "accepted"),
        "rejected",
      ]);
      expect(pulseLengths(contact)).toEqual([pulse, pulse, pulse, pulse]);
    });

    test("says once when the command is handed over, before the contact closes", async () => {
      const closedWhenHanded: boolean[] = [];
      const handed = (): void => void closedWhenHanded.push(contact.length > 0);
      await bench.until(bench.gate.open("c-1", handed));
      await bench.until(bench.gate.open("c-1", handed));
      expect(closedWhenHanded).toEqual([false]);
    });

    test("is unreachable while its board is unplugged, and works when it is back", async () => {
      isPlugged = false;
      await board.stop();
      await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
        code: "gate-unreachable",
      });
      expect(bench.report.state).toBe("offline");
      await bench.stop();

      await board.start();
      isPlugged = true;
      bench = benchOn(board);
      await bench.start();
      expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ kind: "accepted" });
      expect(pulseLengths(contact)).toEqual([pulse]);
    });

    test("comes back by itself after its board lost power", async () => {
      isPlugged = false;
      await board.stop();
      await bench.eventually(() => bench.report.state === "offline");
      await board.start();
      await bench.eventually(() => bench.report.state === "online");
      expect(await bench.until(bench.gate.open("c-1"))).toEqual({
        kind: "accepted",
        evidence: best,
      });
      await bench.eventually(() => contact.length >= 2);
      expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
    });

    test("releases a contact on its way out", async () => {
      void bench.gate.open("c-1");
      await bench.settle();
      expect(contact.at(-1)).toMatchObject({ closed: true });
      await bench.gate.stop();
      await bench.settle();
      expect(contact.at(-1)).toMatchObject({ closed: false });
    });

    when(answers)("is unreachable while its board is silent, and recovers", async () => {
      board.setFault("silent");
      await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
        code: "gate-unreachable",
        retryable: true,
      });
      expect(bench.report).toMatchObject({ state: "offline" });
      board.setFault("none");
      expect(await bench.until(bench.gate.open("c-2"))).toEqual({
        kind: "accepted",
        evidence: "readback",
      });
      expect(pulseLengths(contact)).toEqual([pulse]);
    });

    when(answers)("takes no late answer for another command's", async () => {
      board.setFault("late-answers");
      await expect(bench.until(bench.gate.open("c-1"))).rejects.toMatchObject({
        code: "gate-unreachable",
      });
      board.setFault("none");
      expect(await bench.until(bench.gate.open("c-2"))).toEqual({
        kind: "accepted",
        evidence: "readback",
      });
      await bench.eventually(() => (bench.report.counters["late_replies"] ?? 0) > 0);
      expect(contact.at(-1)).toMatchObject({ closed: false });
    });

    when(answers)("tells a refusal of the board and moves nothing", async () => {
      board.setFault("exception");
      const answer = await bench.until(bench.gate.open("c-1"));
      expect(answer).toMatchObject({
        kind: "rejected",
        detail: expect.stringContaining("exception 4"),
      });
      expect(contact).toEqual([]);
      board.setFault("none");
      expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ kind: "accepted" });
    });

    when(make.isSerial)("survives noise on the line", async () => {
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

    when(!make.timesItself)("releases again and again until it is done", async () => {
      board.relay(relay).onContact((closed) => closed && board.setFault("silent"));
      expect(await bench.until(bench.gate.open("c-1"))).toMatchObject({
        kind: "accepted",
        evidence: make.proof,
      });
      expect(contact.map(({ closed }) => closed)).toEqual([true]);
      if (answers) {
        expect(bench.report.fault).toBe("gate-release-failed");
        expect(await bench.until(bench.gate.open("c-2"))).toMatchObject({ kind: "rejected" });
      }
      board.setFault("none");
      await bench.eventually(() => contact.at(-1)?.closed === false);
      await bench.eventually(() => bench.report.fault === undefined);
    });

    when(answers)("releases a contact that it finds closed without a command", async () => {
      await bench.stop();
      bench = benchOn(board);
      const [wire] = bench.hardware.wires;
      if (!(wire instanceof ModbusWire))
        throw new Error("this make answers, so its wire is Modbus");
      await wire.start();
      await closeByHand(wire);
      expect(contact.at(-1)).toMatchObject({ closed: true });
      await wire.stop();

      await bench.start();
      await bench.eventually(() => contact.at(-1)?.closed === false);
      expect(bench.report.counters).toMatchObject({ found_closed: 1 });
      await bench.eventually(() => bench.report.fault === undefined);
    });

    const closeByHand = async (wire: ModbusWire): Promise<void> => {
      const base = make.profile === "adam-6060" ? 16 : 0;
      await wire.writeCoil(1, base + relay - 1, true);
    };
  });
}
