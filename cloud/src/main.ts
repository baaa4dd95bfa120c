import { randomUUIDv7 } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Fault } from "@gatehouse/shared/fault";
import { pacedClockFromEnv } from "@gatehouse/shared/paced-clock";
import { inOrder, type Part } from "@gatehouse/shared/part";
import type { Log } from "@gatehouse/shared/ports/log";
import type { Random } from "@gatehouse/shared/ports/random";
import { createAdaptorServer } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, Hono } from "hono";
import { pino } from "pino";
import { type CloudConfig, ConfigError, readConfig } from "./config.ts";
import { OfficeKey } from "./domain/people/office-key.ts";
import { archive } from "./main-archive.ts";
import { enrolFacility } from "./main-enrol.ts";
import { Headquarters } from "./headquarters.ts";
import { officeKeyIn } from "./main-office-key.ts";
import { readPageFiles } from "./main-page-files.ts";
import { PostOffice } from "./outgoing/post-office.ts";
import { type Database, openDatabase } from "./store/database.ts";
import { EmbeddedPostgres } from "./store/embedded-postgres.ts";

const headersLimitMs = 10_000;
const requestLimitMs = 60_000;
/** Longer than the pause between two batches, so that an edge keeps its connection. */
const keepAliveMs = 90_000;
const connectionsMax = 4_000;
/** Requests under way get so long to end. */
const drainMs = 3_000;
/** Everything, the database included, gets so long; then the process ends without it. */
const stopLimitMs = 60_000;

const pagesFolder = join(import.meta.dirname, "../web/dist");

const logger = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
const log: Log = {
  info: (event, fields) => logger.info({ event, ...fields }),
  warn: (event, fields) => logger.warn({ event, ...fields }),
  error: (event, fields) => logger.error({ event, ...fields }),
};

const random: Random = { fraction: () => Math.random(), id: () => randomUUIDv7() };

async function run(config: CloudConfig): Promise<void> {
  const house = config.databaseUrl === undefined ? embedded(config) : remote(config);
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= house.part.stop().then(letGo);
    setTimeout(() => process.exit(3), stopLimitMs).unref();
  };
  process.on("SIGTERM", stop).on("SIGINT", stop).on("disconnect", stop);
  await house.part.start();
  process.send?.({ type: "ready", port: house.port() });
  log.info("ready", { url: `http://${config.host}:${house.port()}` });
}

/** An open channel to the parent keeps a process alive that has nothing left to do. */
function letGo(): void {
  if (process.connected) process.disconnect();
}

interface House {
  readonly part: Part;
  readonly port: () => number;
}

function remote(config: CloudConfig): House {
  return onDatabase(config, openDatabase(config.databaseUrl ?? "", log));
}

/** The embedded server is reached by a socket that is known only once it runs. */
function embedded(config: CloudConfig): House {
  const server = new EmbeddedPostgres({
    folder: join(config.dataFolder, "postgres"),
    log,
    onLost: (error) => {
      log.error("postgres-lost", { reason: error.message });
      process.exit(3);
    },
  });
  let house: House | undefined;
  const rest: Part = {
    name: "house",
    start: () => {
      house = onDatabase(config, openDatabase(server.connection, log));
      return house.part.start();
    },
    stop: async () => house?.part.stop(),
  };
  return { part: inOrder("cloud", [server, rest]), port: () => house?.port() ?? 0 };
}

function onDatabase(config: CloudConfig, database: Database): House {
  const pool: Part = {
    name: "pool",
    start: () => Promise.resolve(),
    stop: () => database.pool.end(),
  };
  const clock = pacedClockFromEnv(process.env);
  const office = new Headquarters({
    database,
    clock,
    random,
    log,
    tokens: config.tokens,
    key: new OfficeKey(config.key ?? officeKeyIn(config.dataFolder)),
    pages: readPageFiles(pagesFolder),
    archiveFolder: config.archiveFolder,
    post: new PostOffice({ clock, ...config.notify }),
    addressOf: (c: Context) => getConnInfo(c).remote.address ?? "unknown",
  });
  const door = new HttpDoor(office.app, config);
  return {
    part: inOrder("cloud", [pool, office, door]),
    port: () => door.port,
  };
}

/** The one port; its number is known once it has started. */
class HttpDoor implements Part {
  readonly name = "http";
  readonly #server: Server;
  readonly #config: CloudConfig;

  constructor(app: Hono, config: CloudConfig) {
    this.#config = config;
    this.#server = createAdaptorServer({ fetch: app.fetch }) as Server;
    this.#server.headersTimeout = headersLimitMs;
    this.#server.requestTimeout = requestLimitMs;
    this.#server.keepAliveTimeout = keepAliveMs;
    this.#server.maxConnections = connectionsMax;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  start(): Promise<void> {
    const { port, host } = this.#config;
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) => {
        const isTaken = error.code === "EADDRINUSE";
        const why = `port ${port} is taken: choose another with --port`;
        reject(isTaken ? new Fault("port-taken", why) : error);
      });
      this.#server.listen(port, host, resolve);
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
      setTimeout(() => this.#server.closeAllConnections(), drainMs).unref();
    });
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Fault) return `${error.message}\n${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}

try {
  const [verb, ...args] = process.argv.slice(2);
  if (verb === "enrol") console.log(await enrolFacility(args, process.env, () => random.id()));
  else if (verb === "archive") process.exitCode = await archive(args, process.env, console);
  else await run(readConfig(process.argv.slice(2), process.env));
} catch (error) {
  console.error(wordsOf(error));
  process.exitCode = error instanceof ConfigError ? 2 : 3;
  letGo();
}
