import { sql } from "drizzle-orm";
import { billedTotal, billingOf } from "../domain/money/billing.ts";
import type { MoneyFacts } from "../domain/money/invariants.ts";
import { acceptedStatuses } from "../domain/payment.ts";
import type { Reader } from "./book.ts";
import { balanceOf, balancesBySubject, postingsOfShift, trialBalance } from "./books.ts";
import { shifts, valueAccounts } from "./money-schema.ts";

interface SessionRow {
  readonly sessionId: string;
  readonly paid: number;
  readonly billing: string | null;
  readonly payments: number;
}

/** Reads the whole book's money; it takes a while in a large one, so it is for tests and for the doctor. */
export function readMoneyFacts(reader: Reader): MoneyFacts {
  const { db } = reader;
  const accepted = sql.join(
    acceptedStatuses.map((status) => sql`${status}`),
    sql`, `,
  );
  const rows = db.all<SessionRow>(sql`
    select s.session_id as "sessionId", s.paid_amount as paid, s.billing as billing,
           coalesce((select sum(p.amount - p.refunded) from payments p
                     where p.session_id = s.session_id and p.status in (${accepted})), 0) as payments
    from parking_sessions s`);
  const receivable = new Map(
    balancesBySubject(reader, "receivable").map(({ subject, minor }) => [subject, minor]),
  );
  return {
    accounts: trialBalance(reader),
    sessions: rows.map(({ sessionId, paid, billing, payments }) => {
      const known = billingOf({
        billing: billing === null ? null : JSON.parse(billing),
        paidAmount: paid,
      });
      return {
        sessionId,
        billed: billedTotal(known),
        allowed: known.allowed,
        paid,
        payments,
        receivable: receivable.get(sessionId) ?? 0,
      };
    }),
    drawers: db
      .select()
      .from(shifts)
      .all()
      .filter(({ state }) => state !== "closed")
      .map(({ shiftId, drawerId, float }) => ({
        drawerId,
        inBooks: balanceOf(reader, "drawer", drawerId),
        // What the last shift left in the drawer is a part of the float.
        expected: postingsOfShift(reader, shiftId)
          .filter(
            ({ kind, account, subject }) =>
              kind !== "float" && account === "drawer" && subject === drawerId,
          )
          .reduce((sum, { minor }) => sum + minor, float),
      })),
    storedValue: db
      .select()
      .from(valueAccounts)
      .all()
      .map(({ accountId, balance }) => ({
        accountId,
        balance,
        inBooks: -balanceOf(reader, "stored-value", accountId) + 0,
      })),
  };
}
