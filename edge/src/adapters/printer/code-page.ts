import type { PrinterProfile } from "./printer-profile.ts";

/** Characters 80 to FF (hex) of code page 858: page 850 with the euro sign at D5. */
const cp858 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
  "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

const upperHalves: Readonly<Record<PrinterProfile["code_page"]["text"], string>> = {
  cp858,
  "windows-1252": new TextDecoder("windows-1252").decode(
    Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index),
  ),
};

/**
 * Text as bytes of a code page. Control characters go: one in a plate or a name would be a command. What the page
 * lacks is written without its accents, or as "?".
 */
export function encodeText(text: string, page: PrinterProfile["code_page"]["text"]): Buffer {
  const bytes = Array.from(text.normalize("NFC")).flatMap((sign) =>
    bytesOf(sign, upperHalves[page]),
  );
  return Buffer.from(bytes);
}

function bytesOf(sign: string, upperHalf: string): number[] {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return [];
  if (code < 0x7f) return [code];
  const place = upperHalf.indexOf(sign);
  if (place >= 0) return [0x80 + place];
  const plain = substitutes[sign] ?? sign.normalize("NFD").replace(/\p{M}/gu, "");
  return Array.from(plain).map((each) => {
    const ascii = each.codePointAt(0) ?? 0;
    return ascii >= 0x20 && ascii < 0x7f ? ascii : 0x3f;
  });
}

const substitutes: Readonly<Record<string, string>> = {
  "€": "EUR",
  ẞ: "SS",
  "–": "-",
  "—": "-",
  "’": "'",
  "“": '"',
  "”": '"',
  "\u202f": " ",
};
