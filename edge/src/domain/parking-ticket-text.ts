/*
 * Bytes as text that every scanner types alike, whatever keyboard it plays: capitals and digits (RFC 4648, base 32,
 * without padding). A QR code holds such text in five and a half bits a character.
 */

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function textOfBytes(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += digits[(held >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + digits[(held << (5 - bits)) & 31];
}

/** @returns undefined when the text is none of ours; only one text stands for any bytes */
export function bytesOfText(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const sign of text) {
    const digit = digits.indexOf(sign);
    if (digit < 0) return undefined;
    held = ((held << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  return textOfBytes(bytes) === text ? bytes : undefined;
}
