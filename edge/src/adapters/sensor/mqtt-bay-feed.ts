import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { SourceLost, SpaceFeed, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { Instant } from "@gatehouse/shared/time";
import type { Broker } from "../mqtt/broker.ts";
import type { Arrival } from "../mqtt/inbox.ts";
import type { PresenceChange } from "../mqtt/presences.ts";
import { readBayState } from "./plain-json.ts";

export interface MqttBayFeedOptions {
  readonly broker: Broker;
  /** Sensor id, which is its client id → space id. */
  readonly spaceOfSensor: ReadonlyMap<string, string>;
}

interface Heard {
  state: DeviceReport["state"];
  lastSeen: Instant | undefined;
  messages: number;
  refused: number;
}

/** The bay sensors on the broker. A message is acknowledged when the listener has returned. */
export class MqttBayFeed implements SpaceFeed {
  readonly name = "bay-sensors";
  readonly #options: MqttBayFeedOptions;
  readonly #heard: ReadonlyMap<string, Heard>;
  #keep: (batch: readonly SpaceObservation[]) => void = () => {};
  #tellLost: (lost: SourceLost) => void = () => {};
  #ends: (() => void)[] = [];

  constructor(options: MqttBayFeedOptions) {
    this.#options = options;
    this.#heard = new Map(
      [...options.spaceOfSensor.keys()].map((sensorId) => [
        sensorId,
        { state: "unknown", lastSeen: undefined, messages: 0, refused: 0 },
      ]),
    );
  }

  onObservations(listener: (batch: readonly SpaceObservation[]) => void): void {
    this.#keep = listener;
  }

  onLost(listener: (lost: SourceLost) => void): void {
    this.#tellLost = listener;
  }

  start(): Promise<void> {
    const { broker } = this.#options;
    this.#ends = [
      broker.takeBays({
        read: (arrival) => this.#read(arrival),
        keep: (batch: readonly SpaceObservation[]) => this.#keep(batch),
      }),
      broker.onPresence((change) => this.#onPresence(change)),
    ];
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    return Promise.resolve();
  }

  report(): readonly DeviceReport[] {
    return [...this.#heard].map(([sensorId, { state, lastSeen, messages, refused }]) => ({
      id: sensorId,
      kind: "bay-sensor",
      make: `MQTT sensor ${sensorId}`,
      state,
      ...(lastSeen === undefined ? {} : { lastSeen }),
      counters: { messages, refused },
    }));
  }

  #read(arrival: Arrival): ReturnType<typeof readBayState> {
    const spaceId = this.#options.spaceOfSensor.get(arrival.clientId);
    const heard = this.#heard.get(arrival.clientId);
    if (spaceId === undefined || heard === undefined) return { refused: "unknown_device" };
    const read = readBayState(arrival, spaceId);
    heard.lastSeen = arrival.at;
    heard.state = "online";
    if ("refused" in read) heard.refused += 1;
    else heard.messages += 1;
    return read;
  }

  #onPresence({ clientId, presence, at }: PresenceChange): void {
    const heard = this.#heard.get(clientId);
    if (heard === undefined) return;
    // A sensor that took its leave sleeps: its last word stands until it is too old.
    heard.state = presence === "here" ? "online" : presence === "left" ? "stale" : "offline";
    if (presence === "lost") this.#tellLost({ sourceId: clientId, at });
  }
}
