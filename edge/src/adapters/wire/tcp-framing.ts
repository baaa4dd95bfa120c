import { withCrc } from "@gatehouse/shared/crc16-modbus";
import type { Framing, Received } from "./framing.ts";
import { type RequestSignature, answerLength, signatureOf } from "./request-signature.ts";

/** Transaction, protocol (0) and length, two bytes each; the unit follows. */
const headerLength = 6;
const longestBody = 254;

/** Modbus TCP: a transaction number ties each answer to its request, so a late one is known at sight. */
export class TcpFraming implements Framing {
  readonly quietMs = 0;
  #transaction = 0;
  #wanted: RequestSignature | undefined;
  #buffer: Buffer = Buffer.alloc(0);

  get unread(): number {
    return this.#buffer.length;
  }

  ask(request: Buffer): Buffer {
    this.#wanted = signatureOf(request);
    this.#transaction = (this.#transaction + 1) & 0xffff;
    const body = request.subarray(0, -2);
    const header = Buffer.alloc(headerLength);
    header.writeUInt16BE(this.#transaction, 0);
    header.writeUInt16BE(body.length, 4);
    return Buffer.concat([header, body]);
  }

  receive(bytes: Buffer): readonly Received[] {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const received: Received[] = [];
    while (this.#buffer.length >= headerLength) {
      const length = this.#buffer.readUInt16BE(4);
      if (this.#buffer.readUInt16BE(2) !== 0 || length < 3 || length > longestBody) {
        this.flush();
        return [...received, { kind: "broken", why: "what comes in is not Modbus TCP" }];
      }
      if (this.#buffer.length < headerLength + length) break;
      const transaction = this.#buffer.readUInt16BE(0);
      const body = this.#buffer.subarray(headerLength, headerLength + length);
      this.#buffer = this.#buffer.subarray(headerLength + length);
      received.push(this.#judge(transaction, Buffer.from(withCrc(body))));
    }
    return received;
  }

  giveUp(): void {
    this.#wanted = undefined;
  }

  flush(): void {
    this.#buffer = Buffer.alloc(0);
  }

  isOwed(): boolean {
    return false;
  }

  settle(): void {}

  #judge(transaction: number, frame: Buffer): Received {
    if (this.#wanted === undefined || transaction !== this.#transaction) return { kind: "late" };
    if (answerLength(this.#wanted, frame, 0) !== frame.length) {
      return { kind: "broken", why: "the answer does not fit the request" };
    }
    this.#wanted = undefined;
    return { kind: "answer", frame };
  }
}
