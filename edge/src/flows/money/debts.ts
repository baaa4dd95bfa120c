import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  DebtNoteRequest,
  DebtsData,
  DebtView,
  WriteOffRequest,
} from "@gatehouse/shared/contracts/debts";
import type { MoneyAnswer } from "@gatehouse/shared/contracts/money";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { owedOf } from "../../domain/money/billing.ts";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Reader, Tx } from "../../store/book.ts";
import { type DebtNote, debtNoteOf, saveDebtNote } from "../../store/debt-notes.ts";
import { listUnpaid, type Session, unpaidByPlate } from "../../store/sessions.ts";
import { raiseAlert } from "../alerts.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { tellDebt } from "./debt-settling.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { payNil } from "./nil.ts";
import { nothingDue, owedFor } from "./owed.ts";

const shownMost = 200;

/** The driver cannot pay and promises to: what is owed stays with the session. The same session again changes nothing. */
export function writeDebtNote(
  tx: Tx,
  deps: MoneyDeps,
  request: DebtNoteRequest,
  actor: Actor,
  at: Instant,
): DebtNote | Refusal {
  const known = debtNoteOf(tx, request.session_id);
  if (known !== undefined && known.state === "open") return known;
  const owed = owedFor(tx, deps, { purpose: "stay", subjectId: request.session_id });
  if (isRefusal(owed)) return owed;
  if (owed.due === 0) return nothingDue;
  const note: DebtNote = {
    noteId: request.request_id,
    sessionId: request.session_id,
    plate: owed.session?.vehicleLicense ?? null,
    name: request.name ?? null,
    contact: request.contact ?? null,
    amount: owed.due,
    currency: deps.currency,
    state: "open",
    reason: request.reason,
    issuedAt: at,
    issuedBy: actor.id ?? actor.kind,
    settledAt: null,
  };
  saveDebtNote(tx, note);
  tellDebt(tx, note, actor, request.reason, at);
  deps.also?.promised?.(tx, note, at);
  return note;
}

/** Nobody will pay it any more. */
export function writeOff(
  tx: Tx,
  deps: MoneyDeps,
  sessionId: string,
  { request_id: requestId, reason }: WriteOffRequest,
  actor: Actor,
  at: Instant,
): MoneyAnswer | Refusal {
  const owed = owedFor(tx, deps, { purpose: "stay", subjectId: sessionId });
  if (isRefusal(owed)) return owed;
  if (owed.session?.exitTime === null)
    return refusal("still-inside", "The vehicle is still here; its stay is not over.");
  const note = debtNoteOf(tx, sessionId);
  if (note?.state === "open") {
    const ended: DebtNote = { ...note, state: "written-off", settledAt: at };
    saveDebtNote(tx, ended);
    tellDebt(tx, ended, actor, reason, at);
  }
  const nil = {
    purpose: "stay",
    subject_id: sessionId,
    reason: "other",
    explanation: reason,
  } as const;
  return payNil(tx, deps, { request_id: requestId, ...nil }, actor, at);
}

/** Stays that ended unpaid, the latest first. @param plate of one vehicle; missing: all */
export function debtsOf(reader: Reader, { currency }: MoneyDeps, plate?: string): DebtsData {
  const found =
    plate === undefined
      ? listUnpaid(reader, shownMost)
      : unpaidByPlate(reader, normalisePlate(plate));
  return { debts: found.map((session) => viewOf(reader, session, currency)) };
}

/** A vehicle whose plate owes something is at a lane: people are told, and it passes as everybody does. */
export function noteDebts(
  tx: Tx,
  { random }: Pick<MoneyDeps, "random">,
  plate: string,
  laneId: string,
  at: Instant,
): void {
  const debts = plate === "" ? [] : unpaidByPlate(tx, plate);
  if (debts.length === 0) return;
  raiseAlert(tx, random, at, {
    type: "debt-known",
    subject: plate,
    severity: "warning",
    details: {
      plate,
      lane_id: laneId,
      owed_minor: debts.reduce((sum, session) => sum + Math.max(0, owedOf(session)), 0),
      sessions: debts.map(({ sessionId }) => sessionId),
    },
  });
}

function viewOf(reader: Reader, session: Session, currency: string): DebtView {
  const note = debtNoteOf(reader, session.sessionId);
  return {
    session_id: session.sessionId,
    plate: session.vehicleLicense,
    owed_minor: Math.max(0, owedOf(session)),
    currency,
    left_at: session.exitTime === null ? null : isoOf(session.exitTime as Instant),
    note:
      note === undefined
        ? null
        : {
            note_id: note.noteId,
            name: note.name,
            contact: note.contact,
            reason: note.reason,
            issued_by: note.issuedBy,
          },
  };
}
