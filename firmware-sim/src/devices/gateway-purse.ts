import type { OnlineNews } from "@gatehouse/shared/online-news";
import type { RefundRequest } from "@gatehouse/shared/ports/online-gateway";

/** Money that was taken for a payment. */
export interface SimCharge {
  readonly paymentId: string;
  readonly chargeRef: string;
  /** Missing: a means on file was charged. */
  readonly offerRef?: string | undefined;
  readonly amount: number;
  readonly currency: string;
}

interface SimRefund {
  readonly refundRef: string;
  readonly request: RefundRequest;
}

interface SimDispute {
  readonly disputeRef: string;
  readonly charge: SimCharge;
  readonly amount: number;
  stage: "open" | "won" | "lost";
}

/** What a gateway has truly taken and given back, and what cardholders' banks hold: amounts in minor units. */
export class GatewayPurse {
  readonly #charges = new Map<string, SimCharge>();
  /** By the id that we gave them. */
  readonly #refunds = new Map<string, SimRefund>();
  readonly #disputes = new Map<string, SimDispute>();

  get chargeCount(): number {
    return this.#charges.size;
  }

  /** What drivers have paid in the end, less what their banks hold or have kept. */
  get takenMinor(): number {
    return [...this.#charges.values()].reduce((sum, charge) => sum + this.#leftOf(charge), 0);
  }

  /** All disputes that stand so. */
  disputedMinor(stage: SimDispute["stage"]): number {
    return [...this.#disputes.values()]
      .filter((dispute) => dispute.stage === stage)
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** Names of all charges, the oldest first. */
  get chargeRefs(): string[] {
    return [...this.#charges.keys()];
  }

  charge(chargeRef: string | undefined): SimCharge | undefined {
    return this.#charges.get(chargeRef ?? "");
  }

  chargesOf(paymentId: string): SimCharge[] {
    return [...this.#charges.values()].filter((charge) => charge.paymentId === paymentId);
  }

  /** Takes money. */
  take(of: Omit<SimCharge, "chargeRef">): SimCharge {
    const { paymentId, offerRef, amount, currency } = of;
    const chargeRef = `ch-${this.#charges.size + 1}`;
    const charge = { paymentId, chargeRef, offerRef, amount, currency };
    this.#charges.set(chargeRef, charge);
    return charge;
  }

  refund(refundId: string): SimRefund | undefined {
    return this.#refunds.get(refundId);
  }

  /** Gives money back. @returns undefined when less is left of the charge */
  giveBack(request: RefundRequest): SimRefund | undefined {
    const charge = this.#charges.get(request.chargeRef);
    if (charge === undefined || request.amount > this.#leftOf(charge)) return undefined;
    const refund = { refundRef: `re-${this.#refunds.size + 1}`, request };
    this.#refunds.set(request.refundId, refund);
    return refund;
  }

  /** A cardholder's bank takes back what is left of a charge. @returns undefined when nothing is left */
  dispute(chargeRef: string): SimDispute | undefined {
    const charge = this.#charges.get(chargeRef);
    const amount = charge === undefined ? 0 : this.#leftOf(charge);
    if (charge === undefined || amount === 0) return undefined;
    const disputeRef = `di-${this.#disputes.size + 1}`;
    const dispute: SimDispute = { disputeRef, charge, amount, stage: "open" };
    this.#disputes.set(disputeRef, dispute);
    return dispute;
  }

  /** The bank gives it back, or keeps it. @returns undefined when that was decided before */
  decide(disputeRef: string, stage: "won" | "lost"): SimDispute | undefined {
    const dispute = this.#disputes.get(disputeRef);
    if (dispute?.stage !== "open") return undefined;
    dispute.stage = stage;
    return dispute;
  }

  /** Everything that is known of a charge now. */
  newsOf({ chargeRef, amount, currency }: SimCharge): OnlineNews[] {
    return [
      { kind: "paid", chargeRef, amount, currency },
      ...this.#refundsOf(chargeRef).map(refundNews),
      ...this.#disputesOf(chargeRef).map(disputeNews),
    ];
  }

  /** What neither went back nor is with its cardholder's bank. */
  #leftOf({ chargeRef, amount }: SimCharge): number {
    const refunded = this.#refundsOf(chargeRef).map(({ request }) => request.amount);
    const withdrawn = this.#disputesOf(chargeRef)
      .filter(({ stage }) => stage !== "won")
      .map((dispute) => dispute.amount);
    return [...refunded, ...withdrawn].reduce((left, part) => left - part, amount);
  }

  #refundsOf(chargeRef: string): SimRefund[] {
    return [...this.#refunds.values()].filter(({ request }) => request.chargeRef === chargeRef);
  }

  #disputesOf(chargeRef: string): SimDispute[] {
    return [...this.#disputes.values()].filter(({ charge }) => charge.chargeRef === chargeRef);
  }
}

/** How a gateway tells of a refund that is done. */
export const refundNews = ({ refundRef, request }: SimRefund): OnlineNews => ({
  kind: "refund",
  refundRef,
  refundId: request.refundId,
  chargeRef: request.chargeRef,
  amount: request.amount,
  currency: request.currency,
  state: "done",
});

/** How it tells of a dispute as it stands. */
export const disputeNews = ({ disputeRef, charge, amount, stage }: SimDispute): OnlineNews => ({
  kind: "dispute",
  disputeRef,
  chargeRef: charge.chargeRef,
  amount,
  currency: charge.currency,
  stage,
});
