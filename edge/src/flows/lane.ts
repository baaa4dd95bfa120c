import { Fault } from "@gatehouse/shared/fault";
import type { LaneConfig } from "@gatehouse/shared/contracts/facility";
import type { Actor } from "@gatehouse/shared/contracts/event";
import type { Part } from "@gatehouse/shared/part";
import type { Clock, Stopwatch } from "@gatehouse/shared/ports/clock";
import type { LanePorts } from "@gatehouse/shared/ports/facility-ports";
import type { GateAnswer } from "@gatehouse/shared/ports/gate";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import type { SignMessage } from "@gatehouse/shared/ports/sign";
import { type Duration, type Instant, milliseconds, seconds } from "@gatehouse/shared/time";
import type { Decision } from "../domain/entry.ts";
import {
  type GateResult,
  idleLane,
  type LaneEffect,
  type LaneEvent,
  type LaneState,
  type LaneTimer,
  type PassageOutcome,
  stepLane,
} from "../domain/lane.ts";
import type { Book, Tx } from "../store/book.ts";
import {
  findCommand,
  insertCommand,
  insertDecision,
  insertPassage,
  type Passage,
  saveCommand,
  savePassage,
} from "../store/passages.ts";
import { clearAlert, raiseAlert } from "./alerts.ts";
import type { Counters } from "./counters.ts";
import { endedLine, withFact } from "./passage-facts.ts";
import type { SteadyTime } from "./steady-time.ts";

/** What every lane's route needs. */
export interface LaneDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly random: Random;
  readonly log: Log;
  readonly steady: SteadyTime;
  readonly counters: Counters;
  readonly lane: LaneConfig;
  readonly ports: LanePorts;
  /** Something to show has changed. */
  readonly changed: () => void;
}

/** What an entry or an exit makes of a passage. The calls with a `Tx` run in the transaction that writes the fact. */
export interface LaneOwner {
  passed(tx: Tx, passage: Passage, at: Instant): void;
  /** The passage ended and nobody was seen passing. */
  abandoned(tx: Tx, passage: Passage, outcome: PassageOutcome, at: Instant): void;
  /** After the commit: a vehicle stands before the gate, or has left it; or the lane is free for the next. */
  vehicle(present: boolean): void;
}

/** A decision about to be written. */
export interface DecisionDraft extends Decision {
  readonly actor: Actor;
  readonly sessionId: string | null;
  readonly read?: {
    readonly readId: string;
    readonly plate: string;
    readonly rawPlate: string;
    readonly confidence: number;
  };
  readonly requestId?: string;
  readonly note?: string;
}

const boardSlack = seconds(5);

/**
 * One lane's barrier and loops: sends a command once, follows the passage through the lane machine, and
 * writes each of its five facts with the evidence. It decides nothing about who may pass.
 */
export class LaneFlow implements Part {
  readonly name: string;
  readonly deps: LaneDeps;
  #owner: LaneOwner | undefined;
  #state: LaneState;
  #passage: Passage | undefined;
  #lastPassage: Passage | undefined;
  #lastDecision:
    | (DecisionDraft & { readonly decisionId: string; readonly at: Instant })
    | undefined;
  readonly #timers = new Map<LaneTimer, () => void>();

  constructor(deps: LaneDeps) {
    this.deps = deps;
    this.name = `lane ${deps.lane.id}`;
    this.#state = idleLane(deps.clock.now());
    deps.ports.inputs.onInput(({ input, active, at }) =>
      this.#feed({ kind: "input", input, active, at }),
    );
  }

  ownedBy(owner: LaneOwner): void {
    this.#owner = owner;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  get state(): LaneState {
    return this.#state;
  }

  /** The passage under way, or the last one. */
  get passage(): Passage | undefined {
    return this.#passage ?? this.#lastPassage;
  }

  get lastDecision():
    | (DecisionDraft & { readonly decisionId: string; readonly at: Instant })
    | undefined {
    return this.#lastDecision;
  }

  /** A command is out and its vehicle has not been seen passing. */
  get busy(): boolean {
    return this.#passage !== undefined && this.#passage.passedAt === null;
  }

  get times(): { readonly passage: Duration; readonly closing: Duration } {
    const { gate, passage_s } = this.deps.lane;
    return {
      passage: seconds(passage_s + gate.travel_s),
      closing: milliseconds(seconds(gate.hold_s + gate.travel_s) + boardSlack),
    };
  }

  /** Writes a decision, whoever made it. @returns its id */
  decide(tx: Tx, at: Instant, draft: DecisionDraft): string {
    const { random, lane, counters } = this.deps;
    const decisionId = random.id();
    const { kind, reason, sessionId, read } = draft;
    insertDecision(tx, {
      decisionId,
      laneId: lane.id,
      kind,
      reason,
      sessionId,
      requestId: draft.requestId ?? null,
      at,
    });
    tx.append(at, {
      type: "lane-decided",
      body: {
        decision_id: decisionId,
        lane_id: lane.id,
        direction: lane.direction,
        kind,
        reason,
        rules: [...draft.rules],
        actor: draft.actor,
        session_id: sessionId,
        read_id: read?.readId ?? null,
        plate: read?.plate ?? null,
        raw_plate: read?.rawPlate ?? null,
        confidence: read?.confidence ?? null,
        ...(draft.note === undefined ? {} : { note: draft.note }),
      },
    });
    counters.count("decisions_total", { lane: lane.id, kind, reason });
    if (kind !== "open") counters.count("refused_total", { reason });
    this.#lastDecision = { ...draft, decisionId, at };
    return decisionId;
  }

  /** Writes the command of an open decision and the passage it begins; `act` sends it after the commit. */
  command(tx: Tx, at: Instant, decisionId: string, sessionId: string | null): Passage {
    const { random, lane } = this.deps;
    const commandId = random.id();
    insertCommand(tx, {
      commandId,
      decisionId,
      laneId: lane.id,
      askedAt: at,
      result: "asked",
      evidence: "",
      answeredAt: null,
    });
    const passage: Passage = {
      passageId: random.id(),
      laneId: lane.id,
      direction: lane.direction,
      sessionId,
      decisionId,
      commandId,
      commandedAt: at,
      commandedEvidence: `decision ${decisionId}`,
      acknowledgedAt: null,
      acknowledgedEvidence: null,
      movedAt: null,
      movedEvidence: null,
      passedAt: null,
      passedEvidence: null,
      closedAt: null,
      closedEvidence: null,
      outcome: null,
    };
    insertPassage(tx, passage);
    tx.append(at, {
      type: "gate-commanded",
      body: {
        command_id: commandId,
        decision_id: decisionId,
        lane_id: lane.id,
        session_id: sessionId,
      },
    });
    return passage;
  }

  /**
   * Sends the command of a written decision, then writes what the gate said.
   *
   * @param receivedMs stopwatch reading when the read's last byte had arrived, for the gate latency
   */
  async act(passage: Passage, receivedMs?: number): Promise<void> {
    const { clock, ports, stopwatch, counters } = this.deps;
    this.#feed({ kind: "commanded", at: clock.now() });
    this.#passage = passage;
    try {
      const answer = await ports.gate.open(passage.commandId, () => {
        if (receivedMs !== undefined) counters.sample("gate_ms", stopwatch.read() - receivedMs);
      });
      this.#answered(passage, answer.kind, evidenceOf(answer));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#answered(passage, "unreachable", error.message);
    }
  }

  /** Shows a message on the lane's display; a display that is away is no reason to wait. */
  show(message: SignMessage): void {
    const { ports, log, lane } = this.deps;
    ports.sign?.show(message).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
      log.warn("sign-unreachable", { lane: lane.id });
    });
  }

  #answered(passage: Passage, result: GateResult, evidence: string): void {
    const { book, clock, random, lane } = this.deps;
    const at = clock.now();
    book.write((tx) => {
      const command = findCommand(tx, passage.commandId);
      if (command !== undefined) saveCommand(tx, { ...command, result, evidence, answeredAt: at });
      tx.append(at, {
        type: "gate-answered",
        body: { command_id: passage.commandId, lane_id: lane.id, result, evidence },
      });
      if (result === "accepted") clearAlert(tx, at, "gate-fault", lane.id);
      else
        raiseAlert(tx, random, at, {
          type: "gate-fault",
          subject: lane.id,
          severity: "critical",
          details: { result, evidence },
        });
    });
    if (this.#passage?.passageId === passage.passageId)
      this.#feed({ kind: "answered", result, evidence, at });
    this.deps.changed();
  }

  #feed(event: LaneEvent): void {
    const [next, effects] = stepLane(this.#state, event, this.times);
    this.#state = next;
    const written = effects.filter(
      (effect) =>
        effect.kind === "fact" ||
        effect.kind === "ended" ||
        effect.kind === "tailgated" ||
        effect.kind === "unexplained",
    );
    if (written.length > 0) this.#write(written, event.at);
    for (const effect of effects) this.#perform(effect, event);
    this.deps.changed();
  }

  #write(effects: readonly LaneEffect[], at: Instant): void {
    const { book } = this.deps;
    let passage = this.#passage;
    book.write((tx) => {
      for (const effect of effects) passage = this.#writeOne(tx, passage, effect, at);
    });
    if (this.#passage !== undefined && passage === undefined) this.#lastPassage = this.#passage;
    this.#passage = passage;
  }

  #writeOne(
    tx: Tx,
    passage: Passage | undefined,
    effect: LaneEffect,
    at: Instant,
  ): Passage | undefined {
    const { random, lane, counters } = this.deps;
    if (effect.kind === "unexplained") {
      tx.append(at, {
        type: "gate-opened-unexplained",
        body: { lane_id: lane.id, evidence: effect.evidence },
      });
      raiseAlert(tx, random, at, {
        type: "gate-opened-unexplained",
        subject: lane.id,
        severity: "warning",
        details: { evidence: effect.evidence },
      });
      return passage;
    }
    if (effect.kind === "tailgated") {
      counters.count("tailgates_total", { lane: lane.id });
      raiseAlert(tx, random, at, { type: "tailgate", subject: lane.id, severity: "warning" });
      return passage;
    }
    if (passage === undefined) return undefined;
    if (effect.kind === "fact") {
      const next = withFact(passage, effect.fact, at, effect.evidence);
      savePassage(tx, next);
      if (effect.fact === "passed") this.#owner?.passed(tx, next, at);
      return next;
    }
    if (effect.kind !== "ended") return passage;
    const ended = { ...passage, outcome: effect.outcome };
    savePassage(tx, ended);
    tx.append(at, endedLine(ended));
    counters.count("passages_total", { lane: lane.id, outcome: effect.outcome });
    if (passage.passedAt === null) this.#owner?.abandoned(tx, ended, effect.outcome, at);
    this.#lastPassage = ended;
    return undefined;
  }

  #perform(effect: LaneEffect, cause: LaneEvent): void {
    switch (effect.kind) {
      case "after":
        this.#cancel(effect.timer);
        this.#timers.set(
          effect.timer,
          this.deps.clock.after(effect.delay, () => this.#onTimer(effect.timer)),
        );
        return;
      case "cancel":
        this.#cancel(effect.timer);
        return;
      case "vehicle-came":
        this.#owner?.vehicle(true);
        return;
      case "vehicle-left":
        this.#owner?.vehicle(false);
        return;
      case "ended":
        // A new command has just taken the lane: nothing waits for it to be free.
        if (cause.kind !== "commanded") this.#owner?.vehicle(this.#state.arming === true);
        return;
      case "fact":
      case "tailgated":
      case "unexplained":
        return;
    }
  }

  #onTimer(timer: LaneTimer): void {
    this.#timers.delete(timer);
    this.#feed({ kind: "timer", timer, at: this.deps.clock.now() });
  }

  #cancel(timer: LaneTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}

const evidenceOf = (answer: GateAnswer): string =>
  answer.kind === "accepted" ? answer.evidence : answer.detail;
