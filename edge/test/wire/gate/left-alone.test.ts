import type { Board } from "@gatehouse/firmware-sim/hardware";
import { et2260 } from "@gatehouse/firmware-sim/wire/et2260";
import type { ModbusBoard } from "@gatehouse/firmware-sim/wire/modbus-board";
import { mr6c } from "@gatehouse/firmware-sim/wire/mr6c";
import { seconds } from "@gatehouse/shared/time";
import { afterEach, describe, expect, test } from "vitest";
import { ModbusWire } from "../../../src/adapters/wire/modbus-wire.ts";
import { Bench, configOf, newClock, watchContact } from "./bench.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

const makes = [
  { profile: "wirenboard-mr6c", make: mr6c, kind: "rtu-over-tcp" },
  { profile: "icpdas-et2260", make: et2260, kind: "modbus-tcp" },
] as const;

async function plug({ profile, make, kind }: (typeof makes)[number], power: "open" | "secure") {
  const clock = newClock();
  const board: Board & ModbusBoard = make({ clock }, { port: 0 });
  await board.start();
  const contact = watchContact(board.relay(2), clock);
  const gate = { profile, wire: "w", relay: 2, close_relay: 3 };
  const wire = { kind, host: "127.0.0.1", port: board.port };
  const bench = new Bench(clock, configOf({ w: wire }, [{ gate, on_failure: { power } }]));
  ended.push(
    () => board.stop(),
    () => bench.stop(),
  );
  await bench.start();
  return { clock, board, contact, bench, closeContact: watchContact(board.relay(3), clock) };
}

/** As an engineer with a Modbus tool reads the board. */
const wireOf = (bench: Bench): ModbusWire => {
  const wire = bench.hardware.wires.find((each) => each instanceof ModbusWire);
  if (wire === undefined) throw new Error("there is no Modbus wire");
  return wire;
};

describe.each(makes)("a lane on $profile", (make) => {
  test("whose gate opens without power has the board close the contact at power-on", async () => {
    const { board, contact, closeContact } = await plug(make, "open");
    await board.stop();
    expect(contact).toEqual([]);
    await board.start();
    expect(contact.map(({ closed }) => closed)).toEqual([true]);
    expect(closeContact).toEqual([]);
  });

  test("whose gate stays as it is without power has the board leave the contact open", async () => {
    const { board, contact } = await plug(make, "secure");
    await board.stop();
    await board.start();
    expect(contact).toEqual([]);
  });

  test("still pulses and can be held open, whatever it does when left alone", async () => {
    const { bench, contact } = await plug(make, "open");
    expect(await bench.until(bench.gate.open("c-1"))).toMatchObject({ evidence: "readback" });
    expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
    expect(await bench.until(bench.gate.order("hold-open", "h-1"))).toMatchObject({
      evidence: "readback",
    });
    await bench.pass(seconds(4));
    expect(contact).toHaveLength(3);
  });
});

test("a WB-MR6C that nobody talks to closes the contact of a lane that opens, and keeps it closed", async () => {
  const { clock, bench, contact } = await plug(makes[0], "open");
  await bench.stop();
  await clock.advance(seconds(60));
  expect(contact.map(({ closed }) => closed)).toEqual([true]);
});

test("a WB-MR6C that nobody talks to lets a gate go that was held open, where the lane is secure", async () => {
  const { clock, bench, contact } = await plug(makes[0], "secure");
  const wire = wireOf(bench);
  await wire.writeRegister(1, 1761, 0);
  await wire.writeCoil(1, 1, true);
  await wire.stop();
  await clock.advance(seconds(60));
  expect(contact.map(({ closed }) => closed)).toEqual([true, false]);
});

test("the ET-2260 keeps the safe values that were written, lane by lane", async () => {
  const open = await plug(makes[1], "open");
  expect(await wireOf(open.bench).readCoils(1, 267, 6)).toEqual([
    false,
    true,
    false,
    false,
    false,
    false,
  ]);
  const secure = await plug(makes[1], "secure");
  expect(await wireOf(secure.bench).readCoils(1, 235, 6)).not.toContain(true);
});
