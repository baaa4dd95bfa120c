import { isDeepStrictEqual } from "node:util";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type {
  AccountRequest,
  AccountsData,
  AccountView,
} from "@gatehouse/shared/contracts/accounts";
import type { KeptAnswer, MoneyAnswer, ValueRequest } from "@gatehouse/shared/contracts/money";
import type { Instant } from "@gatehouse/shared/time";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import type { Reader, Tx } from "../../store/book.ts";
import { findPaymentByRequest, type Payment } from "../../store/payments.ts";
import {
  findValueAccount,
  platesOfAccount,
  saveValueAccount,
  searchValueAccounts,
  setAccountPlates,
  type ValueAccount,
} from "../../store/value-accounts.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { answerFor } from "./answers.ts";
import { payAtOnce } from "./at-once.ts";
import type { MoneyDeps } from "./money-deps.ts";
import { nothingDue, owedFor, type Payable } from "./owed.ts";

const shownMost = 100;

/** Keeps an account of stored value; its balance is what the books say. What changes nothing is not told. */
export function keepAccount(
  tx: Tx,
  request: Omit<AccountRequest, "request_id">,
  actor: Actor,
  at: Instant,
): KeptAnswer {
  const { account_id: accountId, holder, is_active: isActive } = request;
  const known = findValueAccount(tx, accountId);
  const account: ValueAccount = {
    accountId,
    holder,
    isActive,
    balance: known?.balance ?? 0,
    ...meansOf(request, known),
    floorLimit: request.floor_limit_minor,
    ...topUpOf(request, known),
  };
  const plates = new Set(request.plates.map(normalisePlate).filter((plate) => plate !== ""));
  const isSame =
    known !== undefined &&
    isDeepStrictEqual({ ...known }, account) &&
    isDeepStrictEqual(new Set(platesOfAccount(tx, accountId)), plates);
  if (isSame) return { sentence: `The account of ${holder} is as it was.` };
  setAccountPlates(tx, accountId, [...plates]);
  saveAccount(tx, account, request.reason, actor, at);
  const stand = isActive ? "kept" : "blocked";
  return { sentence: `The account of ${holder} is ${stand}.` };
}

/** Keeps what became of an account, whose plates are kept already, and tells the ledger why. */
export function saveAccount(
  tx: Tx,
  account: ValueAccount,
  reason: string,
  by: Actor,
  at: Instant,
): void {
  const { accountId, holder, isActive, floorLimit, lastFour } = account;
  saveValueAccount(tx, account);
  tx.append(at, {
    type: "value-account-changed",
    body: {
      account_id: accountId,
      holder,
      plates: platesOfAccount(tx, accountId),
      is_active: isActive,
      floor_limit_minor: floorLimit,
      last_four: lastFour,
      reason,
      by,
    },
  });
}

/** What a request leaves out stays as it was: a page that changes plates is not told the tokens. */
function meansOf(
  { means }: Pick<AccountRequest, "means">,
  known: ValueAccount | undefined,
): Pick<ValueAccount, "gateway" | "customerRef" | "meansRef" | "lastFour"> {
  if (means === undefined && known !== undefined) {
    const { gateway, customerRef, meansRef, lastFour } = known;
    return { gateway, customerRef, meansRef, lastFour };
  }
  return {
    gateway: means?.gateway ?? null,
    customerRef: means?.customer_ref ?? null,
    meansRef: means?.means_ref ?? null,
    lastFour: means?.last_four ?? null,
  };
}

function topUpOf(
  { top_up: topUp }: Pick<AccountRequest, "top_up">,
  known: ValueAccount | undefined,
): Pick<ValueAccount, "topUpBelow" | "topUpMinor"> {
  if (topUp === undefined)
    return { topUpBelow: known?.topUpBelow ?? null, topUpMinor: known?.topUpMinor ?? null };
  return { topUpBelow: topUp?.below_minor ?? null, topUpMinor: topUp?.load_minor ?? null };
}

/** What an account has is paid into what is owed: all of it, or as far as it reaches. */
export function payFromAccount(
  tx: Tx,
  deps: MoneyDeps,
  account: ValueAccount,
  payable: Payable,
  at: Instant,
  requestId?: string,
): Payment | Refusal {
  const { accountId, balance, isActive } = account;
  if (!isActive) return accountBlocked(account.holder);
  const owed = owedFor(tx, deps, payable);
  if (isRefusal(owed)) return owed;
  if (owed.due === 0) return nothingDue;
  if (balance <= 0) return refusal("account-empty", `The account of ${account.holder} is empty.`);
  const amount = Math.min(balance, owed.due);
  const means = { method: "stored-value", place: accountId, amount, requestId } as const;
  return payAtOnce(tx, deps, payable, owed, means, at);
}

/** As an attendant asks for it. */
export function payByValue(
  tx: Tx,
  deps: MoneyDeps,
  request: ValueRequest,
  at: Instant,
): MoneyAnswer | Refusal {
  const known = findPaymentByRequest(tx, request.request_id);
  if (known !== undefined) return answerFor(tx, deps, known);
  const account = findValueAccount(tx, request.account_id);
  if (account === undefined) return noSuchAccount;
  const payable = { purpose: request.purpose, subjectId: request.subject_id };
  if (request.purpose === "top-up")
    return refusal("same-account", "An account is not loaded from another one.");
  const paid = payFromAccount(tx, deps, account, payable, at, request.request_id);
  return isRefusal(paid) ? paid : answerFor(tx, deps, paid);
}

export const accountsIn = (reader: Reader, currency: string, search: string): AccountsData => ({
  currency,
  accounts: searchValueAccounts(reader, search, shownMost).map((account) =>
    accountView(reader, account),
  ),
});

/** An account as people see it. */
export const accountView = (reader: Reader, account: ValueAccount): AccountView => ({
  account_id: account.accountId,
  holder: account.holder,
  plates: platesOfAccount(reader, account.accountId),
  is_active: account.isActive,
  balance_minor: account.balance,
  floor_limit_minor: account.floorLimit,
  gateway: account.gateway,
  last_four: account.lastFour,
  top_up:
    account.topUpBelow === null || account.topUpMinor === null
      ? null
      : { below_minor: account.topUpBelow, load_minor: account.topUpMinor },
});

export const noSuchAccount = refusal("no-such-account", "There is no such account.");
/** Of an account that takes and gives nothing. */
export const accountBlocked = (holder: string): Refusal =>
  refusal("account-closed", `The account of ${holder} is blocked or closed.`);
