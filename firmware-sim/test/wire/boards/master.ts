import { connect, type Socket } from "node:net";
import { withCrc } from "@gatehouse/shared/crc16-modbus";

/** The simplest master there is: sends bytes, collects bytes. */
export class Master {
  received: Buffer = Buffer.alloc(0);
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
    });
    socket.on("error", () => socket.destroy());
  }

  static connect(port: number): Promise<Master> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => resolve(new Master(socket)));
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Sends bytes and waits for an answer of this length, in capital hex with blanks. */
  async ask(bytes: Uint8Array, answerLength: number): Promise<string> {
    this.received = Buffer.alloc(0);
    this.send(bytes);
    while (this.received.length < answerLength && this.isOpen) await realPause();
    return hexOf(this.received);
  }
}

/** "01 05 00 00" with its CRC. */
export const rtu = (hex: string): Buffer => Buffer.from(withCrc(bytesOf(hex)));

/** "01 05 00 00" with a Modbus TCP header. */
export function tcp(hex: string, transaction = 1): Buffer {
  const body = bytesOf(hex);
  const header = Buffer.alloc(6);
  header.writeUInt16BE(transaction, 0);
  header.writeUInt16BE(body.length, 4);
  return Buffer.concat([header, body]);
}

export const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");

const realPause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
