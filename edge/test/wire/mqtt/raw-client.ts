import { connect as connectTcp, type Socket } from "node:net";
import { connect } from "./packets.ts";

interface Answer {
  /** Control packet type, 0–15. */
  readonly type: number;
  readonly body: Buffer;
}

/** A TCP connection that speaks MQTT byte by byte and keeps every answer. */
export class RawClient {
  readonly socket: Socket;
  readonly answers: Answer[] = [];
  #rest = Buffer.alloc(0);
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("close", () => this.#wake());
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connectTcp(port, "127.0.0.1");
    const client = new RawClient(socket);
    await new Promise<void>((resolve) => {
      socket.once("connect", resolve);
      socket.once("close", () => resolve());
    });
    return client;
  }

  /** Opens a connection and logs in. @throws Error when the broker does not let it in */
  static async login(port: number, options: Parameters<typeof connect>[0]): Promise<RawClient> {
    const client = await RawClient.open(port);
    client.send(connect(options));
    const answer = await client.next(2);
    if (answer?.body[1] !== 0) throw new Error(`login of ${options.id}: ${answer?.body[1]}`);
    return client;
  }

  send(...packets: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(packets));
  }

  /** The next answer of this type, which is then taken out; undefined when the connection ends before it. */
  async next(type: number): Promise<Answer | undefined> {
    for (;;) {
      const at = this.answers.findIndex((answer) => answer.type === type);
      if (at >= 0) return this.answers.splice(at, 1)[0];
      if (this.socket.closed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async closed(): Promise<void> {
    while (!this.socket.closed)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const length = this.#rest[1] ?? 0;
      // Every answer in these tests is shorter than 128 bytes or of two length bytes.
      const long = length > 127;
      const size = long ? (length & 127) + (this.#rest[2] ?? 0) * 128 : length;
      const head = long ? 3 : 2;
      if (this.#rest.length < head || this.#rest.length < head + size) break;
      const body = this.#rest.subarray(head, head + size);
      this.answers.push({ type: (this.#rest[0] ?? 0) >> 4, body });
      this.#rest = this.#rest.subarray(head + size);
    }
    this.#wake();
  }
}
