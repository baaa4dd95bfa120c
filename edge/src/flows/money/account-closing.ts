import type { AccountClosed, AccountCloseRequest } from "@gatehouse/shared/contracts/accounts";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { Instant } from "@gatehouse/shared/time";
import { accountClosedEntry } from "../../domain/money/cash.ts";
import { isUndecided } from "../../domain/payment.ts";
import type { Reader, Tx } from "../../store/book.ts";
import { balanceOf, latestPostingsOf } from "../../store/books.ts";
import { listUnresolved, type Payment, paymentsFor, paymentsWith } from "../../store/payments.ts";
import { subscriptionOfAccount } from "../../store/subscriptions.ts";
import {
  findValueAccount,
  setAccountPlates,
  type ValueAccount,
} from "../../store/value-accounts.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { noSuchAccount, saveAccount } from "./accounts.ts";
import { money } from "./answers.ts";
import { shiftOf } from "./cash.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { post } from "./posting.ts";
import { shiftRefusals } from "./shift-answers.ts";

/** The kind of the entry that pays out what an account had left. */
const closing = "account-closed";

/**
 * Ends an account: what is left goes to its holder, out of a till or by a transfer, and its plates and its means are
 * forgotten. Asked again it is the same answer.
 */
export function closeAccount(
  tx: Tx,
  deps: Pick<MoneyDeps, "random" | "currency">,
  accountId: string,
  { till_id: tillId, reason }: Pick<AccountCloseRequest, "till_id" | "reason">,
  actor: Actor,
  at: Instant,
): AccountClosed | Refusal {
  const account = findValueAccount(tx, accountId);
  if (account === undefined) return noSuchAccount;
  const { balance, holder } = account;
  const before = paidOutBefore(tx, account);
  if (before !== undefined) return closedAnswer(deps, holder, before);
  const hindrance = whatHinders(tx, deps, account);
  if (hindrance !== undefined) return hindrance;
  const shift = tillId === null || balance === 0 ? undefined : shiftOf(tx, tillId, actor);
  if (isRefusal(shift)) return shift;
  if (shift !== undefined && balance > balanceOf(tx, "drawer", shift.drawerId))
    return shiftRefusals.tooMuch;
  const entry = accountClosedEntry(accountId, shift?.drawerId, balance);
  post(tx, deps.random, at, entry, { currency: deps.currency, shiftId: shift?.shiftId });
  setAccountPlates(tx, accountId, []);
  const nothing = { gateway: null, customerRef: null, meansRef: null, lastFour: null };
  const closed = { ...account, ...nothing, topUpBelow: null, topUpMinor: null, floorLimit: 0 };
  saveAccount(tx, { ...closed, balance: 0, isActive: false }, reason, actor, at);
  return closedAnswer(deps, holder, balance);
}

/** What was paid out when it was closed; undefined: it is not. */
function paidOutBefore(
  reader: Reader,
  { accountId, isActive, balance }: ValueAccount,
): number | undefined {
  const [last] = latestPostingsOf(reader, "stored-value", accountId, 1);
  return !isActive && balance === 0 && last?.kind === closing ? last.minor : undefined;
}

function whatHinders(
  reader: Reader,
  { currency }: Pick<MoneyDeps, "currency">,
  { accountId, holder, balance }: ValueAccount,
): Refusal | undefined {
  if (balance < 0)
    return refusal("account-owes", `${holder} owes ${money(-balance, currency)} on this account.`);
  const renewed = subscriptionOfAccount(reader, accountId);
  if (renewed !== undefined)
    return refusal(
      "renews-permit",
      `It pays for permit ${renewed.permitId}: cancel subscription ${renewed.subscriptionId} first.`,
    );
  const open = [...listUnresolved(reader), ...paymentsWith(reader, "accepted-offline")];
  const isOpen =
    open.some((payment) => isFrom(accountId, payment)) ||
    paymentsFor(reader, "top-up", accountId).some(({ status }) => isUndecided(status));
  return isOpen
    ? refusal("charge-under-way", "A payment of this account is not settled yet: try again later.")
    : undefined;
}

const isFrom = (accountId: string, { paymentDetails }: Payment): boolean =>
  paymentDetails["account_id"] === accountId;

const closedAnswer = (
  { currency }: Pick<MoneyDeps, "currency">,
  holder: string,
  paidOut: number,
): AccountClosed => ({
  sentence:
    paidOut === 0
      ? `The account of ${holder} is closed; nothing was left on it.`
      : `The account of ${holder} is closed; ${money(paidOut, currency)} go to its holder.`,
  paid_out_minor: paidOut,
});
