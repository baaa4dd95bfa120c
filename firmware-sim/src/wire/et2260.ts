import { InputBank } from "./input-bank.ts";
import { type BoardOptions, type Make, ModbusBoard, type NetworkSide } from "./modbus-board.ts";
import type { RegisterMap, Written } from "./register-map.ts";
import { RelayBank } from "./relay-bank.ts";

const channels = 6;
const clearHigh = 32;
const clearLow = 33;
const powerOnCoils = 235;
const safeCoils = 267;
const latchedHigh = 32;
const latchedLow = 64;

/** ICP DAS ET-2260, six inputs and six relays on Modbus TCP. An input that changes is latched until it is cleared. */
export const et2260 = (options: BoardOptions, side: NetworkSide): ModbusBoard =>
  new ModbusBoard(new Et2260(), options, side);

class Et2260 implements Make, RegisterMap {
  readonly name = "icpdas-et2260";
  readonly framing = "tcp";
  readonly relays = new RelayBank(channels);
  readonly inputs = new InputBank(channels, (index, active) => {
    (active ? this.#wasHigh : this.#wasLow)[index] = true;
  });
  readonly map = this;
  readonly #wasHigh = noneOf();
  readonly #wasLow = noneOf();
  /** Kept without power. */
  readonly #powerOn = noneOf();
  readonly #safe = noneOf();

  powerOn(): void {
    this.#clear(true);
    this.#clear(false);
    for (const [index, closed] of this.#powerOn.entries()) this.relays.set(index, closed);
  }

  powerOff(): void {}

  coil(address: number): boolean | undefined {
    if (address === clearHigh || address === clearLow) return false;
    return (
      this.relays.isClosed(address) ??
      this.#powerOn[address - powerOnCoils] ??
      this.#safe[address - safeCoils]
    );
  }

  discrete(address: number): boolean | undefined {
    return (
      this.inputs.isActive(address) ??
      this.#wasHigh[address - latchedHigh] ??
      this.#wasLow[address - latchedLow]
    );
  }

  holding(): undefined {
    return undefined;
  }

  inputRegister(): undefined {
    return undefined;
  }

  setCoil(address: number, value: number): Written {
    if (value !== 0xff00 && value !== 0) return "bad-value";
    const isOn = value === 0xff00;
    if (address === clearHigh && isOn) this.#clear(true);
    else if (address === clearLow && isOn) this.#clear(false);
    else if (address < channels) this.relays.set(address, isOn);
    else if (address - powerOnCoils in this.#powerOn) this.#powerOn[address - powerOnCoils] = isOn;
    else if (address - safeCoils in this.#safe) this.#safe[address - safeCoils] = isOn;
    else if (this.coil(address) === undefined) return "no-address";
    return "done";
  }

  setHolding(): Written {
    return "no-address";
  }

  /** An input that is active at that moment is latched high again at once, an inactive one low. */
  #clear(high: boolean): void {
    const latch = high ? this.#wasHigh : this.#wasLow;
    for (const index of latch.keys()) latch[index] = this.inputs.isActive(index) === high;
  }
}

const noneOf = (): boolean[] => Array.from({ length: channels }, () => false);
