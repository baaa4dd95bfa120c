import type { Log } from "@gatehouse/shared/ports/log";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { EmbeddedConnection } from "./embedded-postgres.ts";

/** Connections of one process; more would only queue inside PostgreSQL. */
const connectionsMax = 10;
const connectLimitMs = 5_000;
/** A statement or a wait for a lock beyond this is a fault: the caller is told, and its edge sends again. */
const statementLimitMs = 30_000;
const lockLimitMs = 10_000;

const int8 = 20;
const int4Array = 1007;

/** Where the rows are; every function of the store takes one. */
export interface Database {
  readonly pool: pg.Pool;
  readonly drizzle: NodePgDatabase;
}

/** A transaction under way. */
export type Tx = Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];

/** What reads alone and what is part of a transaction, alike. */
export interface Queries {
  readonly drizzle: NodePgDatabase | Tx;
}

/** @param where a `postgres://` address, or the embedded server's socket */
export function openDatabase(where: string | EmbeddedConnection, log: Log): Database {
  const address = typeof where === "string" ? { connectionString: where } : where;
  const pool = new pg.Pool({
    ...address,
    max: connectionsMax,
    connectionTimeoutMillis: connectLimitMs,
    statement_timeout: statementLimitMs,
    lock_timeout: lockLimitMs,
    idle_in_transaction_session_timeout: statementLimitMs,
    application_name: "gatehouse-cloud",
    keepAlive: true,
    types: { getTypeParser },
  });
  // A connection that dies while idle (a restart, a failover) is replaced at the next question.
  pool.on("error", (error) => {
    if (!pool.ending) log.warn("database-connection-lost", { reason: error.message });
  });
  return { pool, drizzle: drizzle(pool, { casing: "snake_case" }) };
}

const exactInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an exact whole number: ${text}`);
  return value;
};

/** `{1,2,3}`: as JSON it is read many times as fast as pg reads it, and reports read 60 numbers an hour. */
const integers = (text: string): unknown => {
  const inner = text.slice(1, -1);
  // A list of lists, or one with a gap.
  if (/[{N]/.test(inner)) return pg.types.getTypeParser(int4Array as number, "text")(text);
  return JSON.parse(`[${inner}]`);
};

/** pg hands out 64-bit integers as text; ours all fit a number, and money must never be a string. */
const getTypeParser = ((oid: number, format?: "text" | "binary") => {
  if (oid === int8 && format !== "binary") return exactInteger;
  if (oid === int4Array && format !== "binary") return integers;
  return pg.types.getTypeParser(oid, format as "text");
}) as typeof pg.types.getTypeParser;

/** The database is away, restarting or overloaded: the same request may succeed later by itself. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = factsOf(error);
  if (/^(08|53|57|58)/.test(code) || networkCodes.has(code) || lockCodes.has(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(
    message,
  );
}

/** The database refuses a value itself: too large for an index, no such moment, a character it cannot hold. */
export const isRefusedValue = (error: unknown): boolean => /^(22|23|54)/.test(factsOf(error).code);

/** SQLSTATE or the network's code; empty for anything else. */
export const codeOf = (error: unknown): string => factsOf(error).code;

export const reasonOf = (error: unknown): string => factsOf(error).message;

const networkCodes = new Set(
  (
    "ECONNREFUSED ECONNRESET ENOENT EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH " +
    "ENETUNREACH EACCES"
  ).split(" "),
);

/** Lock not available, serialisation failure, deadlock. */
const lockCodes = new Set(["55P03", "40001", "40P01"]);

/** drizzle wraps what pg throws; the cause carries the code. */
function factsOf(error: unknown): { code: string; message: string } {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return { code: "", message: String(inner) };
  const code = "code" in inner && typeof inner.code === "string" ? inner.code : "";
  return { code, message: inner.message };
}
