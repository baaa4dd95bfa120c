import type { Part } from "@gatehouse/shared/part";
import type { Random } from "@gatehouse/shared/ports/random";
import mqtt, { type MqttClient } from "mqtt";
import type { SeenPlate } from "../../hardware.ts";

export interface FrigateOptions {
  /** Client id and user name on the broker. */
  readonly client: string;
  readonly password: string;
  readonly broker: { readonly host: string; readonly port: number };
  readonly random: Random;
}

/** Where a vehicle is in Frigate's eyes, and on which camera. */
export interface FrigatePlace {
  readonly camera: string;
  readonly zones: readonly string[];
}

/** A Frigate on the facility's broker: its availability, object counts, events and plate updates. */
export class Frigate implements Part {
  readonly name = "Frigate";
  readonly #options: FrigateOptions;
  #client: MqttClient | undefined;

  constructor(options: FrigateOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { client, password, broker } = this.#options;
    this.#client = await mqtt.connectAsync(`mqtt://${broker.host}:${broker.port}`, {
      clientId: client,
      username: client,
      password,
      protocolVersion: 4,
      reconnectPeriod: 0,
      will: { topic: "frigate/available", payload: Buffer.from("offline"), qos: 1, retain: true },
    });
    await this.#client.publishAsync("frigate/available", "online", { qos: 1, retain: true });
  }

  /** At once: its last will tells the rest. */
  stop(): Promise<void> {
    this.#client?.end(true);
    this.#client = undefined;
    return Promise.resolve();
  }

  /** Listens, as it does for its own switches. */
  async hear(filter: string, listener: (topic: string) => void): Promise<void> {
    this.#client?.on("message", listener);
    await this.#client?.subscribeAsync(filter);
  }

  say(topic: string, payload: string, retain = false): void {
    this.#client?.publish(topic, payload, { qos: 1, retain });
  }

  /** One vehicle from its first picture to its last; its plate is read before it is in the zone. */
  see(
    { rawPlate, confidence, vehicleClass, at }: SeenPlate,
    { camera, zones }: FrigatePlace,
  ): void {
    const id = `${at / 1000}-${this.#options.random.id().slice(-6)}`;
    const tell = (type: string, fields: object): void => {
      const label = vehicleClass === "unknown" ? "car" : vehicleClass;
      const after = { id, camera, label, false_positive: false, frame_time: at / 1000, ...fields };
      this.say("frigate/events", JSON.stringify({ type, before: {}, after }));
    };
    tell("new", { current_zones: [], entered_zones: [] });
    this.say(`frigate/${camera}/car`, "1", true);
    this.say(
      "frigate/tracked_object_update",
      JSON.stringify({
        type: "lpr",
        id,
        name: null,
        plate: rawPlate,
        score: confidence,
        camera,
        timestamp: at / 1000,
        plate_box: [1, 2, 3, 4],
      }),
    );
    const plate = {
      recognized_license_plate: rawPlate,
      recognized_license_plate_score: confidence,
    };
    tell("update", { current_zones: zones, entered_zones: zones, ...plate });
    tell("end", { current_zones: [], entered_zones: zones, ...plate });
  }
}
