import { type LoopState, topics } from "@gatehouse/shared/contracts/topics";
import type { Clock } from "@gatehouse/shared/ports/clock";
import { seconds } from "@gatehouse/shared/time";
import type { LoopBoard } from "../../hardware.ts";
import { type DeviceAddress, DeviceLink } from "./device-link.ts";

export interface MqttLoopBoardOptions extends DeviceAddress {
  readonly clock: Clock;
}

type Input = "arming" | "safety" | "limit-open";

/** The loop board of a lane on the facility's broker: all its inputs at each change and each heartbeat. */
export class MqttLoopBoard implements LoopBoard {
  readonly name: string;
  readonly link: DeviceLink;
  readonly #options: MqttLoopBoardOptions;
  readonly #inputs: Record<Input, boolean | null> = {
    arming: false,
    safety: false,
    "limit-open": false,
  };
  #boot: string;
  #sequence = 0;
  #cancelHeartbeat: () => void = () => {};

  constructor(options: MqttLoopBoardOptions) {
    this.name = `loop board ${options.deviceId}`;
    this.#options = options;
    this.#boot = options.random.id();
    this.link = new DeviceLink(options);
    // A car that passed while the line was down must not pass now.
    this.link.onConnected(() => {
      this.link.forget();
      this.#tell();
    });
  }

  /** The board serves at once; the broker may come later. */
  start(): Promise<void> {
    this.link.on();
    this.#beat();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#cancelHeartbeat();
    await this.link.off();
  }

  set(input: Input, active: boolean): void {
    this.#change(input, active);
  }

  /** The loop's wire is broken: the detector knows nothing until the next `set`. */
  breakLoop(input: Input): void {
    this.#change(input, null);
  }

  /** A watchdog reset: a new boot, and the sequence begins again. */
  reboot(): void {
    this.#boot = this.#options.random.id();
    this.#sequence = 0;
    this.link.cut();
  }

  #change(input: Input, state: boolean | null): void {
    if (this.#inputs[input] === state) return;
    this.#inputs[input] = state;
    this.#tell();
  }

  #beat(): void {
    this.#cancelHeartbeat = this.#options.clock.after(heartbeat, () => {
      this.#tell();
      this.#beat();
    });
  }

  #tell(): void {
    this.#sequence += 1;
    const state: LoopState = {
      boot: this.#boot,
      seq: this.#sequence,
      arming: this.#inputs.arming,
      safety: this.#inputs.safety,
      limit_open: this.#inputs["limit-open"],
    };
    this.link.send(topics.loopState(this.#options.deviceId), JSON.stringify(state));
  }
}

const heartbeat = seconds(30);
