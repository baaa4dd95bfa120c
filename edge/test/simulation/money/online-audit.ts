import type { OnlineGatewaySim } from "@gatehouse/firmware-sim/devices/online-gateway-sim";
import type { LedgerFold } from "../ledger-fold.ts";
import type { Complain } from "../notebook.ts";

/**
 * I11: what was captured through the gateway was taken there, once, and in the end all that was taken, given back and
 * withdrawn by cardholders' banks is in the books.
 */
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
    const { name, purse } = this.#gateway;
    for (const [ref, { paymentId, amount }] of this.#fold.money.charges) {
      const taken = purse.charge(ref.slice(name.length + 1))?.amount;
      if (taken !== amount)
        this.#complain("I1", `${paymentId} captured ${amount} by ${ref}, ${taken} was taken`);
    }
  }

  checkAtRest(): void {
    this.check();
    const { name, purse, undelivered } = this.#gateway;
    const { books, charges } = this.#fold.money;
    if (undelivered > 0) this.#complain("I9", `${undelivered} callbacks were never taken`);
    const captured = charges.size + this.#fold.money.byWordAt(name);
    if (captured !== purse.chargeCount)
      this.#complain("I1", `${name} charged ${purse.chargeCount} times, captured ${captured}`);
    this.#same(`${name} has taken`, purse.takenMinor, books.balance("online-clearing", name));
    this.#same("banks hold", purse.disputedMinor("open"), books.total("disputed"));
    this.#same("banks have kept", purse.disputedMinor("lost"), books.total("chargebacks"));
    for (const [place, minor] of books.balances) {
      if (place.startsWith("offline-clearing ") && minor !== 0)
        this.#complain("I11", `${place}: ${minor} was let go and never charged`);
    }
  }

  #same(what: string, truth: number, booked: number): void {
    if (booked !== truth) this.#complain("I11", `${what} ${truth}, in the books ${booked}`);
  }
}
