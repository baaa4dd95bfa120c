/** Code page 437, the terminal's default, from 0x80 on; below it is ASCII. */
const upperHalf =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»" +
  "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" +
  "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** Control characters become spaces; a zero byte ends the text. */
export function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  const shown = end === -1 ? bytes : bytes.subarray(0, end);
  return Array.from(shown, characterOf).join("").trim();
}

function characterOf(byte: number): string {
  if (byte < 0x20 || byte === 0x7f) return " ";
  return byte < 0x80 ? String.fromCharCode(byte) : (upperHalf[byte - 0x80] ?? " ");
}
