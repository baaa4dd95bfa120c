import type { ControlAnswer, RefusedData } from "@gatehouse/shared/contracts/control";

/** 0 done or healthy, 1 attention, 2 refused or a failed check, 3 fault, 64 a request nobody understands. */
export const exitCodes = { healthy: 0, attention: 1, refused: 2, fault: 3, usage: 64 } as const;

/** @param reason a stable code for programs @param hint what a person can do about it */
export function refused(
  exitCode: number,
  verdict: string,
  reason: string,
  hint: string | null,
): ControlAnswer {
  return { exit_code: exitCode, verdict, data: { reason, hint } satisfies RefusedData };
}
