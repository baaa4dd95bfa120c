import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { BoardSide } from "./board-side.ts";

/** A board's network socket on 127.0.0.1. It keeps its port over a power cut. */
export class BoardSocket implements BoardSide {
  #port: number;
  #server: Server | undefined;
  readonly #masters = new Set<Socket>();

  /** @param port 0 takes any free one at the first start */
  constructor(port: number) {
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  open(serve: (stream: Duplex) => void): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => {
      this.#masters.add(socket);
      socket.once("close", () => this.#masters.delete(socket));
      serve(socket);
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", () => {
        server.off("error", reject);
        this.#port = (server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const master of this.#masters) master.destroy();
    await closed;
  }
}
