import { DeviceStatus } from "@gatehouse/shared/contracts/topics";
import type { Secrets } from "@gatehouse/shared/contracts/secrets";
import type { Part } from "@gatehouse/shared/part";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { DeviceReport, Reporting } from "@gatehouse/shared/ports/device";
import type { DeviceDoor, DoorVisitor } from "@gatehouse/shared/ports/device-door";
import type { Log } from "@gatehouse/shared/ports/log";
import { Aedes, type Client, type PublishPacket } from "aedes";
import { meaningOf } from "./aedes-errors.ts";
import { Deliveries } from "./deliveries.ts";
import { Door } from "./door.ts";
import { TopicEmitter } from "./emitter.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import type { Arrival, DurableInbox, Inbox } from "./inbox.ts";
import { type BrokerLimits, brokerLimits } from "./limits.ts";
import { Login, remoteOf } from "./login.ts";
import { type Family, maySubscribe, publishingOn, type Role } from "./permissions.ts";
import { publishPassing, publishRetained } from "./publishing.ts";
import { type Presence, type PresenceListener, Presences } from "./presences.ts";
import { type Reason, Refusals, Refused } from "./refusals.ts";
import { TokenBucket } from "./token-bucket.ts";
import { Visits } from "./visits.ts";

export interface BrokerOptions {
  /** Port 0: any free one, see `Broker.port`. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Client id → SHA-256 of its password, hex. */
  readonly secrets: Secrets["mqtt"];
  /** Clients that are cameras: their messages may be as large as a picture. */
  readonly cameras?: ReadonlySet<string>;
  /** Clients that speak for many LoRaWAN sensors: what those say together is more than one device says. */
  readonly networkServers?: ReadonlySet<string>;
  /** Clients that are Frigate: each has the topics below `frigate/`. */
  readonly frigates?: ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<BrokerLimits>;
}

/**
 * The facility's own MQTT 3.1.1 broker.
 *
 * A message that breaks a rule of form is acknowledged and dropped, because MQTT has no way to refuse it and
 * a client would send it for ever; a client that reaches for another's topic is cut off. Both are counted.
 */
export class Broker implements Part, Reporting, DeviceDoor {
  readonly name = "mqtt-broker";
  readonly #options: BrokerOptions;
  readonly #limits: BrokerLimits;
  readonly #refusals: Refusals;
  readonly #presences = new Presences();
  readonly #visits: Visits;
  /** The connection of each client that is inside. */
  readonly #inside = new Map<string, Client>();
  readonly #deliveries: Deliveries;
  readonly #counts = {
    messages: 0,
    held_back: 0,
    takeovers: 0,
    slow_readers: 0,
    broken_connections: 0,
  };
  /** One a known device, kept over its connections: who comes back at once has not more to spend. */
  readonly #buckets = new Map<string, TokenBucket>();
  #aedes: Aedes | undefined;
  #emitter: TopicEmitter | undefined;
  #door: Door | undefined;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#limits = { ...brokerLimits, ...options.limits };
    this.#refusals = new Refusals(options.log);
    this.#deliveries = new Deliveries(this.#limits, options.log);
    this.#visits = new Visits(Object.keys(options.secrets));
  }

  /** The port it listens on; 0 when it does not. */
  get port(): number {
    return this.#door?.port ?? 0;
  }

  /** @throws Fault `port-taken` */
  async start(): Promise<void> {
    const limits = this.#limits;
    this.#emitter = new TopicEmitter({
      atOnce: limits.deliveriesAtOnce,
      waiting: limits.deliveriesWaiting,
    });
    const login = new Login({
      secrets: this.#options.secrets,
      slowdown: limits.slowdown,
      isConnected: (clientId) => this.isConnected(clientId),
      roleOf: (clientId) => this.#roleOf(clientId),
      onAdmitted: (clientId, connection) => this.#admit(clientId, connection),
      onTakeover: () => void (this.#counts.takeovers += 1),
      onRefused: (reason, who, clientId) => {
        this.#refusals.note(reason, who);
        this.#visits.refused(clientId, reason);
      },
      isShutOut: (clientId) => this.#visits.isShutOut(clientId),
    });
    this.#aedes = await Aedes.createBroker({
      mq: this.#emitter,
      drainTimeout: limits.drainMs,
      connectTimeout: limits.connectWaitMs,
      keepaliveLimit: limits.keepAliveSeconds,
      maxTopicLevels: limits.topicLevels,
      maxInflightInbound: limits.halfDone,
      preConnect: login.preConnect,
      authenticate: login.authenticate,
      authorizeSubscribe: (client, subscription, done) => {
        const allowed = maySubscribe(client.id, subscription.topic, this.#roleOf(client.id));
        if (!allowed) this.#note("acl", client.id);
        done(null, allowed ? subscription : null);
      },
      authorizePublish: (client, packet, done) => this.#onPublish(client, packet, done),
    });
    const aedes = this.#aedes;
    this.#watch(aedes);
    try {
      this.#door = await Door.open({
        listen: this.#options.listen,
        limits,
        log: this.#options.log,
        onConnection: (connection) => void aedes.handle(connection),
        onRefused: (reason, who) => this.#note(reason, who),
        onHeld: () => void (this.#counts.held_back += 1),
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const [door, aedes] = [this.#door, this.#aedes];
    this.#door = undefined;
    this.#aedes = undefined;
    this.#deliveries.flush();
    if (aedes !== undefined) await new Promise<void>((resolve) => aedes.close(resolve));
    await door?.close();
    this.#presences.clear();
    this.#inside.clear();
  }

  knows(id: string): boolean {
    return this.#visits.knows(id);
  }

  visitors(): readonly DoorVisitor[] {
    return this.#visits.all((id) => this.isConnected(id));
  }

  shutOut(ids: ReadonlySet<string>): void {
    for (const id of this.#visits.shutOut(ids)) this.putOut(id);
  }

  putOut(id: string): boolean {
    const client = this.#inside.get(id);
    if (client === undefined) return false;
    client.close();
    return true;
  }

  /** One taker of bay messages; without one they are not acknowledged. @returns ends it */
  takeBays<Message>(inbox: DurableInbox<Message>): () => void {
    return this.#deliveries.takeBays(inbox);
  }

  /** One taker of what network servers bring; without one it is not acknowledged. @returns ends it */
  takeUplinks<Message>(inbox: DurableInbox<Message>): () => void {
    return this.#deliveries.takeUplinks(inbox);
  }

  /** Takes the messages of one loop board. @returns ends it */
  takeLoop(deviceId: string, inbox: Inbox): () => void {
    return this.#deliveries.takeLoop(deviceId, inbox);
  }

  /** Takes the frames of one camera. @returns ends it */
  takeCamera(cameraId: string, inbox: Inbox): () => void {
    return this.#deliveries.takeCamera(cameraId, inbox);
  }

  /** Takes everything that one Frigate says; each of its takers hears all of it. @returns ends it */
  takeFrigate(clientId: string, inbox: Inbox): () => void {
    return this.#deliveries.takeFrigate(clientId, inbox);
  }

  /** Tells each coming and going of every device. @returns ends it */
  onPresence(listener: PresenceListener): () => void {
    return this.#presences.listen(listener);
  }

  isConnected(clientId: string): boolean {
    return this.#presences.of(clientId) === "here";
  }

  /** Publishes a retained message of the facility's own. @throws Fault `sign-unreachable` when the broker cannot */
  publishRetained(topic: string, payload: string): Promise<void> {
    return publishRetained(this.#aedes, topic, payload);
  }

  /** Publishes a message of the facility's own to whoever listens now; `onLost` is called when it cannot. */
  publishPassing(topic: string, payload: string, onLost: () => void): void {
    publishPassing(this.#aedes, topic, payload, onLost);
  }

  report(): readonly DeviceReport[] {
    const { listen } = this.#options;
    const connected = this.#presences.here;
    return [
      {
        id: this.name,
        kind: "broker",
        make: `MQTT on ${listen.host}:${this.port === 0 ? listen.port : this.port}`,
        state: this.#door === undefined ? "offline" : "online",
        detail: `${connected} devices connected`,
        counters: {
          connected,
          open: this.#door?.connections ?? 0,
          deliveries_waiting: this.#emitter?.length ?? 0,
          ...this.#counts,
          ...this.#deliveries.counters,
          ...this.#refusals.counters(),
        },
      },
    ];
  }

  #onPublish(
    client: Client | null,
    packet: PublishPacket,
    done: (error?: Error | null) => void,
  ): void {
    if (client === null) return done(new Refused("acl"));
    this.#counts.messages += 1;
    this.#visits.saw(client.id, this.#options.clock.now(), 1);
    // Its connection is ending; what was still on its way counts no more.
    if (this.#visits.isShutOut(client.id)) {
      this.#note("shut_out", client.id);
      return done(new Refused("shut_out"));
    }
    const allowed = publishingOn(client.id, packet, this.#roleOf(client.id));
    const refused =
      "family" in allowed ? this.#take(allowed.family, client.id, packet, done) : allowed.refused;
    if (refused === undefined) return;
    this.#note(refused, client.id);
    if (cutting.has(refused)) return done(new Refused(refused));
    packet.retain = false;
    // What is acknowledged and refused goes where nobody listens.
    packet.topic = unheard;
    done();
  }

  /** @returns why it is refused; otherwise `done` is called, now or when it is durable */
  #take(
    family: Family,
    clientId: string,
    packet: PublishPacket,
    done: () => void,
  ): Reason | undefined {
    const payload =
      typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    const at = this.#options.clock.now();
    const arrival = { clientId, topic: packet.topic, payload, at };
    if (family === "frigate") packet.retain = false;
    if (family !== "devices") return this.#deliveries.deliver(family, arrival, done);
    const refused = this.#takeStatus(arrival);
    if (refused === undefined) done();
    return refused;
  }

  #takeStatus({ clientId, payload }: Arrival): Reason | undefined {
    const status = DeviceStatus.safeParse(payload.toString());
    if (!status.success) return "schema";
    this.#setPresence(clientId, status.data === "online" ? "here" : "lost");
    return undefined;
  }

  #watch(aedes: Aedes): void {
    aedes.on("clientReady", (client) => {
      this.#inside.set(client.id, client);
      this.#visits.saw(client.id, this.#options.clock.now(), 0);
      this.#setPresence(client.id, "here");
    });
    aedes.on("clientDisconnect", (client) => {
      if (this.#inside.get(client.id) === client) this.#inside.delete(client.id);
      const goodbye = client.conn instanceof GuardedConnection && client.conn.saidGoodbye;
      this.#setPresence(client.id, goodbye ? "left" : "lost");
    });
    aedes.on("clientError", (client, error) => this.#onError(error, client.id));
    aedes.on("connectionError", (client, error) => this.#onError(error, remoteOf(client)));
  }

  #setPresence(clientId: string, presence: Presence): void {
    // While the broker itself stops, its devices are not lost.
    if (this.#aedes !== undefined)
      this.#presences.set(clientId, presence, this.#options.clock.now());
  }

  #admit(clientId: string, connection: GuardedConnection): void {
    const limits = this.#limits;
    const isCamera =
      this.#options.cameras?.has(clientId) === true || this.#roleOf(clientId) !== undefined;
    const [rate, burst, packetBytes] = isCamera
      ? [limits.cameraTokensPerSecond, limits.cameraTokenBurst, limits.cameraPacketBytes]
      : [limits.tokensPerSecond, limits.tokenBurst, limits.packetBytes];
    const bucket = this.#buckets.get(clientId) ?? new TokenBucket(rate, burst, performance.now());
    this.#buckets.set(clientId, bucket);
    connection.admit(clientId, bucket, packetBytes);
  }

  #roleOf(clientId: string): Role | undefined {
    if (this.#options.networkServers?.has(clientId) === true) return "network-server";
    return this.#options.frigates?.has(clientId) === true ? "frigate" : undefined;
  }

  #onError(error: Error, who: string): void {
    if (this.#aedes === undefined) return;
    const meaning = meaningOf(error);
    if (meaning === "slow_readers" || meaning === "broken_connections") this.#counts[meaning] += 1;
    else if (meaning !== undefined) this.#note(meaning, who);
  }

  #note(reason: Reason, who: string): void {
    this.#refusals.note(reason, who);
    this.#visits.refused(who, reason);
  }
}

/** No client may subscribe to it. */
const unheard = "refused";

/** These end the connection: the message is not acknowledged, and the client may bring it again. */
const cutting: ReadonlySet<Reason> = new Set(["acl", "not_ready", "in_flight"]);
