import type { Duration } from "@gatehouse/shared/time";
import { type BoardSetting, keepSettings } from "../wire/board-settings.ts";
import type { ModbusBus } from "../wire/modbus-bus.ts";
import type { ModbusGateProfile } from "./gate-profile.ts";
import type { Relay } from "./relay.ts";

const urgent = { urgent: true };

/** A relay of a Modbus board. The number is as printed on the board, from 1. */
export class ModbusRelay implements Relay {
  readonly make: string;
  readonly timesItself: boolean;
  readonly #bus: ModbusBus;
  readonly #unit: number;
  readonly #profile: ModbusGateProfile;
  readonly #channel: number;
  readonly #pulse: Duration;
  #isPrepared = false;

  constructor(
    bus: ModbusBus,
    unit: number,
    profile: ModbusGateProfile,
    relay: number,
    pulse: Duration,
  ) {
    this.make = `${profile.make} at ${bus.address} unit ${unit}, relay ${relay}`;
    this.timesItself = profile.pulse.kind !== "software";
    this.#bus = bus;
    this.#unit = unit;
    this.#profile = profile;
    this.#channel = relay - 1;
    this.#pulse = pulse;
  }

  get counters(): Readonly<Record<string, number>> {
    return this.#bus.counters;
  }

  async prepare(options = urgent): Promise<void> {
    if (this.#isPrepared) return;
    const settings = [...this.#profile.settings, ...pulseSettings(this.#profile, this.#pulse)];
    await keepSettings(this.#bus, this.#unit, settings, [this.#channel], options);
    this.#isPrepared = true;
  }

  forget(): void {
    this.#isPrepared = false;
  }

  async close(handed: () => void): Promise<void> {
    const { pulse, relay_coil } = this.#profile;
    const options = { ...urgent, handed };
    if (pulse.kind === "flash-coil") {
      const ticks = ticksOf(this.#pulse, pulse.tick_ms);
      const address = pulse.address + this.#channel;
      await this.#bus.writeCoilValue(this.#unit, address, ticks, options);
    } else {
      await this.#bus.writeCoil(this.#unit, relay_coil + this.#channel, true, options);
    }
  }

  async release(): Promise<void> {
    const coil = this.#profile.relay_coil + this.#channel;
    await this.#bus.writeCoil(this.#unit, coil, false, { ...urgent, blindly: true });
  }

  async isClosed(options = urgent): Promise<boolean> {
    const { table, address } = this.#profile.readback;
    const at = address + this.#channel;
    const [closed = false] =
      table === "coil"
        ? await this.#bus.readCoils(this.#unit, at, 1, options)
        : await this.#bus.readDiscrete(this.#unit, at, 1, options);
    return closed;
  }
}

function pulseSettings({ pulse }: ModbusGateProfile, length: Duration): BoardSetting[] {
  if (pulse.kind !== "pulse-register") return [];
  const { mode, width } = pulse;
  const perRelay = { table: "holding", per: "channel" } as const;
  return [
    { ...perRelay, ...mode, why: "switching on gives one pulse" },
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
