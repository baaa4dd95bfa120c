import { check } from "@gatehouse/shared/check";
import type { Account } from "./chart.ts";
import type { TaxShare } from "@gatehouse/shared/tariff/tax";

/** One line of an entry: a debit is above zero, a credit below. */
export interface Posting {
  readonly account: Account;
  readonly subject: string | null;
  /** Whole minor units, never 0. */
  readonly minor: number;
  /** Parts per million; null where no tax is meant. */
  readonly ratePpm: number | null;
}

/** What one fact moved in the books; its lines sum to nothing. */
export interface Entry {
  /** What moved it, in a word: `charge`, `capture`, `refund`, `drop`… */
  readonly kind: string;
  readonly lines: readonly Posting[];
}

export const debit = (
  account: Account,
  subject: string | null,
  minor: number,
  ratePpm: number | null = null,
): Posting => ({ account, subject, minor, ratePpm });

export const credit = (
  account: Account,
  subject: string | null,
  minor: number,
  ratePpm: number | null = null,
): Posting => ({ account, subject, minor: minor === 0 ? 0 : -minor, ratePpm });

/**
 * Makes an entry; lines of nothing are left out.
 *
 * @throws Error (invariant) when the lines do not sum to zero or one is no whole number: money is never lost in
 *   a posting
 */
export function entry(kind: string, lines: readonly Posting[]): Entry {
  const kept = lines.filter(({ minor }) => minor !== 0);
  for (const { account, minor } of kept) {
    check(Number.isSafeInteger(minor), `a posting to ${account} is whole minor units: ${minor}`);
  }
  const sum = kept.reduce((total, { minor }) => total + minor, 0);
  check(sum === 0, `the lines of ${kind} sum to zero, not to ${sum}`);
  return { kind, lines: kept };
}

/** A stay (or a part of it) was priced: it is owed now. Lines of a rate may go down when a price is corrected. */
export const chargeEntry = (subject: string, shares: readonly TaxShare[]): Entry =>
  entry("charge", [
    debit("receivable", subject, sumOfShares(shares)),
    ...shares.flatMap(({ ratePpm, net, tax }) => [
      credit("revenue", null, net, ratePpm),
      credit("tax", null, tax, ratePpm),
    ]),
  ]);

/** Money was taken for something that is owed; `into` is where it lies now. */
export const captureEntry = (into: Account, place: string, subject: string, minor: number): Entry =>
  entry("capture", [debit(into, place, minor), credit("receivable", subject, minor)]);

/** Money went back to a driver out of `from`; the price stands no longer for that part. */
export const refundEntry = (from: Account, place: string, shares: readonly TaxShare[]): Entry =>
  entry("refund", [
    ...shares.flatMap(({ ratePpm, net, tax }) => [
      debit("refunds", null, net, ratePpm),
      debit("tax", null, tax, ratePpm),
    ]),
    credit(from, place, sumOfShares(shares)),
  ]);

/** What was owed is given up. */
export const writeOffEntry = (subject: string, minor: number): Entry =>
  entry("write-off", [debit("write-offs", null, minor), credit("receivable", subject, minor)]);

const sumOfShares = (shares: readonly TaxShare[]): number =>
  shares.reduce((sum, { net, tax }) => sum + net + tax, 0);
