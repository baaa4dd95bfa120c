/**
 * CRC-16/MODBUS: polynomial 0xA001 reflected, start 0xFFFF. On the wire its low byte goes first.
 *
 * @returns 0–65535
 */
export function crc16Modbus(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

/** The bytes with their CRC behind them: a whole Modbus RTU frame. */
export function withCrc(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(bytes.length + 2);
  frame.set(bytes);
  const crc = crc16Modbus(bytes);
  frame[bytes.length] = crc & 0xff;
  frame[bytes.length + 1] = crc >>> 8;
  return frame;
}

/** Whether a whole frame carries the right CRC; fewer than four bytes are no frame. */
export function hasGoodCrc(frame: Uint8Array): boolean {
  if (frame.length < 4) return false;
  const crc = crc16Modbus(frame.subarray(0, -2));
  return frame.at(-2) === (crc & 0xff) && frame.at(-1) === crc >>> 8;
}
