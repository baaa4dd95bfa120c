import { withCrc } from "@gatehouse/shared/crc16-modbus";

/** How Modbus travels on a network. */
export type Kind = "modbus-tcp" | "rtu-over-tcp";
export const kinds: readonly Kind[] = ["modbus-tcp", "rtu-over-tcp"];

/** Every exception code that a board or gateway may answer with, and what a person is told it means. */
export const exceptionMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [1, "it does not know this function"],
  [2, "it has no such address"],
  [3, "it does not take this value"],
  [4, "it failed while doing it"],
  [5, "it is still working on it"],
  [6, "it is busy"],
  [7, "no meaning known"],
  [8, "its memory is damaged"],
  [9, "no meaning known"],
  [10, "the gateway has no path to it"],
  [11, "the gateway gets no answer from it"],
];

/** Function and data of a request, whatever carries it. */
export const requestIn = (kind: Kind, frame: Buffer): Buffer =>
  kind === "modbus-tcp" ? frame.subarray(7) : frame.subarray(1, -2);

/** A board that knows this function repeats the request. */
export const isLoopBack = (kind: Kind, frame: Buffer): boolean => requestIn(kind, frame)[0] === 8;

/** An answer to `frame` with this function and data. */
export function answerTo(kind: Kind, frame: Buffer, data: readonly number[]): Buffer {
  if (kind === "rtu-over-tcp")
    return Buffer.from(withCrc(Uint8Array.from([frame[0] ?? 0, ...data])));
  const header = Buffer.from(frame.subarray(0, 7));
  header.writeUInt16BE(data.length + 1, 4);
  return Buffer.concat([header, Buffer.from(data)]);
}

/** A board's no to `frame`. */
export const refusalOf = (kind: Kind, frame: Buffer, code: number): Buffer =>
  answerTo(kind, frame, [(requestIn(kind, frame)[0] ?? 0) | 0x80, code]);
