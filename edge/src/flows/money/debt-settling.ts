import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Instant } from "@gatehouse/shared/time";
import { owedOf } from "../../domain/money/billing.ts";
import type { Tx } from "../../store/book.ts";
import { type DebtNote, debtNoteOf, saveDebtNote } from "../../store/debt-notes.ts";
import { type Session, unpaidByPlate } from "../../store/sessions.ts";
import { clearAlert } from "../alerts.ts";

/** What a session owes has changed since it ended: its note says the same, and is paid when nothing is owed. */
export function settleDebt(tx: Tx, session: Session, at: Instant): void {
  const owed = Math.max(0, owedOf(session));
  const note = debtNoteOf(tx, session.sessionId);
  if (note?.state === "open" && (owed === 0 || owed !== note.amount)) {
    const changed: DebtNote =
      owed === 0 ? { ...note, state: "paid", settledAt: at } : { ...note, amount: owed };
    saveDebtNote(tx, changed);
    tellDebt(tx, changed, { kind: "system" }, owed === 0 ? "paid" : "the stay ended", at);
  }
  const plate = session.vehicleLicense;
  if (owed === 0 && plate !== null && unpaidByPlate(tx, plate).length === 0)
    clearAlert(tx, at, "debt-known", plate);
}

export function tellDebt(tx: Tx, note: DebtNote, by: Actor, reason: string, at: Instant): void {
  tx.append(at, {
    type: "debt-changed",
    body: {
      note_id: note.noteId,
      session_id: note.sessionId,
      plate: note.plate,
      amount_minor: note.amount,
      currency: note.currency,
      state: note.state,
      reason,
      by,
    },
  });
}
