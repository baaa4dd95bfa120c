import type { Actor } from "@gatehouse/shared/contracts/actor";
import { Fault } from "@gatehouse/shared/fault";
import { type Failure, failurePolicyOf } from "@gatehouse/shared/lane-failure";
import type { Part } from "@gatehouse/shared/part";
import { seconds } from "@gatehouse/shared/time";
import type { LaneState } from "../domain/lane-state.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { LaneOrders } from "./lane-orders.ts";
import type { LaneRoute } from "./lane-route.ts";

/** Loops that cannot be read for so long are lost; a cable that is plugged in again is not. */
const loopsLostAfter = seconds(10);

/**
 * What one lane does when it must do without its cameras or its loops: it opens or calls a person, as its
 * `on_failure` says. A vehicle that nobody reads is a failure of the cameras only when none of them works;
 * otherwise it is a vehicle without a readable plate, and a person is called. So it is at a lane without cameras, whose
 * driver has taken or shown no ticket.
 */
export class LaneWatch implements Part {
  readonly name: string;
  readonly #route: LaneRoute;
  readonly #orders: LaneOrders;
  #cancelUnread: (() => void) | undefined;
  #cancelLost: (() => void) | undefined;
  /** The lane stands open because its loops are lost. */
  #isHeld = false;

  constructor(route: LaneRoute, orders: LaneOrders) {
    this.#route = route;
    this.#orders = orders;
    this.name = `watch ${route.lane.deps.lane.id}`;
    route.lane.onEvent((state) => this.#look(state));
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.#cancelUnread?.();
    this.#cancelLost?.();
    this.#cancelUnread = undefined;
    this.#cancelLost = undefined;
  }

  #look(state: LaneState): void {
    const { clock, lane } = this.#route.lane.deps;
    if (this.#isWaiting(state)) {
      this.#cancelUnread ??= clock.after(seconds(lane.unread_s), () => {
        this.#cancelUnread = undefined;
        if (this.#isWaiting(this.#route.lane.state)) this.#unread();
      });
    } else {
      this.#cancelUnread?.();
      this.#cancelUnread = undefined;
    }
    if (areLost(state)) {
      this.#cancelLost ??= clock.after(loopsLostAfter, () => {
        this.#cancelLost = undefined;
        if (areLost(this.#route.lane.state)) void this.#loops(true);
      });
    } else {
      this.#cancelLost?.();
      this.#cancelLost = undefined;
      if (this.#isHeld) void this.#loops(false);
    }
  }

  /** A vehicle stands there, and nothing was decided about it. */
  #isWaiting(state: LaneState): boolean {
    const { lane, collecting } = this.#route;
    return (
      state.arming === true &&
      state.passage === undefined &&
      state.hold === "none" &&
      collecting === undefined &&
      lane.standing === undefined
    );
  }

  #unread(): void {
    const { deps } = this.#route.lane;
    const { clock, random, lane, ports, log, counters } = deps;
    const hasReaders = ports.readers.length > 0;
    const isBlind =
      hasReaders &&
      !ports.readers
        .flatMap((reader) => reader.report())
        .some(({ state }) => state === "online" || state === "unknown");
    counters.count("unread_total", { lane: lane.id });
    if (isBlind && this.#policy("camera") === "open") {
      try {
        this.#route.openByHand({
          laneId: lane.id,
          requestId: random.id(),
          reason: "no-camera-works",
          actor: system,
        });
        return;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        log.error("not-decided", { lane: lane.id, error: error.message });
      }
    }
    const at = clock.now();
    const missing = hasReaders ? "plate-not-read" : "not-identified";
    const reason = isBlind ? "no-camera-works" : missing;
    this.#route.lane.keep((tx) =>
      raiseAlert(tx, random, at, {
        type: "attendant-needed",
        subject: lane.id,
        severity: "warning",
        details: { reason },
      }),
    );
    this.#route.lane.show({ lines: ["Please wait", "An attendant is coming"], tone: "attention" });
    deps.changed();
  }

  async #loops(lost: boolean): Promise<void> {
    const { clock, random, lane } = this.#route.lane.deps;
    if (lost && (this.#policy("broker") === "secure" || this.#isHeld)) return;
    this.#isHeld = lost;
    const wish = { actor: system, reason: lost ? "loops lost" : "loops are back" };
    const answer = await this.#orders.order(lane.id, lost ? "hold-open" : "let-go", wish);
    if ("kind" in answer && lost) this.#isHeld = false;
    const at = clock.now();
    this.#route.lane.keep((tx) => {
      if (lost) {
        raiseAlert(tx, random, at, { type: "loops-lost", subject: lane.id, severity: "critical" });
      } else {
        clearAlert(tx, at, "loops-lost", lane.id);
        raiseAlert(tx, random, at, { type: "stood-open", subject: lane.id, severity: "warning" });
      }
    });
  }

  #policy(failure: Failure): "open" | "secure" {
    return failurePolicyOf(this.#route.lane.deps.lane)[failure];
  }
}

const areLost = (state: LaneState): boolean =>
  state.arming === undefined && state.safety === undefined;

const system: Actor = { kind: "system", id: "lane-failure" };
