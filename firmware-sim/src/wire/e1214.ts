import type { Clock } from "@gatehouse/shared/ports/clock";
import { milliseconds } from "@gatehouse/shared/time";
import { InputBank } from "./input-bank.ts";
import { type BoardOptions, type Make, ModbusBoard, type NetworkSide } from "./modbus-board.ts";
import type { RegisterMap, Written } from "./register-map.ts";
import { RelayBank } from "./relay-bank.ts";

const channels = 6;
const on = 0xff00;
/** The relay model times its own pulses in steps of 1.5 s. */
const pulseUnitMs = 1500;

/** First addresses, A-15 of the maker's manual; six of each follow. */
const coils = { relay: 0, pulse: 16, clearCurrentCount: 48, count: 256, clearCount: 272 };
const holdings = { allRelays: 32, pulseCount: 36, onWidth: 52, offWidth: 68 };
const inputRegisters = { counters: 16, allInputs: 48, totalCount: 64, currentCount: 96 };

/** Moxa ioLogik E1214, six inputs and six relays on Modbus TCP. */
export const e1214 = (options: BoardOptions, side: NetworkSide): ModbusBoard =>
  new ModbusBoard(new E1214(options.clock), options, side);

class E1214 implements Make, RegisterMap {
  readonly name = "moxa-e1214";
  readonly framing = "tcp";
  readonly relays = new RelayBank(channels);
  readonly inputs = new InputBank(channels, (index, active) => {
    if (active && this.#counts[index]) this.#counters[index] = at(this.#counters, index) + 1;
  });
  readonly map = this;
  readonly #clock: Clock;
  readonly #counts = Array.from({ length: channels }, () => true);
  readonly #counters = zeros(0);
  readonly #pulseCount = zeros(1);
  readonly #onWidth = zeros(1);
  readonly #offWidth = zeros(1);
  readonly #totalCount = zeros(0);
  readonly #currentCount = zeros(0);
  readonly #pulses = new Map<number, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
    for (const index of this.#totalCount.keys()) {
      this.relays.contact(index + 1).onContact((closed) => {
        if (!closed) return;
        this.#totalCount[index] = at(this.#totalCount, index) + 1;
        this.#currentCount[index] = at(this.#currentCount, index) + 1;
      });
    }
  }

  powerOn(): void {
    this.#counters.fill(0);
  }

  powerOff(): void {
    for (const index of this.#totalCount.keys()) this.#endPulse(index);
  }

  coil(address: number): boolean | undefined {
    const pulsing = channelOf(address, coils.pulse);
    if (pulsing !== undefined) return this.#pulses.has(pulsing);
    const counting = channelOf(address, coils.count);
    if (counting !== undefined) return this.#counts[counting];
    const clears = [coils.clearCurrentCount, coils.clearCount];
    if (clears.some((first) => channelOf(address, first) !== undefined)) return false;
    return this.relays.isClosed(address);
  }

  discrete(address: number): boolean | undefined {
    return this.inputs.isActive(address);
  }

  holding(address: number): number | undefined {
    if (address === holdings.allRelays) return bits((index) => this.relays.isClosed(index));
    return (
      this.#pulseCount[address - holdings.pulseCount] ??
      this.#onWidth[address - holdings.onWidth] ??
      this.#offWidth[address - holdings.offWidth]
    );
  }

  inputRegister(address: number): number | undefined {
    if (address === inputRegisters.allInputs) return bits((index) => this.inputs.isActive(index));
    return (
      word(this.#counters, address - inputRegisters.counters) ??
      word(this.#totalCount, address - inputRegisters.totalCount) ??
      word(this.#currentCount, address - inputRegisters.currentCount)
    );
  }

  setCoil(address: number, value: number): Written {
    if (value !== on && value !== 0) return "bad-value";
    const isOn = value === on;
    const [kind, index] = kindOf(address);
    if (kind === undefined || index === undefined) return "no-address";
    switch (kind) {
      case "relay":
        this.#endPulse(index);
        this.relays.set(index, isOn);
        break;
      case "pulse":
        this.#endPulse(index);
        if (isOn) this.#pulse(index, at(this.#pulseCount, index));
        break;
      case "clearCurrentCount":
        if (isOn) this.#currentCount[index] = 0;
        break;
      case "count":
        this.#counts[index] = isOn;
        break;
      case "clearCount":
        if (isOn) this.#counters[index] = 0;
        break;
    }
    return "done";
  }

  setHolding(address: number, value: number): Written {
    if (address === holdings.allRelays) {
      for (const index of this.#counts.keys()) {
        this.#endPulse(index);
        this.relays.set(index, ((value >> index) & 1) === 1);
      }
      return "done";
    }
    const tables: [number[], number][] = [
      [this.#pulseCount, holdings.pulseCount],
      [this.#onWidth, holdings.onWidth],
      [this.#offWidth, holdings.offWidth],
    ];
    for (const [table, first] of tables) {
      const index = channelOf(address, first);
      if (index === undefined) continue;
      table[index] = value;
      return "done";
    }
    return "no-address";
  }

  #pulse(index: number, left: number): void {
    if (left <= 0) return;
    this.relays.set(index, true);
    this.#then(index, at(this.#onWidth, index), () => {
      this.relays.set(index, false);
      this.#then(index, at(this.#offWidth, index), () => {
        this.#pulses.delete(index);
        this.#pulse(index, left - 1);
      });
    });
  }

  #then(index: number, units: number, action: () => void): void {
    this.#pulses.set(index, this.#clock.after(milliseconds(units * pulseUnitMs), action));
  }

  #endPulse(index: number): void {
    this.#pulses.get(index)?.();
    if (this.#pulses.delete(index)) this.relays.set(index, false);
  }
}

const zeros = (value: number): number[] => Array.from({ length: channels }, () => value);

const at = (values: readonly number[], index: number): number => values[index] ?? 0;

const channelOf = (address: number, first: number): number | undefined =>
  address >= first && address < first + channels ? address - first : undefined;

function kindOf(address: number): [keyof typeof coils | undefined, number | undefined] {
  for (const [kind, first] of Object.entries(coils)) {
    const index = channelOf(address, first);
    if (index !== undefined) return [kind as keyof typeof coils, index];
  }
  return [undefined, undefined];
}

/** Counters have two registers each, the low one first. */
function word(values: readonly number[], offset: number): number | undefined {
  const value = values[offset >> 1];
  return offset < 0 || value === undefined ? undefined : (value >>> ((offset & 1) * 16)) & 0xffff;
}

function bits(bit: (index: number) => boolean | undefined): number {
  let all = 0;
  for (let index = 0; index < channels; index++) if (bit(index)) all |= 1 << index;
  return all;
}
