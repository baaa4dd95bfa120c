import { type DeviceStatus, topics } from "@gatehouse/shared/contracts/topics";
import type { Random } from "@gatehouse/shared/ports/random";
import mqtt, { type MqttClient } from "mqtt";

export interface DeviceAddress {
  /** Client id and user name. */
  readonly deviceId: string;
  readonly password: string;
  readonly broker: { readonly host: string; readonly port: number };
  readonly random: Random;
}

interface Unsent {
  readonly topic: string;
  readonly payload: string;
}

/**
 * The network side of a device's firmware: one TCP connection under its own name, kept alive, with "offline" as
 * last will. A message stays in its memory until it is acknowledged, and is sent again after every interruption.
 */
export class DeviceLink {
  readonly #address: DeviceAddress;
  readonly #unsent: Unsent[] = [];
  readonly #subscription: string | undefined;
  #client: MqttClient | undefined;
  #onConnected: () => void = () => {};
  #onMessage: (payload: Buffer) => void = () => {};
  #inFlight = 0;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #on = false;
  #connected = false;
  #dropped = 0;

  /** @param subscription the one topic the device listens to, if any */
  constructor(address: DeviceAddress, subscription?: string) {
    this.#address = address;
    this.#subscription = subscription;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Messages that are not acknowledged yet. */
  get unacknowledged(): number {
    return this.#unsent.length;
  }

  /** Messages lost because the device's memory was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Called at every new connection, before anything that waits is sent. */
  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  onMessage(listener: (payload: Buffer) => void): void {
    this.#onMessage = listener;
  }

  /** Power on: connects, and keeps trying. */
  on(): void {
    this.#on = true;
    this.#connect();
  }

  /** Takes its leave and powers off; waits a moment for what is under way. */
  async off(): Promise<void> {
    this.#on = false;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    this.#connected = false;
    if (client === undefined) return;
    const said = new Promise<void>((resolve) => {
      if (client.connected) this.#say(client, "offline", resolve);
      else resolve();
    });
    await Promise.race([said, pause(farewellMs)]);
    await new Promise<void>((resolve) => client.end(true, () => resolve()));
  }

  /** The cable is pulled: no farewell; the device comes back by itself. */
  cut(): void {
    this.#client?.stream.destroy();
  }

  /** Forgets what is not acknowledged: for a device whose present state is all that counts. */
  forget(): void {
    this.#unsent.length = 0;
    this.#inFlight = 0;
  }

  send(topic: string, payload: string): void {
    if (this.#unsent.length === memory) {
      this.#unsent.splice(this.#inFlight, 1);
      this.#dropped += 1;
    }
    this.#unsent.push({ topic, payload });
    this.#pump();
  }

  #connect(): void {
    const { deviceId, password, broker } = this.#address;
    const status = topics.deviceStatus(deviceId);
    const client = mqtt.connect({
      ...broker,
      protocol: "mqtt",
      clientId: deviceId,
      username: deviceId,
      password,
      clean: true,
      keepalive: keepAliveSeconds,
      connectTimeout: connectMs,
      // One client a connection: how long to wait before the next is the firmware's own matter.
      reconnectPeriod: 0,
      will: { topic: status, payload: Buffer.from("offline"), qos: 1, retain: true },
    });
    this.#client = client;
    client.on("connect", () => this.#begin(client));
    client.on("message", (_topic, payload) => this.#onMessage(payload));
    client.on("error", () => client.end(true));
    client.on("close", () => this.#lose(client));
  }

  #begin(client: MqttClient): void {
    if (client !== this.#client) return;
    this.#failures = 0;
    this.#inFlight = 0;
    this.#connected = true;
    this.#say(client, "online");
    if (this.#subscription !== undefined) client.subscribe(this.#subscription, { qos: 1 });
    this.#onConnected();
    this.#pump();
  }

  #say(client: MqttClient, status: DeviceStatus, done: () => void = () => {}): void {
    const { deviceId } = this.#address;
    client.publish(topics.deviceStatus(deviceId), status, { qos: 1, retain: true }, () => done());
  }

  /** Sends what waits, in order, a few at a time. */
  #pump(): void {
    const client = this.#client;
    if (client === undefined || !this.#connected) return;
    while (this.#inFlight < window && this.#inFlight < this.#unsent.length) {
      const message = this.#unsent[this.#inFlight];
      if (message === undefined) return;
      this.#inFlight += 1;
      client.publish(message.topic, message.payload, { qos: 1 }, (error) => {
        if (error === undefined || error === null) this.#acknowledge(client, message);
      });
    }
  }

  #acknowledge(client: MqttClient, message: Unsent): void {
    const at = this.#unsent.indexOf(message);
    if (client !== this.#client || !this.#connected || at < 0) return;
    this.#unsent.splice(at, 1);
    this.#inFlight -= 1;
    this.#pump();
  }

  #lose(client: MqttClient): void {
    if (client !== this.#client) return;
    this.#connected = false;
    this.#inFlight = 0;
    if (!this.#on) return;
    this.#client = undefined;
    this.#failures += 1;
    const longest = Math.min(longestRetryMs, shortestRetryMs * 2 ** this.#failures);
    this.#retry = setTimeout(() => this.#connect(), longest * this.#address.random.fraction());
  }
}

const keepAliveSeconds = 60;
const connectMs = 5000;
const shortestRetryMs = 100;
const longestRetryMs = 10_000;
const farewellMs = 500;
/** Messages under way at once, and messages kept while out of reach; the oldest that is not under way goes first. */
const window = 8;
const memory = 1000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
