import type { BusAsker } from "../wire/bus-asker.ts";
import { type KnownMake, recognise, type Recognised } from "./recognise.ts";

/** A board that has answered. */
export interface FoundUnit {
  readonly unit: number;
  /** The makes that it may be; none: nobody knows it. */
  readonly makes: readonly Recognised[];
}

export interface BusFindings {
  readonly units: readonly FoundUnit[];
  /** Units whose answers came damaged. */
  readonly noisy: readonly number[];
  /** A network board of its own: it answers whatever unit number is asked for, and stands once in `units`. */
  readonly answersToAll: boolean;
}

export interface BusScan {
  readonly isNetwork: boolean;
  readonly first: number;
  readonly last: number;
  readonly progress: (unit: number) => void;
}

export const lastUnit = 247;
/** What a gateway says of a unit that is not behind it. */
const gatewayCodes: readonly number[] = [10, 11];

/**
 * Asks every unit of a wire whether it is there, one after the other, and those that are what they are. Reads
 * only.
 *
 * @param scan `isNetwork`: Modbus TCP, where unit 0 is a board and a board may not care for its number;
 *   `first` and `last` unit to ask, 0 to 247; `progress` is told each unit before it is asked
 * @throws Fault `wire-unreachable`
 */
export async function scanBus(
  asker: BusAsker,
  makes: readonly KnownMake[],
  { isNetwork, first, last, progress }: BusScan,
): Promise<BusFindings> {
  const found: FoundUnit[] = [];
  const noisy: number[] = [];
  const look = async (unit: number): Promise<boolean> => {
    progress(unit);
    const answer = await asker.read(unit, "coil", 0, 1);
    if (answer.kind === "none" && answer.wasNoisy) noisy.push(unit);
    return (
      answer.kind === "data" || (answer.kind === "refused" && !gatewayCodes.includes(answer.code))
    );
  };
  const take = async (unit: number): Promise<void> => {
    found.push({ unit, makes: await recognise(asker, unit, makes) });
  };

  if (isNetwork && (await look(1)) && (await look(lastUnit)) && (await look(0))) {
    await take(1);
    return { units: found, noisy, answersToAll: true };
  }
  for (let unit = first; unit <= last; unit += 1) {
    if (await look(unit)) await take(unit);
  }
  return { units: found, noisy: [...new Set(noisy)], answersToAll: false };
}
