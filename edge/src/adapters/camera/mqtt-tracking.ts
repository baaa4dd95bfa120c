import { topics } from "@gatehouse/shared/contracts/topics";
import { type FrameMessage, readFrame } from "@gatehouse/shared/contracts/tracking";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type { TrackingWire } from "@gatehouse/shared/ports/tracking-wire";
import type { Instant } from "@gatehouse/shared/time";
import type { Broker } from "../mqtt/broker.ts";
import type { Arrival } from "../mqtt/inbox.ts";
import { parseJson } from "../mqtt/json-payload.ts";
import type { Reason } from "../mqtt/refusals.ts";

export interface MqttTrackingOptions {
  readonly broker: Broker;
  /** Cameras whose frames others send; each is its worker's client id. */
  readonly cameraIds: readonly string[];
}

interface Heard {
  frames: number;
  refused: number;
  lastSeen: Instant | undefined;
}

/** The tracking guide's message on the broker: workers bring theirs, and whoever listens hears ours. */
export class MqttTracking implements TrackingWire {
  readonly name = "tracking on MQTT";
  readonly #options: MqttTrackingOptions;
  readonly #heard: ReadonlyMap<string, Heard>;
  readonly #counts = { published: 0, not_published: 0 };
  #listener: (frame: FrameMessage) => boolean = () => false;
  #ends: (() => void)[] = [];

  constructor(options: MqttTrackingOptions) {
    this.#options = options;
    this.#heard = new Map(
      options.cameraIds.map((id) => [id, { frames: 0, refused: 0, lastSeen: undefined }]),
    );
  }

  onFrame(listener: (frame: FrameMessage) => boolean): void {
    this.#listener = listener;
  }

  start(): Promise<void> {
    const { broker } = this.#options;
    this.#ends = [...this.#heard].map(([cameraId, heard]) =>
      broker.takeCamera(cameraId, (arrival) => {
        const refused = this.#take(arrival);
        heard.lastSeen = arrival.at;
        if (refused === undefined) heard.frames += 1;
        else heard.refused += 1;
        return refused;
      }),
    );
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    return Promise.resolve();
  }

  publish(message: FrameMessage): void {
    const topic = topics.cameraTracking(message.camera_id);
    this.#counts.published += 1;
    this.#options.broker.publishPassing(topic, JSON.stringify(message), () => {
      this.#counts.published -= 1;
      this.#counts.not_published += 1;
    });
  }

  /** Workers that have spoken; the others may come by HTTP. */
  report(): readonly DeviceReport[] {
    return [...this.#heard].flatMap(([cameraId, { frames, refused, lastSeen }]): DeviceReport[] =>
      lastSeen === undefined
        ? []
        : [
            {
              id: `${cameraId} worker`,
              kind: "vision",
              make: `MQTT vision worker of ${cameraId}`,
              state: this.#options.broker.isConnected(cameraId) ? "online" : "offline",
              lastSeen,
              counters: { frames, refused, ...this.#counts },
            },
          ],
    );
  }

  #take({ clientId, payload }: Arrival): Reason | undefined {
    const json = parseJson(payload);
    if (json === undefined) return "not_json";
    const read = readFrame(clientId, json.value);
    if (read.kind === "complaints") return "schema";
    return this.#listener(read.frame) ? undefined : "unknown_device";
  }
}
