import type { Clock } from "@gatehouse/shared/ports/clock";
import { milliseconds, seconds } from "@gatehouse/shared/time";
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

const channels = 6;
const on = 0xff00;
const tickMs = 100;

/** First holding registers, from the maker's own template; "per relay" ones have six. */
const registers = {
  legacyInputMode: 5,
  /** 0 safe state, 1 as before. */
  afterPowerOn: 6,
  pollTimeoutS: 8,
  /** Per input: 0 push button, 1 switch, 2 all off, 3 does nothing to the relays. */
  inputMode: 9,
  /** 0 no request or no bus power, 1 no bus power, 2 no request. */
  safetySource: 19,
  safeState: 930,
  /** Per relay: 1 takes the safe state. */
  onSafety: 938,
  /** Per relay: 0 none, 3 one pulse; the other modes are kept and do nothing here. */
  timerMode: 1760,
  pulseTicks: 1784,
} as const;
const pulseMode = 3;

/** Value and count of each kind as the factory leaves them. */
const factory: readonly (readonly [first: number, count: number, value: number])[] = [
  [registers.legacyInputMode, 1, 0],
  [registers.afterPowerOn, 1, 0],
  [registers.pollTimeoutS, 1, 10],
  [registers.inputMode, channels, 0],
  [registers.safetySource, 1, 0],
  [registers.safeState, channels, 0],
  [registers.onSafety, channels, 0],
  [registers.timerMode, channels, 0],
  [registers.pulseTicks, channels, 0],
];

const firmware = "1.24.0";
const serialNumber = 4_260_001;

/**
 * Wiren Board WB-MR6C, six relays and six inputs on Modbus RTU. As the factory leaves it, each input is a push
 * button that toggles the relay beside it.
 */
export const mr6c = (options: BoardOptions, side: NetworkSide | SerialSide): ModbusBoard =>
  new ModbusBoard(new Mr6c(options.clock), options, side);

class Mr6c implements Make, RegisterMap {
  readonly name = "wirenboard-mr6c";
  readonly framing = "rtu";
  readonly relays = new RelayBank(channels);
  readonly inputs = new InputBank(channels, (index, active) => this.#input(index, active));
  readonly map = this;
  readonly #clock: Clock;
  /** Kept without power. */
  readonly #registers = new Map<number, number>(
    factory.flatMap(([first, count, value]) =>
      Array.from({ length: count }, (_, index) => [first + index, value] as const),
    ),
  );
  readonly #inputCounts = Array.from({ length: channels }, () => 0);
  readonly #pulses = new Map<number, { readonly cancel: () => void; readonly endsAt: number }>();
  #before: readonly boolean[] = [];
  #powered = false;
  #cancelSafety: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  powerOn(): void {
    this.#powered = true;
    const restores = this.#register(registers.afterPowerOn) === 1;
    for (let index = 0; index < channels; index++) {
      const safe = this.#register(registers.safeState + index) === 1;
      this.relays.set(index, restores ? (this.#before[index] ?? false) : safe);
    }
    this.onRequest();
  }

  powerOff(): void {
    this.#powered = false;
    this.#cancelSafety();
    this.#before = Array.from(
      { length: channels },
      (_, index) => this.relays.isClosed(index) ?? false,
    );
    for (const index of this.#before.keys()) this.#endPulse(index);
  }

  /** Each request puts the safe state off again. */
  onRequest(): void {
    this.#cancelSafety();
    if (this.#register(registers.safetySource) === 1) return;
    const patience = seconds(this.#register(registers.pollTimeoutS));
    this.#cancelSafety = this.#clock.after(patience, () => this.#takeSafeState());
  }

  coil(address: number): boolean | undefined {
    const action = actionOf(address);
    return action === undefined ? this.relays.isClosed(address) : false;
  }

  discrete(address: number): boolean | undefined {
    if (address >= 96 && address < 96 + channels) return this.relays.isClosed(address - 96);
    // Input 0 is not wired.
    return address === 7 ? false : this.inputs.isActive(address);
  }

  holding(address: number): number | undefined {
    return this.#registers.get(address);
  }

  inputRegister(address: number): number | undefined {
    if (address >= 250 && address < 266) return firmware.charCodeAt(address - 250) || 0;
    if (address === 270) return serialNumber >>> 16;
    if (address === 271) return serialNumber & 0xffff;
    if (address >= 1864 && address < 1864 + channels) return this.#ticksLeft(address - 1864);
    if (address === 39) return 0;
    const count = this.#inputCounts[address - 32];
    return count === undefined ? undefined : count & 0xffff;
  }

  setCoil(address: number, value: number): Written {
    if (value !== on && value !== 0) return "bad-value";
    const action = actionOf(address);
    if (action !== undefined) {
      if (value === on) this.#act(action.kind, action.index);
      return "done";
    }
    if (this.relays.isClosed(address) === undefined) return "no-address";
    this.#switch(address, value === on);
    return "done";
  }

  setHolding(address: number, value: number): Written {
    if (!this.#registers.has(address)) return "no-address";
    if (address === registers.pollTimeoutS && (value < 1 || value > 65_534)) return "bad-value";
    this.#registers.set(address, value);
    return "done";
  }

  #act(kind: "off" | "on" | "toggle", index: number): void {
    this.#switch(index, kind === "toggle" ? !this.relays.isClosed(index) : kind === "on");
  }

  #switch(index: number, closed: boolean): void {
    this.#endPulse(index);
    this.relays.set(index, closed);
    if (!closed || this.#register(registers.timerMode + index) !== pulseMode) return;
    const ticks = this.#register(registers.pulseTicks + index);
    const cancel = this.#clock.after(milliseconds(ticks * tickMs), () => {
      this.#pulses.delete(index);
      this.relays.set(index, false);
    });
    this.#pulses.set(index, { cancel, endsAt: this.#clock.monotonic() + ticks * tickMs });
  }

  #endPulse(index: number): void {
    this.#pulses.get(index)?.cancel();
    this.#pulses.delete(index);
  }

  #ticksLeft(index: number): number {
    const pulse = this.#pulses.get(index);
    return pulse === undefined ? 0 : Math.ceil((pulse.endsAt - this.#clock.monotonic()) / tickMs);
  }

  #input(index: number, active: boolean): void {
    if (active) this.#inputCounts[index] = (this.#inputCounts[index] ?? 0) + 1;
    if (!this.#powered) return;
    const mode = this.#register(registers.inputMode + index);
    if (mode === 0 && active) this.#act("toggle", index);
    if (mode === 1) this.#switch(index, active);
    if (mode === 2 && active) for (let each = 0; each < channels; each++) this.#switch(each, false);
  }

  #takeSafeState(): void {
    for (let index = 0; index < channels; index++) {
      if (this.#register(registers.onSafety + index) !== 1) continue;
      this.#switch(index, this.#register(registers.safeState + index) === 1);
    }
  }

  #register(address: number): number {
    return this.#registers.get(address) ?? 0;
  }
}

/** Coils that do something when written with FF00 and always read as off. */
function actionOf(address: number): { kind: "off" | "on" | "toggle"; index: number } | undefined {
  const actions = [
    ["off", 100],
    ["on", 108],
    ["toggle", 116],
  ] as const;
  for (const [kind, first] of actions) {
    if (address >= first && address < first + channels) return { kind, index: address - first };
  }
  return undefined;
}
