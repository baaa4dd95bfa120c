import { minorUnits } from "@gatehouse/shared/money";
import type { PaymentPurpose } from "@gatehouse/shared/contracts/money-terms";
import { hours, type Instant, later } from "@gatehouse/shared/time";
import { isUndecided } from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import { type Payment, paymentsOf, paymentsWith } from "../../store/payments.ts";
import { findSession, unpaidByPlate } from "../../store/sessions.ts";
import { findValueAccount, type ValueAccount, valueAccountOf } from "../../store/value-accounts.ts";
import { isRefusal } from "../desk.ts";
import { askedDetails } from "./crediting.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { OnlinePayments } from "./online-payments.ts";
import { type Owed, owedFor } from "./owed.ts";
import { startPayment } from "./payment-writing.ts";

export interface OnFileDeps extends MoneyDeps {
  readonly online: Pick<OnlinePayments, "begin" | "chargeSaved">;
}

/** It is asked until it is known; the gateway's own name of it never expires. */
const openFor = hours(24 * 365);

/** An account whose means a gateway keeps. */
export type ChargeableAccount = ValueAccount & {
  readonly gateway: string;
  readonly customerRef: string;
  readonly meansRef: string;
};

export const isChargeable = (account: ValueAccount | undefined): account is ChargeableAccount =>
  account?.isActive === true &&
  account.gateway !== null &&
  account.customerRef !== null &&
  account.meansRef !== null;

/**
 * Writes that an account's means is about to be charged; `OnFile.charge` follows, or the next round after a crash.
 *
 * @param requestId of the press, where a person asks for it
 */
export function startOnFile(
  tx: Tx,
  deps: OnFileDeps,
  { accountId, gateway, lastFour }: ChargeableAccount,
  purpose: PaymentPurpose,
  owed: Omit<Owed, "session" | "paid">,
  at: Instant,
  requestId?: string,
): Payment {
  const { sessionId, subjectId, due: amount } = owed;
  const payment = startPayment(
    tx,
    deps,
    {
      method: "on-file",
      purpose,
      sessionId,
      subjectId,
      amount,
      place: gateway,
      requestId,
      details: { account_id: accountId, card_last_four: lastFour, ...askedDetails(owed) },
    },
    at,
  );
  deps.online.begin(tx, {
    paymentId: payment.paymentId,
    gateway,
    amount: minorUnits(amount),
    currency: deps.currency,
    description: descriptions[purpose],
    expiresAt: later(at, openFor),
  });
  return payment;
}

/** What a session owes is about to be asked of its plate's account; undefined: there is nothing to ask. */
export function beginStay(
  tx: Tx,
  deps: OnFileDeps,
  sessionId: string,
  at: Instant,
): Payment | undefined {
  const plate = findSession(tx, sessionId)?.vehicleLicense ?? null;
  const account = plate === null ? undefined : valueAccountOf(tx, plate);
  if (!isChargeable(account)) return undefined;
  const isAsked = paymentsOf(tx, sessionId).some(
    ({ status, paymentMethod }) => isUndecided(status) && paymentMethod !== "online",
  );
  const owed = owedFor(tx, deps, { purpose: "stay", subjectId: sessionId });
  if (isAsked || isRefusal(owed) || owed.due === 0) return undefined;
  return startOnFile(tx, deps, account, "stay", owed, at);
}

/**
 * Whether a stay may go before its bank has answered. More than the account's floor limit is never under way at once,
 * and whoever owes from an earlier stay pays at the lane.
 */
export function mayGo(
  tx: Tx,
  { status, purpose, sessionId, amount, paymentDetails }: Payment,
): boolean {
  const { account_id: accountId } = paymentDetails;
  if (status !== "started" || purpose !== "stay" || typeof accountId !== "string") return false;
  const plate = findSession(tx, sessionId ?? "")?.vehicleLicense ?? "";
  const underWay = paymentsWith(tx, "accepted-offline")
    .filter((other) => other.paymentDetails["account_id"] === accountId)
    .reduce((sum, other) => sum + other.amount, 0);
  const limit = findValueAccount(tx, accountId)?.floorLimit ?? 0;
  return underWay + amount <= limit && unpaidByPlate(tx, plate).length === 0;
}

const descriptions = {
  stay: "Parking",
  renewal: "Parking permit",
  "top-up": "Parking account",
  violation: "Parking penalty",
} as const satisfies Record<PaymentPurpose, string>;
