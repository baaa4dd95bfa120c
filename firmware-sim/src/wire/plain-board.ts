import { InputBank } from "./input-bank.ts";
import {
  type BoardOptions,
  type Make,
  ModbusBoard,
  type NetworkSide,
  type SerialSide,
} from "./modbus-board.ts";
import type { RegisterMap, Written } from "./register-map.ts";
import { RelayBank } from "./relay-bank.ts";

interface Layout {
  readonly name: string;
  readonly framing: "rtu" | "tcp";
  readonly relays: number;
  readonly relayCoil: number;
  readonly inputs: number;
  /** Where the first input is read. */
  readonly inputTable: "coil" | "discrete";
}

/** Advantech ADAM-6060: inputs and relays both among the coils, the relays from 16. */
export const adam6060 = (options: BoardOptions, side: NetworkSide): ModbusBoard =>
  plainBoard(
    {
      name: "adam-6060",
      framing: "tcp",
      relays: 6,
      relayCoil: 16,
      inputs: 6,
      inputTable: "coil",
    },
    options,
    side,
  );

/** Wellpro WP8026ADAM: sixteen inputs on Modbus RTU. */
export const wp8026 = (options: BoardOptions, side: NetworkSide | SerialSide): ModbusBoard =>
  plainBoard(
    {
      name: "wellpro-wp8026",
      framing: "rtu",
      relays: 0,
      relayCoil: 0,
      inputs: 16,
      inputTable: "discrete",
    },
    options,
    side,
  );

/** Wellpro WP8027ADAM: sixteen outputs on Modbus RTU. */
export const wp8027 = (options: BoardOptions, side: NetworkSide | SerialSide): ModbusBoard =>
  plainBoard(
    {
      name: "wellpro-wp8027",
      framing: "rtu",
      relays: 16,
      relayCoil: 0,
      inputs: 0,
      inputTable: "discrete",
    },
    options,
    side,
  );

const plainBoard = (
  layout: Layout,
  options: BoardOptions,
  side: NetworkSide | SerialSide,
): ModbusBoard => new ModbusBoard(new PlainBoard(layout), options, side);

/** A board that switches and reads, and nothing else. */
class PlainBoard implements Make, RegisterMap {
  readonly name: string;
  readonly framing: "rtu" | "tcp";
  readonly relays: RelayBank;
  readonly inputs: InputBank;
  readonly map = this;
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.name = layout.name;
    this.framing = layout.framing;
    this.relays = new RelayBank(layout.relays);
    this.inputs = new InputBank(layout.inputs);
    this.#layout = layout;
  }

  powerOn(): void {}

  powerOff(): void {}

  coil(address: number): boolean | undefined {
    const closed = this.relays.isClosed(address - this.#layout.relayCoil);
    if (closed !== undefined || this.#layout.inputTable !== "coil") return closed;
    return this.inputs.isActive(address);
  }

  discrete(address: number): boolean | undefined {
    return this.#layout.inputTable === "discrete" ? this.inputs.isActive(address) : undefined;
  }

  holding(): undefined {
    return undefined;
  }

  inputRegister(): undefined {
    return undefined;
  }

  setCoil(address: number, value: number): Written {
    if (value !== 0xff00 && value !== 0) return "bad-value";
    const index = address - this.#layout.relayCoil;
    if (this.relays.isClosed(index) === undefined) return "no-address";
    this.relays.set(index, value === 0xff00);
    return "done";
  }

  setHolding(): Written {
    return "no-address";
  }
}
