/** Signs 80 to 9F (hex) of Windows-1252; the rest is as in Unicode. */
const special = Array.from(
  new TextDecoder("windows-1252").decode(
    Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index),
  ),
);

/**
 * Text as bytes of Windows-1252, for PDF's own fonts and for programs that know nothing newer. Control signs go but
 * for the ends of lines; what the page lacks is written without its accents, or as "?".
 */
export function windows1252(text: string): Uint8Array {
  const bytes = Array.from(text.normalize("NFC")).flatMap((sign) => {
    const own = byteOf(sign);
    if (own !== undefined) return own;
    const plain = sign.normalize("NFD").replace(/\p{M}/gu, "");
    return Array.from(plain).flatMap((each) => byteOf(each) ?? [0x3f]);
  });
  return Uint8Array.from(bytes);
}

/** @returns undefined when the page lacks it */
function byteOf(sign: string): number[] | undefined {
  const code = sign.codePointAt(0) ?? 0;
  if (code === 0x202f) return [0xa0];
  if (code === 0x0a || code === 0x0d) return [code];
  if (code < 0x20 || code === 0x7f) return [];
  if (code < 0x7f || (code >= 0xa0 && code <= 0xff)) return [code];
  const place = special.indexOf(sign);
  return place < 0 || code < 0xa0 ? undefined : [0x80 + place];
}
