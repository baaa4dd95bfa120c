import type { Instant } from "@gatehouse/shared/time";
import { type Billing, billingOf } from "../../domain/money/billing.ts";
import { chargeEntry } from "../../domain/money/entry.ts";
import type { TaxShare } from "@gatehouse/shared/tariff/tax";
import { shareChange, sharesOf } from "../../domain/money/tax.ts";
import type { Tx } from "../../store/book.ts";
import type { Session } from "../../store/sessions.ts";
import type { LaneDeps } from "../lane-deps.ts";
import { post } from "./posting.ts";

export type ChargingDeps = Pick<LaneDeps, "random" | "currency">;

/**
 * Charges a session so that it has been charged `total` in all, more or less than before, and posts the difference.
 *
 * @param shares of its price by tax rate; cut to `total` in the same proportions
 * @returns the session as it is to be saved
 */
export function chargeSession(
  tx: Tx,
  { random, currency }: ChargingDeps,
  session: Session,
  total: number,
  shares: readonly TaxShare[],
  at: Instant,
): Session {
  const before = billingOf(session);
  const after: Billing = { ...before, shares: sharesOf(shares, total) };
  const { sessionId } = session;
  const entry = chargeEntry(sessionId, shareChange(before.shares, after.shares));
  post(tx, random, at, entry, { currency, sessionId });
  return {
    ...session,
    totalAmount: Math.max(0, total - after.allowed),
    billing: { ...after },
  };
}
