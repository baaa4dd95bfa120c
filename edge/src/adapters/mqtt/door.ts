import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Fault } from "@gatehouse/shared/fault";
import type { Log } from "@gatehouse/shared/ports/log";
import { GuardedConnection } from "./guarded-connection.ts";
import type { BrokerLimits } from "./limits.ts";
import type { Reason } from "./refusals.ts";
import { TokenBucket } from "./token-bucket.ts";

export interface DoorOptions {
  readonly listen: { readonly host: string; readonly port: number };
  readonly limits: BrokerLimits;
  readonly log: Log;
  onConnection(connection: GuardedConnection): void;
  /** @param who the client's address */
  onRefused(reason: Reason, who: string): void;
  onHeld(): void;
}

/** The broker's TCP port: lets in no more connections, and no faster, than its limits allow. */
export class Door {
  readonly #options: DoorOptions;
  readonly #server: Server;
  readonly #accepts: TokenBucket;
  readonly #open = new Set<GuardedConnection>();

  private constructor(options: DoorOptions) {
    this.#options = options;
    const { connectsPerSecond, connectBurst } = options.limits;
    this.#accepts = new TokenBucket(connectsPerSecond, connectBurst, performance.now());
    this.#server = createServer({ pauseOnConnect: true }, (socket) => this.#onSocket(socket));
  }

  /** @throws Fault `port-taken` */
  static async open(options: DoorOptions): Promise<Door> {
    const door = new Door(options);
    const { host, port } = options.listen;
    await new Promise<void>((resolve, reject) => {
      door.#server.once("error", (error) => reject(portFault(error, host, port)));
      door.#server.listen(port, host, resolve);
    });
    door.#server.removeAllListeners("error");
    door.#server.on("error", (error) => options.log.warn("mqtt-accept", { error: error.message }));
    return door;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  get connections(): number {
    return this.#open.size;
  }

  /** Nobody comes in any more; resolves when the last has gone. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#open) connection.destroy();
    await closed;
  }

  #onSocket(socket: Socket): void {
    const refused = this.#refusal();
    if (refused !== undefined) {
      this.#options.onRefused(refused, socket.remoteAddress ?? "gone");
      socket.destroy();
      return;
    }
    const connection: GuardedConnection = new GuardedConnection(socket, this.#options.limits, {
      onRefused: (reason) => this.#options.onRefused(reason, connection.who),
      onHeld: () => this.#options.onHeld(),
    });
    this.#open.add(connection);
    connection.once("close", () => this.#open.delete(connection));
    this.#options.onConnection(connection);
  }

  #refusal(): Reason | undefined {
    if (this.#open.size >= this.#options.limits.connections) return "connections";
    return this.#accepts.take(1, performance.now()) ? undefined : "connect_rate";
  }
}

function portFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== "EADDRINUSE" && error.code !== "EACCES") return error;
  const why =
    error.code === "EADDRINUSE" ? "another program listens there" : "it needs more rights";
  return new Fault(
    "port-taken",
    `cannot listen for MQTT on ${host}:${port}: ${why}; stop it, or write another port under mqtt`,
    { cause: error },
  );
}
