import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf, LoopbackHttp } from "./loopback-http.ts";

/**
 * What goes wrong on the way. `silent`: takes the request and does nothing; `silent-after`: does it and never answers;
 * `lost-answer`: does it, then cuts the connection; `cut`: cuts it before doing anything; `error`: 500 without doing it;
 * `error-after`: does it, then says 500; `busy`: 409, the same key is still at work; `limited`: 429; `garbage`: does it
 * and answers nonsense.
 */
export type OnlineFault =
  | "silent"
  | "silent-after"
  | "lost-answer"
  | "cut"
  | "error"
  | "error-after"
  | "busy"
  | "limited"
  | "garbage";

export interface OnlineRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

export interface OnlineReply {
  readonly status: number;
  readonly body: unknown;
}

/** How one make words its troubles. */
export interface OnlineWords {
  readonly unauthorised: OnlineReply;
  readonly busy: OnlineReply;
  readonly limited: OnlineReply;
  readonly error: OnlineReply;
  readonly otherRequest: OnlineReply;
}

/** How many requests are remembered for a test to look at. */
const seenMax = 10_000;

/** The HTTP side of a simulated gateway: its key, its faults, and the memory of idempotency keys. */
export class OnlineServer extends LoopbackHttp {
  readonly name = "online gateway";
  readonly seen: OnlineRequest[] = [];
  readonly #apiKey: string;
  readonly #words: OnlineWords;
  readonly #route: (request: OnlineRequest) => OnlineReply;
  readonly #answered = new Map<string, { readonly print: string; readonly reply: OnlineReply }>();
  readonly #faults: OnlineFault[] = [];

  /** @param route does what is asked; it is asked once for one idempotency key */
  constructor(apiKey: string, words: OnlineWords, route: (request: OnlineRequest) => OnlineReply) {
    super();
    this.#apiKey = apiKey;
    this.#words = words;
    this.#route = route;
  }

  /** The next requests meet these, one each. */
  failNext(...faults: readonly OnlineFault[]): void {
    this.#faults.push(...faults);
  }

  /** Keys live for a day at least; this is the day after. */
  forgetKeys(): void {
    this.#answered.clear();
  }

  protected async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => response.destroy());
    const body = await bodyOf(message);
    const url = new URL(message.url ?? "/", "http://gateway");
    const request: OnlineRequest = {
      method: message.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      body,
      headers: message.headers,
    };
    if (this.seen.push(request) > seenMax) this.seen.shift();
    const fault = this.#faults.shift();
    if (fault === "silent") return;
    if (fault === "cut") return void response.destroy();
    const reply = this.#replyTo(request, fault);
    if (fault === "silent-after") return;
    if (fault === "lost-answer") return void response.destroy();
    if (fault === "garbage") return void response.end("<html>hello</html>");
    send(response, fault === "error-after" ? this.#words.error : reply);
  }

  #replyTo(request: OnlineRequest, fault: OnlineFault | undefined): OnlineReply {
    if (fault === "busy") return this.#words.busy;
    if (fault === "limited") return this.#words.limited;
    if (fault === "error") return this.#words.error;
    if (request.headers.authorization !== `Bearer ${this.#apiKey}`) {
      return this.#words.unauthorised;
    }
    const key = request.headers["idempotency-key"];
    if (request.method !== "POST" || typeof key !== "string") return this.#route(request);
    const print = createHash("sha256").update(`${request.path}\n${request.body}`).digest("hex");
    const known = this.#answered.get(key);
    if (known !== undefined) return known.print === print ? known.reply : this.#words.otherRequest;
    const reply = this.#route(request);
    // What fails before anything is done may be asked again under its key.
    if (reply.status < 400 || reply.status === 402 || reply.status >= 500) {
      this.#answered.set(key, { print, reply });
    }
    return reply;
  }
}

function send(response: ServerResponse, { status, body }: OnlineReply): void {
  if (body === undefined) return void response.writeHead(status).end();
  response
    .writeHead(status, { "content-type": "application/json", "request-id": "req_simulated" })
    .end(JSON.stringify(body));
}
