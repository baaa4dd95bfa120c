import { Problem } from "@gatehouse/shared/contracts/problem";

/** How long a page waits for an answer; real time. */
const patienceMs = 15_000;

/** What a page makes of an answer, checked by its contract. */
export type Told<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly problem: Problem; readonly retryAfterMs: number }
  /** Nothing came back, or nothing of ours: the request may or may not have arrived. */
  | { readonly kind: "unreachable" }
  /** Something came back that no contract knows. */
  | { readonly kind: "broken" };

/** The part of a contract that a page's door needs. */
export interface Contract<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** Of an answer whose body says nothing. */
export const nothing: Contract<undefined> = {
  safeParse: () => ({ success: true, data: undefined }),
};

/**
 * Asks the page's own server. It never throws: whatever goes wrong is in what is told.
 *
 * @param body sent as JSON; a file is sent as it is
 * @param stop aborts it, when nobody waits for the answer any more
 * @param waitMs how long the answer may take; what counts through a month takes longer than the usual
 */
export async function ask<T>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  contract: Contract<T>,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
  stop?: AbortSignal,
  waitMs = patienceMs,
): Promise<Told<T>> {
  const sent =
    body === undefined || body instanceof Blob
      ? { type: body?.type ?? "", body }
      : { type: "application/json", body: JSON.stringify(body) };
  const response = await fetch(path, {
    method,
    signal: AbortSignal.any([AbortSignal.timeout(waitMs), ...(stop === undefined ? [] : [stop])]),
    headers: { ...headers, ...(sent.type === "" ? {} : { "content-type": sent.type }) },
    ...(sent.body === undefined ? {} : { body: sent.body }),
  }).catch(() => undefined);
  if (response === undefined) return { kind: "unreachable" };
  const value = await jsonOf(response);
  return response.ok ? accepted(contract, value) : refused(response, value);
}

function accepted<T>(contract: Contract<T>, value: unknown): Told<T> {
  const checked = contract.safeParse(value);
  return checked.success ? { kind: "ok", value: checked.data } : { kind: "broken" };
}

function refused(response: Response, value: unknown): Told<never> {
  const problem = Problem.safeParse(value);
  if (!problem.success) return { kind: response.status >= 500 ? "unreachable" : "broken" };
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  return {
    kind: "refused",
    problem: problem.data,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
  };
}

/** An empty answer is nothing, and so is one that breaks off or is no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
