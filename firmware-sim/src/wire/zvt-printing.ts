import { ascii, hex } from "./zvt-bytes.ts";
import type { ZvtConnection } from "./zvt-connection.ts";

/** How a register wants a terminal's papers: line by line, in blocks that say whose they are, or not at all. */
export type Printing = "lines" | "blocks" | "none";

export interface PrintedPaper {
  readonly for: "merchant" | "customer" | "administration";
  readonly lines: readonly string[];
}

/** Has the register print; where it takes lines only, of a card's two papers the customer's. */
export async function printAt(
  connection: ZvtConnection,
  printing: Printing,
  papers: readonly PrintedPaper[],
): Promise<void> {
  if (printing === "none") return;
  if (printing === "blocks") {
    for (const paper of papers) await connection.say(0x06d3, block(paper));
    return;
  }
  for (const { for: reader, lines } of papers) {
    if (reader === "merchant") continue;
    for (const line of lines) {
      await connection.say(0x06d1, Buffer.concat([hex("00"), ascii(line)]));
    }
  }
}

const readers = { merchant: "01", customer: "02", administration: "03" } as const;

function block({ for: reader, lines }: PrintedPaper): Buffer {
  const texts = Buffer.concat(lines.map((line) => object("07", ascii(line))));
  const inside = Buffer.concat([object("1f07", hex(readers[reader])), object("25", texts)]);
  return object("06", inside);
}

/** A TLV object with its length in the shortest form. */
function object(tag: string, content: Buffer): Buffer {
  const { length } = content;
  const form =
    length < 0x80
      ? Buffer.of(length)
      : length < 0x100
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([hex(tag), form, content]);
}
