import type { TerminalStatus } from "@gatehouse/shared/ports/terminal";
import { type Instant, milliseconds } from "@gatehouse/shared/time";
import { codeText, meaningOf, result } from "./zvt-codes.ts";
import { momentsOf } from "./zvt-moments.ts";
import { isIdle, type ToldStatus } from "./zvt-questions.ts";

interface Known {
  readonly needs: readonly string[];
  readonly terminalId: string | undefined;
  readonly lastReceipt: string | undefined;
  readonly now: Instant;
  /** The zone of the terminal's own clock. */
  readonly timezone: string;
}

/** The answer to a status enquiry, with what is known of the terminal otherwise. */
export function statusOf(told: ToldStatus, known: Known): TerminalStatus {
  const { needs, terminalId, lastReceipt, now, timezone } = known;
  const offsets = momentsOf(told, now, timezone).map((at) => Math.abs(at - now));
  return {
    state: stateOf(told, needs),
    resultCode: codeText(told.resultCode),
    words: meaningOf(told.resultCode),
    needs,
    ...(terminalId !== undefined && { terminalId }),
    ...(lastReceipt !== undefined && { lastReceipt }),
    ...(told.software !== undefined && { software: told.software }),
    ...(offsets.length > 0 && { clockOffBy: milliseconds(Math.min(...offsets)) }),
  };
}

function stateOf(told: ToldStatus, needs: readonly string[]): TerminalStatus["state"] {
  if (told.isReversing) return "reversing";
  if (!isIdle(told)) return "busy";
  return told.resultCode === result.approved && needs.length === 0 ? "ready" : "attention";
}
