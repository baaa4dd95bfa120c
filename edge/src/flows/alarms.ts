import type { AlarmKind } from "@gatehouse/shared/contracts/alarm-config";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { Fault } from "@gatehouse/shared/fault";
import { failurePolicyOf } from "@gatehouse/shared/lane-failure";
import type { Part } from "@gatehouse/shared/part";
import type { AlarmContact, SignalOutput } from "@gatehouse/shared/ports/alarm-contact";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { type Instant, seconds } from "@gatehouse/shared/time";
import type { Book } from "../store/book.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import type { LaneOrders } from "./lane-orders.ts";
import type { LaneRoute } from "./lane-route.ts";
import type { LaneSettings } from "./lane-settings.ts";
import { UnwrittenFacts } from "./unwritten-facts.ts";

export interface AlarmsDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly counters: Counters;
  readonly contacts: readonly AlarmContact[];
  readonly outputs: readonly SignalOutput[];
  readonly lanes: readonly LaneRoute[];
  readonly settings: LaneSettings;
  readonly orders: LaneOrders;
  readonly changed: () => void;
}

/** A gate that does not open at a fire alarm, or an output that does not answer, is told again for as long as it takes. */
const againAfter = seconds(5);

/**
 * The fire alarm opens the lanes that are set to stand open at a fire and shuts the others to those who want in;
 * when it is over, what it opened is let go. The security system's alarm is told to people. Outputs repeat both.
 */
export class Alarms implements Part {
  readonly name = "alarms";
  readonly #deps: AlarmsDeps;
  readonly #facts: UnwrittenFacts;
  readonly #active = new Set<string>();
  /** Lanes that a fire has opened, and those that it has to open still. */
  readonly #opened = new Set<string>();
  readonly #pending = new Map<string, () => void>();
  #isStopped = true;

  constructor(deps: AlarmsDeps) {
    this.#deps = deps;
    this.#facts = new UnwrittenFacts({ ...deps, route: this.name });
    for (const contact of deps.contacts) {
      contact.onAlarm((active, at) => this.#hear(contact, active, at));
    }
  }

  async start(): Promise<void> {
    this.#isStopped = false;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#pending.values()) cancel();
    this.#pending.clear();
    this.#facts.stop();
  }

  #hear(contact: AlarmContact, active: boolean | undefined, at: Instant): void {
    const { id, kind } = contact;
    const { random } = this.#deps;
    const lost = { type: "alarm-contact-lost", subject: id };
    const alarm = { type: `${kind}-alarm`, subject: id };
    this.#facts.add((tx) => {
      if (active === undefined)
        return raiseAlert(tx, random, at, { ...lost, severity: "critical" });
      clearAlert(tx, at, lost.type, lost.subject);
      if (active) raiseAlert(tx, random, at, { ...alarm, severity: "critical" });
      else clearAlert(tx, at, alarm.type, alarm.subject);
    });
    this.#facts.flush();
    // A contact that cannot be read says nothing new: what it said last goes on.
    if (active === undefined) return;
    if (active) this.#active.add(id);
    else this.#active.delete(id);
    const isOn = this.#isOn(kind);
    for (const output of this.#deps.outputs) {
      if (output.follows === kind) this.#repeat(output);
    }
    if (kind === "fire") this.#fire(isOn);
    this.#deps.changed();
  }

  #isOn(kind: AlarmKind): boolean {
    return this.#deps.contacts.some((each) => each.kind === kind && this.#active.has(each.id));
  }

  #fire(isOn: boolean): void {
    for (const route of this.#deps.lanes) {
      const { lane } = route.lane.deps;
      if (failurePolicyOf(lane).fire === "secure") this.#deps.settings.shut(lane.id, isOn);
      else if (isOn) void this.#open(route);
      else void this.#letGo(route);
    }
  }

  async #open(route: LaneRoute): Promise<void> {
    const { orders, random, clock } = this.#deps;
    const { lane } = route.lane.deps;
    const wish = { actor: fireAlarm, reason: "fire alarm" };
    if (!this.#isOn("fire") || this.#isStopped) return;
    if (route.lane.state.hold === "locked") await orders.order(lane.id, "unlock", wish);
    const answer = await orders.order(lane.id, "hold-open", wish);
    const isHeld = !("kind" in answer);
    if (isHeld) this.#opened.add(lane.id);
    const about = { type: "alarm-not-obeyed", subject: lane.id };
    const at = clock.now();
    this.#facts.add((tx) => {
      if (isHeld) clearAlert(tx, at, about.type, about.subject);
      else raiseAlert(tx, random, at, { ...about, severity: "critical" });
    });
    this.#facts.flush();
    if (!isHeld) this.#later(lane.id, () => void this.#open(route));
    else if (!this.#isOn("fire")) void this.#letGo(route);
  }

  async #letGo(route: LaneRoute): Promise<void> {
    const { orders, random, clock } = this.#deps;
    const { id } = route.lane.deps.lane;
    if (this.#isOn("fire") || this.#isStopped || !this.#opened.has(id)) return;
    const answer = await orders.order(id, "let-go", {
      actor: fireAlarm,
      reason: "fire alarm over",
    });
    if ("kind" in answer && answer.reason !== "not-held-open")
      return this.#later(id, () => void this.#letGo(route));
    this.#opened.delete(id);
    const at = clock.now();
    this.#facts.add((tx) => {
      clearAlert(tx, at, "alarm-not-obeyed", id);
      raiseAlert(tx, random, at, { type: "stood-open", subject: id, severity: "warning" });
    });
    this.#facts.flush();
  }

  #repeat(output: SignalOutput): void {
    const { log } = this.#deps;
    output.set(this.#isOn(output.follows)).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
      log.warn("output-not-set", { output: output.id, error: error.message });
      this.#later(output.id, () => this.#repeat(output));
    });
  }

  #later(what: string, act: () => void): void {
    if (this.#isStopped) return;
    this.#pending.get(what)?.();
    const cancel = this.#deps.clock.after(againAfter, () => {
      this.#pending.delete(what);
      act();
    });
    this.#pending.set(what, cancel);
  }
}

const fireAlarm: Actor = { kind: "system", id: "fire-alarm" };
