import type { TaxShare } from "@gatehouse/shared/tariff/tax";
import { taxInside } from "./tax.ts";

/**
 * What the books have charged a session for, by tax rate, and what of it was given up again by refunds although
 * the price stands (`allowed`). Charged less allowed less paid is what the session owes in the books; below zero
 * it is money to give back.
 */
export interface Billing {
  readonly shares: readonly TaxShare[];
  readonly allowed: number;
}

interface Billed {
  readonly billing: unknown;
  readonly paidAmount: number;
}

/**
 * Reads a session's billing. A session that was paid before there were books counts as charged for what it paid.
 */
export function billingOf({ billing, paidAmount }: Billed): Billing {
  if (billing === null) {
    return { shares: paidAmount > 0 ? [taxInside(paidAmount, 0)] : [], allowed: 0 };
  }
  const { shares, allowed = 0 } = billing as Partial<Billing>;
  return { shares: shares ?? [], allowed };
}

/** Gross, in whole minor units. */
export const billedTotal = ({ shares }: Pick<Billing, "shares">): number =>
  shares.reduce((sum, { net, tax }) => sum + net + tax, 0);

/** What counts as paid against the full price: money, and what was given up. */
export const creditedOf = (session: Billed): number =>
  session.paidAmount + billingOf(session).allowed;

/** What the books say that a session owes; below zero: money to give back. */
export const owedOf = (session: Billed): number =>
  billedTotal(billingOf(session)) - creditedOf(session);
