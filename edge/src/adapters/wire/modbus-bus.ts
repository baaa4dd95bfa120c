/** How a request is to be treated on a wire that others use as well. */
export interface RequestOptions {
  /** Gate commands go before polling, and try to reconnect a lost wire. */
  readonly urgent?: boolean;
  /** Sent even to a unit that owes answers: for a release, which must reach a board that hears but does not speak. */
  readonly blindly?: boolean;
  /** Called in the moment the first byte is handed to the system. */
  readonly handed?: () => void;
}

/**
 * Modbus boards on one wire. Units are 0–247, addresses 0–65535 as on the wire.
 *
 * Everything here throws Fault `wire-unreachable` (not connected; nothing was sent), `wire-timeout`, `wire-noise`
 * (sent, and not known whether it was done) or `wire-exception` (refused; a `WireException`).
 */
export interface ModbusBus {
  readonly address: string;
  /** Counts since start, by name in snake_case. */
  readonly counters: Readonly<Record<string, number>>;
  readCoils(
    unit: number,
    address: number,
    count: number,
    options?: RequestOptions,
  ): Promise<boolean[]>;
  readDiscrete(
    unit: number,
    address: number,
    count: number,
    options?: RequestOptions,
  ): Promise<boolean[]>;
  readHolding(
    unit: number,
    address: number,
    count: number,
    options?: RequestOptions,
  ): Promise<number[]>;
  writeCoil(unit: number, address: number, on: boolean, options?: RequestOptions): Promise<void>;
  /** Function 5 with any value: some makers put a time where the protocol has FF00 or 0000. */
  writeCoilValue(
    unit: number,
    address: number,
    value: number,
    options?: RequestOptions,
  ): Promise<void>;
  writeRegister(
    unit: number,
    address: number,
    value: number,
    options?: RequestOptions,
  ): Promise<void>;
}
