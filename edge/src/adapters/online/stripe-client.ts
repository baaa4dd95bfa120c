import { AsyncLocalStorage } from "node:async_hooks";
import { Fault } from "@gatehouse/shared/fault";
import Stripe from "stripe";
import { carefulFetch, type Sending } from "./careful-fetch.ts";

export interface StripeAccess {
  readonly apiKey: string;
  /** Left out: Stripe's own address. */
  readonly url?: string;
  readonly timeoutMs: number;
  /** How often the library itself repeats a request under its key before we hear of it. */
  readonly retries: number;
}

/** Stripe's library, and what its errors mean to us. */
export class StripeClient {
  readonly #stripe: Stripe;
  readonly #sending = new AsyncLocalStorage<Sending>();

  constructor(access: StripeAccess) {
    const http = Stripe.createFetchHttpClient((url: string | URL | Request, init?: RequestInit) =>
      carefulFetch(url, init, this.#sending.getStore() ?? { maybeSent: true }),
    );
    this.#stripe = new Stripe(access.apiKey, {
      ...placeOf(access.url),
      httpClient: http,
      telemetry: false,
      timeout: access.timeoutMs,
      maxNetworkRetries: access.retries,
    });
  }

  /** Asks for something that changes nothing. @throws Fault `gateway-unreachable` or `gateway-refused` */
  read<T>(question: (stripe: Stripe) => Promise<T>): Promise<T> {
    return this.#run(question, false);
  }

  /** Asks for a change, under an idempotency key. @throws Fault as `read`, and `gateway-answer-lost` */
  change<T>(request: (stripe: Stripe) => Promise<T>): Promise<T> {
    return this.#run(request, true);
  }

  get webhooks(): Stripe.Webhooks {
    return this.#stripe.webhooks;
  }

  #run<T>(request: (stripe: Stripe) => Promise<T>, changes: boolean): Promise<T> {
    const sending: Sending = { maybeSent: false };
    return this.#sending.run(sending, async () => {
      try {
        return await request(this.#stripe);
      } catch (error) {
        throw faultOf(error, changes && sending.maybeSent) ?? error;
      }
    });
  }
}

/**
 * Card errors are answers, not faults: they are left as they are. A limit of requests (429) and a refusal (400, 401,
 * 403, 404) book nothing; after a conflict (409: the first request is still running), an error of their own (5xx) and
 * silence nobody knows.
 */
function faultOf(error: unknown, doubtful: boolean): Fault | undefined {
  if (!(error instanceof Stripe.errors.StripeError)) return undefined;
  if (error instanceof Stripe.errors.StripeCardError) return undefined;
  const words = `${error.type} ${error.code ?? ""} ${error.message}`.slice(0, 300);
  if (error instanceof Stripe.errors.StripeRateLimitError) {
    return new Fault("gateway-unreachable", words, { cause: error });
  }
  const status = error.statusCode ?? 0;
  const isRefused = status >= 400 && status < 500 && status !== 409;
  if (isRefused) return new Fault("gateway-refused", words, { cause: error });
  return new Fault(doubtful ? "gateway-answer-lost" : "gateway-unreachable", words, {
    cause: error,
  });
}

function placeOf(url: string | undefined): Stripe.StripeConfig {
  if (url === undefined) return {};
  const { protocol, hostname, port } = new URL(url);
  const isPlain = protocol === "http:";
  return {
    host: hostname,
    port: port === "" ? (isPlain ? 80 : 443) : Number(port),
    protocol: isPlain ? "http" : "https",
  };
}
