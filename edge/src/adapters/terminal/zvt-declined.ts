import { Fault } from "@gatehouse/shared/fault";
import type { Declined } from "@gatehouse/shared/ports/terminal";
import { adviceOf, codeText, isBusy, meaningOf, result } from "./zvt-codes.ts";

/** A terminal's result code as the port tells it. */
export const declined = (code: number): Declined => ({
  kind: "declined",
  resultCode: codeText(code),
  reason: meaningOf(code),
  advice: adviceOf(code),
});

/**
 * A command that was refused before anything had begun.
 *
 * @throws Fault `terminal-busy`, or `terminal-unreachable` for one that must be registered again first
 */
export function refused(code: number): Declined {
  if (isBusy(code)) throw new Fault("terminal-busy", meaningOf(code));
  if (code === result.notRegistered) throw new Fault("terminal-unreachable", meaningOf(code));
  return declined(code);
}
