import type { AuthenticateError, Client, ConnectPacket } from "aedes";
import { Credentials } from "./credentials.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import type { SlowdownLimits } from "./limits.ts";
import { mayWill, type Role } from "./permissions.ts";
import type { Reason } from "./refusals.ts";
import { Slowdown } from "./slowdown.ts";

export interface LoginOptions {
  readonly secrets: Readonly<Record<string, string>>;
  readonly slowdown: SlowdownLimits;
  isConnected(clientId: string): boolean;
  roleOf(clientId: string): Role | undefined;
  onAdmitted(clientId: string, connection: GuardedConnection): void;
  /** A second connection takes the place of the first: a half-open one, or two devices with one name. */
  onTakeover(clientId: string): void;
  /** @param who for people; the name that was given stands in `clientId` */
  onRefused(reason: Reason, who: string, clientId: string): void;
  isShutOut(clientId: string): boolean;
}

type Answer = (error: AuthenticateError | null, accepted: boolean | null) => void;

/**
 * Who comes in: a known device under its own name, with its password, whose last will speaks of itself only.
 * The wrong ones, and two devices that fight for one name, are answered later each time.
 */
export class Login {
  readonly #options: LoginOptions;
  readonly #credentials: Credentials;
  readonly #slowdown: Slowdown;
  readonly #willTopics = new WeakMap<Client, string>();

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#credentials = new Credentials(options.secrets);
    this.#slowdown = new Slowdown(options.slowdown);
  }

  readonly preConnect = (
    client: Client,
    packet: ConnectPacket,
    done: (error: Error | null, goOn: boolean) => void,
  ): void => {
    // No session outlives its connection, so no queue grows for a device that stays away.
    packet.clean = true;
    if (packet.will !== undefined) this.#willTopics.set(client, packet.will.topic);
    done(null, true);
  };

  readonly authenticate = (
    client: Client,
    userName: string | undefined,
    password: Buffer | undefined,
    answer: Answer,
  ): void => {
    const waitMs = this.#waitMs(client);
    if (waitMs === undefined) return this.#refuse(client, "login", answer);
    if (waitMs === 0) return this.#decide(client, userName, password, answer);
    setTimeout(() => this.#decide(client, userName, password, answer), waitMs).unref();
  };

  /** The two slow down apart: who guesses a password from elsewhere does not slow the device itself. */
  #waitMs(client: Client): number | undefined {
    const nowMs = performance.now();
    const waits = [guesserOf(client), rivalsOf(client)].map((who) =>
      this.#slowdown.waitMs(who, nowMs),
    );
    return waits.includes(undefined) ? undefined : Math.max(...waits.map((wait) => wait ?? 0));
  }

  #decide(
    client: Client,
    userName: string | undefined,
    password: Buffer | undefined,
    answer: Answer,
  ): void {
    if (client.closed) return;
    if (!this.#credentials.accept(client.id, userName, password)) {
      this.#slowdown.failed(guesserOf(client), performance.now());
      return this.#refuse(client, "login", answer);
    }
    if (this.#options.isShutOut(client.id)) return this.#refuse(client, "shut_out", answer);
    const willTopic = this.#willTopics.get(client);
    const role = this.#options.roleOf(client.id);
    if (willTopic !== undefined && !mayWill(client.id, willTopic, role))
      return this.#refuse(client, "acl", answer);
    this.#slowdown.succeeded(guesserOf(client));
    if (this.#options.isConnected(client.id)) {
      this.#slowdown.failed(rivalsOf(client), performance.now());
      this.#options.onTakeover(client.id);
    }
    if (client.conn instanceof GuardedConnection) this.#options.onAdmitted(client.id, client.conn);
    answer(null, true);
  }

  #refuse(client: Client, reason: Reason, answer: Answer): void {
    this.#options.onRefused(reason, `${client.id} at ${remoteOf(client)}`, client.id);
    const returnCode = reason === "login" ? badUserNameOrPassword : notAuthorized;
    answer(Object.assign(new Error(answeredAtLogin), { returnCode }), null);
  }
}

/** The text of an error that the login has already counted. */
export const answeredAtLogin = "refused at login";

export const remoteOf = (client: Client): string =>
  client.conn instanceof GuardedConnection ? client.conn.remote : "unknown";

const guesserOf = (client: Client): string => `guess ${remoteOf(client)} ${client.id}`;
const rivalsOf = (client: Client): string => `rivals ${client.id}`;

/** MQTT 3.1.1, table 3.1. */
const badUserNameOrPassword = 4;
const notAuthorized = 5;
