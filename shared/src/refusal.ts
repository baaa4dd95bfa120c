import type { Problem } from "./contracts/problem.ts";

/**
 * A refused request as a `Response` (RFC 9457); further members of the problem go into its body too.
 *
 * @param headers added to it, for example `retry-after`
 */
export function refuse(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

/** @param type a stable code in kebab-case */
export const problem = (status: number, type: string, title: string, hint?: string): Problem => ({
  type,
  title,
  status,
  ...(hint === undefined ? {} : { hint }),
});
