import { BadPayload } from "./codec.ts";

/** How one kind of value is read from a chain of [channel, type, data]. */
export interface TlvItem<Into> {
  /** Bytes of data. */
  readonly length: number;
  /** Puts the data, which has its full length, where it belongs. @throws BadPayload */
  take(into: Into, data: Buffer): void;
}

/**
 * Walks a chain of [channel, type, data]. Lengths are known by kind alone, so nothing after an unknown kind can be
 * read: a newer firmware appends what it adds, and what came before it still counts.
 *
 * @param kinds by channel and type as four hex digits
 * @returns what was not read, as hex; empty when all was
 * @throws BadPayload when the first kind is unknown, or a known one is cut short
 */
export function readTlv<Into>(
  bytes: Buffer,
  kinds: Readonly<Record<string, TlvItem<Into>>>,
  into: Into,
): string {
  if (bytes.length === 0) throw new BadPayload("the frame is empty");
  for (let at = 0; at < bytes.length;) {
    const kind = bytes.toString("hex", at, at + 2);
    const item = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (item === undefined) {
      if (at > 0 && kind.length === 4) return bytes.toString("hex", at);
      throw new BadPayload(`byte ${at}: channel and type ${kind} are not known`);
    }
    const data = bytes.subarray(at + 2, at + 2 + item.length);
    if (data.length < item.length) {
      throw new BadPayload(
        `byte ${at}: ${kind} has ${item.length} bytes, only ${data.length} came`,
      );
    }
    item.take(into, data);
    at += 2 + item.length;
  }
  return "";
}
