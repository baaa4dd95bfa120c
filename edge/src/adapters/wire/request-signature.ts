/**
 * What an answer must begin with to belong to a request, read from the request itself (Modbus Application
 * Protocol 1.1b3). Frames here are RTU-shaped on every wire: unit, function, data, two bytes of CRC.
 */
export interface RequestSignature {
  readonly unit: number;
  readonly head: Buffer;
  /** Of the whole answer with its CRC. */
  readonly length: number;
  /** Unit and function with the exception bit; such an answer has five bytes. */
  readonly refusal: Buffer;
}

export const refusalLength = 5;

export function signatureOf(request: Buffer): RequestSignature {
  const unit = request[0] ?? 0;
  const code = request[1] ?? 0;
  const refusal = Buffer.from([unit, code | 0x80]);
  const count = request.length >= 6 ? request.readUInt16BE(4) : 0;
  const bytesRead = code <= 2 ? Math.ceil(count / 8) : count * 2;
  return code <= 4
    ? { unit, head: Buffer.from([unit, code, bytesRead]), length: 5 + bytesRead, refusal }
    : // Writes and the loopback repeat address and value (or count), so their answer cannot be another's.
      { unit, head: request.subarray(0, 6), length: 8, refusal };
}

/** The length of the answer that begins at `at`, when it is one to this request. */
export function answerLength(
  { head, length, refusal }: RequestSignature,
  bytes: Buffer,
  at: number,
): number | undefined {
  if (startsWith(bytes, at, head)) return length;
  return startsWith(bytes, at, refusal) ? refusalLength : undefined;
}

const startsWith = (bytes: Buffer, at: number, head: Buffer): boolean =>
  bytes.length >= at + head.length && bytes.subarray(at, at + head.length).equals(head);
