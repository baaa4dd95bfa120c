import type { AccountLoadRequest } from "@gatehouse/shared/contracts/accounts";
import type { Actor } from "@gatehouse/shared/contracts/actor";
import { hours } from "@gatehouse/shared/time";
import { isUndecided } from "../../domain/payment.ts";
import type { Tx } from "../../store/book.ts";
import {
  findPayment,
  findPaymentByRequest,
  type Payment,
  paymentsFor,
} from "../../store/payments.ts";
import { findValueAccount, valueAccountsToLoad } from "../../store/value-accounts.ts";
import { isRefusal, type Refusal, refusal } from "../desk.ts";
import { accountBlocked, noSuchAccount, saveAccount } from "./accounts.ts";
import type { OnFile } from "./on-file.ts";
import { isChargeable, type OnFileDeps, startOnFile } from "./on-file-starting.ts";

/** So many in one round; the rest follows in the next. */
const roundLimit = 50;
/** A means that did not pay is asked again so much later. */
const afterFailure = hours(12);

type LoadPress = Pick<AccountLoadRequest, "request_id" | "amount_minor" | "reason">;

/** Accounts of stored value that load themselves from their means when little is left. */
export class TopUps {
  readonly #deps: OnFileDeps;
  readonly #onFile: OnFile;

  constructor(deps: OnFileDeps, onFile: OnFile) {
    this.#deps = deps;
    this.#onFile = onFile;
  }

  /** Loads what is low; upkeep calls it. @throws Fault `disk-full` */
  async loadDue(): Promise<void> {
    for (const { accountId } of valueAccountsToLoad(this.#deps.book, roundLimit)) {
      const asked = this.#begin(accountId);
      if (asked !== undefined) await this.#onFile.charge(asked.paymentId);
    }
  }

  /**
   * Loads an account now because a person says so; the same request again is the same charge.
   *
   * @throws Fault `disk-full`
   */
  async load(accountId: string, press: LoadPress, actor: Actor): Promise<Payment | Refusal> {
    const { book } = this.#deps;
    const asked = book.write<Payment | Refusal>((tx) =>
      this.#beginPressed(tx, accountId, press, actor),
    );
    if (isRefusal(asked)) return asked;
    await this.#onFile.charge(asked.paymentId);
    return findPayment(book, asked.paymentId) ?? asked;
  }

  #beginPressed(
    tx: Tx,
    accountId: string,
    { request_id: requestId, amount_minor: due, reason }: LoadPress,
    actor: Actor,
  ): Payment | Refusal {
    const at = this.#deps.clock.now();
    const known = findPaymentByRequest(tx, requestId);
    if (known !== undefined) return known;
    const account = findValueAccount(tx, accountId);
    if (account === undefined) return noSuchAccount;
    if (!account.isActive) return accountBlocked(account.holder);
    if (!isChargeable(account))
      return refusal("no-means", "No means of payment is on file for this account.");
    if (paymentsFor(tx, "top-up", accountId).some(({ status }) => isUndecided(status)))
      return refusal("charge-under-way", "It is being loaded already; wait for the answer.");
    saveAccount(tx, account, reason, actor, at);
    const owed = { sessionId: null, subjectId: accountId, due, total: due };
    return startOnFile(tx, this.#deps, account, "top-up", owed, at, requestId);
  }

  #begin(accountId: string): Payment | undefined {
    const { book, clock } = this.#deps;
    return book.write<Payment | undefined>((tx) => {
      const at = clock.now();
      const account = findValueAccount(tx, accountId);
      const { topUpMinor: due, topUpBelow } = account ?? {};
      if (!isChargeable(account) || !due || account.balance >= (topUpBelow ?? 0)) return undefined;
      const last = paymentsFor(tx, "top-up", accountId)
        .filter(({ paymentMethod }) => paymentMethod === "on-file")
        .at(-1);
      const isPaid = last?.status === "captured" || last === undefined;
      if (!isPaid && (isUndecided(last.status) || at - last.startedAt < afterFailure))
        return undefined;
      const owed = { sessionId: null, subjectId: accountId, due, total: due };
      return startOnFile(tx, this.#deps, account, "top-up", owed, at);
    });
  }
}
