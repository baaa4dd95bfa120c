import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { PlateRead } from "@gatehouse/shared/ports/credential-reader";
import type { SignMessage } from "@gatehouse/shared/ports/sign";
import type { Instant } from "@gatehouse/shared/time";
import { stepLane } from "../domain/lane.ts";
import { outcomeOf } from "../domain/lane-rest.ts";
import {
  idleLane,
  type LaneEffect,
  type LaneEvent,
  type LaneHold,
  type LanePhase,
  type LaneState,
  type LaneTimes,
  type PassageOutcome,
} from "../domain/lane-state.ts";
import type { Tx } from "../store/book.ts";
import { insertTransition } from "../store/lanes.ts";
import type { Passage } from "../store/passages.ts";
import { askGate } from "./gate-asking.ts";
import {
  causeOf,
  helpContext,
  isTold,
  tellPeople,
  writeHelpCall,
  writeUnexplained,
} from "./lane-alerts.ts";
import type { LaneDeps, LaneOwner } from "./lane-deps.ts";
import {
  type DecisionDraft,
  writeAnswer,
  writeCommand,
  writeDecision,
  type WrittenDecision,
} from "./lane-writing.ts";
import { timesOf } from "./lane-times.ts";
import { LaneTimers } from "./lane-timers.ts";
import { TicketButton } from "./ticket-button.ts";
import { UnwrittenFacts } from "./unwritten-facts.ts";
import { LanePassages } from "./lane-passages.ts";
import { LaneDecisions } from "./lane-decisions.ts";

/**
 * One lane's barrier and loops: sends a command once, follows the passage through the lane machine, and
 * writes each of its five facts with the evidence. It decides nothing about who may pass.
 */
export class LaneFlow implements Part {
  readonly name: string;
  readonly deps: LaneDeps;
  readonly times: LaneTimes;
  readonly #unwritten: UnwrittenFacts;
  readonly #timers: LaneTimers;
  readonly #passages: LanePassages;
  readonly #decisions: LaneDecisions;
  readonly #ticketButton = new TicketButton();
  #owner: LaneOwner | undefined;
  #watcher: (state: LaneState) => void = () => {};
  #state: LaneState;
  #stopped = false;

  constructor(deps: LaneDeps) {
    const { id } = deps.lane;
    this.deps = deps;
    this.name = `lane ${id}`;
    this.times = timesOf(deps.lane);
    this.#unwritten = new UnwrittenFacts({ ...deps, route: id });
    this.#passages = new LanePassages(deps, this.#unwritten);
    this.#decisions = new LaneDecisions(deps.clock);
    this.#timers = new LaneTimers(deps.clock, (timer) =>
      this.#feed({ kind: "timer", timer, at: deps.clock.now() }),
    );
    this.#state = idleLane(deps.clock.now());
    deps.ports.inputs.onInput(({ input, active, at }) => {
      if (input === "ticket") this.#ticketButton.hear(active, !this.#stopped);
      this.#feed({ kind: "input", input, active, at });
    });
  }

  ownedBy(owner: LaneOwner): void {
    this.#owner = owner;
    this.#passages.ownedBy(owner);
  }

  /** Told of every event, after it has been dealt with. One listener. */
  onEvent(watcher: (state: LaneState) => void): void {
    this.#watcher = watcher;
  }

  /** Told when a driver presses the button for a ticket. One listener. */
  onTicketButton(listener: () => void): void {
    this.#ticketButton.onPressed(listener);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    if (this.deps.isLocked()) this.hold("locked");
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.cancelAll();
    this.#unwritten.stop();
  }

  get state(): LaneState {
    return this.#state;
  }

  /** The passage under way, or the last one. */
  get passage(): Passage | undefined {
    return this.#passages.latest;
  }

  get lastDecision(): WrittenDecision | undefined {
    return this.#decisions.last;
  }

  /** The last decision, as long as it may be about the vehicle that stands at the gate now. */
  get standing(): WrittenDecision | undefined {
    return this.#decisions.standing;
  }

  /** A command is out that may have opened the gate, and its vehicle has not been seen passing. */
  get busy(): boolean {
    const { passage } = this.#state;
    if (passage === undefined || passage.passed) return false;
    return passage.moved || passage.answered === undefined || passage.answered === "accepted";
  }

  /** The vehicle of that session was told to pass, and the lane could not see whether it did. */
  mayHavePassed(sessionId: string): boolean {
    const { passage } = this.#state;
    if (passage === undefined || this.#passages.current?.sessionId !== sessionId) return false;
    return outcomeOf(passage) === "unconfirmed";
  }

  /** Writes a decision, whoever made it. @returns its id */
  decide(tx: Tx, at: Instant, draft: DecisionDraft): string {
    this.#unwritten.drain(tx);
    const decisionId = writeDecision(tx, this.deps, at, draft);
    const decision = { ...draft, decisionId, at, monotonic: this.deps.clock.monotonic() };
    tx.afterCommit(() => {
      this.#decisions.note(decision);
      this.#feed({ kind: "decided", at });
    });
    return decisionId;
  }

  /** Writes the command of an open decision and the passage it begins; `act` sends it after the commit. */
  command(
    tx: Tx,
    at: Instant,
    decisionId: string,
    sessionId: string,
    opens?: PlateRead["opens"],
  ): Passage {
    return writeCommand(tx, this.deps, at, decisionId, sessionId, opens);
  }

  /**
   * Sends the command of a written decision, then writes what the gate said.
   *
   * @param read what was decided about, for the gate latency; where its reader opens, our gate is told nothing
   */
  act(passage: Passage, read?: Pick<PlateRead, "receivedMs" | "opens">): void {
    this.#feed({ kind: "commanded", at: this.deps.clock.now() }, passage);
    this.#passages.begin(passage);
    void this.#send(passage, read);
  }

  /** A read of the vehicle that stands here is looked at. */
  noteRead(): void {
    this.#feed({ kind: "read", at: this.deps.clock.now() });
  }

  /** What a person or an alarm has made of the lane. */
  hold(hold: LaneHold): void {
    this.#feed({ kind: "held", hold, at: this.deps.clock.now() });
  }

  /** Writes what must not be lost; when the disk is full it waits in memory, in order, for room. */
  keep(write: (tx: Tx) => void): void {
    this.#unwritten.add(write);
    this.#unwritten.flush();
  }

  /** Shows a message on the lane's display; a display that is away is no reason to wait. */
  show(message: SignMessage): void {
    const { ports, log, lane } = this.deps;
    ports.sign?.show(message).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
      log.warn("sign-unreachable", { lane: lane.id });
    });
  }

  async #send(
    passage: Passage,
    read: Pick<PlateRead, "receivedMs" | "opens"> | undefined,
  ): Promise<void> {
    const { clock } = this.deps;
    const outcome = await askGate(this.deps, passage, read);
    // What comes after the end is for recovery: it is written as unknown.
    if (this.#stopped) return;
    const at = clock.now();
    this.#unwritten.add((tx) => writeAnswer(tx, this.deps, at, passage.commandId, outcome));
    if (this.#passages.current?.passageId === passage.passageId)
      this.#feed({ kind: "answered", result: outcome.result, evidence: outcome.evidence, at });
    else this.#unwritten.flush();
    this.deps.changed();
  }

  /** @param next the passage that takes the lane with this event */
  #feed(event: LaneEvent, next?: Passage): void {
    if (this.#stopped) return;
    const before = this.#state.phase;
    const [state, effects] = stepLane(this.#state, event, this.times);
    this.#state = state;
    for (const effect of effects) this.#note(effect, event.at, next);
    if (state.phase !== before) this.#noteTransition(before, event, next);
    this.#unwritten.flush();
    for (const effect of effects) this.#perform(effect, event);
    this.#watcher(state);
    this.deps.changed();
  }

  /** Takes an effect into memory, and what it says of the world down for writing. */
  #note(effect: LaneEffect, at: Instant, next: Passage | undefined): void {
    if (isTold(effect)) {
      return this.#unwritten.add((tx) => tellPeople(tx, this.deps, effect, at));
    }
    switch (effect.kind) {
      case "fact":
        return this.#noteFact(effect, at);
      case "ended":
        return this.#noteEnd(effect.outcome, at, next);
      case "unexplained":
        return this.#unwritten.add((tx) => writeUnexplained(tx, this.deps, at, effect.evidence));
      case "help-called":
        return this.#noteHelp(at);
      case "vehicle-left":
        this.#decisions.hasLeft();
        return;
      case "vehicle-came":
      case "after":
      case "cancel":
        return;
    }
  }

  #noteTransition(from: LanePhase, event: LaneEvent, next: Passage | undefined): void {
    const { at } = event;
    const laneId = this.deps.lane.id;
    const passageId = (next ?? this.passage)?.passageId ?? null;
    const transition = {
      laneId,
      at,
      from,
      to: this.#state.phase,
      cause: causeOf(event),
      passageId,
    };
    this.#unwritten.addSoon((tx) => insertTransition(tx, transition));
  }

  #noteFact(effect: LaneEffect & { kind: "fact" }, at: Instant): void {
    if (this.#passages.current !== undefined && effect.fact === "passed") this.#decisions.hasLeft();
    this.#passages.noteFact(effect, at);
  }

  #noteEnd(outcome: PassageOutcome, at: Instant, next: Passage | undefined): void {
    const mayHaveLeft = this.#state.arming === false || outcome === "unconfirmed";
    if (this.#passages.current !== undefined && next === undefined && mayHaveLeft)
      this.#decisions.hasLeft();
    this.#passages.end(outcome, at, next);
  }

  #noteHelp(at: Instant): void {
    const details = helpContext(this.standing, this.#state);
    this.deps.counters.count("help_calls_total", { lane: this.deps.lane.id });
    this.#unwritten.add((tx) => writeHelpCall(tx, this.deps, at, details));
  }

  #perform(effect: LaneEffect, cause: LaneEvent): void {
    if (isTold(effect)) return;
    switch (effect.kind) {
      case "after":
        this.#timers.begin(effect.timer, effect.delay);
        return;
      case "cancel":
        this.#timers.cancel(effect.timer);
        return;
      case "vehicle-came":
        this.#owner?.vehicle(true);
        return;
      case "vehicle-left":
        this.#owner?.vehicle(false);
        return;
      case "ended":
        // A new command has just taken the lane: nothing waits for it to be free.
        if (cause.kind !== "commanded") this.#offer(effect.outcome);
        return;
      case "fact":
      case "help-called":
      case "unexplained":
        return;
    }
  }

  /** The lane is free. Who was told to pass and still stands there is no new vehicle. */
  #offer(outcome: PassageOutcome): void {
    const { arming } = this.#state;
    if (arming === false) this.#owner?.vehicle(false);
    if (arming === true && outcome !== "nobody-passed") this.#owner?.vehicle(true);
  }
}
