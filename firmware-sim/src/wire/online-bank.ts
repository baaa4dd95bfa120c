import { check } from "@gatehouse/shared/check";

/** One sale at a gateway: an offer, and the charge that it becomes. Amounts are in the gateway's own smallest unit. */
export interface Sale {
  readonly ref: string;
  readonly chargeRef: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Taken from a means that its holder had left, without a page. */
  readonly isSaved: boolean;
  readonly customer: string | undefined;
  readonly keepsMeans: boolean;
  state: "open" | "processing" | "paid" | "failed" | "expired" | "canceled";
  /** How often somebody tried and failed. */
  attempts: number;
  failure: string | undefined;
  lastFour: string;
  wallet: string | undefined;
  readonly refunds: SaleRefund[];
  readonly disputes: SaleDispute[];
}

export interface SaleRefund {
  readonly ref: string;
  readonly amount: number;
  readonly metadata: Readonly<Record<string, string>>;
  state: "pending" | "done" | "failed";
}

export interface SaleDispute {
  readonly ref: string;
  readonly amount: number;
  stage: "open" | "won" | "lost";
}

/** Something that a gateway tells in a callback. */
export type SaleEvent =
  | { readonly kind: "paid" | "attempt-failed" | "failed" | "expired" | "processing" }
  | { readonly kind: "refund-made" | "refund-changed"; readonly refund: SaleRefund }
  | { readonly kind: "dispute-opened" | "dispute-closed"; readonly dispute: SaleDispute };

export interface NewSale {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customer?: string | undefined;
  readonly keepsMeans?: boolean;
  readonly isSaved?: boolean;
}

/** What a driver does on the page, or a saved card says. */
export interface Payment {
  /** `processing`: a bank debit that takes days. */
  readonly outcome?: "paid" | "declined" | "processing";
  readonly lastFour?: string;
  readonly wallet?: string;
}

/** The money behind a simulated gateway: who was charged what in the end. */
export class OnlineBank {
  readonly sales = new Map<string, Sale>();
  readonly #prefixes: { readonly sale: string; readonly charge: string | undefined };
  readonly #tell: (sale: Sale, event: SaleEvent) => void;
  #made = 0;
  #holdsRefunds = false;

  /**
   * @param prefixes how the gateway's names begin; without one for charges the sale's name is the charge's too
   * @param tell called with each change that a gateway tells in a callback
   */
  constructor(
    prefixes: { readonly sale: string; readonly charge?: string },
    tell: (sale: Sale, event: SaleEvent) => void,
  ) {
    this.#prefixes = { sale: prefixes.sale, charge: prefixes.charge };
    this.#tell = tell;
  }

  nextRef(prefix: string): string {
    this.#made += 1;
    return `${prefix}${String(this.#made).padStart(6, "0")}`;
  }

  open(sale: NewSale): Sale {
    const ref = this.nextRef(this.#prefixes.sale);
    const { charge } = this.#prefixes;
    const opened: Sale = {
      ref,
      chargeRef: charge === undefined ? ref : this.nextRef(charge),
      amount: sale.amount,
      currency: sale.currency,
      metadata: sale.metadata,
      isSaved: sale.isSaved ?? false,
      customer: sale.customer,
      keepsMeans: sale.keepsMeans ?? false,
      state: "open",
      attempts: 0,
      failure: undefined,
      lastFour: "4242",
      wallet: undefined,
      refunds: [],
      disputes: [],
    };
    this.sales.set(ref, opened);
    return opened;
  }

  /** @param ref of the sale or of its charge */
  find(ref: string): Sale | undefined {
    return this.sales.get(ref) ?? [...this.sales.values()].find((sale) => sale.chargeRef === ref);
  }

  /** Somebody pays an open sale, or tries to. @returns whether the page was still open */
  pay(ref: string, { outcome = "paid", lastFour, wallet }: Payment = {}): boolean {
    const sale = this.#sale(ref);
    if (sale.state !== "open") return false;
    sale.lastFour = lastFour ?? sale.lastFour;
    sale.wallet = wallet;
    if (outcome === "declined") {
      sale.attempts += 1;
      sale.failure = "insufficient_funds";
      this.#tell(sale, { kind: "attempt-failed" });
    } else {
      sale.state = outcome;
      this.#tell(sale, { kind: outcome });
    }
    return true;
  }

  /** A bank debit arrives, or does not. */
  settle(ref: string, arrives: boolean): void {
    const sale = this.#sale(ref);
    check(sale.state === "processing", "only a debit on its way arrives");
    sale.state = arrives ? "paid" : "failed";
    if (!arrives) sale.failure = "insufficient_funds";
    this.#tell(sale, { kind: arrives ? "paid" : "failed" });
  }

  /** @returns whether it was still open */
  end(ref: string, as: "expired" | "canceled" = "expired"): boolean {
    const sale = this.#sale(ref);
    if (sale.state !== "open") return false;
    sale.state = as;
    this.#tell(sale, { kind: as === "expired" ? "expired" : "failed" });
    return true;
  }

  /** Refunds made from now on wait for `settleRefund`. */
  holdRefunds(): void {
    this.#holdsRefunds = true;
  }

  /** @returns undefined when more is asked for than is left */
  refund(
    ref: string,
    amount: number,
    metadata: Readonly<Record<string, string>>,
    prefix: string,
  ): SaleRefund | undefined {
    const sale = this.#sale(ref);
    if (sale.state !== "paid" || amount <= 0 || amount > leftOf(sale)) return undefined;
    const state = this.#holdsRefunds ? "pending" : "done";
    const refund: SaleRefund = { ref: this.nextRef(prefix), amount, metadata, state };
    sale.refunds.push(refund);
    this.#tell(sale, { kind: "refund-made", refund });
    return refund;
  }

  /** A refund reaches the driver's bank, or comes back, even after it was done. */
  settleRefund(refundRef: string, state: "done" | "failed"): void {
    for (const sale of this.sales.values()) {
      const refund = sale.refunds.find(({ ref }) => ref === refundRef);
      if (refund === undefined) continue;
      refund.state = state;
      this.#tell(sale, { kind: "refund-changed", refund });
    }
  }

  dispute(ref: string, amount: number, prefix: string): SaleDispute {
    const sale = this.#sale(ref);
    check(sale.state === "paid", "only what was paid is disputed");
    const dispute: SaleDispute = { ref: this.nextRef(prefix), amount, stage: "open" };
    sale.disputes.push(dispute);
    this.#tell(sale, { kind: "dispute-opened", dispute });
    return dispute;
  }

  closeDispute(disputeRef: string, stage: "won" | "lost"): void {
    for (const sale of this.sales.values()) {
      const dispute = sale.disputes.find(({ ref }) => ref === disputeRef);
      if (dispute === undefined) continue;
      dispute.stage = stage;
      this.#tell(sale, { kind: "dispute-closed", dispute });
    }
  }

  /** What drivers have paid in the end, by our payment id: charges less refunds and what banks took back. */
  purse(): ReadonlyMap<string, number> {
    const purse = new Map<string, number>();
    for (const sale of this.sales.values()) {
      const id = sale.metadata["payment_id"] ?? "";
      purse.set(
        id,
        (purse.get(id) ?? 0) + (sale.state === "paid" ? leftOf(sale) - lostOf(sale) : 0),
      );
    }
    return purse;
  }

  #sale(ref: string): Sale {
    const sale = this.find(ref);
    check(sale !== undefined, `the bank knows of ${ref}`);
    return sale;
  }
}

/** What could still be refunded. */
export const leftOf = (sale: Sale): number =>
  sale.amount -
  sale.refunds.reduce((sum, { amount, state }) => sum + (state === "failed" ? 0 : amount), 0);

const lostOf = (sale: Sale): number =>
  sale.disputes.reduce((sum, { amount, stage }) => sum + (stage === "won" ? 0 : amount), 0);
