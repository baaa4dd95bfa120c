import { z } from "zod";
import { cardSchemes } from "../ports/terminal.ts";

const terminalId = z.string().min(1).max(64);

/** What the control socket takes of card terminals. */
export const terminalRequests = [
  z.object({ verb: z.literal("terminal-status"), terminal_id: terminalId }),
  z.object({ verb: z.literal("terminal-totals"), terminal_id: terminalId }),
  /** Answered when it has ended, or after some seconds with `running`; the same `request_id` asks again. */
  z.object({
    verb: z.literal("terminal-end-of-day"),
    terminal_id: terminalId,
    actor: z.string().min(1).max(64),
    request_id: z.string().min(8).max(64),
  }),
] as const;

/** `data` of an answer to `terminal-status`. */
export const TerminalStatusData = z.object({
  terminal_id: z.string(),
  state: z.enum(["ready", "busy", "reversing", "attention"]),
  /** As the terminal writes it. */
  result_code: z.string(),
  words: z.string(),
  needs: z.array(z.string()),
  /** What the terminal calls itself. */
  own_id: z.string().nullable(),
  last_receipt: z.string().nullable(),
  software: z.string().nullable(),
  /** How far its clock is from ours, either way; null where it does not tell. */
  clock_off_s: z.number().nullable(),
});
export type TerminalStatusData = z.infer<typeof TerminalStatusData>;

/** `data` of an answer to `terminal-totals` and, once it has ended, to `terminal-end-of-day`. */
export const TerminalTotalsData = z.object({
  terminal_id: z.string(),
  sentence: z.string(),
  currency: z.string(),
  /** Null where the terminal tells its totals on paper only. */
  totals: z
    .object({
      from_receipt: z.string(),
      to_receipt: z.string(),
      count: z.number().int(),
      amount_minor: z.number().int(),
      schemes: z.array(
        z.object({
          scheme: z.enum(cardSchemes),
          count: z.number().int(),
          amount_minor: z.number().int(),
        }),
      ),
    })
    .nullable(),
  /** What the terminal wants printed. */
  lines: z.array(z.string()),
});
export type TerminalTotalsData = z.infer<typeof TerminalTotalsData>;

export const TerminalRunningData = z.object({
  terminal_id: z.string(),
  state: z.literal("running"),
  sentence: z.string(),
});
export type TerminalRunningData = z.infer<typeof TerminalRunningData>;
