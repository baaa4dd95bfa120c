import Table from "cli-table3";
import { plain, type Terminal, toned, type Tone } from "./terminal.ts";

const bare = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
  ].map((part) => [part, ""]),
);

/** A cell's text comes from elsewhere; its tone is ours. */
export type Cell = string | { readonly tone: Tone; readonly text: string };

/** Columns in line, no boxes. */
export function table(
  terminal: Terminal,
  head: readonly string[] | undefined,
  rows: readonly (readonly Cell[])[],
): string {
  const made = new Table({
    ...(head === undefined ? {} : { head: [...head] }),
    chars: { ...bare, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  made.push(
    ...rows.map((row) =>
      row.map((cell) =>
        typeof cell === "string" ? plain(cell) : toned(terminal, cell.tone, plain(cell.text)),
      ),
    ),
  );
  return made.toString().replaceAll(/ +$/gm, "");
}
