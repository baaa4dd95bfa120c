import { quotedCell, safeText, unmarkedText } from "@gatehouse/shared/csv-cell";

/** One row of a CSV, by the words of its first line. */
export interface CsvRow {
  /** Of the file, the first line is 1: where an editor finds it. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export type CsvRead =
  | { readonly kind: "rows"; readonly words: readonly string[]; readonly rows: readonly CsvRow[] }
  | { readonly kind: "complaint"; readonly line: number; readonly message: string };

/**
 * Reads a CSV (RFC 4180) whose first line names its columns. Semicolons and tabs separate as well as commas, as the
 * first line has it; empty lines are passed over, and what a spreadsheet adds (a mark at the beginning) is no part of it.
 */
export function readCsv(text: string): CsvRead {
  const plain = text.replace(/^\u{FEFF}/u, "");
  const [head = ""] = plain.split(/\r?\n/, 1);
  const separator = [";", "\t"].find((each) => head.includes(each)) ?? ",";
  const records = recordsOf(plain, separator);
  if (records.kind === "complaint") return records;
  const [first, ...rest] = records.records;
  if (first === undefined) return { kind: "complaint", line: 1, message: "is empty" };
  const words = first.cells.map((word) => word.trim().toLowerCase());
  const double = words.find((word, index) => words.indexOf(word) !== index);
  if (double !== undefined)
    return { kind: "complaint", line: 1, message: `names the column "${double}" twice` };
  const rows: CsvRow[] = [];
  for (const { line, cells } of rest) {
    if (cells.length !== words.length)
      return { kind: "complaint", line, message: `has ${cells.length} cells, not ${words.length}` };
    rows.push({
      line,
      cells: Object.fromEntries(
        words.map((word, at) => [word, unmarkedText((cells[at] ?? "").trim())]),
      ),
    });
  }
  return { kind: "rows", words, rows };
}

/** Writes a CSV with its first line; cells that a spreadsheet would take for a formula are marked as text. */
export const csvText = (words: readonly string[], rows: readonly (readonly string[])[]): string =>
  [words, ...rows.map((cells) => cells.map(safeText))]
    .map((cells) => `${cells.map((cell) => quotedCell(cell, special)).join(",")}\r\n`)
    .join("");

/** Every separator that `readCsv` knows, whichever one is written. */
const special = /[",;\t\r\n]/;

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(
  text: string,
  separator: string,
):
  | { readonly kind: "records"; readonly records: readonly CsvRecord[] }
  | Extract<CsvRead, { kind: "complaint" }> {
  const records: CsvRecord[] = [];
  let [line, begun, cell, cells] = [1, 1, "", [] as string[]];
  let isQuoted = false;
  const endRecord = (): void => {
    if (cells.length > 0 || cell.trim() !== "")
      records.push({ line: begun, cells: [...cells, cell] });
    [cell, cells] = ["", []];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === "\n") line += 1;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === "") [cell, isQuoted] = ["", true];
    else if (sign === separator) [cells, cell] = [[...cells, cell], ""];
    else if (sign === "\n") {
      endRecord();
      begun = line;
    } else if (sign !== "\r") cell += sign;
  }
  if (isQuoted)
    return { kind: "complaint", line: begun, message: "has a quotation mark that never ends" };
  endRecord();
  return { kind: "records", records };
}
