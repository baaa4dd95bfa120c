import { qrCode } from "../qr-code.ts";
import type { PrintPiece } from "../print-piece.ts";
import type { Instant } from "../time.ts";
import { windows1252 } from "../windows-1252.ts";
import { widthOf } from "./helvetica.ts";
import { pdfFile } from "./pdf-file.ts";

/*
 * A paper as PDF: A4, one column, the fonts that every reader has. The same pieces always make the same bytes.
 */

const page = { width: 595, height: 842, margin: 64 };
const column = { left: 120, right: 475 };
const columnWidth = column.right - column.left;
const text = { size: 10, line: 14 };
const title = { size: 15, line: 21 };
const fixed = { size: 9, line: 11 };
const qrSize = 96;

type Font = "F1" | "F2" | "F3";

/** Something drawn at a height of its own within a line's box. */
interface Box {
  readonly height: number;
  /** @param y of the box's lower edge, in points from the page's */
  readonly draw: (y: number) => string;
}

export interface PdfHead {
  readonly title: string;
  readonly issuedAt: Instant;
}

/** A paper as the bytes of a PDF file. */
export function paperPdf(pieces: readonly PrintPiece[], head: PdfHead): Uint8Array {
  const pages: string[] = [];
  let content = "";
  let y = page.height - page.margin;
  for (const box of pieces.flatMap(boxesOf)) {
    if (y - box.height < page.margin) {
      pages.push(content);
      content = "";
      y = page.height - page.margin;
    }
    y -= box.height;
    content += box.draw(y);
  }
  return pdfFile([...pages, content], page, head);
}

function boxesOf(piece: PrintPiece): Box[] {
  switch (piece.kind) {
    case "rule":
      return [{ height: text.line, draw: (y) => ruleAt(y + text.line / 2) }];
    case "qr":
      return [qrBox(piece.text)];
    case "as-is":
      return [
        { height: fixed.line, draw: (y) => textAt("F3", fixed.size, column.left, y, piece.text) },
      ];
    case "pair":
      return pairBoxes(piece);
    case "line":
      return lineBoxes(piece);
  }
}

function lineBoxes({ text: words, style }: Extract<PrintPiece, { kind: "line" }>): Box[] {
  const { size, line } = style === "title" ? title : text;
  const font = style === "title" || style === "strong" ? "F2" : "F1";
  const isCentred = style === "title" || style === "centred";
  const indent = indentOf(words);
  return wrapped(words, size, columnWidth - indent).map((part) => {
    const x = isCentred
      ? column.left + (columnWidth - widthOf(part, size)) / 2
      : column.left + indent;
    return { height: line, draw: (y) => textAt(font, size, x, y, part) };
  });
}

function pairBoxes({ left, right, strong }: Extract<PrintPiece, { kind: "pair" }>): Box[] {
  const font = strong === true ? "F2" : "F1";
  const { size, line } = text;
  const indent = indentOf(left);
  const rightWidth = widthOf(right, size);
  const room = Math.max(columnWidth / 3, columnWidth - indent - rightWidth - size);
  const lines = wrapped(left, size, room);
  return lines.map((part, index) => {
    const words = (y: number): string => textAt(font, size, column.left + indent, y, part);
    const isLast = index === lines.length - 1;
    const end = (y: number): string => textAt(font, size, column.right - rightWidth, y, right);
    return { height: line, draw: (y) => (isLast ? words(y) + end(y) : words(y)) };
  });
}

function qrBox(code: string): Box {
  const rows = qrCode(code);
  const module = qrSize / (rows.length + 8);
  const left = column.left + (columnWidth - qrSize) / 2 + 4 * module;
  return {
    height: qrSize,
    draw: (y) => {
      const top = y + qrSize - 4 * module;
      const squares = rows.flatMap((row, down) =>
        row.flatMap((isDark, across) =>
          isDark
            ? [
                `${n(left + across * module)} ${n(top - (down + 1) * module)} ${n(module)} ${n(module)} re`,
              ]
            : [],
        ),
      );
      return `${squares.join("\n")}\nf\n`;
    },
  };
}

const ruleAt = (y: number): string =>
  `0.5 w ${column.left} ${n(y)} m ${column.right} ${n(y)} l S\n`;

function textAt(font: Font, size: number, x: number, y: number, words: string): string {
  const hex = Buffer.from(windows1252(words)).toString("hex");
  return hex === "" ? "" : `BT /${font} ${size} Tf ${n(x)} ${n(y + 3)} Td <${hex}> Tj ET\n`;
}

/** Leading spaces indent; two of them are the usual step. */
const indentOf = (words: string): number => (words.length - words.trimStart().length) * 5;

function wrapped(words: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.trim().split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(joined, size) > width) {
      lines.push(line);
      line = word;
    } else line = joined;
  }
  return [...lines, line];
}

const n = (value: number): string => String(Math.round(value * 100) / 100);
