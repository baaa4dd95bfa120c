import { type GateProfile, loadGateProfile } from "../gate/gate-profile.ts";
import { loadInputProfile } from "../loop/input-profile.ts";
import { profileNames } from "../profiles.ts";
import type { BusAnswer, BusAsker } from "../wire/bus-asker.ts";
import type { ModbusMark } from "./marks.ts";

/** A make of which everything is known that it can be told by. */
export interface KnownMake {
  /** File name of the profile; the same in `gates` and `inputs` where a board has both. */
  readonly profile: string;
  readonly make: string;
  readonly isGate: boolean;
  readonly isInputs: boolean;
  readonly marks: readonly ModbusMark[];
}

export interface Recognised {
  readonly make: KnownMake;
  /** What the board says of itself, for example its firmware. */
  readonly says: string | undefined;
}

/** Every Modbus make whose profile says what it is known by, the most particular first. */
export function knownMakes(): KnownMake[] {
  const inputs = profileNames("inputs");
  const gates = profileNames("gates").flatMap((profile): KnownMake[] => {
    const { make, ...rest } = loadGateProfile(profile);
    const marks = modbusMarks(rest);
    if (marks === undefined) return [];
    return [{ profile, make, isGate: true, isInputs: inputs.includes(profile), marks }];
  });
  const others = inputs.flatMap((profile): KnownMake[] => {
    const { make, recognise: marks } = loadInputProfile(profile);
    if (marks === undefined) return [];
    return [{ profile, make, isGate: false, isInputs: true, marks }];
  });
  return [...gates, ...others].toSorted((a, b) => b.marks.length - a.marks.length);
}

const modbusMarks = (profile: Omit<GateProfile, "make">): readonly ModbusMark[] | undefined =>
  profile.transport === "modbus" && "recognise" in profile
    ? (profile.recognise as readonly ModbusMark[] | undefined)
    : undefined;

/**
 * Asks a board what it is: every mark of every known make, each question once.
 *
 * @returns the makes all of whose marks fit; several when a board tells too little of itself
 * @throws Fault `wire-unreachable`
 */
export async function recognise(
  asker: BusAsker,
  unit: number,
  makes: readonly KnownMake[],
): Promise<Recognised[]> {
  const answers = new Map<string, BusAnswer>();
  const ask = async ({ table, address, count }: ModbusMark): Promise<BusAnswer> => {
    const question = `${table} ${address} ${count}`;
    const answer = answers.get(question) ?? (await asker.read(unit, table, address, count));
    answers.set(question, answer);
    return answer;
  };
  const fitting: Recognised[] = [];
  for (const make of makes) {
    const says = await saysOf(make.marks, ask);
    if (says !== undefined) fitting.push({ make, says: says || undefined });
  }
  return fitting;
}

/** @returns the text of the marks that have one, or undefined when a mark does not fit */
async function saysOf(
  marks: readonly ModbusMark[],
  ask: (mark: ModbusMark) => Promise<BusAnswer>,
): Promise<string | undefined> {
  const texts: string[] = [];
  for (const mark of marks) {
    const answer = await ask(mark);
    const wanted = mark.says === "answers" ? "data" : "refused";
    if (answer.kind !== wanted) return undefined;
    if (mark.text === undefined || answer.kind !== "data") continue;
    const text = textOf(answer.bytes);
    if (!new RegExp(mark.text, "u").test(text)) return undefined;
    texts.push(text);
  }
  return texts.join(" ");
}

/** One letter a register, up to the first that is none. */
function textOf(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const code = bytes.readUInt16BE(at);
    if (code < 0x20 || code > 0x7e) break;
    text += String.fromCharCode(code);
  }
  return text;
}
