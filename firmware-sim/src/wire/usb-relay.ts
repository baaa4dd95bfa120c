import type { Duplex } from "node:stream";
import type { Board, InputContact, RelayContact } from "../hardware.ts";
import type { BoardFault } from "./modbus-slave.ts";
import { Pty } from "./pty.ts";
import { RelayBank } from "./relay-bank.ts";

/** One command, and how many bytes it took; none and one byte when there is no command at this place. */
interface Read {
  readonly command?: { readonly relay: number; readonly closed: boolean };
  readonly length: number;
}

export interface UsbRelayOptions {
  /**
   * `lcus` (CH340): four bytes a command, A0, relay, 00 or 01, and their sum.
   * `at` (CP210x): text, AT+CH1=1 and a line end.
   */
  readonly frame: "lcus" | "at";
  readonly relays?: number;
  readonly pty?: { readonly link?: string };
}

const bufferMax = 64;

/**
 * A relay on a USB serial adapter that never answers. Of the faults only `silent` (takes nothing any more) and
 * `noise` (sends rubbish) can be told from outside.
 */
export class UsbRelay implements Board {
  readonly name: string;
  /** Commands understood, obeyed or not; bytes that made no command. */
  readonly counters = { frames: 0, bad_bytes: 0 };
  readonly #relays: RelayBank;
  readonly #pty: Pty;
  readonly #read: (bytes: Buffer) => Read | undefined;
  #fault: BoardFault = "none";
  #powered = false;

  constructor({ frame, relays = 2, pty }: UsbRelayOptions) {
    this.name = `usb-relay-${frame}`;
    this.#relays = new RelayBank(relays);
    this.#pty = new Pty(pty?.link);
    this.#read = frame === "lcus" ? readLcus : readAt;
  }

  /** @throws Error before the first start, when there is no link */
  get path(): string {
    return this.#pty.path;
  }

  async start(): Promise<void> {
    if (this.#powered) return;
    await this.#pty.open((stream) => this.#serve(stream));
    this.#powered = true;
  }

  async stop(): Promise<void> {
    if (!this.#powered) return;
    this.#powered = false;
    this.#relays.openAll();
    await this.#pty.close();
  }

  relay(number: number): RelayContact {
    return this.#relays.contact(number);
  }

  /** @throws RangeError: this board has none */
  input(number: number): InputContact {
    throw new RangeError(`a USB relay has no input ${number}`);
  }

  setFault(fault: BoardFault): void {
    this.#fault = fault;
  }

  #serve(stream: Duplex): void {
    let buffer: Buffer = Buffer.alloc(0);
    stream.on("error", () => stream.destroy());
    stream.on("data", (bytes: Buffer) => {
      buffer = Buffer.concat([buffer, bytes]).subarray(-bufferMax);
      for (let read = this.#read(buffer); read !== undefined; read = this.#read(buffer)) {
        buffer = buffer.subarray(read.length);
        if (read.command === undefined) this.counters.bad_bytes += read.length;
        else this.#obey(read.command, stream);
      }
    });
  }

  #obey({ relay, closed }: NonNullable<Read["command"]>, stream: Duplex): void {
    this.counters.frames += 1;
    if (this.#fault === "silent") return;
    if (this.#fault === "noise") stream.write(Buffer.from([relay * 89, 0xff, 0x00, relay * 37]));
    this.#relays.set(relay - 1, closed);
  }
}

const lcusHead = 0xa0;
const lcusLength = 4;

function readLcus(bytes: Buffer): Read | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0] !== lcusHead) return { length: 1 };
  if (bytes.length < lcusLength) return undefined;
  const [, relay = 0, state = 0, sum] = bytes;
  const isGood = state <= 1 && ((lcusHead + relay + state) & 0xff) === sum;
  return isGood ? { command: { relay, closed: state === 1 }, length: lcusLength } : { length: 1 };
}

function readAt(bytes: Buffer): Read | undefined {
  const end = bytes.indexOf("\n");
  if (end === -1) return undefined;
  const line = bytes.toString("latin1", 0, end);
  const match = /^AT\+CH(\d{1,2})=([01])\r$/.exec(line);
  if (match === null) return { length: end + 1 };
  return { command: { relay: Number(match[1]), closed: match[2] === "1" }, length: end + 1 };
}
