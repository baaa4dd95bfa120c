import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Board, InputContact, RelayContact } from "../hardware.ts";
import type { BoardSide } from "./board-side.ts";
import { BoardSocket } from "./board-socket.ts";
import type { InputBank } from "./input-bank.ts";
import { type BoardFault, ModbusSlave, type SlaveOptions } from "./modbus-slave.ts";
import { Pty } from "./pty.ts";
import type { RegisterMap } from "./register-map.ts";
import type { RelayBank } from "./relay-bank.ts";

export interface BoardOptions {
  readonly clock: Clock;
  /** Modbus unit; when left out, 1 on a serial line, and any on a network socket. */
  readonly unit?: number;
  /** Real milliseconds by which the fault `late-answers` delays answers. */
  readonly lateByMs?: number;
}

/** A board plugged into the network: `port` 0 takes any free one. */
export interface NetworkSide {
  readonly port: number;
}

/** A board on a serial line, optionally with a stable link to the device. */
export interface SerialSide {
  readonly pty: { readonly link?: string };
}

/** What a make adds to its contacts. */
export interface Make {
  readonly name: string;
  readonly framing: SlaveOptions["framing"];
  readonly relays: RelayBank;
  readonly inputs: InputBank;
  readonly map: RegisterMap;
  /** Everything back to what power-on gives; relays are open already. */
  powerOn(): void;
  /** No timer runs on without power. */
  powerOff(): void;
  onRequest?(): void;
}

/** A Modbus board on a real wire. Without power its relays are open, as real ones are. */
export class ModbusBoard implements Board {
  readonly name: string;
  readonly #make: Make;
  readonly #slave: ModbusSlave;
  readonly #side: BoardSide;
  #powered = false;

  constructor(make: Make, options: BoardOptions, side: NetworkSide | SerialSide) {
    this.name = make.name;
    this.#make = make;
    this.#slave = new ModbusSlave({
      framing: make.framing,
      map: make.map,
      unit: options.unit ?? (make.framing === "tcp" ? "any" : 1),
      lateByMs: options.lateByMs,
      onRequest: () => make.onRequest?.(),
    });
    this.#side = "port" in side ? new BoardSocket(side.port) : new Pty(side.pty.link);
  }

  /** @throws Error when the board is on a serial line, or was never started with port 0 */
  get port(): number {
    if (!(this.#side instanceof BoardSocket)) throw new Error(`${this.name} has no network socket`);
    return this.#side.port;
  }

  /** @throws Error when the board is on the network, or was never started */
  get path(): string {
    if (!(this.#side instanceof Pty)) throw new Error(`${this.name} has no serial port`);
    return this.#side.path;
  }

  /** Counts since the board was made: `requests`, `foreign`, `bad_bytes`, `hung_up`. */
  get counters(): Readonly<Record<string, number>> {
    return this.#slave.counters;
  }

  async start(): Promise<void> {
    if (this.#powered) return;
    await this.#side.open((stream) => this.#slave.serve(stream));
    this.#powered = true;
    this.#make.powerOn();
  }

  async stop(): Promise<void> {
    if (!this.#powered) return;
    this.#powered = false;
    this.#make.powerOff();
    this.#make.relays.openAll();
    this.#slave.stop();
    await this.#side.close();
  }

  relay(number: number): RelayContact {
    return this.#make.relays.contact(number);
  }

  input(number: number): InputContact {
    return this.#make.inputs.contact(number);
  }

  setFault(fault: BoardFault): void {
    this.#slave.fault = fault;
  }
}
