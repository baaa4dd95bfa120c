import type { Duplex } from "node:stream";
import { Fault } from "@gatehouse/shared/fault";
import type { Log } from "@gatehouse/shared/ports/log";

/** An open stream of bytes; closing it is not the same call for a socket and for a serial port. */
export interface Connection {
  readonly stream: Duplex;
  close(): Promise<void>;
}

export interface Endpoint {
  /** As a technician writes it: "10.0.0.5:4196", "/dev/ttyUSB0". */
  readonly address: string;
  /** @throws Error of the system; nothing is left open then */
  open(timeoutMs: number): Promise<Connection>;
}

export interface LineListener {
  onBytes(bytes: Buffer): void;
  /** The connection is gone; the line comes back by itself. */
  onLost(why: string): void;
}

/** Real milliseconds. */
const connectTimeoutMs = 1000;
const firstRetryMs = 250;
const longestRetryMs = 5000;
/** Unsent bytes of a peer that stopped reading; more means that it is dead. */
const unsentBytesMax = 4096;

/** A stream that comes back: it reconnects with a growing pause for as long as it runs. All its waits are real time. */
export class Line {
  readonly address: string;
  readonly #endpoint: Endpoint;
  readonly #listener: LineListener;
  readonly #log: Log;
  #running = false;
  #connection: Connection | undefined;
  #opening: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #hasBeenOpen = false;
  #reconnects = 0;
  #refusals = 0;

  constructor(endpoint: Endpoint, listener: LineListener, log: Log) {
    this.address = endpoint.address;
    this.#endpoint = endpoint;
    this.#listener = listener;
    this.#log = log;
  }

  get isOpen(): boolean {
    return this.#connection !== undefined;
  }

  get counters(): Record<"reconnects" | "connect_failures", number> {
    return { reconnects: this.#reconnects, connect_failures: this.#refusals };
  }

  /** Resolves after the first attempt, whatever came of it: a dead device does not keep a facility from starting. */
  async start(): Promise<void> {
    this.#running = true;
    await this.connect().catch(onlyFaults);
  }

  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#retry);
    await this.#opening?.catch(onlyFaults);
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  /**
   * Waits for the connection, opening it now when no attempt is under way.
   *
   * @throws Fault `wire-unreachable`
   */
  async connect(): Promise<void> {
    if (this.#connection !== undefined) return;
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    await this.#opening;
  }

  /**
   * Hands bytes to the system.
   *
   * @param sent called once the system has taken the bytes, or with what kept it from that
   * @throws Fault `wire-unreachable` when the line is not open or its peer stopped reading
   */
  write(bytes: Uint8Array, sent?: (error: Error | null | undefined) => void): void {
    const stream = this.#connection?.stream;
    if (stream === undefined) throw this.#unreachable("not connected");
    if (stream.writableLength > unsentBytesMax) {
      this.drop("it stopped reading");
      throw this.#unreachable("it stopped reading");
    }
    stream.write(bytes, sent);
  }

  /** Closes what is open and comes back after the shortest pause. */
  drop(why: string): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    void connection.close();
    this.#log.warn("wire-lost", { address: this.address, why });
    this.#listener.onLost(why);
    this.#retryLater();
  }

  async #open(): Promise<void> {
    clearTimeout(this.#retry);
    if (!this.#running) throw this.#unreachable("stopped");
    let connection: Connection;
    try {
      connection = await this.#endpoint.open(connectTimeoutMs);
    } catch (error) {
      this.#refusals += 1;
      this.#failures += 1;
      this.#retryLater();
      throw this.#unreachable(error instanceof Error ? error.message : String(error), error);
    }
    if (!this.#running) {
      await connection.close();
      throw this.#unreachable("stopped");
    }
    this.#adopt(connection);
  }

  #adopt(connection: Connection): void {
    this.#connection = connection;
    this.#failures = 0;
    if (this.#hasBeenOpen) {
      this.#reconnects += 1;
      this.#log.info("wire-back", { address: this.address });
    }
    this.#hasBeenOpen = true;
    const lose = (why: string): void => {
      if (this.#connection === connection) this.drop(why);
    };
    connection.stream.on("data", (bytes: Buffer) => {
      if (this.#connection === connection) this.#listener.onBytes(bytes);
    });
    connection.stream.on("error", (error: Error) => lose(error.message));
    connection.stream.on("end", () => lose("the device hung up"));
    connection.stream.on("close", () => lose("the connection closed"));
  }

  #retryLater(): void {
    if (!this.#running) return;
    clearTimeout(this.#retry);
    const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures, 10));
    this.#retry = setTimeout(() => void this.connect().catch(onlyFaults), pause);
  }

  #unreachable(why: string, cause?: unknown): Fault {
    return new Fault("wire-unreachable", `${this.address}: ${why}`, { cause });
  }
}

function onlyFaults(error: unknown): void {
  if (!(error instanceof Fault)) throw error;
}
