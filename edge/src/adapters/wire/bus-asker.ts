import { withCrc } from "@gatehouse/shared/crc16-modbus";
import { Fault } from "@gatehouse/shared/fault";
import type { Framing } from "./framing.ts";
import type { Connection, Endpoint } from "./line.ts";
import { loopBackRequest } from "./loop-back.ts";

/** What a board keeps: two kinds of bits, two kinds of 16-bit registers. */
export const modbusTables = ["coil", "discrete", "holding", "input"] as const;
export type ModbusTable = (typeof modbusTables)[number];

export type BusAnswer =
  /** Bits eight to a byte, the lowest first; registers two bytes each, the high one first. */
  | { readonly kind: "data"; readonly bytes: Buffer }
  /** The Modbus exception code. */
  | { readonly kind: "refused"; readonly code: number }
  /** Nothing that can be read came in time; `wasNoisy`: something came. */
  | { readonly kind: "none"; readonly wasNoisy: boolean };

/** Real milliseconds. */
const connectTimeoutMs = 1500;
const functionOf: Record<ModbusTable, number> = { coil: 1, discrete: 2, holding: 3, input: 4 };

/**
 * Reads what nobody has described yet: one question after the other, each asked once, no more than a short wait
 * for a unit that is not there. It changes nothing. Unlike `ModbusWire` it does not take silence for a lost wire.
 */
export class BusAsker {
  readonly address: string;
  readonly #endpoint: Endpoint;
  readonly #framing: Framing;
  readonly #timeoutMs: number;
  #connection: Connection | undefined;
  #answer: ((frame: Buffer) => void) | undefined;
  /** What came in since the question made no sense at all. */
  #wasBroken = false;
  #token = 0;

  /** @param timeoutMs real milliseconds that a board has to answer */
  constructor(endpoint: Endpoint, framing: Framing, timeoutMs: number) {
    this.address = endpoint.address;
    this.#endpoint = endpoint;
    this.#framing = framing;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws Fault `wire-unreachable` */
  async open(): Promise<void> {
    if (this.#connection !== undefined) return;
    const connection = await this.#endpoint.open(connectTimeoutMs).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Fault("wire-unreachable", `${this.address}: ${why}`, { cause: error });
    });
    this.#connection = connection;
    const lose = (): void => {
      if (this.#connection === connection) this.#connection = undefined;
    };
    connection.stream.on("data", (bytes: Buffer) => this.#receive(bytes));
    connection.stream.on("error", lose);
    connection.stream.on("close", lose);
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  /**
   * Asks a unit (0–255) for `count` bits or registers.
   *
   * @throws Fault `wire-unreachable` when the wire cannot be opened (again)
   */
  async read(unit: number, table: ModbusTable, address: number, count: number): Promise<BusAnswer> {
    await this.open();
    this.#wasBroken = false;
    if (this.#framing.isOwed(unit)) {
      // What it still owes would be taken for this answer, or this answer for what it owes.
      this.#token = (this.#token + 1) & 0xffff;
      const isThere = await this.#exchange(loopBackRequest(unit, this.#token));
      if (isThere === undefined) return this.#silence();
      this.#framing.settle(unit);
    }
    const frame = await this.#exchange(requestOf(unit, table, address, count));
    if (frame === undefined) return this.#silence();
    const isRefusal = ((frame[1] ?? 0) & 0x80) !== 0;
    return isRefusal
      ? { kind: "refused", code: frame[2] ?? 0 }
      : { kind: "data", bytes: frame.subarray(3, -2) };
  }

  async #silence(): Promise<BusAnswer> {
    const wasNoisy = this.#wasBroken || this.#framing.unread > 0;
    this.#framing.giveUp();
    await pause(this.#framing.quietMs);
    this.#framing.flush();
    return { kind: "none", wasNoisy };
  }

  #exchange(request: Buffer): Promise<Buffer | undefined> {
    return new Promise((resolve) => {
      const end = (frame: Buffer | undefined): void => {
        clearTimeout(timer);
        this.#answer = undefined;
        resolve(frame);
      };
      const timer = setTimeout(() => end(undefined), this.#timeoutMs);
      this.#answer = end;
      this.#connection?.stream.write(this.#framing.ask(request));
    });
  }

  #receive(bytes: Buffer): void {
    for (const received of this.#framing.receive(bytes)) {
      if (received.kind === "answer") this.#answer?.(received.frame);
      if (received.kind !== "broken") continue;
      this.#wasBroken = true;
      void this.close();
    }
  }
}

function requestOf(unit: number, table: ModbusTable, address: number, count: number): Buffer {
  const body = Buffer.alloc(6);
  body[0] = unit;
  body[1] = functionOf[table];
  body.writeUInt16BE(address, 2);
  body.writeUInt16BE(count, 4);
  return Buffer.from(withCrc(body));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
