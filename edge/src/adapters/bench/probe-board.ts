import { milliseconds } from "@gatehouse/shared/time";
import type { ModbusGateProfile } from "../gate/gate-profile.ts";
import { relaySettings } from "../gate/modbus-relay.ts";
import type { GatePlan, InputsPlan } from "../lane-plan.ts";
import type { InputProfile } from "../loop/input-profile.ts";
import type { BoardSetting, WhenAlone } from "../wire/board-settings.ts";
import type { BusAnswer, BusAsker } from "../wire/bus-asker.ts";
import { failed, passed, type Probed, type ProbeCheck } from "./probe-check.ts";
import { knownMakes, recognise } from "./recognise.ts";

/** Where a board stands, and what to type to look further. */
export interface BoardPlace {
  readonly asker: BusAsker;
  readonly wire: string;
  readonly unit: number;
}

/** A relay board: whether it is there, what it is, its contact on OPEN, and what it keeps. Reads only. */
export async function probeGateBoard(
  place: BoardPlace,
  { laneId, gate, whenAlone }: Pick<GatePlan, "laneId" | "gate" | "whenAlone">,
  profile: ModbusGateProfile,
): Promise<Probed> {
  const { asker, unit } = place;
  const name = `${laneId} relay board`;
  const { table, address } = profile.readback;
  const channel = gate.relay - 1;
  const answer = await asker.read(unit, table, address + channel, 1);
  if (answer.kind !== "data") return silence(name, place, answer);
  const isClosed = ((answer.bytes[0] ?? 0) & 1) === 1;
  const contact = isClosed
    ? failed(
        `${laneId} contact on OPEN`,
        `relay ${gate.relay} is closed now: it can hold the barrier open`,
        `start the daemon, which releases it: npx gatehouse run; else take the wire off relay ${gate.relay}`,
      )
    : passed(`${laneId} contact on OPEN`, `relay ${gate.relay} is open`);
  const wanted = relaySettings({ profile, pulse: milliseconds(gate.pulse_ms), whenAlone });
  return {
    checks: [
      passed(name, `${profile.make} at ${asker.address} unit ${unit} answers`),
      await makeCheck(`${laneId} make`, place, gate.profile),
      contact,
      ...(await settingChecks(`${laneId} relay board keeps`, place, wanted, [channel], whenAlone)),
    ],
    notes: profile.by_hand.map((sentence) => `${profile.make}: ${sentence}`),
  };
}

/** An input board: whether it is there, what it is, how the lane's contacts stand, and what it keeps. Reads only. */
export async function probeInputBoard(
  place: BoardPlace,
  { laneId, inputs, profile, wiring }: InputsPlan,
): Promise<Probed> {
  const name = `${laneId} input board`;
  const contacts = Object.entries(wiring);
  const last = Math.max(...contacts.map(([, number]) => number));
  const { table, address } = profile.state;
  const answer = await place.asker.read(place.unit, table, address, last + 1);
  if (answer.kind !== "data") return silence(name, place, answer);
  const isOn = (number: number): boolean =>
    (((answer.bytes[number >> 3] ?? 0) >> (number & 7)) & 1) === 1;
  const shown = contacts.map(([what, number]) => `${what} ${isOn(number) ? "on" : "off"}`);
  const { "limit-open": up, "limit-closed": down } = wiring;
  const isTorn = up !== undefined && down !== undefined && isOn(up) && isOn(down);
  const channels = contacts.map(([, number]) => number);
  return {
    checks: [
      passed(name, `${profile.make} at ${place.asker.address} unit ${place.unit} answers`),
      await makeCheck(`${laneId} input make`, place, inputs.profile),
      isTorn
        ? failed(
            `${laneId} contacts`,
            `the arm is up and down at once: ${shown.join(", ")}`,
            `open and close the barrier by its own key, and see which contact follows: inputs.limit_open, inputs.limit_closed`,
          )
        : passed(`${laneId} contacts`, shown.join(", ")),
      ...(await inputSettingChecks(laneId, place, profile, channels)),
    ],
    notes: [],
  };
}

const inputSettingChecks = (
  laneId: string,
  place: BoardPlace,
  { settings }: InputProfile,
  channels: readonly number[],
): Promise<ProbeCheck[]> =>
  settingChecks(`${laneId} input board keeps`, place, settings, channels, "secure");

function silence(name: string, { asker, wire, unit }: BoardPlace, answer: BusAnswer): Probed {
  const where = `${asker.address} unit ${unit}`;
  const look = `npx gatehouse detect --wire ${wire} --config facility.yaml`;
  if (answer.kind === "refused") {
    const detail = `${where} refuses what this profile asks (exception ${answer.code})`;
    return { checks: [failed(name, detail, look)], notes: [] };
  }
  const isNoise = answer.kind === "none" && answer.wasNoisy;
  const detail = isNoise ? `${where}: answers come damaged` : `${where} does not answer`;
  const next = isNoise ? "check shield, termination, A and B, and the wire's baud" : look;
  return { checks: [failed(name, detail, next)], notes: [] };
}

/** Whether the board is of the make that the configuration names, as far as that can be told. */
async function makeCheck(
  name: string,
  { asker, unit }: BoardPlace,
  profile: string,
): Promise<ProbeCheck> {
  const makes = knownMakes();
  if (!makes.some((make) => make.profile === profile))
    return passed(name, `${profile}: nothing tells this make from others`);
  const fitting = await recognise(asker, unit, makes);
  const own = fitting.find(({ make }) => make.profile === profile);
  if (own !== undefined) {
    const says = own.says === undefined ? "" : `, it says ${own.says}`;
    return passed(name, `answers as ${own.make.make} does${says}`);
  }
  const others = fitting.map(({ make }) => `${make.make} (profile ${make.profile})`);
  const like = others.length === 0 ? "no make that is known" : others.join(" or ");
  return failed(
    name,
    `does not answer as ${profile} does, but as ${like}`,
    "read the label on the board, and correct the profile in facility.yaml",
  );
}

/** Reads back what the board must keep; the daemon writes what differs at its start. */
async function settingChecks(
  name: string,
  { asker, unit }: BoardPlace,
  settings: readonly BoardSetting[],
  channels: readonly number[],
  whenAlone: WhenAlone,
): Promise<ProbeCheck[]> {
  const checks: ProbeCheck[] = [];
  for (const { table, address: first, per, value, why } of settings) {
    const wanted = typeof value === "number" ? value : value[whenAlone];
    const addresses = per === "board" ? [first] : channels.map((channel) => first + channel);
    for (const address of addresses) {
      const held = valueOf(table, await asker.read(unit, table, address, 1));
      const where = `${table} ${address}`;
      checks.push(
        held === wanted
          ? passed(name, `${where} is ${held}: ${why}`)
          : failed(
              name,
              `${where} holds ${held ?? "nothing readable"} instead of ${wanted}: ${why}`,
              "npx gatehouse run --config facility.yaml writes it at its start; if this stays, the board does not keep it",
            ),
      );
    }
  }
  return checks;
}

function valueOf(table: BoardSetting["table"], answer: BusAnswer): number | undefined {
  if (answer.kind !== "data") return undefined;
  if (table === "coil") return (answer.bytes[0] ?? 0) & 1;
  return answer.bytes.length === 2 ? answer.bytes.readUInt16BE(0) : undefined;
}
