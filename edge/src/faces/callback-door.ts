import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import { problem, refuse } from "@gatehouse/shared/refusal";
import { createAdaptorServer } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import {
  callbackMax,
  type CallbackReceipt,
  type OnlineCallbacks,
} from "../flows/money/online-callbacks.ts";

/** Real time that a gateway may take to say what it wants. */
const headersPatienceMs = 5000;
const requestPatienceMs = 10_000;
const connectionsMax = 64;

const problems = {
  noSuchPage: problem(404, "no-such-page", "There is nothing at this address."),
  noSuchGateway: problem(404, "unknown-gateway", "There is no such gateway."),
  tooLarge: problem(413, "too-large", `A callback is at most ${callbackMax / 1024} KiB.`),
  notBelieved: problem(400, "not-believed", "This callback is not signed as it should be."),
  notKept: problem(503, "not-kept", "The callback could not be kept.", "Send it again later."),
};

export interface CallbackDoorDeps {
  readonly listen: { readonly host: string; readonly port: number };
  readonly callbacks: Pick<OnlineCallbacks, "receive" | "handleAll">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The one door that the internet may knock at: `POST /callbacks/<gateway id>`, and nothing else behind it.
 * It answers 204 once a callback is durable, before anything is done about it; 503 when it should come again.
 */
export class CallbackDoor implements Part {
  readonly name = "payment callbacks";
  readonly #deps: CallbackDoorDeps;
  #server: ReturnType<typeof createAdaptorServer> | undefined;

  constructor(deps: CallbackDoorDeps) {
    this.#deps = deps;
  }

  /** The port in use; known once started. */
  get port(): number {
    const address = this.#server?.address();
    check(typeof address === "object" && address !== null, "a door asked for its port is open");
    return address.port;
  }

  /** @throws Fault `port-taken` */
  async start(): Promise<void> {
    const { host, port } = this.#deps.listen;
    const server = createAdaptorServer({
      fetch: this.#app().fetch,
      serverOptions: { headersTimeout: headersPatienceMs, requestTimeout: requestPatienceMs },
    });
    if ("maxConnections" in server) server.maxConnections = connectionsMax;
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause) => {
        const message = `payment callbacks on ${host}:${port}: ${cause.message}`;
        reject(new Fault("port-taken", message, { cause }));
      });
      server.listen(port, host, () => resolve());
    });
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  }

  #app(): Hono {
    const app = new Hono();
    const isSmall = bodyLimit({ maxSize: callbackMax, onError: () => refuse(problems.tooLarge) });
    app.post("/callbacks/:gateway", isSmall, (context) => this.#receive(context));
    app.notFound(() => refuse(problems.noSuchPage));
    app.onError((error) => {
      this.#deps.log.error("callback door bug", { error });
      return refuse(problems.notKept);
    });
    return app;
  }

  async #receive(context: Context): Promise<Response> {
    const { callbacks, clock } = this.#deps;
    const body = new Uint8Array(await context.req.arrayBuffer());
    const receipt = this.#keep(() =>
      callbacks.receive({
        gateway: context.req.param("gateway") ?? "",
        body,
        headers: context.req.header(),
        receivedAt: clock.now(),
        via: "door",
      }),
    );
    if (receipt === undefined) return refuse(problems.notKept);
    if (receipt.kind === "stored") this.#handle();
    return receipt.kind === "refused"
      ? refusalOf(receipt.reason)
      : new Response(null, { status: 204 });
  }

  #keep(receive: () => CallbackReceipt): CallbackReceipt | undefined {
    try {
      return receive();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#deps.log.warn("callback not kept", { code: error.code });
      return undefined;
    }
  }

  /** After the answer; what goes wrong there is no matter of the gateway's, and upkeep tries again. */
  #handle(): void {
    const { callbacks, log } = this.#deps;
    callbacks.handleAll().catch((error: unknown) => log.error("callback bug", { error }));
  }
}

function refusalOf(reason: Extract<CallbackReceipt, { kind: "refused" }>["reason"]): Response {
  if (reason === "unknown-gateway") return refuse(problems.noSuchGateway);
  return refuse(reason === "too-large" ? problems.tooLarge : problems.notBelieved);
}
