import type { FacilityConfig } from "@gatehouse/shared/contracts/facility";
import type { LaneInput } from "@gatehouse/shared/lane-input";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { GateAnswer } from "@gatehouse/shared/ports/gate";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { Credentials } from "@gatehouse/shared/sign-in";
import { elapsed, milliseconds, seconds } from "@gatehouse/shared/time";
import { buildLaneHardware } from "../lane-hardware.ts";

export interface LaneBenchTools {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  readonly credentials: Readonly<Record<string, Credentials>>;
}

export interface BenchPulse {
  /** Missing: the pulse was not given. */
  readonly answer: GateAnswer | undefined;
  /** Why it was not given. */
  readonly withheld: "safety-occupied" | "safety-unknown" | undefined;
  /** The contact on OPEN may still be closed: it can hold the barrier open. */
  readonly isStuck: boolean;
  /** Milliseconds from the command to each change of a contact after it, in order. */
  readonly changes: readonly {
    readonly input: LaneInput;
    readonly active: boolean;
    readonly ms: number;
  }[];
}

/** How long the contacts have to tell how they stand before a pulse. */
const learnFor = seconds(3);
const look = milliseconds(50);

/**
 * One OPEN pulse on a real lane with no daemon, and what its contacts did after it. It is withheld while the
 * safety loop is occupied or cannot be seen.
 *
 * @param blind gives it all the same
 * @throws Fault `gate-unreachable`, DeviceConfigError
 */
export async function pulseLane(
  config: FacilityConfig,
  laneId: string,
  blind: boolean,
  tools: LaneBenchTools,
): Promise<BenchPulse> {
  const lane = config.lanes.find(({ id }) => id === laneId);
  if (lane === undefined) throw new Error(`invariant broken: no lane ${laneId}`);
  const { clock } = tools;
  const hardware = buildLaneHardware({ wires: config.wires, lanes: [lane] }, tools);
  const gate = hardware.gates.get(laneId);
  const inputs = hardware.inputs.get(laneId);
  if (gate === undefined) throw new Error(`invariant broken: ${laneId} has no gate`);
  const states = new Map<LaneInput, boolean | undefined>();
  const changes: { input: LaneInput; active: boolean; ms: number }[] = [];
  let handedAt: number | undefined;
  inputs?.onInput(({ input, active }) => {
    states.set(input, active);
    if (handedAt !== undefined && active !== undefined)
      changes.push({ input, active, ms: clock.monotonic() - handedAt });
  });
  const parts = [...hardware.wires, ...(inputs === undefined ? [] : [inputs]), gate];
  for (const part of parts) await part.start();
  try {
    const began = clock.now();
    const isTold = (): boolean => inputs === undefined || states.get("safety") !== undefined;
    while (!isTold() && elapsed(began, clock.now()) < learnFor) await clock.sleep(look);
    const safety = states.get("safety");
    if (!blind && safety !== false) {
      const withheld = safety === true ? "safety-occupied" : "safety-unknown";
      return { answer: undefined, withheld, isStuck: false, changes: [] };
    }
    const answer = await gate.open(tools.random.id(), () => (handedAt = clock.monotonic()));
    await clock.sleep(seconds(lane.inputs.kind === "modbus" ? lane.gate.travel_s + 1 : 0));
    const isStuck = gate.report().some(({ fault }) => fault === "gate-release-failed");
    return { answer, withheld: undefined, isStuck, changes };
  } finally {
    for (const part of parts.toReversed()) await part.stop();
  }
}
