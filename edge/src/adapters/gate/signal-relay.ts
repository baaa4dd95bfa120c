import type { AlarmKind } from "@gatehouse/shared/contracts/alarm-config";
import { Fault } from "@gatehouse/shared/fault";
import type { SignalOutput } from "@gatehouse/shared/ports/alarm-contact";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Relay } from "./relay.ts";

/** A relay that repeats an alarm to somebody else's system: closed while it is on, open otherwise. */
export class SignalRelay implements SignalOutput {
  readonly name: string;
  readonly id: string;
  readonly follows: AlarmKind;
  readonly #relay: Relay;
  #state: DeviceReport["state"] = "unknown";
  #fault: Fault | undefined;

  /** @param relay one that can be latched; nobody else switches it */
  constructor(id: string, follows: AlarmKind, relay: Relay) {
    this.name = `output-${id}`;
    this.id = id;
    this.follows = follows;
    this.#relay = relay;
  }

  /** Open at first; a board that is away does not keep a facility from starting. */
  async start(): Promise<void> {
    await this.set(false).catch(faultOnly);
  }

  async stop(): Promise<void> {
    await this.set(false).catch(faultOnly);
  }

  async set(active: boolean): Promise<void> {
    try {
      await this.#relay.prepare();
      if (active) await this.#relay.latch?.(() => {});
      else await this.#relay.release();
      this.#state = "online";
      this.#fault = undefined;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#state = "offline";
      this.#fault = error;
      this.#relay.forget();
      throw error;
    }
  }

  report(): readonly DeviceReport[] {
    return [
      {
        id: this.id,
        kind: "output",
        make: this.#relay.make,
        state: this.#state,
        ...(this.#fault !== undefined && { fault: this.#fault.code, detail: this.#fault.message }),
        counters: this.#relay.counters,
      },
    ];
  }
}

function faultOnly(error: unknown): void {
  if (!(error instanceof Fault)) throw error;
}
