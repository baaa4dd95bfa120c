import { BadPush } from "./push-format.ts";

/** One part of a stream that does not end. */
export interface StreamPart {
  /** In small letters, without parameters. */
  readonly type: string;
  readonly body: Buffer;
}

const headMax = 8 * 1024;
const partMax = 4 * 1024 * 1024;

/** @returns the boundary of a `multipart/…` content type; undefined when there is none */
export function boundaryIn(contentType: string): string | undefined {
  const match = /^multipart\/.*;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/**
 * Cuts a stream such as `multipart/x-mixed-replace` into its parts while it comes. A part ends where its length says,
 * else at the next boundary; some cameras put the two dashes into the boundary's name.
 */
export class MultipartStream {
  readonly #delimiter: Buffer;
  #pending: Buffer = Buffer.alloc(0);

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(boundary.startsWith("--") ? boundary : `--${boundary}`, "latin1");
  }

  /** @returns the parts that are whole now. @throws BadPush when a part is too large: the stream is lost */
  feed(chunk: Buffer): StreamPart[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const parts: StreamPart[] = [];
    for (let part = this.#next(); part !== undefined; part = this.#next()) parts.push(part);
    if (this.#pending.length > partMax + headMax) throw new BadPush("stream", "a part has no end");
    return parts;
  }

  #next(): StreamPart | undefined {
    const bytes = this.#pending;
    const start = bytes.indexOf(this.#delimiter);
    if (start === -1) {
      // Of what cannot begin a boundary nothing is kept.
      this.#pending = bytes.subarray(Math.max(0, bytes.length - this.#delimiter.length));
      return undefined;
    }
    const headAt = start + this.#delimiter.length;
    const head = bytes.toString("latin1", headAt, headAt + headMax);
    const blank = /\r?\n\r?\n/.exec(head);
    if (blank === null) {
      if (head.length === headMax) throw new BadPush("stream", "the head of a part does not end");
      this.#pending = bytes.subarray(start);
      return undefined;
    }
    const fields = head.slice(0, blank.index);
    const from = headAt + blank.index + blank[0].length;
    const told = Number(/^content-length:\s*(\d{1,10})\s*$/im.exec(fields)?.[1] ?? Number.NaN);
    if (told > partMax) throw new BadPush("stream", `a part has ${told} bytes`);
    const end = Number.isNaN(told) ? this.#endFrom(bytes, from) : from + told;
    if (end === undefined || end > bytes.length) {
      this.#pending = bytes.subarray(start);
      return undefined;
    }
    this.#pending = bytes.subarray(end);
    const type = /^content-type:\s*([^;\s]+)/im.exec(fields)?.[1]?.toLowerCase() ?? "";
    return { type, body: bytes.subarray(from, end) };
  }

  #endFrom(bytes: Buffer, from: number): number | undefined {
    const next = bytes.indexOf(this.#delimiter, from);
    if (next === -1) return undefined;
    const isLine = bytes[next - 1] === 0x0a;
    return isLine ? next - (bytes[next - 2] === 0x0d ? 2 : 1) : next;
  }
}
