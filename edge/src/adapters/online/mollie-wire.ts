import { jsonOf } from "@gatehouse/shared/json-text";
import { Fault } from "@gatehouse/shared/fault";
import { z } from "zod";
import { carefulFetch, type Sending } from "./careful-fetch.ts";
import { boundedText } from "../bounded-text.ts";

export interface MollieAccess {
  readonly apiKey: string;
  /** Left out: Mollie's own address. */
  readonly url?: string;
  readonly timeoutMs: number;
}

/** The largest honest answer is a payment with its refunds. */
const answerMax = 1024 * 1024;

const Problem = z.object({
  title: z.string().default(""),
  detail: z.string().default(""),
  field: z.string().optional(),
});

/** A request that Mollie refused: surely nothing was booked. */
export interface MollieRefusal {
  readonly status: number;
  readonly words: string;
  /** Which field of the request it did not like. */
  readonly field?: string;
}

/** Mollie's API, version 2: JSON, a bearer key, and an idempotency key for what changes something. */
export class MollieWire {
  readonly #access: MollieAccess;
  readonly #base: string;

  constructor(access: MollieAccess) {
    this.#access = access;
    this.#base = `${(access.url ?? "https://api.mollie.com").replace(/\/+$/, "")}/v2`;
  }

  /** @throws Fault `gateway-unreachable` or `gateway-refused` */
  get<T>(path: string, contract: z.ZodType<T>): Promise<T> {
    return this.#ask("GET", path, contract);
  }

  /** @throws Fault as `get`, and `gateway-answer-lost` */
  post<T>(path: string, contract: z.ZodType<T>, body: unknown, key: string): Promise<T> {
    return this.#ask("POST", path, contract, { body, key });
  }

  /** @throws Fault as `post` */
  async delete(path: string): Promise<void> {
    await this.#ask("DELETE", path, z.unknown());
  }

  async #ask<T>(
    method: "GET" | "POST" | "DELETE",
    path: string,
    contract: z.ZodType<T>,
    change?: { readonly body: unknown; readonly key: string },
  ): Promise<T> {
    const sending: Sending = { maybeSent: false };
    const lost = (words: string, cause?: unknown): Fault => {
      const isDoubtful = method !== "GET" && sending.maybeSent;
      return new Fault(isDoubtful ? "gateway-answer-lost" : "gateway-unreachable", words, {
        cause,
      });
    };
    const { apiKey, timeoutMs } = this.#access;
    let status: number;
    let text: string;
    try {
      const response = await carefulFetch(
        `${this.#base}${path}`,
        {
          method,
          headers: {
            accept: "application/hal+json",
            authorization: `Bearer ${apiKey}`,
            ...(change === undefined
              ? {}
              : { "content-type": "application/json", "idempotency-key": change.key }),
          },
          ...(change === undefined ? {} : { body: JSON.stringify(change.body) }),
          signal: AbortSignal.timeout(timeoutMs),
        },
        sending,
      );
      status = response.status;
      text = await boundedText(response, answerMax);
    } catch (error) {
      throw lost(wordsOf(error), error);
    }
    if (status === 429) throw new Fault("gateway-unreachable", "too many requests");
    if (status >= 400 && status < 500 && status !== 409) throw refusalOf(status, text);
    const answer = status < 300 ? contract.safeParse(answerOf(text)) : undefined;
    if (answer?.success !== true) throw lost(`HTTP ${status}`);
    return answer.data;
  }
}

/** @returns why Mollie refused, where `error` is that */
export function refusalIn(error: unknown): MollieRefusal | undefined {
  if (!(error instanceof Fault) || error.code !== "gateway-refused") return undefined;
  return error.cause as MollieRefusal | undefined;
}

function refusalOf(status: number, text: string): Fault {
  const problem = Problem.safeParse(answerOf(text)).data;
  const words = `${problem?.title ?? ""} ${problem?.detail ?? ""}`.trim().slice(0, 300);
  const field = problem?.field;
  const cause: MollieRefusal = { status, words, ...(field === undefined ? {} : { field }) };
  return new Fault("gateway-refused", `HTTP ${status} ${words}`, { cause });
}

/** An answer without a body is an empty one. */
const answerOf = (text: string): unknown => (text === "" ? {} : jsonOf(text));

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  return error.cause instanceof Error ? error.cause.message : error.message;
}
