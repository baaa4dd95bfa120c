import { hours } from "@gatehouse/shared/time";
import { isUndecided } from "../../domain/payment.ts";
import { type Payment, paymentsFor } from "../../store/payments.ts";
import { findValueAccount, valueAccountsToLoad } from "../../store/value-accounts.ts";
import type { OnFile } from "./on-file.ts";
import { isChargeable, type OnFileDeps, startOnFile } from "./on-file-starting.ts";

/** So many in one round; the rest follows in the next. */
const roundLimit = 50;
/** A means that did not pay is asked again so much later. */
const afterFailure = hours(12);

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
