import { isBlindLoop } from "../domain/malfunction.ts";
import type { Passage } from "../store/passages.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { OpenAlerts } from "./open-alerts.ts";

/** So many of the newest passages seen of a lane are remembered. */
const remembered = 5;

/**
 * A safety loop that never comes on: its detector says "free", the arm goes up for one vehicle after the other, and
 * none is ever seen passing. Looked at once a minute; a passage that is missed between two looks does no harm.
 */
export class LoopWatch {
  readonly #lanes: readonly LaneRoute[];
  readonly #seen = new Map<string, Passage[]>();

  constructor(lanes: readonly LaneRoute[]) {
    this.#lanes = lanes;
  }

  look(alerts: OpenAlerts): void {
    for (const { lane } of this.#lanes) {
      const { passage } = lane;
      const laneId = lane.deps.lane.id;
      const seen = this.#seen.get(laneId) ?? [];
      if (!isEnded(passage) || seen.at(-1)?.passageId === passage.passageId) continue;
      const latest = [...seen, passage].slice(-remembered);
      this.#seen.set(laneId, latest);
      if (passage.passedAt !== null) alerts.clear("loop-never-on", laneId);
      if (latest.length === remembered && lane.state.safety === false && isBlindLoop(latest))
        alerts.raise({
          type: "loop-never-on",
          subject: laneId,
          severity: "warning",
          details: { loop: "safety", passages: remembered },
        });
    }
  }
}

const isEnded = (passage: Passage | undefined): passage is Passage =>
  passage !== undefined && passage.outcome !== null;
