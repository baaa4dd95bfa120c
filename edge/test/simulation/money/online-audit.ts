import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { LedgerFold } from "../ledger-fold.ts";
import type { Complain } from "../notebook.ts";

/** I11: what was captured through the gateway was taken there, once, and in the end all that was taken is in the books. */
export class OnlineAudit {
  readonly #fold: LedgerFold;
  readonly #gateway: OnlineGatewaySim;
  readonly #complain: Complain;

  constructor(fold: LedgerFold, gateway: OnlineGatewaySim, complain: Complain) {
    this.#fold = fold;
    this.#gateway = gateway;
    this.#complain = complain;
  }

  check(): void {
    const { name } = this.#gateway;
    for (const [ref, { paymentId, amount }] of this.#fold.money.charges) {
      const taken = this.#gateway.purse.charge(ref.slice(name.length + 1))?.amount;
      if (taken !== amount)
        this.#complain("I1", `${paymentId} captured ${amount} by ${ref}, ${taken} was taken`);
    }
  }

  checkAtRest(): void {
    this.check();
    const { name, takenMinor, undelivered, chargeCount } = this.#gateway;
    const { books, charges } = this.#fold.money;
    if (undelivered > 0) this.#complain("I9", `${undelivered} callbacks were never taken`);
    if (charges.size !== chargeCount)
      this.#complain("I1", `${name} charged ${chargeCount} times, captured ${charges.size}`);
    const booked = books.balance("online-clearing", name);
    if (booked !== takenMinor)
      this.#complain("I11", `${name} has taken ${takenMinor}, in the books ${booked}`);
    for (const [place, minor] of books.balances) {
      if (place.startsWith("offline-clearing ") && minor !== 0)
        this.#complain("I11", `${place}: ${minor} was let go and never charged`);
    }
  }
}
