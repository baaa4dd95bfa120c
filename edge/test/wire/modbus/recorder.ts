import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A device that writes down what it receives and answers as a test says. */
export class Recorder {
  readonly frames: string[] = [];
  connections = 0;
  readonly #answer: (frame: Buffer, socket: Socket) => void;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  constructor(answer: (frame: Buffer, socket: Socket) => void) {
    this.#answer = answer;
  }

  get port(): number {
    if (this.#server === undefined) throw new Error("the recorder is not started");
    return (this.#server.address() as AddressInfo).port;
  }

  start(): Promise<void> {
    // As small boards do, it keeps its half of a connection open until it closes it itself.
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("data", (bytes) => {
        this.frames.push(hexOf(bytes));
        this.#answer(bytes, socket);
      });
    });
    this.#server = server;
    return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

/** Bytes as manuals print them: "01 05 02 00". */
export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");

export const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");
