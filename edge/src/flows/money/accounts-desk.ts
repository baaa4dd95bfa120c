import type * as contract from "@gatehouse/shared/contracts/accounts";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import type { KeptAnswer, MoneyAnswer } from "@gatehouse/shared/contracts/money";
import type { Instant } from "@gatehouse/shared/time";
import { wallClock } from "../../domain/calendar.ts";
import type { Tx } from "../../store/book.ts";
import { findSubscription, type Subscription } from "../../store/subscriptions.ts";
import { AskedOnce } from "../asked-once.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { closeAccount } from "./account-closing.ts";
import { accountStatement } from "./account-statement.ts";
import { accountsIn, keepAccount } from "./accounts.ts";
import { answerFor } from "./answers.ts";
import { keepMerchant, merchantsIn } from "./merchants.ts";
import type { MoneyDeps } from "./money-deps.ts";
import type { Renewals } from "./renewals.ts";
import { actOnSubscription } from "./subscription-acts.ts";
import { keepSubscription, subscriptionsIn } from "./subscriptions.ts";
import type { TopUps } from "./top-ups.ts";

export interface AccountsDeskDeps extends MoneyDeps {
  readonly renewals: Pick<Renewals, "renew">;
  readonly topUps: Pick<TopUps, "load">;
  /** Something to show has changed. */
  readonly changed: () => void;
}

/**
 * Merchants, accounts of stored value, and permits that renew themselves, as people keep them. Every refusal is a value
 * with words for whoever reads it; the same `request_id` again is the same act. Every call that changes something may
 * throw a Fault `disk-full`: nothing happened then.
 */
export class AccountsDesk {
  readonly #deps: AccountsDeskDeps;
  readonly #asked = new AskedOnce<object>();

  constructor(deps: AccountsDeskDeps) {
    this.#deps = deps;
  }

  merchants(): contract.MerchantsData {
    const { book, clock } = this.#deps;
    return merchantsIn(book, this.#deps, clock.now());
  }

  keepMerchant(request: contract.MerchantRequest, actor: Actor): Promise<contract.MerchantAnswer> {
    return this.#once(request, () =>
      this.#write((tx, at) => keepMerchant(tx, this.#deps, request, actor, at)),
    );
  }

  accounts(search: string): contract.AccountsData {
    return accountsIn(this.#deps.book, this.#deps.currency, search);
  }

  statement(accountId: string): contract.StatementData | Refusal {
    return accountStatement(this.#deps.book, this.#deps.currency, accountId);
  }

  keepAccount(request: contract.AccountRequest, actor: Actor): Promise<KeptAnswer> {
    return this.#once(request, () => this.#write((tx, at) => keepAccount(tx, request, actor, at)));
  }

  /** What is left is paid out, and nothing is paid from it any more. */
  closeAccount(
    accountId: string,
    request: contract.AccountCloseRequest,
    actor: Actor,
  ): Promise<contract.AccountClosed | Refusal> {
    return this.#once(request, () =>
      this.#write((tx, at) => closeAccount(tx, this.#deps, accountId, request, actor, at)),
    );
  }

  /** Loads an account from its means on file now. */
  async loadAccount(
    accountId: string,
    request: contract.AccountLoadRequest,
    actor: Actor,
  ): Promise<MoneyAnswer | Refusal> {
    const { book, topUps, changed } = this.#deps;
    const loaded = await topUps.load(accountId, request, actor);
    changed();
    return isRefusal(loaded) ? loaded : answerFor(book, this.#deps, loaded);
  }

  subscriptions(): contract.SubscriptionsData {
    return subscriptionsIn(this.#deps.book, this.#deps.currency);
  }

  keepSubscription(
    request: contract.SubscriptionRequest,
    actor: Actor,
  ): Promise<KeptAnswer | Refusal> {
    return this.#once(request, () =>
      this.#write((tx, at) => keepSubscription(tx, this.#deps, request, actor, at)),
    );
  }

  /** Pauses, resumes or cancels a renewal, or asks for it now; a means that declines is a refusal. */
  actOnSubscription(
    subscriptionId: string,
    request: contract.SubscriptionActRequest,
    actor: Actor,
  ): Promise<KeptAnswer | Refusal> {
    return this.#once(request, async () => {
      const wish = { ...request, subscriptionId };
      const acted = this.#write((tx, at) => actOnSubscription(tx, this.#deps, wish, actor, at));
      if (isRefusal(acted)) return acted;
      const when = (at: number): string => wallClock(at as Instant, this.#deps.calendar.timezone);
      if (request.act !== "charge") return { sentence: standing(acted, when) };
      await this.#deps.renewals.renew(subscriptionId);
      this.#deps.changed();
      const now = findSubscription(this.#deps.book, subscriptionId) ?? acted;
      return chargeOutcome(acted, now, when);
    });
  }

  #once<T extends object>(
    { request_id: requestId }: { readonly request_id: string },
    act: () => T | Promise<T>,
  ): Promise<T> {
    return this.#asked.ask(requestId, async () => act()) as Promise<T>;
  }

  #write<T extends object>(act: (tx: Tx, at: Instant) => T): T {
    const { book, clock, changed } = this.#deps;
    const answer = book.write<object>((tx) => act(tx, clock.now()));
    changed();
    return answer as T;
  }
}

type When = (at: number) => string;

/** How a renewal stands, in a sentence. */
function standing({ permitId, state, paidUntil }: Subscription, when: When): string {
  const until = when(paidUntil);
  return {
    active: `Permit ${permitId} renews itself; it is paid until ${until}.`,
    "past-due": `Permit ${permitId} is not paid since ${until}.`,
    paused: `The renewal of permit ${permitId} rests; it is paid until ${until}.`,
    cancelled: `Permit ${permitId} is renewed no more; it is paid until ${until}.`,
  }[state];
}

/** What came of asking now: a period more is paid, it was declined, or nobody knows yet. */
function chargeOutcome(before: Subscription, now: Subscription, when: When): KeptAnswer | Refusal {
  if (now.paidUntil > before.paidUntil) return { sentence: standing(now, when) };
  const again = when(now.nextTryAt);
  if (now.state === "past-due")
    return refusal("not-paid", `It was not paid; it is asked for again at ${again}.`);
  if (now.state === "cancelled")
    return refusal("cancelled", "It was not paid in its days of grace, and is cancelled.");
  return { sentence: "It is asked for; nobody knows yet whether it is paid." };
}
