import type { WatchData } from "@gatehouse/shared/contracts/control";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import { isoOf } from "@gatehouse/shared/time";
import type { LaneState } from "../domain/lane-state.ts";
import { LaneJournal } from "./lane-journal.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { WatchDesk } from "./watch-desk.ts";
import { watchedPorts } from "./watched-ports.ts";
import { type WiringFacts, WiringWatch } from "./wiring-watch.ts";

/** Listens at every lane's devices: for who watches, and for the doctor. */
export class LaneWatching implements WatchDesk {
  readonly #clock: Clock;
  readonly #journal = new LaneJournal();
  readonly #wiring = new Map<string, WiringWatch>();
  readonly #phases = new Map<string, string>();
  #lanes: readonly LaneRoute[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The lanes whose ports were wrapped here. */
  watch(lanes: readonly LaneRoute[]): void {
    this.#lanes = lanes;
  }

  /** A lane's devices, listened at. */
  wrap(laneId: string, ports: LanePorts): LanePorts {
    const wiring = new WiringWatch();
    this.#wiring.set(laneId, wiring);
    return watchedPorts(ports, { laneId, clock: this.#clock, journal: this.#journal, wiring });
  }

  /** Something has changed at the lanes: their phases are looked at. */
  look(): void {
    for (const { lane } of this.#lanes) {
      const { id } = lane.deps.lane;
      const { phase } = lane.state;
      const before = this.#phases.get(id) ?? "idle";
      if (before === phase) continue;
      this.#phases.set(id, phase);
      const text = `${before} → ${phase}`;
      this.#journal.note({ at: this.#clock.now(), laneId: id, kind: "phase", text });
    }
  }

  wiringOf(laneId: string): WiringFacts {
    return (this.#wiring.get(laneId) ?? new WiringWatch()).facts;
  }

  since(laneId: string | undefined, after: number | undefined): WatchData | undefined {
    const lanes = this.#lanes.filter(
      ({ lane }) => laneId === undefined || lane.deps.lane.id === laneId,
    );
    if (laneId !== undefined && lanes.length === 0) return undefined;
    const { latest, missed, lines } = this.#journal.since(after, laneId);
    return {
      latest,
      missed,
      lines: lines.map(({ seq, at, kind, text, ...line }) => ({
        seq,
        at: isoOf(at),
        lane_id: line.laneId,
        kind,
        text,
      })),
      lanes: lanes.map(({ lane }) => ({
        lane_id: lane.deps.lane.id,
        phase: lane.state.phase,
        inputs: inputsOf(lane.state),
      })),
    };
  }
}

const inputsOf = (state: LaneState): Record<string, boolean | null> => ({
  arming: state.arming ?? null,
  safety: state.safety ?? null,
  "limit-open": state.limitOpen ?? null,
  "limit-closed": state.limitClosed ?? null,
  help: state.help ?? null,
});
