import { jsonOf } from "@gatehouse/shared/json-text";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import type { z } from "zod";
import { boundedText } from "../bounded-text.ts";

/** Real time: a line that is silent so long is as good as cut. */
const answerLimitMs = 20_000;
/** The largest honest answer is a page of 200 directives. */
const answerMax = 4 * 1024 * 1024;

/** A way to head office's routes, for example without a network. */
export type Fetch = (url: string, request: RequestInit) => Response | Promise<Response>;

export interface OfficeRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly body?: string;
  /** The facility's; left out: nobody is named. */
  readonly token?: string;
  readonly timeoutMs?: number | undefined;
  readonly fetch?: Fetch | undefined;
}

export interface OfficeAnswer {
  readonly status: number;
  /** Undefined when it is not JSON. */
  readonly json: unknown;
}

/** Asks head office once. @throws Fault `cloud-unreachable`: it may or may not have heard */
export async function askOffice(request: OfficeRequest): Promise<OfficeAnswer> {
  const { url, method, body, token, timeoutMs, fetch = globalThis.fetch } = request;
  try {
    const response = await fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        accept: "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      // The token goes to head office and nowhere that an answer may point to.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs ?? answerLimitMs),
    });
    return { status: response.status, json: jsonOf(await boundedText(response, answerMax)) };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("cloud-unreachable", reasonOf(error), { cause: error });
  }
}

/** @throws Fault `cloud-refused` where sending the same again helps nobody, `cloud-unreachable` where it may */
export function readAnswer<T>(contract: z.ZodType<T>, answer: OfficeAnswer): T {
  const { status, json } = answer;
  if (status === 200) {
    const checked = contract.safeParse(json);
    if (checked.success) return checked.data;
    throw new Fault("cloud-unreachable", "something that is not head office answers");
  }
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  throw new Fault(isRefused ? "cloud-refused" : "cloud-unreachable", wordsOf(answer));
}

function wordsOf({ status, json }: OfficeAnswer): string {
  const problem = Problem.safeParse(json).data;
  if (problem === undefined) return `HTTP ${status}`;
  const complaint = problem.errors?.[0];
  const where =
    complaint === undefined ? problem.detail : `${complaint.path}: ${complaint.message}`;
  return [`${problem.type}: ${problem.title}`, where, problem.hint].filter(Boolean).join(" ");
}

/** The code of the problem that an answer tells of. */
export const typeOf = ({ json }: OfficeAnswer): string | undefined =>
  Problem.safeParse(json).data?.type;

/** `fetch` hides what happened to the connection in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause ? String(cause.code) : "";
  return [code, cause.message].filter(Boolean).join(" ");
}
