import { Problem } from "../contracts/problem.ts";
import type { AnswerOf, V1Listing, V1Route } from "../contracts/v1/route.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import { problem } from "../refusal.ts";
import { milliseconds, seconds } from "../time.ts";
import { addressOf, type AnyAsked, type AskedOf } from "./asked.ts";

/** A request is sent at most so often. */
const triesMax = 5;
const firstPause = milliseconds(250);
/** However long head office asks to wait, it is asked again after this. */
const longestPause = seconds(60);

export interface ClientPorts {
  /** Where head office is, for example `https://office.example`. */
  readonly url: string;
  /** A personal API token; without one only what anybody may ask is answered. */
  readonly token?: string;
  readonly clock: Pick<Clock, "sleep">;
  readonly random: Random;
  /** Another way to send than the platform's own. */
  readonly fetch?: (url: string, request: RequestInit) => Promise<Response>;
}

/** What became of a question. A refusal is a value, like an answer. */
export type Told<Answer> =
  | { readonly kind: "answer"; readonly answer: Answer; readonly etag: string | undefined }
  /** What one has still holds. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * Head office's API for programs. What a route takes and answers is known from the route's own value, the one that its
 * code and its OpenAPI document are made from.
 *
 * What may succeed by itself a moment later is asked again, with growing pauses: no connection, 429, 502, 503, 504 and
 * a request that is still under way. A change carries an Idempotency-Key, so that it is made once however often it is
 * sent.
 */
export class Client {
  readonly #ports: ClientPorts;

  constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  /** Asks. @throws DOMException `AbortError` when `signal` ends it */
  async ask<Route extends V1Route>(
    route: Route,
    asked: AskedOf<Route>,
  ): Promise<Told<AnswerOf<Route>>> {
    const given = asked as AnyAsked;
    const url = new URL(addressOf(route, given), this.#ports.url).href;
    const request = this.#requestFor(route, given);
    for (let tries = 1; ; tries += 1) {
      const response = await this.#send(url, request);
      if (response instanceof Response && !isPassing(response)) return read(route, response);
      if (tries === triesMax)
        return response instanceof Response
          ? read(route, response)
          : { kind: "problem", problem: { ...unreachable, detail: response.message } };
      await this.#ports.clock.sleep(this.#pause(response, tries));
      given.signal?.throwIfAborted();
    }
  }

  /** Every page of a list, one after the other. @throws ProblemError where one is refused */
  async *pages<Route extends V1Listing>(
    route: Route,
    asked: AskedOf<Route>,
  ): AsyncGenerator<AnswerOf<Route>> {
    let { query = {} } = asked as AnyAsked;
    for (;;) {
      const told = await this.ask(route, { ...asked, query } as AskedOf<Route>);
      if (told.kind === "unchanged") return;
      if (told.kind === "problem") throw new ProblemError(told.problem);
      yield told.answer;
      const { next_cursor: cursor } = told.answer as { next_cursor: string | null };
      if (cursor === null) return;
      query = { ...query, cursor };
    }
  }

  #requestFor({ method }: V1Route, { body, etag, signal, idempotencyKey }: AnyAsked): RequestInit {
    const { token, random } = this.#ports;
    const headers = {
      accept: "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(etag === undefined ? {} : { "if-none-match": etag }),
      ...(method === "POST" ? { "idempotency-key": idempotencyKey ?? random.id() } : {}),
    };
    return {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  async #send(url: string, request: RequestInit): Promise<Response | Error> {
    try {
      return await (this.#ports.fetch ?? fetch)(url, request);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof TypeError) return error; // so `fetch` says that there is no connection
      throw error;
    }
  }

  /** As long as head office says, else twice as long each time, and never all at the same moment. */
  #pause(response: Response | Error, tries: number) {
    const told =
      response instanceof Response ? Number(response.headers.get("retry-after") ?? 0) : 0;
    const grown = firstPause * 2 ** (tries - 1) * (0.5 + this.#ports.random.fraction() / 2);
    return milliseconds(Math.min(longestPause, Math.max(told * 1000, Math.round(grown))));
  }
}

/** A refusal in the middle of a list. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(refusal: Problem) {
    super(`${refusal.status} ${refusal.type}: ${refusal.title}`);
    this.problem = refusal;
  }
}

const passing = new Set([429, 502, 503, 504]);
const isPassing = ({ status, headers }: Response): boolean =>
  passing.has(status) || (status === 409 && headers.has("retry-after"));

const unreachable = problem(503, "unreachable", "Head office cannot be reached.");
const foreign = problem(502, "not-understood", "The answer is not the one that this route has.");

async function read<Route extends V1Route>(
  route: Route,
  response: Response,
): Promise<Told<AnswerOf<Route>>> {
  if (response.status === 304) return { kind: "unchanged" };
  const text = await response.text();
  const json = jsonOf(text);
  if (!response.ok) {
    const told = Problem.safeParse(json);
    const bare = problem(response.status, "no-problem", "Something before head office refused it.");
    return { kind: "problem", problem: told.success ? told.data : bare };
  }
  const etag = response.headers.get("etag") ?? undefined;
  if (route.answer === "nothing")
    return { kind: "answer", answer: undefined as AnswerOf<Route>, etag };
  const answer = route.answer.safeParse(json);
  return answer.success
    ? { kind: "answer", answer: answer.data as AnswerOf<Route>, etag }
    : { kind: "problem", problem: { ...foreign, detail: answer.error.message } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
