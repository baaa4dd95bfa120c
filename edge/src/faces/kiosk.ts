import type { KioskState } from "@gatehouse/shared/contracts/kiosk";
import { check } from "@gatehouse/shared/check";
import { Fault } from "@gatehouse/shared/fault";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { createAdaptorServer, type WebSocketServerLike } from "@hono/node-server";
import { WebSocketServer } from "ws";
import type { Desk } from "../flows/desk.ts";
import { HandOpenings } from "./hand-openings.ts";
import { kioskApp } from "./kiosk-app.ts";
import { Live } from "./live.ts";
import { Logins } from "./logins.ts";
import { Metrics } from "./metrics.ts";
import { readPageFiles } from "./page-files.ts";
import { SignLive } from "./sign-live.ts";
import { SignIn, type Operators } from "./sign-in.ts";
import { TrackingLive } from "./tracking-live.ts";
import { Viewers } from "./viewers.ts";

/** Connections at once: the live pages, and room for requests beside them. */
const connectionsMax = 1200;
/** How long a client may take to say what it wants; real time. */
const headersPatienceMs = 10_000;
const requestPatienceMs = 15_000;
const idlePatienceMs = 10_000;
/** Longest message a page may send on the live socket, which it never should. */
const liveMessageMax = 1024;

export interface KioskDeps {
  readonly listen: { readonly host: string; readonly port: number };
  readonly desk: Desk;
  readonly operators: Operators;
  /** Camera id → SHA-256 (hex) of the token that its vision worker signs in with. */
  readonly cameraTokens: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The built page's folder, read once at start. */
  readonly webDir: string;
  /** Virtual seconds a real second: waits that people feel stay real. */
  readonly rate: KioskState["rate"];
}

type HttpServer = ReturnType<typeof createAdaptorServer>;

/** The attendant's page and everything it asks for: HTTP and a live WebSocket on one port. */
export class Kiosk implements Part {
  readonly name = "kiosk";
  readonly #deps: KioskDeps;
  #server: HttpServer | undefined;
  #stopLive: () => void = () => {};

  constructor(deps: KioskDeps) {
    this.#deps = deps;
  }

  /** The port in use; the configured one may be 0 for any free one. Known once started. */
  get port(): number {
    const address = this.#server?.address();
    check(
      typeof address === "object" && address !== null,
      "a kiosk asked for its port is listening",
    );
    return address.port;
  }

  /** @throws Fault `port-taken` */
  async start(): Promise<void> {
    const { desk, operators, cameraTokens, clock, random, log, webDir, rate } = this.#deps;
    const metrics = new Metrics(desk);
    const logins = new Logins({ clock, random, rate });
    const isLoginAlive = (loginId: string): boolean => logins.isAlive(loginId);
    const viewers = new Viewers({ clock, rate, log, metrics, isLoginAlive });
    const live = new Live({ desk, clock, viewers });
    const trackingLive = new TrackingLive({ tracking: () => desk.tracking, viewers });
    const signLive = new SignLive({ signs: desk.signs, viewers });
    const app = kioskApp({
      desk,
      clock,
      rate,
      log,
      signIn: new SignIn({ operators, clock, rate }),
      logins,
      handOpenings: new HandOpenings({ clock, rate }),
      live,
      trackingLive,
      signLive,
      viewers,
      metrics,
      cameraTokens,
      files: readPageFiles(webDir),
    });
    const server = serverFor(app.fetch, log);
    await listen(server, this.#deps.listen);
    metrics.start();
    live.start();
    signLive.start();
    viewers.start();
    this.#server = server;
    this.#stopLive = () => {
      live.stop();
      trackingLive.stop();
      signLive.stop();
      viewers.stop();
    };
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#stopLive();
    this.#stopLive = () => {};
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  }
}

function serverFor(
  fetch: Parameters<typeof createAdaptorServer>[0]["fetch"],
  log: Log,
): HttpServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: liveMessageMax });
  // A frame that breaks the rules may arrive with the handshake, before anyone listens for its error.
  sockets.on("connection", (socket) =>
    socket.on("error", (error) => log.info("live socket failed", { why: error.message })),
  );
  const server = createAdaptorServer({
    fetch,
    websocket: { server: sockets as WebSocketServerLike },
    serverOptions: {
      headersTimeout: headersPatienceMs,
      requestTimeout: requestPatienceMs,
      keepAliveTimeout: idlePatienceMs,
      // Any other upgrade is an ordinary request; left to itself it would hold its connection for ever.
      shouldUpgradeCallback: (request) =>
        request.headers.upgrade?.toLowerCase() === "websocket" &&
        /^(\/api\/live$|\/api\/signs\/[^/]+\/live$|\/ws\/tracking\/live(\?|$))/.test(
          request.url ?? "",
        ),
    },
  });
  if ("maxConnections" in server) server.maxConnections = connectionsMax;
  return server;
}

function listen(server: HttpServer, { host, port }: KioskDeps["listen"]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenFault(error, host, port)));
    server.listen(port, host, () => resolve());
  });
}

function listenFault(error: Error, host: string, port: number): Error {
  const code = "code" in error ? error.code : undefined;
  if (code !== "EADDRINUSE" && code !== "EACCES") return error;
  return new Fault("port-taken", `the kiosk cannot listen on ${host}:${port} (${code})`, {
    cause: error,
  });
}
