import type { Advice } from "@gatehouse/shared/contracts/reports/advice";
import { countText, percentText, unknown } from "../format.ts";
import { type CellValue, DataTable } from "../frame/data-table.tsx";
import { locale } from "../frame/language.ts";
import { Opens } from "../frame/opens.tsx";
import { adviceWords as words } from "./advice-words.ts";
import { slotText } from "./week-time.ts";

/** Columns whose numbers are shares from 0 to 1. */
const shares: ReadonlySet<string> = new Set(["utilization", "busy", "share", "zone_mean"]);

const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: "exceptZero",
});

interface Row {
  readonly place: number;
  readonly cells: readonly CellValue[];
  readonly opens: string | null;
}

/** What a piece of advice is found from; the first column leads to the sessions that a row counts. */
export function EvidenceTable({
  caption,
  evidence,
}: {
  readonly caption: string;
  readonly evidence: Advice["evidence"];
}) {
  return (
    <DataTable
      caption={caption}
      columns={evidence.columns.map((key, place) => ({
        key,
        title: words.columns[key] ?? key,
        kind: isNumber(key, evidence, place) ? ("number" as const) : ("text" as const),
        value: (row: Row) => row.cells[place] ?? null,
        show: (row: Row) => {
          const shown = cellText(key, row.cells[place] ?? null);
          return place === 0 ? <Opens to={row.opens ?? undefined}>{shown}</Opens> : shown;
        },
      }))}
      rows={evidence.rows.map((row, place): Row => ({ ...row, place }))}
      keyOf={({ place }) => String(place)}
    />
  );
}

const isNumber = (key: string, { rows }: Advice["evidence"], place: number): boolean =>
  key !== "slot" && rows.some(({ cells }) => typeof cells[place] === "number");

function cellText(key: string, value: CellValue): string {
  if (key === "time") return timeText(value);
  if (value === null) return unknown;
  if (typeof value === "string") return value;
  if (key === "slot") return slotText(value);
  if (key === "sfpark_cents") return signed.format(value / 100);
  if (shares.has(key)) return percentText(Math.round(1000 * value) / 10);
  return Number.isInteger(value) ? countText(value) : tenths.format(value);
}

/** `working 6–10`, or nothing for all times. */
function timeText(value: CellValue): string {
  const [, days, from, to] = /^(working|weekend) (\d+)–(\d+)$/.exec(String(value ?? "")) ?? [];
  if (days === undefined) return words.allTimes;
  return words.band({
    days: days === "working" ? "working" : "weekend",
    from: Number(from),
    to: Number(to),
  });
}
