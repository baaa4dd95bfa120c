import { FacilityDetail, Overview } from "@gatehouse/shared/contracts/office";
import { Problem } from "@gatehouse/shared/contracts/problem";

/** How long the page waits for an answer; real time. */
const patienceMs = 15_000;

/** What the page makes of an answer, checked by its contract. */
export type Told<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly problem: Problem; readonly retryAfterMs: number }
  /** Nothing came back, or nothing that is head office. */
  | { readonly kind: "unreachable" }
  /** Something came back that no contract knows. */
  | { readonly kind: "broken" };

/** The part of a contract that the page's door needs. */
interface Contract<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

const nothing: Contract<undefined> = { safeParse: () => ({ success: true, data: undefined }) };

export const askOverview = (search: string): Promise<Told<Overview>> =>
  ask("GET", `/api/overview?search=${encodeURIComponent(search)}`, Overview);
export const askFacility = (id: string): Promise<Told<FacilityDetail>> =>
  ask("GET", `/api/facilities/${encodeURIComponent(id)}`, FacilityDetail);

export const signIn = (token: string): Promise<Told<undefined>> =>
  ask("POST", "/api/login", nothing, { token });
export const signOut = (): Promise<Told<undefined>> => ask("POST", "/api/logout", nothing);
export const resolveAlert = (facilityId: string, alertId: string): Promise<Told<undefined>> =>
  ask(
    "POST",
    `/api/facilities/${encodeURIComponent(facilityId)}/alerts/${encodeURIComponent(alertId)}/resolve`,
    nothing,
  );

async function ask<T>(
  method: "GET" | "POST",
  path: string,
  contract: Contract<T>,
  body?: object,
): Promise<Told<T>> {
  const response = await fetch(path, {
    method,
    signal: AbortSignal.timeout(patienceMs),
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
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
  if (response.status >= 500) return { kind: "unreachable" };
  if (!problem.success) return { kind: "broken" };
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : 0;
  return { kind: "refused", problem: problem.data, retryAfterMs };
}

/** An empty answer is nothing, and so is one that breaks off or is no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
