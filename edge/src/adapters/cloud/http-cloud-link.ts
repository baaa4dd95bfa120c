import { jsonOf } from "@gatehouse/shared/json-text";
import { Ack, type Batch, HeldPlace } from "@gatehouse/shared/contracts/batch";
import { DirectivePage } from "@gatehouse/shared/contracts/directive";
import { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import type { CloudLink } from "@gatehouse/shared/ports/cloud-link";
import type { z } from "zod";
import { boundedText } from "../bounded-text.ts";

/** Real time: a line that is silent so long is as good as cut. */
const answerLimitMs = 20_000;
/** Head office takes 16 MiB; a batch beyond this is sent in parts. */
const uploadMax = 15 * 1024 * 1024;
/** The largest honest answer is a page of 200 directives. */
const answerMax = 4 * 1024 * 1024;

export interface HttpCloudLinkOptions {
  /** Where head office lives, for example `https://office.example.com`; a path is kept. */
  readonly url: string;
  readonly facilityId: string;
  readonly token: string;
  readonly timeoutMs?: number;
  /** Another way to the same routes, for example without a network. */
  readonly fetch?: (url: string, request: RequestInit) => Response | Promise<Response>;
}

interface Answer {
  readonly status: number;
  /** Undefined when it is not JSON. */
  readonly json: unknown;
}

/** Head office over HTTP. */
export class HttpCloudLink implements CloudLink {
  readonly #options: HttpCloudLinkOptions;
  readonly #base: string;

  constructor(options: HttpCloudLinkOptions) {
    this.#options = options;
    const facility = encodeURIComponent(options.facilityId);
    this.#base = `${options.url.replace(/\/+$/, "")}/v1/facilities/${facility}`;
  }

  /**
   * Sends a batch, or as many of its first lines as one request may hold. Where head office misses earlier lines, its
   * answer is the acknowledgement to go on from, as if the batch had been taken.
   */
  async send(batch: Batch): Promise<Ack> {
    const answer = await this.#ask("/batches", { method: "POST", body: bodyOf(batch) });
    const isHole = answer.status === 409 && typeOf(answer) === "ledger-hole";
    return read(Ack, isHole ? { ...answer, status: 200 } : answer);
  }

  async heldAt(epoch: number, seq: number): Promise<HeldPlace | undefined> {
    const answer = await this.#ask(`/ledger?epoch=${epoch}&seq=${seq}`, { method: "GET" });
    if (answer.status === 404 && typeOf(answer) === "no-such-page") return undefined;
    return read(HeldPlace, answer);
  }

  async pull(after: number): Promise<DirectivePage> {
    return read(DirectivePage, await this.#ask(`/directives?after=${after}`, { method: "GET" }));
  }

  async #ask(path: string, request: { method: string; body?: string }): Promise<Answer> {
    const { token, timeoutMs, fetch = globalThis.fetch } = this.#options;
    try {
      const response = await fetch(`${this.#base}${path}`, {
        ...request,
        headers: {
          accept: "application/json",
          authorization: `Bearer ${token}`,
          ...(request.body === undefined ? {} : { "content-type": "application/json" }),
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
}

function bodyOf(batch: Batch): string {
  let lines = batch.lines;
  let body = JSON.stringify(batch);
  while (Buffer.byteLength(body) > uploadMax && lines.length > 1) {
    lines = lines.slice(0, Math.ceil(lines.length / 2));
    body = JSON.stringify({ ...batch, lines });
  }
  return body;
}

/** @throws Fault `cloud-refused` where sending the same again helps nobody, `cloud-unreachable` where it may */
function read<T>(contract: z.ZodType<T>, answer: Answer): T {
  const { status, json } = answer;
  if (status === 200) {
    const checked = contract.safeParse(json);
    if (checked.success) return checked.data;
    throw new Fault("cloud-unreachable", "something that is not head office answers");
  }
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  throw new Fault(isRefused ? "cloud-refused" : "cloud-unreachable", wordsOf(answer));
}

function wordsOf({ status, json }: Answer): string {
  const problem = Problem.safeParse(json).data;
  if (problem === undefined) return `HTTP ${status}`;
  const complaint = problem.errors?.[0];
  const where =
    complaint === undefined ? problem.detail : `${complaint.path}: ${complaint.message}`;
  return [`${problem.type}: ${problem.title}`, where, problem.hint].filter(Boolean).join(" ");
}

const typeOf = ({ json }: Answer): string | undefined => Problem.safeParse(json).data?.type;

/** `fetch` hides what happened to the connection in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause ? String(cause.code) : "";
  return [code, cause.message].filter(Boolean).join(" ");
}
