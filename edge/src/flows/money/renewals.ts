import { hours, type Instant, later, minutes } from "@gatehouse/shared/time";
import { holdsUntil, isRunning, nextTry } from "../../domain/money/renewal.ts";
import { isUndecided } from "../../domain/payment.ts";
import { isRefusal } from "../desk.ts";
import type { Tx } from "../../store/book.ts";
import { type Payment, paymentsFor } from "../../store/payments.ts";
import {
  dueSubscriptions,
  findSubscription,
  saveSubscription,
  type Subscription,
} from "../../store/subscriptions.ts";
import { findValueAccount } from "../../store/value-accounts.ts";
import { payFromAccount } from "./accounts.ts";
import type { OnFile } from "./on-file.ts";
import { isChargeable, type OnFileDeps, startOnFile } from "./on-file-starting.ts";
import { onTheWayOf } from "./refunds.ts";
import { noteCredit } from "./renewal-crediting.ts";
import {
  chargePeriod,
  endSubscription,
  extend,
  fallDue,
  keepChange,
  owedFor,
  system,
} from "./renewal-writing.ts";

/** So many in one round; the rest follows in the next. */
const roundLimit = 50;
/** A gateway that is away is asked again so soon, and that is no try. */
const whenAway = minutes(15);
/** What a bank takes days for is looked at so often. */
const whenWaiting = hours(1);

/** Permits that are paid by the period renew themselves, from what their account has or from its means on file. */
export class Renewals {
  readonly #deps: OnFileDeps;
  readonly #onFile: OnFile;

  constructor(deps: OnFileDeps, onFile: OnFile) {
    this.#deps = deps;
    this.#onFile = onFile;
  }

  /** Renews what is due; upkeep calls it. @throws Fault `disk-full` */
  async renewDue(): Promise<void> {
    const { book, clock } = this.#deps;
    for (const { subscriptionId } of dueSubscriptions(book, clock.now(), roundLimit))
      await this.renew(subscriptionId);
  }

  /** Renews one, if it is due; its own state says what came of it. @throws Fault `disk-full` */
  async renew(subscriptionId: string): Promise<void> {
    const { book, clock } = this.#deps;
    const asked = book.write<Payment | undefined>((tx) =>
      beginRenewal(tx, this.#deps, subscriptionId, clock.now()),
    );
    if (asked === undefined) return;
    const outcome = await this.#onFile.charge(asked.paymentId);
    if (outcome === "captured" || outcome === "waiting") return;
    book.write((tx) => this.#missed(tx, subscriptionId, outcome, clock.now()));
  }

  #missed(tx: Tx, subscriptionId: string, outcome: "declined" | "away", at: Instant): void {
    const now = findSubscription(tx, subscriptionId);
    if (now === undefined || !isRunning(now)) return;
    if (outcome === "declined")
      return fallDue(tx, this.#deps, now, "the means on file was declined", at);
    saveSubscription(tx, { ...now, nextTryAt: later(at, whenAway) });
  }
}

/**
 * Asks for the next period, in one transaction with what it changes: the next try is planned before this one is made,
 * so that a power cut makes no second one.
 *
 * @returns the payment that is to be asked for at the gateway; undefined when there is nothing to ask
 */
function beginRenewal(
  tx: Tx,
  deps: OnFileDeps,
  subscriptionId: string,
  at: Instant,
): Payment | undefined {
  const known = findSubscription(tx, subscriptionId);
  if (known === undefined || !isRunning(known) || known.nextTryAt > at) return undefined;
  const payments = paymentsFor(tx, "renewal", subscriptionId);
  const isAsking = payments.some(({ status }) => isUndecided(status));
  // What was paid too much pays the next period, unless it is on its way back.
  const isGoingBack =
    owedFor(tx, subscriptionId) < 0 && payments.some((each) => onTheWayOf(tx, each) > 0);
  if (isAsking || isGoingBack) {
    saveSubscription(tx, { ...known, nextTryAt: later(at, whenWaiting) });
    return undefined;
  }
  if (known.tries > 0 && at >= holdsUntil(known)) {
    endSubscription(tx, deps, known, "it was not paid in its days of grace", system, at);
    return undefined;
  }
  const due = chargePeriod(tx, deps, known, at);
  noteCredit(tx, deps, known, at);
  if (due <= 0) {
    extend(tx, deps, known, at);
    return undefined;
  }
  const tries = known.tries + 1;
  return askFor(tx, deps, { ...known, tries, nextTryAt: nextTry(at, tries) }, due, at);
}

function askFor(
  tx: Tx,
  deps: OnFileDeps,
  trying: Subscription,
  due: number,
  at: Instant,
): Payment | undefined {
  const { subscriptionId, accountId } = trying;
  keepChange(tx, trying, "its next period is asked for", system, at);
  const account = findValueAccount(tx, accountId);
  if (account !== undefined && account.balance >= due) {
    const payable = { purpose: "renewal", subjectId: subscriptionId } as const;
    const paid = payFromAccount(tx, deps, account, payable, at);
    if (!isRefusal(paid)) return undefined;
  }
  if (isChargeable(account)) {
    const owed = { sessionId: null, subjectId: subscriptionId, due, total: due };
    return startOnFile(tx, deps, account, "renewal", owed, at);
  }
  fallDue(tx, deps, trying, "its account is empty and has no means on file", at);
  return undefined;
}
