import type { SpaceType } from "@gatehouse/shared/contracts/facility";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { Duration } from "@gatehouse/shared/time";
import { Barrier } from "../barrier.ts";
import type { Bay } from "../bays.ts";
import type { LaneSite } from "../lane-queue.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { AlarmContactSim } from "./alarm-sim.ts";
import { GateSim } from "./gate-sim.ts";
import { LaneInputsSim } from "./lane-inputs-sim.ts";
import { ReaderSim } from "./reader-sim.ts";
import { SignSim } from "./sign-sim.ts";
import { SpaceFeedSim } from "./space-feed-sim.ts";
import { TerminalSim } from "./terminal-sim.ts";

export interface MemorySiteParts {
  /** The facility's own: what its devices stamp carries this time. */
  readonly clock: Clock;
  /** The town's: nobody steps it or cuts its power. */
  readonly townClock: Clock;
  readonly random: SeededRandom;
  readonly lanes: readonly { readonly laneId: string; readonly direction: "entry" | "exit" }[];
  readonly spaces: readonly { readonly spaceId: string; readonly type: SpaceType }[];
  readonly heartbeat?: Duration;
  readonly onAcknowledged?: (batch: readonly SpaceObservation[]) => void;
}

/** One lane's devices: the edge holds their ports, the town their other side. */
export interface MemoryLane {
  readonly laneId: string;
  readonly gate: GateSim;
  readonly inputs: LaneInputsSim;
  readonly reader: ReaderSim;
  readonly sign: SignSim;
  /** At exits. */
  readonly terminal?: TerminalSim;
  readonly barrier: Barrier;
  readonly site: LaneSite;
}

export interface MemorySite {
  readonly lanes: readonly MemoryLane[];
  readonly spaces: SpaceFeedSim;
  readonly bays: readonly Bay[];
  /** The fire panel. */
  readonly panel: AlarmContactSim;
}

/** A whole facility's devices in memory, wired as they stand in the demonstration. */
export function buildMemorySite(parts: MemorySiteParts): MemorySite {
  const { clock, random, heartbeat, onAcknowledged } = parts;
  const spaces = new SpaceFeedSim({
    clock,
    random: random.fork("sensors"),
    ...(heartbeat === undefined ? {} : { heartbeat }),
    ...(onAcknowledged === undefined ? {} : { onAcknowledged }),
  });
  const bays = parts.spaces.map(({ spaceId, type }) => {
    const sensor = spaces.sensor(spaceId);
    void sensor.start();
    return { spaceId, type, sensor };
  });
  const lanes = parts.lanes.map((lane) => buildLane(parts, lane));
  return { lanes, spaces, bays, panel: new AlarmContactSim(clock, "panel", "fire") };
}

function buildLane(
  { clock, townClock, random }: MemorySiteParts,
  { laneId, direction }: MemorySiteParts["lanes"][number],
): MemoryLane {
  const chance = random.fork(laneId);
  const gate = new GateSim({ clock, random: chance.fork("gate"), laneId });
  const inputs = new LaneInputsSim(clock, laneId);
  const readerId = `camera-${laneId}`;
  const reader = new ReaderSim({ clock, random: chance.fork("reader"), readerId, laneId });
  const sign = new SignSim(clock, `sign-${laneId}`, laneId);
  const terminalId = `terminal-${laneId}`;
  const terminal =
    direction === "exit"
      ? new TerminalSim({ clock, random: chance.fork("terminal"), terminalId, laneId })
      : undefined;
  const limitOpen = inputs.input("limit-open");
  const barrier = new Barrier({
    clock: townClock,
    open: gate.contact,
    close: gate.closeContact,
    limitOpen,
  });
  const site: LaneSite = {
    laneId,
    direction,
    arming: inputs.input("arming"),
    safety: inputs.input("safety"),
    barrier,
    camera: reader,
    turnsAway: () => sign.shown?.tone === "stop",
    ...(terminal === undefined ? {} : { terminal }),
  };
  const lane = { laneId, gate, inputs, reader, sign, barrier, site };
  return terminal === undefined ? lane : { ...lane, terminal };
}
