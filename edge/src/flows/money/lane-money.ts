import type { Instant } from "@gatehouse/shared/time";
import { isUndecided } from "../../domain/payment.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { paymentsOf } from "../../store/payments.ts";
import { findSession, type Session } from "../../store/sessions.ts";
import { valueAccountOf } from "../../store/value-accounts.ts";
import { payFromAccount } from "./accounts.ts";
import { noteDebts } from "./debts.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnFile } from "./on-file.ts";
import { useValidations } from "./validations.ts";

/** What lanes ask of money before they decide. */
export interface LaneMoney {
  /**
   * A vehicle stands at an exit: what merchants gave it and what its plate's account holds is paid first.
   *
   * @returns the session as it stands then
   */
  prepay(tx: Tx, session: Session, at: Instant): Session;
  /** Whether the plate's holder left a means with a gateway that can be charged here. */
  hasMeans(reader: Reader, plate: string | null): boolean;
  /** Charges it. @returns whether nothing is due any more */
  payOnFile(sessionId: string): Promise<boolean>;
  /** A plate is at a lane: people are told what it owes from earlier stays. */
  noteDebts(tx: Tx, plate: string, laneId: string, at: Instant): void;
}

export const laneMoney = (deps: MoneyDeps, onFile: OnFile): LaneMoney => ({
  hasMeans: (reader, plate) => onFile.hasMeans(reader, plate),
  payOnFile: (sessionId) => onFile.payStay(sessionId),
  prepay: (tx, session, at) => {
    const { sessionId, vehicleLicense: plate } = session;
    // What is being asked may be paid already.
    const isAsked = paymentsOf(tx, sessionId).some(
      ({ status, paymentMethod }) => isUndecided(status) && paymentMethod !== "online",
    );
    if (isAsked) return session;
    useValidations(tx, deps, sessionId, at);
    const account = plate === null ? undefined : valueAccountOf(tx, plate);
    if (account !== undefined && account.isActive && account.balance > 0)
      payFromAccount(tx, deps, account, { purpose: "stay", subjectId: sessionId }, at);
    return findSession(tx, sessionId) ?? session;
  },
  noteDebts: (tx, plate, laneId, at) => noteDebts(tx, deps, plate, laneId, at),
});
