import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { Fault } from "@gatehouse/shared/fault";
import { type Credentials, SignIn } from "@gatehouse/shared/sign-in";

export interface SignedHttpOptions {
  /** The device's address; of its path nothing is used. */
  readonly url: string;
  readonly credentials: Credentials | undefined;
  /** What makes each signed request another one. */
  readonly newNonce: () => string;
  /** Real milliseconds until an answer must be there whole; 3000 when left out. */
  readonly timeoutMs?: number;
  /** No answer is larger; 4 MiB when left out. */
  readonly bodyBytes?: number;
}

export interface SignedRequest {
  readonly method: "GET" | "PUT" | "POST";
  /** With its query, as on the request's first line. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  /** Called in the moment the request is handed to the system, for each try. */
  readonly handed?: () => void;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

export interface SignedAnswer {
  /** Any but 401. */
  readonly status: number;
  readonly body: Buffer;
}

const defaults = { timeoutMs: 3000, bodyBytes: 4 * 1024 * 1024 };
/** One unsigned, one signed, and one more for a nonce that has run out. */
const mostTries = 3;
/** Signed requests refused in a row: devices lock an account after a few more. */
const mostRefusals = 2;

/**
 * Asks one device's HTTP server, one request after the other, signing in where it wants that (Digest or Basic).
 * Every request has a connection of its own and is sent once: what a lost answer had done is not known. After two
 * refusals in a row nothing is sent any more, until `forgive` or a restart.
 */
export class SignedHttp {
  readonly #options: SignedHttpOptions;
  readonly #base: URL;
  #signIn: SignIn;
  #refusals = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SignedHttpOptions) {
    this.#options = options;
    this.#base = new URL(options.url);
    this.#signIn = new SignIn(options.credentials, options.newNonce);
  }

  /** `http://10.0.0.5`: without what signs in. */
  get address(): string {
    return this.#base.origin;
  }

  /** Whether the device has refused our credentials so often that it is left alone. */
  get isShutOut(): boolean {
    return this.#refusals >= mostRefusals;
  }

  /** Forgets the refusals: somebody has looked at the credentials. */
  forgive(): void {
    this.#refusals = 0;
    this.#signIn = new SignIn(this.#options.credentials, this.#options.newNonce);
  }

  /** @throws Fault `wire-unreachable`, `wire-timeout`, `wire-noise`, `wire-exception` or `sign-in-refused` */
  ask(request: SignedRequest): Promise<SignedAnswer> {
    return this.#inTurn(async () => {
      const patience = AbortSignal.timeout(this.#options.timeoutMs ?? defaults.timeoutMs);
      const signal = AbortSignal.any([patience, ...(request.signal ? [request.signal] : [])]);
      try {
        const answer = await this.#signed({ ...request, signal });
        return { status: answer.statusCode ?? 0, body: await this.#bodyOf(answer) };
      } catch (error) {
        throw this.#faultOf(error, patience.aborted);
      }
    });
  }

  /**
   * As `ask`, for an answer that goes on: the patience holds for its beginning.
   *
   * @returns the answer, of which nothing has been read; `signal` ends it
   */
  open(request: SignedRequest): Promise<IncomingMessage> {
    return this.#inTurn(async () => {
      const giveUp = new AbortController();
      const timer = setTimeout(() => giveUp.abort(), this.#options.timeoutMs ?? defaults.timeoutMs);
      const signal = AbortSignal.any([giveUp.signal, ...(request.signal ? [request.signal] : [])]);
      try {
        return await this.#signed({ ...request, signal });
      } catch (error) {
        throw this.#faultOf(error, giveUp.signal.aborted);
      } finally {
        clearTimeout(timer);
      }
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #signed(request: SignedRequest): Promise<IncomingMessage> {
    if (this.isShutOut) throw this.#refused();
    for (let tries = 1; ; tries += 1) {
      const authorization = this.#signIn.authorise(request.path, request.method);
      const answer = await this.#send(request, authorization);
      if (answer.statusCode !== 401) {
        this.#refusals = 0;
        return answer;
      }
      answer.destroy();
      const wasSigned = authorization !== undefined;
      if (wasSigned) this.#refusals += 1;
      const challenge = answer.headersDistinct["www-authenticate"]?.join(", ");
      const mayTry = this.#signIn.learn(challenge, wasSigned);
      if (!mayTry || this.isShutOut || tries === mostTries) throw this.#refused();
    }
  }

  #send(request: SignedRequest, authorization: string | undefined): Promise<IncomingMessage> {
    const { method, path, body, contentType, signal, handed } = request;
    const ask = this.#base.protocol === "https:" ? https.request : http.request;
    const headers = {
      "accept-encoding": "identity",
      connection: "close",
      ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      ...(contentType === undefined ? {} : { "content-type": contentType }),
      ...(authorization === undefined ? {} : { authorization }),
    };
    return new Promise((resolve, reject) => {
      const { protocol, hostname, port } = this.#base;
      const target = { protocol, hostname: hostname.replaceAll(/[[\]]/g, ""), port, path };
      const asked = ask({ ...target, method, headers, agent: false, signal });
      asked.on("response", (answer) => {
        // Whoever reads it hears of its errors by the reading; one that nobody reads must not end the process.
        answer.on("error", () => undefined);
        resolve(answer);
      });
      asked.on("error", reject);
      asked.end(body);
      handed?.();
    });
  }

  async #bodyOf(answer: IncomingMessage): Promise<Buffer> {
    const most = this.#options.bodyBytes ?? defaults.bodyBytes;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) {
        answer.destroy();
        throw new Fault("wire-noise", `${this.address} answers more than ${most} bytes`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #refused(): Fault {
    const why = this.#signIn.hasCredentials
      ? "does not accept the user and password of secrets.json"
      : "wants a user and a password: write them into secrets.json";
    return new Fault("sign-in-refused", `${this.address} ${why}`);
  }

  #faultOf(error: unknown, isLate: boolean): Fault {
    if (error instanceof Fault) return error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (isLate) return new Fault("wire-timeout", `${this.address} does not answer in time`);
    const cause = error;
    const isNoise = code.startsWith("HPE_") || code === "ERR_STREAM_PREMATURE_CLOSE";
    const kind = isNoise ? "wire-noise" : "wire-unreachable";
    return new Fault(kind, `${this.address}: ${message || code}`, { cause });
  }
}
