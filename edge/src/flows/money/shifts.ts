import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  CloseShiftRequest,
  CountShiftRequest,
  OpenShiftRequest,
  RelieveShiftRequest,
  ShiftAnswer,
  ShiftMoveRequest,
} from "@gatehouse/shared/contracts/shifts";
import type { TillConfig } from "@gatehouse/shared/contracts/till-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Instant } from "@gatehouse/shared/time";
import { dropEntry, payInEntry, payOutEntry } from "../../domain/money/cash.ts";
import { type ShiftAct, shiftMay } from "../../domain/money/shift.ts";
import type { Book, Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import { findShiftMove } from "../../store/shift-facts.ts";
import { findShift, type Shift, unclosedShiftAt } from "../../store/shifts.ts";
import type { Refusal } from "../desk.ts";
import { shiftAnswer, shiftRefusals, shiftView } from "./shift-answers.ts";
import {
  beginShift,
  endShift,
  keepCount,
  noteMove,
  postInShift,
  type ShiftWritingDeps,
} from "./shift-writing.ts";

export interface ShiftsDeps extends ShiftWritingDeps {
  readonly book: Book;
  readonly clock: Clock;
  readonly tills: readonly TillConfig[];
}

/** Who acts, and whether they may act on other people's shifts. */
export interface ShiftActor {
  readonly actor: Actor;
  readonly isSupervisor: boolean;
}

/**
 * One person at one drawer, from the float to the signed report. Every act is one transaction: the move, its posting
 * and its ledger line; the same press again changes nothing and has the same answer.
 */
export class Shifts {
  readonly #deps: ShiftsDeps;

  constructor(deps: ShiftsDeps) {
    this.#deps = deps;
  }

  /** Begins a shift of who acts. */
  open(tillId: string, request: OpenShiftRequest, { actor }: ShiftActor): ShiftAnswer | Refusal {
    const { request_id: requestId, float_minor: amount, pieces } = request;
    const deps = this.#deps;
    if (!deps.tills.some(({ id }) => id === tillId)) return shiftRefusals.noSuchTill;
    if (deps.key === undefined) return shiftRefusals.noKey;
    if (!sumsTo(pieces, amount)) return shiftRefusals.wrongSum;
    return this.#write((tx, at) => {
      const repeated = this.#repeated(tx, requestId);
      if (repeated !== undefined) return repeated;
      const other = unclosedShiftAt(tx, tillId);
      if (other !== undefined) return shiftRefusals.taken(other);
      const who = { drawerId: tillId, operator: nameOf(actor), relieves: null };
      const press = { requestId, move: "open", amount, reason: "", pieces } as const;
      return shiftAnswer(beginShift(tx, deps, at, who, press, actor), "open", amount, deps);
    });
  }

  /** Cash that comes or goes for another reason than a payment. */
  move(shiftId: string, request: ShiftMoveRequest, who: ShiftActor): ShiftAnswer | Refusal {
    const { request_id: requestId, move, amount_minor: amount, reason } = request;
    return this.#act(shiftId, requestId, "move", who, (tx, at, shift) => {
      const { drawerId } = shift;
      if (move !== "pay-in" && amount > balanceOf(tx, "drawer", drawerId))
        return shiftRefusals.tooMuch;
      const entries = { drop: dropEntry, "pay-in": payInEntry, "pay-out": payOutEntry };
      postInShift(tx, this.#deps, at, shift, entries[move](drawerId, amount));
      noteMove(tx, at, shift, { requestId, move, amount, reason }, who.actor);
      return shiftAnswer(shift, move, amount, this.#deps);
    });
  }

  /** What lies in the drawer; only now the person is told what should. A supervisor may have it counted again. */
  count(shiftId: string, request: CountShiftRequest, who: ShiftActor): ShiftAnswer | Refusal {
    const { request_id: requestId, counted_minor: amount, pieces, reason = "" } = request;
    if (!sumsTo(pieces, amount)) return shiftRefusals.wrongSum;
    const act = findShift(this.#deps.book, shiftId)?.state === "counted" ? "recount" : "count";
    return this.#act(shiftId, requestId, act, who, (tx, at, shift) => {
      if (act === "recount" && (!who.isSupervisor || reason === ""))
        return shiftRefusals.countedAlready;
      const counted = keepCount(tx, this.#deps, at, shift, amount);
      const press = { requestId, move: "count", amount, reason, pieces } as const;
      noteMove(tx, at, counted, press, who.actor);
      return shiftAnswer(counted, "count", amount, this.#deps);
    });
  }

  /** Ends a counted shift with its signed report. */
  close(shiftId: string, request: CloseShiftRequest, who: ShiftActor): ShiftAnswer | Refusal {
    const { request_id: requestId, leave_minor: left } = request;
    return this.#act(shiftId, requestId, "close", who, (tx, at, shift) => {
      if (left > (shift.counted ?? 0)) return shiftRefusals.tooMuch;
      const press = { requestId, move: "close", amount: left, reason: "" } as const;
      noteMove(tx, at, shift, press, who.actor);
      const { closed, documentId } = endShift(tx, this.#deps, at, shift, left);
      return { ...shiftAnswer(closed, "close", left, this.#deps), document_id: documentId };
    });
  }

  /** Counts, closes, and begins the next person's shift with what was counted: no money leaves the drawer. */
  relieve(shiftId: string, request: RelieveShiftRequest, who: ShiftActor): ShiftAnswer | Refusal {
    const { request_id: requestId, counted_minor: amount, pieces, next_operator } = request;
    if (!sumsTo(pieces, amount)) return shiftRefusals.wrongSum;
    return this.#act(shiftId, requestId, "relief", who, (tx, at, shift) => {
      const deps = this.#deps;
      const { drawerId, operator } = shift;
      if (next_operator === operator) return shiftRefusals.sameOperator;
      const counted = keepCount(tx, deps, at, shift, amount);
      const press = { requestId, move: "relief", amount, reason: next_operator, pieces } as const;
      noteMove(tx, at, counted, press, who.actor);
      const { closed, documentId } = endShift(tx, deps, at, counted, amount);
      const begun = { drawerId, operator: next_operator, relieves: shiftId };
      const first = { requestId: nextOf(requestId), move: "open", amount, reason: "" } as const;
      const next = beginShift(tx, deps, at, begun, { ...first, pieces }, who.actor);
      return {
        ...shiftAnswer(closed, "relief", amount, deps),
        next: shiftView(next),
        document_id: documentId,
      };
    });
  }

  /** Runs an act on a shift that exists, is in the right state and is of who acts, unless they are a supervisor. */
  #act(
    shiftId: string,
    requestId: string,
    act: ShiftAct,
    { actor, isSupervisor }: ShiftActor,
    work: (tx: Tx, at: Instant, shift: Shift) => ShiftAnswer | Refusal,
  ): ShiftAnswer | Refusal {
    return this.#write((tx, at) => {
      const shift = findShift(tx, shiftId);
      if (shift === undefined) return shiftRefusals.noSuchShift;
      if (shift.operator !== nameOf(actor) && !isSupervisor) return shiftRefusals.notYours(shift);
      const repeated = this.#repeated(tx, requestId);
      if (repeated !== undefined) return repeated;
      return shiftMay(shift.state, act) ? work(tx, at, shift) : shiftRefusals.wrongState(shift);
    });
  }

  #write(work: (tx: Tx, at: Instant) => ShiftAnswer | Refusal): ShiftAnswer | Refusal {
    const { book, clock } = this.#deps;
    return book.write((tx) => work(tx, clock.now()));
  }

  /** What the same press has done already. */
  #repeated(tx: Tx, requestId: string): ShiftAnswer | undefined {
    const move = findShiftMove(tx, requestId);
    const shift = move && findShift(tx, move.shiftId);
    if (move === undefined || shift === undefined) return undefined;
    const next = move.move === "relief" ? this.#repeated(tx, nextOf(requestId)) : undefined;
    return {
      ...shiftAnswer(shift, move.move, move.amount, this.#deps),
      ...(next === undefined ? {} : { next: next.shift }),
    };
  }
}

/** The opening that a relief brings is a move of its own. */
const nextOf = (requestId: string): string => `${requestId}/next`;

const nameOf = (actor: Actor): string => actor.id ?? actor.kind;

function sumsTo(pieces: Readonly<Record<string, number>> | undefined, amount: number): boolean {
  if (pieces === undefined) return true;
  const sum = Object.entries(pieces).reduce(
    (total, [face, count]) => total + Number(face) * count,
    0,
  );
  return sum === amount;
}
