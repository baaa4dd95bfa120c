import type { StatementData } from "@gatehouse/shared/contracts/accounts";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { Reader } from "../../store/book.ts";
import { latestPostingsOf } from "../../store/books.ts";
import { findPayment } from "../../store/payments.ts";
import { findSession } from "../../store/sessions.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import type { Refusal } from "../desk.ts";
import { accountView, noSuchAccount } from "./accounts.ts";

const shownMost = 200;

/** What came to an account and went from it, as the books have it, newest first. */
export function accountStatement(
  reader: Reader,
  currency: string,
  accountId: string,
): StatementData | Refusal {
  const account = findValueAccount(reader, accountId);
  if (account === undefined) return noSuchAccount;
  const found = latestPostingsOf(reader, "stored-value", accountId, shownMost + 1);
  let balance = account.balance;
  const lines = found.slice(0, shownMost).map(({ at, kind, minor, paymentId }) => {
    const payment = findPayment(reader, paymentId ?? "");
    // A liability: what is stored stands on the credit side.
    const line = { minor: -minor, balance_minor: balance };
    balance += minor;
    return {
      ...line,
      at: isoOf(at as Instant),
      kind,
      payment_id: paymentId,
      method: payment?.paymentMethod ?? null,
      plate: findSession(reader, payment?.sessionId ?? "")?.vehicleLicense ?? null,
    };
  });
  return {
    currency,
    account: accountView(reader, account),
    lines,
    has_more: found.length > shownMost,
  };
}
