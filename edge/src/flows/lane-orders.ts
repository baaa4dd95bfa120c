import type { LaneAnswer, LaneMode, TransitionsData } from "@gatehouse/shared/contracts/lanes";
import type { GateOrder } from "@gatehouse/shared/ports/gate";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { closeRefusal } from "../domain/lane-rest.ts";
import { listTransitions } from "../store/lanes.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import { type Refusal, refusal } from "./desk.ts";
import type { LaneFlow } from "./lane.ts";
import { helpContext } from "./lane-alerts.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { LaneSettings } from "./lane-settings.ts";
import { outcomeOfFault } from "./lane-writing.ts";
import type { LanesDesk, LaneWish } from "./lanes-desk.ts";

export interface LaneOrdersDeps {
  readonly lanes: readonly LaneRoute[];
  readonly settings: LaneSettings;
  readonly changed: () => void;
}

/**
 * Modes, holds, locks, CLOSE and the direction of reversible lanes: written down with who and why before
 * anything acts, answered with what the gate said. A close is never sent onto an occupied, faulty or unknown loop.
 */
export class LaneOrders implements LanesDesk {
  readonly #deps: LaneOrdersDeps;

  constructor(deps: LaneOrdersDeps) {
    this.#deps = deps;
  }

  setMode(laneId: string | undefined, mode: LaneMode, wish: LaneWish): LaneAnswer | Refusal {
    const { settings, lanes, changed } = this.#deps;
    const named = laneId === undefined ? lanes[0] : this.#route(laneId);
    if (named === undefined) return this.#unknown(laneId);
    const { book, clock } = named.lane.deps;
    book.write((tx) => {
      settings.change(tx, laneId, { mode });
      const body = { lane_id: laneId ?? null, mode, actor: wish.actor, reason: wish.reason };
      tx.append(clock.now(), { type: "mode-set", body });
    });
    changed();
    return answer(laneId, `${laneId ?? "The facility"} is ${modeWords[mode]} now.`);
  }

  async order(laneId: string, order: GateOrder, wish: LaneWish): Promise<LaneAnswer | Refusal> {
    const route = this.#route(laneId);
    if (route === undefined) return this.#unknown(laneId);
    const flow = route.lane;
    const hindrance = refusalOf(flow, order);
    if (hindrance !== undefined) return hindrance;
    const orderId = flow.deps.random.id();
    this.#write(flow, orderId, order, wish);
    // A lock that only the daemon knows keeps it from opening; one that the board knows keeps everyone.
    if (order === "lock") flow.hold("locked");
    if (order === "unlock") flow.hold("none");
    const isForGate = flow.deps.ports.gate.orders.has(order);
    const result = isForGate ? await this.#act(flow, orderId, order) : "accepted";
    this.#deps.changed();
    if (result === "accepted") return answer(laneId, `${laneId} ${orderWords[order]}.`);
    return refusal(
      `gate-${result}`,
      `${laneId}: the gate did not do it (${result}). Look at the barrier; try again or call a technician.`,
    );
  }

  turn(laneId: string, direction: "entry" | "exit", wish: LaneWish): LaneAnswer | Refusal {
    const route = this.#route(laneId);
    if (route === undefined) return this.#unknown(laneId);
    const { deps, state } = route.lane;
    if (deps.lane.direction !== "reversible")
      return refusal("not-reversible", `${laneId} is always an ${deps.lane.direction}.`);
    if (state.passage !== undefined || route.collecting !== undefined || state.arming === true)
      return refusal("lane-busy", `A vehicle is at ${laneId}: turn the lane when it is empty.`);
    deps.book.write((tx) => {
      this.#deps.settings.change(tx, laneId, { direction });
      const body = { lane_id: laneId, direction, actor: wish.actor, reason: wish.reason };
      tx.append(deps.clock.now(), { type: "lane-turned", body });
    });
    this.#deps.changed();
    return answer(laneId, `${laneId} is an ${direction} now.`);
  }

  call(laneId: string, { actor, reason: note }: LaneWish): LaneAnswer | Refusal {
    const route = this.#route(laneId);
    if (route === undefined) return this.#unknown(laneId);
    const { standing, state } = route.lane;
    const { book, clock, random } = route.lane.deps;
    const details = { ...helpContext(standing, state), called_by: actor.id ?? actor.kind, note };
    book.write((tx) =>
      raiseAlert(tx, random, clock.now(), {
        type: "help-call",
        subject: laneId,
        severity: "critical",
        details,
      }),
    );
    this.#deps.changed();
    return answer(laneId, `Help was called to ${laneId}; everybody at a desk sees it.`);
  }

  transitions(laneId: string, limit: number): TransitionsData | undefined {
    const route = this.#route(laneId);
    if (route === undefined) return undefined;
    const rows = listTransitions(route.lane.deps.book, laneId, limit);
    return {
      lane_id: laneId,
      transitions: rows.map(({ at, from, to, cause, passageId }) => ({
        at: isoOf(at as Instant),
        from,
        to,
        cause,
        passage_id: passageId,
      })),
    };
  }

  #write(flow: LaneFlow, orderId: string, order: GateOrder, { actor, reason }: LaneWish): void {
    const { book, clock, lane } = flow.deps;
    book.write((tx) => {
      if (order === "lock" || order === "unlock") {
        this.#deps.settings.change(tx, lane.id, { locked: order === "lock" });
      }
      tx.append(clock.now(), {
        type: "lane-ordered",
        body: { order_id: orderId, lane_id: lane.id, order, actor, reason },
      });
    });
  }

  /** Sends an order that is in the book, and writes what the gate said. */
  async #act(flow: LaneFlow, orderId: string, order: GateOrder) {
    const { ports, clock, lane, random } = flow.deps;
    const { result, evidence } = await ports.gate.order(order, orderId).then(
      (said) => ({
        result: said.kind,
        evidence: said.kind === "accepted" ? said.evidence : said.detail,
      }),
      outcomeOfFault,
    );
    const at = clock.now();
    if (result === "accepted" && order === "hold-open") flow.hold("held-open");
    if (result === "accepted" && order === "let-go") flow.hold("none");
    flow.keep((tx) => {
      tx.append(at, {
        type: "lane-order-answered",
        body: { order_id: orderId, lane_id: lane.id, result, evidence },
      });
      const about = { type: "held-open", subject: lane.id };
      if (result === "accepted" && order === "hold-open")
        raiseAlert(tx, random, at, { ...about, severity: "warning" });
      if (result === "accepted" && order === "let-go")
        clearAlert(tx, at, about.type, about.subject);
    });
    return result;
  }

  #route(laneId: string): LaneRoute | undefined {
    return this.#deps.lanes.find(({ lane }) => lane.deps.lane.id === laneId);
  }

  #unknown(laneId = "(none)"): Refusal {
    const known = this.#deps.lanes.map(({ lane }) => lane.deps.lane.id).join(", ");
    return refusal("unknown-lane", `There is no lane ${laneId}; lanes: ${known}.`);
  }
}

function refusalOf(flow: LaneFlow, order: GateOrder): Refusal | undefined {
  const { state } = flow;
  const { id } = flow.deps.lane;
  const known = flow.deps.ports.gate.orders;
  const isOurs = order === "lock" || order === "unlock";
  if (!isOurs && !known.has(order))
    return refusal("gate-cannot", `The gate of ${id} cannot be told to ${order}.`);
  switch (order) {
    case "close": {
      const why = closeRefusal(state);
      return why && refusal(why, closeWords[why](id));
    }
    case "hold-open":
      return state.hold === "locked"
        ? refusal("locked", `${id} is locked: unlock it first.`)
        : undefined;
    case "lock":
      return state.hold === "held-open"
        ? refusal("held-open", `${id} is held open: let go first.`)
        : undefined;
    case "let-go":
      return state.hold === "held-open"
        ? undefined
        : refusal("not-held-open", `${id} is not held open.`);
    case "unlock":
      return state.hold === "locked" ? undefined : refusal("not-locked", `${id} is not locked.`);
  }
}

const closeWords = {
  "told-to-pass": (id: string) =>
    `A vehicle was told to pass ${id}: the arm comes down by itself when it has.`,
  "under-arm": (id: string) => `A vehicle is under the arm of ${id}: it is not told to close.`,
  "loop-faulty": (id: string) =>
    `The safety loop of ${id} cannot be trusted now: nobody sees whether a vehicle is under the arm.`,
} as const;

const orderWords: Readonly<Record<GateOrder, string>> = {
  close: "was told to close",
  "hold-open": "is held open",
  "let-go": "is no longer held open",
  lock: "is locked",
  unlock: "is unlocked",
};

const modeWords: Readonly<Record<LaneMode, string>> = {
  open: "open",
  full: "open to permit holders and reservations only (full)",
  closed: "open to permit holders and reservations only (closed)",
  "closed-to-all": "closed to everybody who wants in",
};

const answer = (laneId: string | undefined, sentence: string): LaneAnswer => ({
  lane_id: laneId ?? null,
  sentence,
});
