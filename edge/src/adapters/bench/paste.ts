import type { WireConfig } from "@gatehouse/shared/contracts/lane-config";
import type { KnownMake } from "./recognise.ts";

/** The lines of `facility.yaml` for a wire, to paste below `wires:`. */
export function wireLines(id: string, wire: WireConfig): string[] {
  const { kind, ...rest } = wire;
  const fields = Object.entries(rest).map(([name, value]) => `${name}: ${yamlOf(value)}`);
  return [`  ${id}: { kind: ${[kind, ...fields].join(", ")} }`];
}

/** The lines of `facility.yaml` for a board, to paste into a lane: its gate, its contacts, or both. */
export function boardLines(
  { profile, isGate, isInputs }: Pick<KnownMake, "profile" | "isGate" | "isInputs">,
  wire: string,
  unit: number,
): string[] {
  const at = `profile: ${profile}, wire: ${wire}, unit: ${unit}`;
  return [
    ...(isGate ? [`    gate: { ${at}, relay: 1, barrier: generic }`] : []),
    ...(isInputs ? [`    inputs: { kind: modbus, ${at}, arming: 0, safety: 1 }`] : []),
  ];
}

const yamlOf = (value: string | number): string =>
  typeof value === "number" || /^[\w./:-]+$/.test(value) ? `${value}` : JSON.stringify(value);
