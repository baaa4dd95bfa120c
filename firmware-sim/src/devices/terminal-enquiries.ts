import type {
  ChargeEnquiry,
  EndOfDayEnquiry,
  GiveBackEnquiry,
} from "@gatehouse/shared/ports/terminal";
import type { Instant } from "@gatehouse/shared/time";
import type { TerminalMemory } from "./terminal-memory.ts";
import { receiptOf, totalsOf } from "./terminal-papers.ts";

/*
 * What a terminal can tell of a lost answer: its last paper and nothing else.
 */

export function enquireCharge(
  { last }: TerminalMemory,
  terminalId: string,
  amountMinor: number,
  since: string | undefined,
): ChargeEnquiry {
  if (last === undefined) return { kind: "not-booked" };
  if (last.kind === "end of day") {
    const { toReceipt } = last.totals;
    if (toReceipt === "0000" || toReceipt === since) return { kind: "not-booked" };
    return undecided("the terminal has had its end of day");
  }
  if (last.number === since) return { kind: "not-booked" };
  if (last.amountMinor !== amountMinor) return otherAmount(last.number);
  if (last.kind === "reversal") return { kind: "not-booked" };
  if (last.kind === "refund") return undecided(`receipt ${last.number} is of a refund`);
  return { kind: "captured", receipt: receiptOf(last, terminalId) };
}

export function enquireGivenBack(
  { last }: TerminalMemory,
  terminalId: string,
  kind: "reversal" | "refund",
  amountMinor: number,
  since: string | undefined,
): GiveBackEnquiry {
  if (last === undefined) return { kind: "not-done" };
  if (last.kind === "end of day") return undecided("the terminal has had its end of day");
  if (last.number === since) return { kind: "not-done" };
  if (last.amountMinor !== amountMinor) return otherAmount(last.number);
  if (last.kind !== kind) return undecided(`receipt ${last.number} is of a ${last.kind}`);
  return { kind: "done", receipt: receiptOf(last, terminalId) };
}

export function enquireEndOfDay({ last }: TerminalMemory, startedAt: Instant): EndOfDayEnquiry {
  if (last?.kind !== "end of day" || last.at < startedAt) return { kind: "not-done" };
  return { kind: "done", totals: totalsOf(last.totals), papers: [] };
}

const undecided = (detail: string) => ({ kind: "undecided", detail }) as const;

const otherAmount = (number: string) => undecided(`last receipt ${number} has another amount`);
