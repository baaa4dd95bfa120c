import type { Duration } from "@gatehouse/shared/time";
import { type BoardSetting, keepSettings, type WhenAlone } from "../wire/board-settings.ts";
import type { ModbusBus } from "../wire/modbus-bus.ts";
import type { ModbusGateProfile } from "./gate-profile.ts";
import type { Relay } from "./relay.ts";

const urgent = { urgent: true };

export interface ModbusRelayParts {
  readonly bus: ModbusBus;
  readonly unit: number;
  readonly profile: ModbusGateProfile;
  /** As printed on the board, from 1. */
  readonly relay: number;
  readonly pulse: Duration;
  /** What the contact does while nobody talks to the board, where the board can be told. */
  readonly whenAlone: WhenAlone;
}

/** A relay of a Modbus board. */
export class ModbusRelay implements Relay {
  readonly make: string;
  readonly timesItself: boolean;
  readonly echoes = true;
  readonly latch?: (handed: () => void) => Promise<void>;
  readonly #parts: ModbusRelayParts;
  readonly #channel: number;
  readonly #settings: readonly BoardSetting[];
  #isPrepared = false;

  constructor(parts: ModbusRelayParts) {
    const { bus, unit, profile, relay } = parts;
    this.make = `${profile.make} at ${bus.address} unit ${unit}, relay ${relay}`;
    this.#parts = parts;
    this.#channel = relay - 1;
    const { pulse } = profile;
    const isPulseMode = pulsesByItself(parts);
    this.timesItself = pulse.kind === "flash-coil" || isPulseMode;
    if (!isPulseMode) this.latch = (handed) => this.#switchOn(handed);
    this.#settings = relaySettings(parts);
  }

  get counters(): Readonly<Record<string, number>> {
    return this.#parts.bus.counters;
  }

  async prepare(options = urgent): Promise<void> {
    if (this.#isPrepared) return;
    const { bus, unit, whenAlone } = this.#parts;
    await keepSettings(bus, unit, this.#settings, [this.#channel], { ...options, whenAlone });
    this.#isPrepared = true;
  }

  forget(): void {
    this.#isPrepared = false;
  }

  async close(handed: () => void): Promise<void> {
    const { bus, unit, profile, pulse: length } = this.#parts;
    const { pulse } = profile;
    if (pulse.kind !== "flash-coil") return await this.#switchOn(handed);
    const ticks = ticksOf(length, pulse.tick_ms);
    const address = pulse.address + this.#channel;
    await bus.writeCoilValue(unit, address, ticks, { ...urgent, handed });
  }

  async release(): Promise<void> {
    const { bus, unit } = this.#parts;
    await bus.writeCoil(unit, this.#coil, false, { ...urgent, blindly: true });
  }

  async isClosed(options = urgent): Promise<boolean> {
    const { bus, unit, profile } = this.#parts;
    const { table, address } = profile.readback;
    const at = address + this.#channel;
    const [closed = false] =
      table === "coil"
        ? await bus.readCoils(unit, at, 1, options)
        : await bus.readDiscrete(unit, at, 1, options);
    return closed;
  }

  async #switchOn(handed: () => void): Promise<void> {
    const { bus, unit } = this.#parts;
    await bus.writeCoil(unit, this.#coil, true, { ...urgent, handed });
  }

  get #coil(): number {
    return this.#parts.profile.relay_coil + this.#channel;
  }
}

type RelaySetup = Pick<ModbusRelayParts, "profile" | "pulse" | "whenAlone">;

/** Everything that the board must keep for one of its relays; addresses of channels are the first one's. */
export const relaySettings = (setup: RelaySetup): BoardSetting[] => [
  ...setup.profile.settings,
  ...pulseSettings(setup, pulsesByItself(setup)),
];

/** A relay in pulse mode could not stay closed when nobody talks to it. */
const pulsesByItself = ({ profile, whenAlone }: RelaySetup): boolean =>
  profile.pulse.kind === "pulse-register" && whenAlone === "secure";

function pulseSettings(
  { profile, pulse: length }: RelaySetup,
  isPulseMode: boolean,
): BoardSetting[] {
  const { pulse } = profile;
  if (pulse.kind !== "pulse-register") return [];
  const { mode, width } = pulse;
  const perRelay = { table: "holding", per: "channel" } as const;
  if (!isPulseMode) {
    const why = "switching on closes the contact until it is switched off";
    return [{ ...perRelay, address: mode.address, value: mode.off, why }];
  }
  return [
    { ...perRelay, address: mode.address, value: mode.on, why: "switching on gives one pulse" },
    {
      ...perRelay,
      address: width.address,
      value: ticksOf(length, width.tick_ms),
      why: "length of the pulse",
    },
  ];
}

const ticksOf = (length: Duration, tickMs: number): number =>
  Math.max(1, Math.round(length / tickMs));
