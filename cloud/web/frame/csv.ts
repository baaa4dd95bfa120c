import { quotedCell, safeText } from "@gatehouse/shared/csv-cell";
import type { Column } from "./data-table.tsx";

/** Rows as a table for spreadsheets (RFC 4180), with the names of the columns first. What is not known is empty. */
export function csvOf<Row>(
  columns: readonly Pick<Column<Row>, "key" | "value">[],
  rows: readonly Row[],
): string {
  const lines = [
    columns.map(({ key }) => key),
    ...rows.map((row) => columns.map(({ value }) => cellText(value(row)))),
  ];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** A text that a spreadsheet would take for a formula is marked as text. */
function cellText(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return quotedCell(safeText(value));
}

/** Gives the browser a file to keep. */
export function offerFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-");
  link.click();
  URL.revokeObjectURL(address);
}
