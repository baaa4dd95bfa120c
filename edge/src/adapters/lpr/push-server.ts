import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { isToken, tokenIn } from "@gatehouse/shared/bearer-token";
import type { Problem } from "@gatehouse/shared/contracts/problem";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Stopwatch } from "@gatehouse/shared/ports/clock";
import type { DeviceReport, Reporting } from "@gatehouse/shared/ports/device";
import type { DeviceDoor, DoorVisitor } from "@gatehouse/shared/ports/device-door";
import type { Log } from "@gatehouse/shared/ports/log";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { receiveBody } from "./push-body.ts";
import type { PushedBody } from "./push-format.ts";
import { problems } from "./push-problems.ts";
import type { PushAnswer, PushReaderConfig } from "./push-reader.ts";

/** Who takes the pushes that carry its name and token: a plate camera, or a network server of sensors. */
export interface PushTarget {
  readonly id: string;
  /** Of a plate camera. */
  readonly config?: PushReaderConfig;
  /** @param receivedMs stopwatch reading when the last byte had arrived */
  receive(body: PushedBody, receivedMs: number): PushAnswer;
  count(what: string): void;
}

export interface PushServerOptions {
  readonly host: string;
  /** 0 takes any free one; `port` then tells which. */
  readonly port: number;
  readonly readers: readonly PushTarget[];
  /** Reader id → SHA-256 (hex) of its token. A reader without one is refused. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly stopwatch: Stopwatch;
  readonly log: Log;
  readonly limits?: Partial<PushLimits>;
}

export interface PushLimits {
  readonly bodyBytes: number;
  /** Real milliseconds for the head of a request, and for the whole of it. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly connections: number;
  /** Bodies of one reader that are being received at a time. */
  readonly bodiesPerReader: number;
}

const defaultLimits: PushLimits = {
  bodyBytes: 8 * 1024 * 1024,
  headMs: 10_000,
  requestMs: 30_000,
  connections: 256,
  bodiesPerReader: 4,
};

/** How often slow requests are looked for, and how long a camera may keep an idle connection. */
const slowCheckMs = 1000;
const idleConnectionMs = 60_000;

type PushContext = Context<{ Bindings: HttpBindings }>;

/**
 * The door for cameras that push: `POST /push/<reader id>`, with the reader's token in `Authorization`
 * (`Token …` or `Bearer …`) or, for cameras that cannot send headers, as `/push/<reader id>/<token>`; what follows is
 * the vendor's own path.
 * Answers 200 once every read of the push is durable, 503 when the camera should repeat it.
 */
export class PushServer implements Part, Reporting, DeviceDoor {
  readonly name = "camera pushes";
  readonly #options: PushServerOptions;
  readonly #limits: PushLimits;
  readonly #readers: ReadonlyMap<string, PushTarget>;
  readonly #receiving = new Map<string, number>();
  readonly #counters: Record<string, number> = {};
  #server: Server | undefined;
  #shutOut: ReadonlySet<string> = new Set();

  constructor(options: PushServerOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#readers = new Map(options.readers.map((reader) => [reader.id, reader]));
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo | null)?.port ?? this.#options.port;
  }

  /** @throws Fault `port-taken` */
  async start(): Promise<void> {
    const { host, port } = this.#options;
    const server = createAdaptorServer({
      fetch: this.#app().fetch,
      serverOptions: {
        headersTimeout: Math.min(this.#limits.headMs, this.#limits.requestMs),
        requestTimeout: this.#limits.requestMs,
        connectionsCheckingInterval: Math.min(slowCheckMs, this.#limits.requestMs),
        keepAliveTimeout: idleConnectionMs,
      },
    }) as Server;
    server.maxConnections = this.#limits.connections;
    server.on("drop", () => this.#count("dropped_connections"));
    server.on("clientError", (error, socket) => this.#cut(error, socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error) => {
        const message = `camera pushes on ${host}:${port}: ${error.message}`;
        reject(new Fault("port-taken", message, { cause: error }));
      });
      server.listen(port, host, resolve);
    });
    this.#server = server;
  }

  stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return Promise.resolve();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return closed;
  }

  knows(id: string): boolean {
    return this.#readers.has(id);
  }

  /** Its readers tell of themselves. */
  visitors(): readonly DoorVisitor[] {
    return [];
  }

  shutOut(ids: ReadonlySet<string>): void {
    this.#shutOut = new Set(ids);
  }

  /** Pushes have no connection that outlives them. */
  putOut(): boolean {
    return false;
  }

  report(): readonly DeviceReport[] {
    const isUp = this.#server !== undefined;
    return [
      {
        id: "camera-pushes",
        kind: "push-server",
        make: `HTTP on ${this.#options.host}:${this.port}`,
        state: isUp ? "online" : "offline",
        counters: { ...this.#counters },
      },
    ];
  }

  #app(): Hono<{ Bindings: HttpBindings }> {
    const app = new Hono<{ Bindings: HttpBindings }>();
    const push = (context: PushContext) => this.#push(context);
    app.post("/push/:reader/*", push);
    app.all("/push/*", () => this.#refuse("wrong_method", problems.wrongMethod));
    app.post("/:prefix/:event", (context) => this.#pushWithoutToken(context));
    app.notFound(() => this.#refuse("not_found", problems.notFound));
    app.onError((error) => {
      // A bug: the camera is told to come again, then the process goes down as for any other bug.
      queueMicrotask(() => {
        throw error;
      });
      return answer(problems.bug);
    });
    return app;
  }

  async #push(context: PushContext): Promise<Response> {
    const id = context.req.param("reader") ?? "";
    const reader = this.#readers.get(id);
    const [, , , ...rest] = context.req.path.split("/");
    const inHead = tokenIn(context.req.header("authorization"));
    const token = inHead ?? decoded(rest[0] ?? "");
    const isKnown = isToken(token, this.#options.tokens[id]);
    if (reader === undefined || !isKnown) {
      reader?.count("refused_token");
      return this.#refuse("refused_token", problems.token);
    }
    const path = (inHead === undefined ? rest.slice(1) : rest).join("/");
    return this.#takeInTurn(context.env.incoming, reader, path);
  }

  /** Cameras that can neither send a token nor be told a path: known by the address that they come from. */
  #pushWithoutToken(context: PushContext): Promise<Response> | Response {
    const { prefix = "", event = "" } = context.req.param();
    const { incoming } = context.env;
    const from = incoming.socket.remoteAddress?.replace(/^::ffff:/, "");
    const reader = [...this.#readers.values()].find(
      ({ config }) =>
        config?.format === "dahua" &&
        config.from !== undefined &&
        config.from === from &&
        config.path === prefix,
    );
    if (reader === undefined) return this.#refuse("not_found", problems.notFound);
    return this.#takeInTurn(incoming, reader, event);
  }

  async #takeInTurn(
    incoming: IncomingMessage,
    reader: PushTarget,
    path: string,
  ): Promise<Response> {
    const { id } = reader;
    if (this.#shutOut.has(id)) {
      reader.count("refused_shut_out");
      return this.#refuse("refused_shut_out", problems.shutOut);
    }
    if (this.#receivingOf(id) >= this.#limits.bodiesPerReader) {
      reader.count("refused_busy");
      return this.#refuse("refused_busy", problems.busy);
    }
    this.#receiving.set(id, this.#receivingOf(id) + 1);
    try {
      return await this.#receive(incoming, reader, path);
    } finally {
      this.#receiving.set(id, this.#receivingOf(id) - 1);
    }
  }

  async #receive(incoming: IncomingMessage, reader: PushTarget, path: string): Promise<Response> {
    const { bodyBytes } = this.#limits;
    const body = await receiveBody(incoming, bodyBytes, this.#options.stopwatch);
    if (body === "too-large") {
      reader.count("refused_too_large");
      return this.#refuse("refused_too_large", problems.tooLarge(bodyBytes));
    }
    if (body === "cut-off") {
      reader.count("cut_off");
      return this.#refuse("cut_off", problems.cutOff);
    }
    const contentType = incoming.headers["content-type"] ?? "";
    const received = reader.receive({ contentType, bytes: body.bytes, path }, body.receivedMs);
    return received.status === 200 ? Response.json(received.body) : answer(received.problem);
  }

  #receivingOf(id: string): number {
    return this.#receiving.get(id) ?? 0;
  }

  /** A request that is too slow, or is no HTTP. */
  #cut(error: NodeJS.ErrnoException, socket: Duplex): void {
    const isSlow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    this.#count(isSlow ? "cut_slow" : "refused_no_http");
    const status = isSlow ? "408 Request Timeout" : "400 Bad Request";
    if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    socket.destroy();
  }

  #refuse(counter: string, problem: Problem): Response {
    this.#count(counter);
    return answer(problem);
  }

  #count(what: string): void {
    this.#counters[what] = (this.#counters[what] ?? 0) + 1;
  }
}

function answer(problem: Problem): Response {
  const headers = {
    "content-type": "application/problem+json",
    ...(problem.status === 503 && { "retry-after": "5" }),
    ...(problem.status === 401 && { "www-authenticate": "Bearer" }),
  };
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return part;
  }
}
