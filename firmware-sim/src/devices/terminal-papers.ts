import { minorUnits } from "@gatehouse/shared/money";
import type { TerminalReceipt, TerminalTotals } from "@gatehouse/shared/ports/terminal";
import type { BatchTotals, CardPaper } from "./terminal-memory.ts";

/** A paper as the port tells it. */
export const receiptOf = (paper: CardPaper, terminalId: string): TerminalReceipt => ({
  terminalId,
  receiptNumber: paper.number,
  traceNumber: paper.trace,
  amount: minorUnits(paper.amountMinor),
  cardName: paper.card.name,
  cardLastFour: paper.card.lastFour,
});

/** A batch as the port tells it. */
export const totalsOf = ({ fromReceipt, toReceipt, schemes }: BatchTotals): TerminalTotals => ({
  fromReceipt,
  toReceipt,
  schemes: schemes.map(({ scheme, count, amountMinor }) => ({
    scheme,
    count,
    amount: minorUnits(amountMinor),
  })),
});
