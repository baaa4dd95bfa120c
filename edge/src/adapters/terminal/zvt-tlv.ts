/** One object of a TLV container (BMP 06), with its tag as one number (`1F07` has two bytes). */
export interface Tlv {
  readonly tag: number;
  readonly value: Buffer;
  /** What a constructed object holds; empty for a primitive one. */
  readonly inside: readonly Tlv[];
}

/** Nothing a terminal sends is deeper; a deeper container is left unread. */
const deepest = 6;

/**
 * Reads objects until the bytes end or stop making sense: what was read so far counts.
 * Tags are BER style, lengths `00`–`7F`, `81 nn` or `82 nn nn` with the high byte first.
 */
export function readTlv(bytes: Buffer, depth = 0): Tlv[] {
  const objects: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readTag(bytes, at);
    const length = tag && readTlvLength(bytes, tag.end);
    if (!tag || !length || length.end + length.value > bytes.length) break;
    const value = bytes.subarray(length.end, length.end + length.value);
    const isConstructed = (bytes.readUInt8(at) & 0x20) !== 0;
    const inside = isConstructed && depth < deepest ? readTlv(value, depth + 1) : [];
    objects.push({ tag: tag.value, value, inside });
    at = length.end + length.value;
  }
  return objects;
}

/** The values of every object with this tag, at any depth, in order. */
export function valuesOf(objects: readonly Tlv[], tag: number): Buffer[] {
  return objects.flatMap((object) => [
    ...(object.tag === tag ? [object.value] : []),
    ...valuesOf(object.inside, tag),
  ]);
}

interface Numbered {
  readonly value: number;
  /** Where the next part begins. */
  readonly end: number;
}

export function readTlvLength(bytes: Buffer, at: number): Numbered | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, end: at + 1 };
  const size = first & 0x7f;
  if (size < 1 || size > 2 || at + 1 + size > bytes.length) return undefined;
  return { value: bytes.readUIntBE(at + 1, size), end: at + 1 + size };
}

function readTag(bytes: Buffer, at: number): Numbered | undefined {
  const first = bytes.readUInt8(at);
  if ((first & 0x1f) !== 0x1f) return { value: first, end: at + 1 };
  const second = bytes[at + 1];
  if (second === undefined || second >= 0x80) return undefined;
  return { value: (first << 8) | second, end: at + 2 };
}
