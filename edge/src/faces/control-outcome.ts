import type { ControlAnswer, RefusedData } from "@gatehouse/shared/contracts/control";

/** 0 done or healthy, 1 attention, 2 refused or a failed check, 3 fault, 64 a request nobody understands. */
export const exitCodes = { healthy: 0, attention: 1, refused: 2, fault: 3, usage: 64 } as const;

/** All is well, or it is done. */
export const healthy = (verdict: string, data: object): ControlAnswer => ({
  exit_code: exitCodes.healthy,
  verdict,
  data,
});

/** How many there are, as a sentence. @param thing one of them */
export const counted = (count: number, thing: string): string =>
  count === 1 ? `1 ${thing}.` : `${count} ${thing}s.`;

/** @param reason a stable code for programs @param hint what a person can do about it */
export function refused(
  exitCode: number,
  verdict: string,
  reason: string,
  hint: string | null,
): ControlAnswer {
  return { exit_code: exitCode, verdict, data: { reason, hint } satisfies RefusedData };
}
