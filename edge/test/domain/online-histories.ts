import type { SeededRandom } from "@gatehouse/firmware-sim/seeded-random";
import { minorUnits } from "@gatehouse/shared/money";
import type { OnlineNews } from "@gatehouse/shared/online-news";
import type { OnlineAsk } from "../../src/domain/online-payment.ts";

/** What a gateway tells about one payment in its life, and what is true of it in the end. */
export interface History {
  readonly ask: OnlineAsk;
  /** As things happened; callbacks come otherwise. */
  readonly told: readonly Told[];
  /** Counted by the one who made the history, not by the code that reads it. */
  readonly truth: {
    readonly counted: number;
    readonly surplus: number;
    readonly refunded: number;
    readonly withdrawn: number;
  };
}

export interface Told {
  readonly news: OnlineNews;
  readonly at: number;
}

/** One payment's life, as good or as bad as chance has it. */
export function makeHistory(chance: SeededRandom): History {
  const odds = (share: number): boolean => chance.fraction() < share;
  const ask = { amount: minorUnits(100 + Math.floor(chance.fraction() * 5000)), currency: "EUR" };
  const told: Told[] = [];
  let at = 1_700_000_000_000;
  const tell = (news: OnlineNews): void => {
    at += odds(0.3) ? 0 : 1000;
    told.push({ news, at });
  };
  while (odds(0.3)) tell({ kind: "attempt-failed", reason: "insufficient_funds" });
  if (odds(0.2)) tell({ kind: "processing" });
  if (odds(0.15)) tell({ kind: "expired" });
  const truth = { counted: 0, surplus: 0, refunded: 0, withdrawn: 0 };
  const charges = odds(0.8) ? (odds(0.05) ? 2 : 1) : 0;
  for (let charge = 0; charge < charges; charge++) {
    const chargeRef = `pi_${charge}`;
    const isRight = odds(0.9);
    const isOurCurrency = isRight || odds(0.5);
    const paid = {
      kind: "paid" as const,
      chargeRef,
      amount: isRight || !isOurCurrency ? ask.amount : ask.amount - 1,
      currency: isOurCurrency ? "EUR" : "USD",
    };
    tell(paid);
    // The other event of the same charge knows more of it.
    tell({ ...paid, lastFour: "4242" });
    if (isRight && truth.counted === 0) truth.counted = ask.amount;
    else if (isRight) truth.surplus += ask.amount;
    const after = aftermath(chance, chargeRef, ask.amount, tell);
    if (!isRight) continue;
    truth.refunded += after.refunded;
    truth.withdrawn += after.withdrawn;
  }
  if (charges === 0 && odds(0.5)) tell({ kind: "failed", reason: "canceled" });
  return { ask, told, truth };
}

/** Refunds that are done, fail, or fail after they were done; a dispute with its end. */
function aftermath(
  chance: SeededRandom,
  chargeRef: string,
  amount: number,
  tell: (news: OnlineNews) => void,
): { refunded: number; withdrawn: number } {
  const odds = (share: number): boolean => chance.fraction() < share;
  let left = amount;
  let refunded = 0;
  for (let index = 0; odds(0.3) && left > 0; index++) {
    const part = 1 + Math.floor(chance.fraction() * left);
    const refund = {
      kind: "refund" as const,
      refundRef: `re_${chargeRef}_${index}`,
      refundId: `r${index}`,
      chargeRef,
      amount: part,
      currency: "EUR",
    };
    tell({ ...refund, state: "pending" });
    const comesBack = odds(0.2);
    if (!comesBack || odds(0.5)) tell({ ...refund, state: "done" });
    if (comesBack) tell({ ...refund, state: "failed", reason: "account_closed" });
    else refunded += part;
    left -= part;
  }
  if (!odds(0.1)) return { refunded, withdrawn: 0 };
  const dispute = {
    kind: "dispute" as const,
    disputeRef: `dp_${chargeRef}`,
    chargeRef,
    amount: left,
  };
  if (odds(0.3)) tell({ ...dispute, currency: "EUR", stage: "inquiry" });
  tell({ ...dispute, currency: "EUR", stage: "open" });
  const isWon = odds(0.5);
  if (odds(0.7)) tell({ ...dispute, currency: "EUR", stage: isWon ? "won" : "lost" });
  else return { refunded, withdrawn: left };
  return { refunded, withdrawn: isWon ? 0 : left };
}

/** The same tellings as callbacks bring them: in any order, some of them again, now and then all of them. */
export function asDelivered<T>(told: readonly T[], chance: SeededRandom): T[] {
  const sent = told.flatMap((one) =>
    Array.from(
      { length: chance.fraction() < 0.25 ? 2 + Math.floor(chance.fraction() * 2) : 1 },
      () => one,
    ),
  );
  for (let index = sent.length - 1; index > 0; index--) {
    const other = Math.floor(chance.fraction() * (index + 1));
    const [a, b] = [sent[index], sent[other]];
    if (a !== undefined && b !== undefined) [sent[index], sent[other]] = [b, a];
  }
  return sent;
}
