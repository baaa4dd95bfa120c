import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { SignedAnswer, SignedHttp, SignedRequest } from "./signed-http.ts";

/** The way to a camera that switches relays: every request has a connection of its own. */
export class HttpWire implements Part {
  readonly name: string;
  readonly address: string;
  readonly #http: SignedHttp;
  readonly #counts: Record<string, number> = { requests: 0 };
  readonly #stopped = new AbortController();
  #pending = 0;

  constructor(name: string, http: SignedHttp) {
    this.name = name;
    this.address = http.address;
    this.#http = http;
  }

  /** Requests, and how many ended in each kind of fault. */
  get counters(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  /** Requests that wait or are under way. */
  get pending(): number {
    return this.#pending;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.#stopped.abort();
  }

  /**
   * Asks once. Whatever answer comes is judged by `judge`, whose fault counts as one of the wire.
   *
   * @throws Fault `wire-unreachable`, `wire-timeout`, `wire-noise`, `wire-exception` or `sign-in-refused`
   */
  async ask<Answer>(
    request: SignedRequest,
    judge: (answer: SignedAnswer) => Answer,
  ): Promise<Answer> {
    this.#count("requests");
    this.#pending += 1;
    try {
      if (this.#stopped.signal.aborted) {
        throw new Fault("wire-unreachable", `${this.address}: stopped`);
      }
      return judge(await this.#http.ask({ ...request, signal: this.#stopped.signal }));
    } catch (error) {
      if (error instanceof Fault) this.#count(error.code.replaceAll("-", "_"));
      throw error;
    } finally {
      this.#pending -= 1;
    }
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1;
  }
}
