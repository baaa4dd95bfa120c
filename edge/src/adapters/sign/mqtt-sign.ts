import { type SignShow, topics } from "@gatehouse/shared/contracts/topics";
import { Fault } from "@gatehouse/shared/fault";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { Sign, SignMessage } from "@gatehouse/shared/ports/sign";
import { isoOf } from "@gatehouse/shared/time";
import type { Broker } from "../mqtt/broker.ts";

export interface MqttSignOptions {
  readonly broker: Broker;
  /** The display's client id. */
  readonly signId: string;
  readonly laneId?: string;
  readonly clock: Clock;
}

/** A display on the broker. Its message is retained: a display that comes back shows the truth by itself. */
export class MqttSign implements Sign {
  readonly name: string;
  readonly #options: MqttSignOptions;
  readonly #counts = { shown: 0, unreachable: 0 };

  constructor(options: MqttSignOptions) {
    this.#options = options;
    this.name = `sign ${options.signId}`;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** The message is kept for the display even when this throws, because it is not connected. */
  async show(message: SignMessage): Promise<void> {
    const { broker, signId, clock } = this.#options;
    const show: SignShow = {
      lines: [...message.lines],
      ...(message.free === undefined ? {} : { free: message.free }),
      tone: message.tone,
      at: isoOf(clock.now()),
    };
    await broker.publishRetained(topics.signShow(signId), JSON.stringify(show));
    if (!broker.isConnected(signId)) {
      this.#counts.unreachable += 1;
      throw new Fault("sign-unreachable", `display ${signId} is not connected`);
    }
    this.#counts.shown += 1;
  }

  report(): readonly DeviceReport[] {
    const { broker, signId, laneId } = this.#options;
    const connected = broker.isConnected(signId);
    return [
      {
        id: signId,
        kind: "sign",
        make: `MQTT display ${signId}`,
        ...(laneId === undefined ? {} : { laneId }),
        state: connected ? "online" : "offline",
        ...(connected ? {} : { fault: "sign-unreachable" as const }),
        counters: { ...this.#counts },
      },
    ];
  }
}
