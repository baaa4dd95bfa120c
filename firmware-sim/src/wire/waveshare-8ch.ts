import type { Clock } from "@gatehouse/shared/ports/clock";
import { milliseconds } from "@gatehouse/shared/time";
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

const on = 0xff00;
const off = 0x0000;
const toggle = 0x5500;
const tick = 100;
const channels = 8;

/**
 * Waveshare Modbus RTU Relay 8CH, and its Ethernet variant that takes the same RTU frames over TCP. Protocol
 * V3 of the maker's wiki: coils 0–7, 00FF and 01FF for all, 0200 and 0400 plus the relay for "flash".
 */
export const waveshare8ch = (options: BoardOptions, side: NetworkSide | SerialSide): ModbusBoard =>
  new ModbusBoard(new Waveshare8ch(options.clock), options, side);

class Waveshare8ch implements Make, RegisterMap {
  readonly name = "waveshare-8ch";
  readonly framing = "rtu";
  readonly relays = new RelayBank(channels);
  readonly inputs = new InputBank(0);
  readonly map = this;
  readonly #clock: Clock;
  readonly #flashes = new Map<number, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  powerOn(): void {}

  powerOff(): void {
    for (const cancel of this.#flashes.values()) cancel();
    this.#flashes.clear();
  }

  coil(address: number): boolean | undefined {
    return this.relays.isClosed(address);
  }

  discrete(): undefined {
    return undefined;
  }

  holding(): undefined {
    return undefined;
  }

  inputRegister(): undefined {
    return undefined;
  }

  setCoil(address: number, value: number): Written {
    if (address < channels) return this.#switch([address], value);
    if (address === 0xff) return this.#switch([...Array(channels).keys()], value);
    if (address === 0x1ff) return this.#switch([...Array(channels).keys()], toggle);
    const channel = address & 0xff;
    if (channel < channels && address >> 8 === 2) return this.#flash(channel, true, value);
    if (channel < channels && address >> 8 === 4) return this.#flash(channel, false, value);
    return "no-address";
  }

  setHolding(): Written {
    return "no-address";
  }

  #switch(indexes: readonly number[], value: number): Written {
    if (value !== on && value !== off && value !== toggle) return "bad-value";
    for (const index of indexes) {
      this.#flashes.get(index)?.();
      this.#flashes.delete(index);
      this.relays.set(index, value === toggle ? !this.relays.isClosed(index) : value === on);
    }
    return "done";
  }

  /** Switches now, and back after so many ticks of 100 ms. */
  #flash(index: number, closed: boolean, ticks: number): Written {
    if (ticks < 1 || ticks > 0x7fff) return "bad-value";
    this.#flashes.get(index)?.();
    this.relays.set(index, closed);
    const cancel = this.#clock.after(milliseconds(ticks * tick), () => {
      this.#flashes.delete(index);
      this.relays.set(index, !closed);
    });
    this.#flashes.set(index, cancel);
    return "done";
  }
}
