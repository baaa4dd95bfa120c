import type { LedgerFold } from "../ledger-fold.ts";
import type { FoldedPayment } from "../money-fold.ts";
import type { Complain } from "../notebook.ts";

/** What the simulated site lets off a penalty for an overstay that is paid in time. */
const discount = 1000;

/** I11: permits that renew themselves have as many periods as were paid, and penalties are paid once, and whole. */
export class ClaimsAudit {
  readonly #fold: LedgerFold;
  readonly #complain: Complain;

  constructor(fold: LedgerFold, complain: Complain) {
    this.#fold = fold;
    this.#complain = complain;
  }

  /** At any moment, since a period and its payment are written together. */
  check(): void {
    const payments = this.#bySubject();
    for (const [id, { price, periods }] of this.#fold.renewals.all) {
      const paid = netOf(payments.get(id) ?? []);
      const credit = Math.max(0, -this.#owed(id));
      if (paid - credit !== price * periods)
        this.#complain(
          "I11",
          `${id}: ${periods} periods of ${price}, ${paid} paid, ${credit} over`,
        );
    }
    for (const [id, { status, penalty_minor: penalty }] of this.#fold.violations.all)
      this.#checkPenalty(id, status, penalty, netOf(payments.get(id) ?? []));
  }

  /** Besides, nobody has paid too much, unless a bank holds what should go back. */
  checkAtRest(): void {
    this.check();
    const payments = this.#bySubject();
    for (const id of [...this.#fold.renewals.all.keys(), ...this.#fold.violations.all.keys()]) {
      const isDisputed = (payments.get(id) ?? []).some(({ disputes }) => disputes.size > 0);
      if (this.#owed(id) < 0 && !isDisputed)
        this.#complain("I11", `${id} was paid ${-this.#owed(id)} too much`);
    }
  }

  #checkPenalty(id: string, status: string, penalty: number, paid: number): void {
    const owed = this.#owed(id);
    const over = Math.max(0, -owed);
    const isRight = {
      detected: owed === 0,
      review: owed === 0,
      // In time or not: whole, or less its discount.
      paid:
        owed <= 0 &&
        [penalty, penalty - (id.startsWith("overstay") ? discount : 0)].includes(paid - over),
      waived: owed <= 0 && paid - over <= penalty,
    }[status];
    if (!(isRight ?? (owed > 0 && owed === penalty - paid)))
      this.#complain("I11", `${id} of ${penalty} is ${status}: ${paid} paid, ${owed} owed`);
  }

  #owed(id: string): number {
    return this.#fold.money.books.balance("receivable", id);
  }

  #bySubject(): Map<string, FoldedPayment[]> {
    const found = new Map<string, FoldedPayment[]>();
    for (const payment of this.#fold.money.payments.values()) {
      if (payment.subjectId === null) continue;
      const others = found.get(payment.subjectId) ?? [];
      found.set(payment.subjectId, [...others, payment]);
    }
    return found;
  }
}

/** What somebody has paid in the end, whatever a bank says to it. */
const netOf = (payments: readonly FoldedPayment[]): number =>
  payments
    .filter(({ status }) => ["captured", "part-refunded", "refunded"].includes(status))
    .reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);
