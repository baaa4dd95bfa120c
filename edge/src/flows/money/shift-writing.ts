import type { KeyObject } from "node:crypto";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { check } from "@gatehouse/shared/check";
import type { ShiftReport } from "@gatehouse/shared/contracts/shifts";
import type { Instant } from "@gatehouse/shared/time";
import { differenceEntry, floatEntry, takingsEntry } from "../../domain/money/cash.ts";
import type { Entry } from "../../domain/money/entry.ts";
import { imbalanceOf, shiftReport } from "../../domain/money/shift.ts";
import { signReport } from "../../domain/money/signed-report.ts";
import type { Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import { insertShiftMove, movesOfShift, type ShiftMoveRow } from "../../store/shift-facts.ts";
import { insertShift, nextZNumber, saveShift, type Shift } from "../../store/shifts.ts";
import { issueDocument, type IssuingDeps } from "./documents.ts";
import { post } from "./posting.ts";
import { factsOfShift, type ReportHead } from "./shift-report.ts";

export interface ShiftWritingDeps extends IssuingDeps, ReportHead {
  /** The facility's private Ed25519 key; undefined: no report can be signed, so no shift begins. */
  readonly key: KeyObject | undefined;
}

/** One press: its id, its move and what it is about. */
export type Press = Pick<ShiftMoveRow, "requestId" | "move" | "amount" | "reason"> & {
  readonly pieces?: Readonly<Record<string, number>> | undefined;
};

/*
 * Every step of a shift, with its postings and its ledger lines, in the caller's transaction.
 */

/** A shift begins with what lies in the drawer; what was put in beside what the last one left comes from the bank. */
export function beginShift(
  tx: Tx,
  deps: ShiftWritingDeps,
  at: Instant,
  who: Pick<Shift, "drawerId" | "operator" | "relieves">,
  press: Press,
  actor: Actor,
): Shift {
  const shift: Shift = {
    ...who,
    shiftId: deps.random.id(),
    state: "open",
    openedAt: at,
    closedAt: null,
    float: press.amount,
    counted: null,
    expected: null,
    zNumber: null,
    report: null,
    signature: null,
  };
  const { drawerId } = shift;
  insertShift(tx, shift);
  const added = press.amount - balanceOf(tx, "drawer", drawerId);
  postInShift(tx, deps, at, shift, floatEntry(drawerId, added));
  noteMove(tx, at, shift, press, actor);
  return shift;
}

/** Keeps what was counted beside what the books say should be there. */
export function keepCount(
  tx: Tx,
  deps: ShiftWritingDeps,
  at: Instant,
  shift: Shift,
  counted: number,
): Shift {
  const { expected_minor: expected } = shiftReport(factsOfShift(tx, deps, shift, at));
  const kept: Shift = { ...shift, state: "counted", counted, expected };
  saveShift(tx, kept);
  return kept;
}

/**
 * Ends a counted shift: the difference is posted, what does not stay goes to the safe, the report is signed and is a
 * document. A report that does not balance is a bug: it is not signed and nothing is kept.
 *
 * @param left stays in the drawer for the next shift
 */
export function endShift(
  tx: Tx,
  deps: ShiftWritingDeps,
  at: Instant,
  shift: Shift,
  left: number,
): { readonly closed: Shift; readonly documentId: string } {
  const { key } = deps;
  const { shiftId, drawerId, counted } = shift;
  check(key !== undefined && counted !== null, `shift ${shiftId} was counted before it ends`);
  const report = shiftReport(factsOfShift(tx, deps, shift, at), {
    z_number: nextZNumber(tx, drawerId),
    counted_minor: counted,
    pieces: countedPieces(tx, shiftId),
    left_minor: left,
  });
  const imbalance = imbalanceOf(report, balanceOf(tx, "drawer", drawerId));
  check(imbalance === undefined, `the report of shift ${shiftId} balances: ${imbalance}`);
  const difference = counted - report.expected_minor;
  postInShift(tx, deps, at, shift, differenceEntry(drawerId, shiftId, difference));
  postInShift(tx, deps, at, shift, takingsEntry(drawerId, counted - left));
  const { signature } = signReport(report, key);
  const closed: Shift = {
    ...shift,
    state: "closed",
    closedAt: at,
    expected: report.expected_minor,
    zNumber: report.z_number,
    report: { ...report },
    signature,
  };
  saveShift(tx, closed);
  tellClosed(tx, at, closed, report, signature);
  return { closed, documentId: reportPaper(tx, deps, at, report) };
}

/** Posts what moved cash under a shift. */
export function postInShift(
  tx: Tx,
  { random, currency }: ShiftWritingDeps,
  at: Instant,
  { shiftId }: Shift,
  entry: Entry,
): void {
  post(tx, random, at, entry, { currency, shiftId });
}

/** Keeps one press and tells the ledger; the close tells it with its report. */
export function noteMove(tx: Tx, at: Instant, shift: Shift, press: Press, actor: Actor): void {
  const { requestId, move, amount, reason, pieces = {} } = press;
  const { shiftId, drawerId, operator } = shift;
  const by = actor.id ?? actor.kind;
  insertShiftMove(tx, { requestId, shiftId, move, amount, reason, at, by, pieces });
  if (move === "close") return;
  tx.append(at, {
    type: "shift-changed",
    body: {
      shift_id: shiftId,
      drawer_id: drawerId,
      operator,
      move,
      amount_minor: amount,
      reason,
      by: actor,
    },
  });
}

function tellClosed(
  tx: Tx,
  at: Instant,
  { shiftId, drawerId, operator, float }: Shift,
  report: ShiftReport,
  signature: string,
): void {
  const { z_number, counted_minor, expected_minor } = report;
  check(z_number !== null && counted_minor !== null, "a closed shift has a number and a count");
  tx.append(at, {
    type: "shift-closed",
    body: {
      shift_id: shiftId,
      drawer_id: drawerId,
      operator,
      z_number,
      float_minor: float,
      expected_minor,
      counted_minor,
      report: { ...report },
      signature,
    },
  });
}

function reportPaper(tx: Tx, deps: ShiftWritingDeps, at: Instant, report: ShiftReport): string {
  const { documentId } = issueDocument(tx, deps, {
    deviceId: report.till_id,
    kind: "shift-report",
    sessionId: null,
    paymentId: null,
    at,
    body: {
      currency: report.currency,
      session: null,
      customer: null,
      lines: [],
      total_minor: 0,
      paid_before_minor: 0,
      amount_minor: report.counted_minor ?? 0,
      taxes: report.taxes,
      payments: [],
      references: [],
      note: null,
      shift: { ...report },
    },
  });
  return documentId;
}

/** Coins and notes of the last count; null where only a sum was given. */
function countedPieces(tx: Tx, shiftId: string): ShiftReport["pieces"] {
  const last = movesOfShift(tx, shiftId).findLast(
    ({ move }) => move === "count" || move === "relief",
  );
  const pieces = (last?.pieces ?? {}) as Record<string, number>;
  return Object.keys(pieces).length === 0 ? null : pieces;
}
