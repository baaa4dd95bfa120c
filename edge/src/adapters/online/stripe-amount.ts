import { Fault } from "@gatehouse/shared/fault";
import type { Minor } from "@gatehouse/shared/money";
import { digitsOf } from "./decimal-amount.ts";

/*
 * Stripe counts most currencies as ISO 4217 does. These have no decimals there, and are sent with two zeros
 * (docs.stripe.com/currencies).
 */
const digitsAtStripe: Readonly<Record<string, number>> = { ISK: 2, UGX: 2 };

/** The amount in Stripe's smallest unit. @throws Fault `gateway-refused` where Stripe cannot express it */
export function toStripe(amount: Minor, currency: string): number {
  const { ours, theirs } = digitsHereAndThere(currency);
  const scaled = amount * 10 ** (theirs - ours);
  // Three decimals: the last digit must be 0.
  if (!Number.isSafeInteger(scaled) || (theirs === 3 && scaled % 10 !== 0)) {
    throw new Fault("gateway-refused", `Stripe takes no ${amount} minor units of ${currency}`);
  }
  return scaled;
}

/** Our minor units; a fraction of one, which we never ask for, is not a number we know. */
export function fromStripe(amount: number, currency: string): number {
  const { ours, theirs } = digitsHereAndThere(currency);
  return amount / 10 ** (theirs - ours);
}

function digitsHereAndThere(currency: string): { ours: number; theirs: number } {
  const ours = digitsOf(currency);
  return { ours, theirs: digitsAtStripe[currency] ?? ours };
}
