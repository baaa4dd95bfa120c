import type { Random } from "@gatehouse/shared/ports/random";
import type { Instant } from "@gatehouse/shared/time";
import type { Tx } from "../../store/book.ts";
import { balanceOf } from "../../store/books.ts";
import { clearAlert, moneyToReturn, raiseAlert } from "../alerts.ts";

/**
 * Tells of money that was paid for something beyond what is owed, until it was given back or is owed after all. The
 * postings come first.
 *
 * @param about what people need to find it
 */
export function noteSurplus(
  tx: Tx,
  random: Random,
  subject: string,
  about: Readonly<Record<string, string | null>>,
  at: Instant,
): void {
  const credited = -balanceOf(tx, "receivable", subject);
  if (credited <= 0) return clearAlert(tx, at, moneyToReturn, subject);
  raiseAlert(tx, random, at, {
    type: moneyToReturn,
    subject,
    severity: "warning",
    details: { ...about, credit_minor: credited },
  });
}
