import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { Notebook } from "./notebook.ts";
import type { SessionFold } from "./session-fold.ts";

/** A read is fresh for 10 s, and may wait 30 s for the car before it to pass; a driver may take long to pay. */
const freshReadMs = 42_000;
const paidReadMs = 900_000;
const legalExits = new Set(["paid", "settled", "free", "within-grace", "permit"]);

/** What the ledger says of lanes: I3 and I4. */
export class LaneFold {
  /** World time (ms) at which a camera saw what it told in a read. */
  readonly seenAt = new Map<string, number>();
  readonly commands = new Map<string, { isAnswered: boolean }>();
  passagesEnded = 0;
  readonly #sessions: SessionFold;
  readonly #notebook: Notebook;
  /** Lanes of the decisions to open. */
  readonly #openings = new Map<string, string>();
  readonly #openedReads = new Map<string, string>();
  readonly #commandOfDecision = new Map<string, string>();

  constructor(sessions: SessionFold, notebook: Notebook) {
    this.#sessions = sessions;
    this.#notebook = notebook;
  }

  decided(body: EventBody<"lane-decided">, at: number): void {
    const { kind, reason, actor } = body;
    if (reason === "permit") this.#notebook.mark("permits used");
    if (kind === "deny") this.#notebook.mark("entries denied");
    if (kind !== "open") return;
    this.#openings.set(body.decision_id, body.lane_id);
    const isByRule = actor.kind === "plate-rule" || isPaidByPhone(body);
    if (isByRule) this.#openedByRule(body, at);
    else this.#openedByHand(body);
    const session = this.#sessions.all.get(body.session_id ?? "");
    if (body.direction === "exit" && session !== undefined) this.#sessions.exitOffered(session, at);
  }

  commanded(body: EventBody<"gate-commanded">): void {
    const { command_id: commandId, decision_id: decisionId, lane_id: laneId } = body;
    if (this.#openings.get(decisionId) !== laneId)
      this.#notebook.complain("I3", `command ${commandId} without a decision to open ${laneId}`);
    const other = this.#commandOfDecision.get(decisionId);
    if (other !== undefined)
      this.#notebook.complain("I3", `${decisionId} has two commands: ${other}, ${commandId}`);
    this.#commandOfDecision.set(decisionId, commandId);
    this.commands.set(commandId, { isAnswered: false });
  }

  answered({ command_id: commandId }: EventBody<"gate-answered">): void {
    const command = this.commands.get(commandId);
    if (command === undefined)
      return this.#notebook.complain("I3", `answer to no command: ${commandId}`);
    if (command.isAnswered) this.#notebook.complain("I7", `command ${commandId} is answered twice`);
    command.isAnswered = true;
  }

  #openedByHand(body: EventBody<"lane-decided">): void {
    this.#notebook.mark("openings by hand");
    const isNamed = body.reason.startsWith("by-hand:") || body.reason.startsWith("fail-open:");
    if (!isNamed || body.actor.id === undefined)
      this.#notebook.complain("I3", `opened by nobody: ${JSON.stringify(body)}`);
  }

  #openedByRule(body: EventBody<"lane-decided">, at: number): void {
    const { read_id: readId, decision_id: decisionId, reason } = body;
    const earlier = this.#openedReads.get(readId ?? "");
    if (earlier !== undefined)
      this.#notebook.complain("I3", `read ${readId} opened twice: ${earlier}, ${decisionId}`);
    this.#openedReads.set(readId ?? "", decisionId);
    const age = at - (this.seenAt.get(readId ?? "") ?? -Infinity);
    const mayBePaid = reason === "paid" || isPaidByPhone(body);
    if (age > (mayBePaid ? paidReadMs : freshReadMs))
      this.#notebook.complain("I3", `read ${readId} opened at an age of ${age} ms`);
    if (body.direction === "exit") this.#checkExit(body, at);
  }

  /** I4: no exit opens by rule unless paid, free, within grace or by a right. */
  #checkExit(body: EventBody<"lane-decided">, at: number): void {
    const session = this.#sessions.all.get(body.session_id ?? "");
    if (session === undefined || !legalExits.has(body.reason))
      return this.#notebook.complain("I4", `exit opened without a reason: ${JSON.stringify(body)}`);
    const owed = this.#sessions.surelyOwes(session, at);
    if (owed > 0)
      this.#notebook.complain("I4", `exit opened for ${session.sessionId} which owes ${owed}`);
  }
}

/** A driver who stands at the exit has paid on the phone, and the gate opens for what was read before. */
const isPaidByPhone = ({ actor }: EventBody<"lane-decided">): boolean =>
  actor.kind === "system" && actor.id === "phone";
