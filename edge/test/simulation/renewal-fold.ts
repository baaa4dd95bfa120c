import type { EventBody } from "@gatehouse/shared/contracts/event";
import type { Notebook } from "./notebook.ts";

type Changed = EventBody<"subscription-changed">;

/** A permit that renews itself, as its lines tell it. */
export interface FoldedRenewal {
  readonly price: number;
  readonly state: Changed["state"];
  readonly paidUntil: number;
  /** Periods that were given, less those that were taken back. */
  readonly periods: number;
}

/** What the ledger says of permits that renew themselves: each period is given once, and only those that were paid. */
export class RenewalFold {
  readonly all = new Map<string, FoldedRenewal>();
  readonly #notebook: Notebook;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  changed(body: Changed): void {
    const { subscription_id: id, state, price_minor: price, reason } = body;
    const paidUntil = Date.parse(body.paid_until);
    const known = this.all.get(id);
    const moved = known === undefined ? 0 : Math.sign(paidUntil - known.paidUntil);
    if (moved > 0 !== (reason === "renewed"))
      this.#notebook.complain("I11", `${id} is paid ${moved} further: ${reason}`);
    this.all.set(id, { price, state, paidUntil, periods: (known?.periods ?? 0) + moved });
    this.#notebook.mark(`renewals: ${known === undefined ? "begun" : reason}`);
  }
}
