import type { Account } from "./chart.ts";

/** What the books and the tables of money say, side by side. */
export interface MoneyFacts {
  readonly accounts: readonly { readonly account: Account; readonly minor: number }[];
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly billed: number;
    readonly allowed: number;
    readonly paid: number;
    /** Accepted payments less what of them was given back. */
    readonly payments: number;
    /** What the books say is receivable of it. */
    readonly receivable: number;
  }[];
  readonly drawers: readonly {
    readonly drawerId: string;
    /** What the books say, and what the moves of its open shift sum to. */
    readonly inBooks: number;
    readonly expected: number;
  }[];
  readonly storedValue: readonly {
    readonly accountId: string;
    readonly balance: number;
    readonly inBooks: number;
  }[];
}

/**
 * Everything about money that must hold at any moment between two transactions.
 *
 * @returns one sentence for each thing that does not; empty: all is well
 */
export function moneyComplaints({
  accounts,
  sessions,
  drawers,
  storedValue,
}: MoneyFacts): string[] {
  const sum = accounts.reduce((total, { minor }) => total + minor, 0);
  return [
    ...(sum === 0 ? [] : [`The trial balance is ${sum}, not 0.`]),
    ...sessions.flatMap((session) => {
      const { sessionId, billed, allowed, paid, payments, receivable } = session;
      const owed = billed - allowed - paid;
      return [
        ...(paid === payments
          ? []
          : [`Session ${sessionId} is credited ${paid}, its payments come to ${payments}.`]),
        ...(receivable === owed
          ? []
          : [`Session ${sessionId} owes ${owed}, in the books ${receivable}.`]),
      ];
    }),
    ...drawers
      .filter(({ inBooks, expected }) => inBooks !== expected)
      .map(
        ({ drawerId, inBooks, expected }) =>
          `Drawer ${drawerId} holds ${inBooks} in the books, its shift expects ${expected}.`,
      ),
    ...storedValue
      .filter(({ balance, inBooks }) => balance !== inBooks)
      .map(
        ({ accountId, balance, inBooks }) =>
          `Account ${accountId} has ${balance}, in the books ${inBooks}.`,
      ),
  ];
}
