/** What the first bytes of an MQTT packet say (MQTT 3.1.1, section 2.2). */
export interface PacketHead {
  /** Control packet type, 0–15. */
  readonly type: number;
  /** Bytes that follow the head. */
  readonly length: number;
}

/** Finds the head of each packet in a stream of bytes, however the stream is cut, and skips the bodies. */
export class PacketHeads {
  #type: number | undefined;
  #length = 0;
  #shift = 0;
  #body = 0;
  #taken: PacketHead | "malformed" | undefined;

  /** Reads `chunk` from `from` to the end of the next head, or to the end. @returns where it stopped */
  advance(chunk: Buffer, from: number): number {
    const skipped = Math.min(this.#body, chunk.length - from);
    this.#body -= skipped;
    let at = from + skipped;
    while (at < chunk.length && this.#taken === undefined) {
      this.#readByte(chunk[at] ?? 0);
      at += 1;
    }
    return at;
  }

  /** The head that `advance` stopped at, once; "malformed" when no packet has such a head. */
  taken(): PacketHead | "malformed" | undefined {
    const head = this.#taken;
    this.#taken = undefined;
    return head;
  }

  #readByte(byte: number): void {
    if (this.#type === undefined) {
      this.#type = byte >> 4;
      return;
    }
    this.#length += (byte & 0x7f) * 2 ** this.#shift;
    this.#shift += 7;
    if ((byte & 0x80) === 0) {
      this.#taken = { type: this.#type, length: this.#length };
      this.#body = this.#length;
      this.#type = undefined;
      this.#length = 0;
      this.#shift = 0;
    } else if (this.#shift === lengthBits) {
      this.#taken = "malformed";
    }
  }
}

/** A length has at most four bytes of seven bits. */
const lengthBits = 28;
