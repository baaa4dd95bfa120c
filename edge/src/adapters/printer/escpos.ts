import type { PrintPiece } from "@gatehouse/shared/print-piece";
import { qrCode } from "@gatehouse/shared/qr-code";
import { encodeText } from "./code-page.ts";
import type { PrinterProfile } from "./printer-profile.ts";
import { rasterBytes } from "./raster.ts";

/*
 * The bytes of ESC/POS. Every job begins from nothing: whatever was set before, by us or by anybody else, is undone.
 */

const initialise = [0x1b, 0x40, 0x1c, 0x2e];
const [left, centre] = [
  [0x1b, 0x61, 0],
  [0x1b, 0x61, 1],
];
const doubleSize = [0x1d, 0x21, 0x11];
const normalSize = [0x1d, 0x21, 0];
/** From the print head to the cutter. */
const feedToCutter = [0x1b, 0x64, 5];
const cuts = { full: [0x1d, 0x56, 0], partial: [0x1d, 0x56, 1], none: [] };

/** `GS r 1`: answered in its turn, so the answer proves that all before it was dealt with. */
export const askWhenDone = Buffer.from([0x1d, 0x72, 1]);

/** `DLE EOT n`: answered at once, even without paper. 2: why it is off line, 3: errors, 4: paper. */
export const askStatus = (what: 1 | 2 | 3 | 4): Buffer => Buffer.from([0x10, 0x04, what]);

/** Whether a byte is an answer to `DLE EOT`: bits 1 and 4 are always on, 0 and 7 always off. */
export const isStatus = (byte: number): boolean => (byte & 0x93) === 0x12;

/** Whether a byte is an answer to `GS r`: bits 4 and 7 are always off. */
export const isDone = (byte: number): boolean => (byte & 0x90) === 0;

export type PrinterTrouble = "printer-no-paper" | "printer-open" | "printer-broken";

/** What `DLE EOT` 2, 3 and 4 say together; undefined: it can print. */
export function troubleOf(
  offline: number,
  error: number,
  paper: number,
): PrinterTrouble | undefined {
  if ((offline & 0x04) !== 0) return "printer-open";
  if ((paper & 0x60) !== 0 || (offline & 0x20) !== 0) return "printer-no-paper";
  return (error & 0x28) !== 0 || (offline & 0x40) !== 0 ? "printer-broken" : undefined;
}

/** Whether `DLE EOT 4` says that the roll ends soon. */
export const isNearEnd = (paper: number): boolean => (paper & 0x0c) !== 0;

/** One paper as bytes, cut at the end. */
export function jobBytes(pieces: readonly PrintPiece[], profile: PrinterProfile): Buffer {
  const { code_page, cutter } = profile;
  return Buffer.concat([
    Buffer.from([...initialise, 0x1b, 0x74, code_page.number]),
    ...pieces.map((piece) => pieceBytes(piece, profile)),
    Buffer.from([...feedToCutter, ...cuts[cutter]]),
  ]);
}

function pieceBytes(piece: PrintPiece, profile: PrinterProfile): Buffer {
  const { columns } = profile;
  switch (piece.kind) {
    case "qr":
      return profile.qr === "raster"
        ? qrPicture(piece.text, profile)
        : qrBytes(piece.text, profile);
    case "rule":
      return textBytes(["-".repeat(columns)], profile);
    case "as-is":
      return textBytes(cut(piece.text, columns), profile);
    case "pair":
      return emphasised(textBytes(paired(piece, columns), profile), piece.strong === true);
    case "line":
      return lineBytes(piece, profile);
  }
}

function lineBytes(piece: Extract<PrintPiece, { kind: "line" }>, profile: PrinterProfile): Buffer {
  const { text, style } = piece;
  if (style === "strong")
    return emphasised(textBytes(wrapped(text, profile.columns), profile), true);
  const isTitle = style === "title";
  const columns = isTitle ? Math.floor(profile.columns / 2) : profile.columns;
  return Buffer.concat([
    Buffer.from([...(style === undefined ? left : centre), ...(isTitle ? doubleSize : normalSize)]),
    ...wrapped(text, columns).flatMap((line) => lineEnd(line, profile)),
    Buffer.from(normalSize),
  ]);
}

/** Lines of normal size, from the left. */
const textBytes = (lines: readonly string[], profile: PrinterProfile): Buffer =>
  Buffer.concat([
    Buffer.from([...left, ...normalSize]),
    ...lines.flatMap((line) => lineEnd(line, profile)),
  ]);

const lineEnd = (line: string, { code_page }: PrinterProfile): Buffer[] => [
  encodeText(line, code_page.text),
  Buffer.from([0x0a]),
];

const emphasised = (bytes: Buffer, isStrong: boolean): Buffer =>
  isStrong
    ? Buffer.concat([Buffer.from([0x1b, 0x45, 1]), bytes, Buffer.from([0x1b, 0x45, 0])])
    : bytes;

/** The right part at the end of the last line; the left breaks where both have no room beside each other. */
function paired(
  { left: words, right }: Extract<PrintPiece, { kind: "pair" }>,
  columns: number,
): string[] {
  const indent = /^ */.exec(words)?.[0] ?? "";
  const lines = wrapped(words.trimStart(), columns - indent.length).map((line) => indent + line);
  const last = lines.pop() ?? "";
  const room = columns - last.length - right.length;
  if (room >= 1) return [...lines, last + " ".repeat(room) + right];
  return [...lines, last, ...cut(right, columns).map((line) => line.padStart(columns))];
}

/** What is longer than the paper goes on in the next line; spaces stay where they were put. */
const cut = (text: string, columns: number): string[] =>
  text.length <= columns ? [text] : [text.slice(0, columns), ...cut(text.slice(columns), columns)];

/** With half of its quiet zone above and below: the paper is white around it. */
function qrPicture(text: string, { module_dots }: PrinterProfile): Buffer {
  return Buffer.concat([
    Buffer.from([...centre, 0x0a]),
    rasterBytes(qrCode(text), module_dots),
    Buffer.from([0x0a, ...left]),
  ]);
}

/** Model 2, level M, in the middle. @throws RangeError when the text is longer than any QR code holds */
function qrBytes(text: string, { module_dots }: PrinterProfile): Buffer {
  const data = Buffer.from(text, "latin1");
  if (data.length > 2000) throw new RangeError(`${data.length} bytes are too many for a QR code`);
  const stored = data.length + 3;
  const gs = (...bytes: number[]): number[] => [0x1d, 0x28, 0x6b, ...bytes];
  return Buffer.concat([
    Buffer.from([
      ...centre,
      ...gs(4, 0, 0x31, 0x41, 0x32, 0),
      ...gs(3, 0, 0x31, 0x43, module_dots),
      ...gs(3, 0, 0x31, 0x45, 0x31),
      ...gs(stored & 0xff, stored >> 8, 0x31, 0x50, 0x30),
    ]),
    data,
    Buffer.from([...gs(3, 0, 0x31, 0x51, 0x30), ...left]),
  ]);
}

/** Lines no longer than the paper is wide, broken between words where there are any. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= columns) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (line.length > columns) {
      lines.push(line.slice(0, columns));
      line = line.slice(columns);
    }
  }
  return [...lines, line];
}
