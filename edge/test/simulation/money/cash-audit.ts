import type { Database } from "better-sqlite3";
import type { LedgerFold } from "../ledger-fold.ts";
import type { Complain } from "../notebook.ts";
import type { Cashier } from "./cashier.ts";

/** I11: the books know of each drawer what truly lies there, and what drivers left there is what was booked. */
export class CashAudit {
  readonly #db: Database;
  readonly #fold: LedgerFold;
  readonly #cashier: Cashier;
  readonly #complain: Complain;

  constructor(db: Database, fold: LedgerFold, cashier: Cashier, complain: Complain) {
    this.#db = db;
    this.#fold = fold;
    this.#cashier = cashier;
    this.#complain = complain;
  }

  check(): void {
    const { drawer } = this.#cashier;
    if (drawer.isBusy) return;
    this.#same("drawer", drawer.expected);
    this.#same("cash-in-transit", drawer.inSafe);
  }

  checkAtRest(): void {
    this.check();
    const { drawer, takings } = this.#cashier;
    if (drawer.isBusy) this.#complain("I9", `an act at ${drawer.tillId} has no answer`);
    const rows = this.#db
      .prepare(
        `select request_id as id, amount from payments
         where payment_method = 'cash' and status in
           ('captured', 'part-refunded', 'refunded', 'reversed')`,
      )
      .all() as { id: string | null; amount: number }[];
    if (rows.length !== takings.size)
      this.#complain("I11", `${rows.length} cash payments, drivers paid ${takings.size} times`);
    for (const { id, amount } of rows) {
      const given = takings.get(id ?? "");
      if (given !== amount)
        this.#complain("I11", `${String(id)}: ${amount} booked, the driver left ${given}`);
    }
  }

  #same(account: string, truth: number): void {
    const { tillId } = this.#cashier.drawer;
    const booked = this.#fold.money.books.balance(account, tillId);
    if (booked !== truth)
      this.#complain("I11", `${account} of ${tillId} truly has ${truth}, in the books ${booked}`);
  }
}
