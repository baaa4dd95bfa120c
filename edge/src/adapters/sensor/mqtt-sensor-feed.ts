import { check } from "@gatehouse/shared/check";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport } from "@gatehouse/shared/ports/device";
import type {
  SensorFeed,
  SensorHealth,
  UnreadMessage,
  VehicleCount,
} from "@gatehouse/shared/ports/sensor-feed";
import type { SourceLost, SpaceObservation } from "@gatehouse/shared/ports/space-feed";
import type { Instant } from "@gatehouse/shared/time";
import type { Broker } from "../mqtt/broker.ts";
import type { Arrival } from "../mqtt/inbox.ts";
import { parseJson } from "../mqtt/json-payload.ts";
import type { PresenceChange } from "../mqtt/presences.ts";
import type { Reason } from "../mqtt/refusals.ts";
import { readBayMessage, type ReadMessage } from "./bay-message.ts";
import { readEnvelope } from "./envelope.ts";
import { NetworkServer } from "./network-server.ts";
import type { PlannedSensor } from "./planned-sensor.ts";
import type { SensorMessage } from "./sensor-message.ts";
import { SensorState } from "./sensor-state.ts";
import { UnreadMessages } from "./unread-messages.ts";
import { readUplink } from "./uplink-message.ts";

export interface MqttSensorFeedOptions {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly sensors: readonly PlannedSensor[];
  /** Clients of the broker, or of the webhook, that speak for LoRaWAN sensors. */
  readonly networkServers?: readonly string[];
}

type Taken = { readonly message: SensorMessage } | { readonly refused: Reason };

/** Why a message of a network server is refused, or that it was nothing to keep. */
export type Delivery =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly why: string };

/**
 * The sensors of a site: those that are clients of our broker themselves, and those whose frames a network server
 * brings. A message is acknowledged when the listeners have returned.
 */
export class MqttSensorFeed implements SensorFeed {
  readonly name = "bay-sensors";
  readonly #options: MqttSensorFeedOptions;
  readonly #states: ReadonlyMap<string, SensorState>;
  readonly #servers: ReadonlyMap<string, NetworkServer>;
  readonly #unread = new UnreadMessages();
  #keepWords: (batch: readonly SpaceObservation[]) => void = () => {};
  #keepCounts: (counts: readonly VehicleCount[]) => void = () => {};
  #tellLost: (lost: SourceLost) => void = () => {};
  #tellHealth: (health: SensorHealth) => void = () => {};
  #ends: (() => void)[] = [];

  constructor(options: MqttSensorFeedOptions) {
    this.#options = options;
    this.#states = new Map(options.sensors.map((sensor) => [sensor.id, new SensorState(sensor)]));
    const servers = options.networkServers ?? [];
    this.#servers = new Map(servers.map((id) => [id, new NetworkServer(id)]));
  }

  onObservations(listener: (batch: readonly SpaceObservation[]) => void): void {
    this.#keepWords = listener;
  }

  onCounts(listener: (counts: readonly VehicleCount[]) => void): void {
    this.#keepCounts = listener;
  }

  onLost(listener: (lost: SourceLost) => void): void {
    this.#tellLost = listener;
  }

  onHealth(listener: (health: SensorHealth) => void): void {
    this.#tellHealth = listener;
  }

  start(): Promise<void> {
    const { broker } = this.#options;
    const keep = (batch: readonly SensorMessage[]): void => this.#keep(batch);
    this.#ends = [
      broker.takeBays({ read: (arrival) => this.#readBay(arrival), keep }),
      broker.takeUplinks({ read: (arrival) => this.#readUplink(arrival), keep }),
      broker.onPresence((change) => this.#onPresence(change)),
    ];
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    return Promise.resolve();
  }

  /**
   * Takes one message that a network server brought by itself, over HTTP.
   *
   * @throws Fault `disk-full`: it is not kept, and must come again
   */
  deliver(serverId: string, value: unknown): Delivery {
    const server = this.#servers.get(serverId);
    check(server !== undefined, `network server ${serverId} is in the configuration`);
    const taken = this.#take(server, value, undefined, JSON.stringify(value) ?? "");
    if ("refused" in taken) {
      return { kind: "refused", why: server.lastComplaint ?? taken.refused };
    }
    if ("message" in taken) this.#keep([taken.message]);
    return { kind: "taken" };
  }

  health(): readonly SensorHealth[] {
    return [...this.#states.values()].map((state) => state.health());
  }

  unread(): readonly UnreadMessage[] {
    return this.#unread.all;
  }

  report(): readonly DeviceReport[] {
    const now = this.#options.clock.now();
    return [
      ...[...this.#states.values()].map((state) => state.report(now)),
      ...[...this.#servers.values()].map((server) => server.report()),
    ];
  }

  #readBay(arrival: Arrival): Taken {
    const state = this.#states.get(arrival.clientId);
    if (state === undefined) return { refused: "unknown_device" };
    state.connection = "online";
    const payload = (): string => arrival.payload.toString("utf8");
    return this.#noted(
      readBayMessage(state, arrival),
      state,
      arrival.clientId,
      arrival.at,
      payload,
    );
  }

  #readUplink({ clientId, topic, payload }: Arrival): Taken {
    const server = this.#servers.get(clientId);
    if (server === undefined) return { refused: "unknown_device" };
    const json = parseJson(payload);
    const text = payload.toString("utf8");
    if (json === undefined) {
      this.#complain(server, undefined, "it is no JSON", text);
      return { refused: "not_json" };
    }
    const [family, , , , ...rest] = topic.split("/");
    const event = family === "application" ? rest.at(-1)?.replace(/^rx$/, "up") : undefined;
    const taken = this.#take(server, json.value, event, text);
    return "message" in taken || "refused" in taken ? taken : { message: taken.nothing };
  }

  /** `nothing`: a message about a sensor that is to be acknowledged like any other, and says nothing to keep. */
  #take(
    server: NetworkServer,
    value: unknown,
    event: string | undefined,
    payload: string,
  ): Taken | { readonly nothing: SensorMessage } {
    const at = this.#options.clock.now();
    const envelope = readEnvelope(value, event);
    server.heard(envelope.kind, at);
    if (envelope.kind === "refused") {
      this.#complain(server, undefined, envelope.why, payload);
      return { refused: "schema" };
    }
    const id = envelope.kind === "uplink" ? envelope.uplink.devEui : envelope.devEui;
    const state = this.#states.get(id);
    if (state === undefined) {
      this.#complain(server, id, "no sensor of the configuration has this DevEUI", payload);
      return { refused: "unknown_device" };
    }
    if (envelope.kind === "uplink") {
      const read = readUplink(state, envelope.uplink, at);
      return this.#noted(read, state, server.id, at, () => payload);
    }
    if (envelope.kind === "join") state.frames.joined();
    if (envelope.kind === "status" && envelope.batteryPercent !== undefined) {
      state.heard({ batteryPercent: envelope.batteryPercent }, at);
    }
    return { nothing: { state } };
  }

  #noted(
    read: ReadMessage,
    state: SensorState,
    from: string,
    at: Instant,
    payload: () => string,
  ): Taken {
    if ("message" in read) return read;
    state.refused(read.why, at);
    this.#servers.get(from)?.complain(read.why);
    this.#unread.add(at, from, state.sensor.id, read.why, payload());
    return { refused: read.refused };
  }

  #complain(
    server: NetworkServer,
    sensorId: string | undefined,
    why: string,
    payload: string,
  ): void {
    server.complain(why);
    this.#unread.add(this.#options.clock.now(), server.id, sensorId, why, payload);
  }

  /** @throws Fault `disk-full`: then all come again, and what was kept of them is kept once */
  #keep(batch: readonly SensorMessage[]): void {
    const words = batch.flatMap(({ observation }) => observation ?? []);
    const counts = batch.flatMap(({ count }) => count ?? []);
    if (words.length > 0) this.#keepWords(words);
    if (counts.length > 0) this.#keepCounts(counts);
    for (const state of new Set(batch.map((each) => each.state))) this.#tellHealth(state.health());
  }

  #onPresence({ clientId, presence, at }: PresenceChange): void {
    this.#servers.get(clientId)?.setPresence(presence);
    const state = this.#states.get(clientId);
    if (state === undefined) return;
    // A sensor that took its leave sleeps: its last word stands until it is too old.
    state.connection = presence === "here" ? "online" : presence === "left" ? "stale" : "offline";
    if (presence === "lost") this.#tellLost({ sourceId: clientId, at });
  }
}
