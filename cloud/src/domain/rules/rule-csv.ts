import { civilMoment } from "@gatehouse/shared/civil-moment";
import type { Complaint } from "@gatehouse/shared/contracts/problem";
import {
  importRowsMax,
  ruleBodies,
  type RuleBody,
  type RuleKind,
} from "@gatehouse/shared/contracts/rules/access";
import { complaintsOf } from "@gatehouse/shared/contracts/problem";
import { normalisePlate } from "@gatehouse/shared/plate/normalise";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { type CsvRow, csvText, readCsv } from "./csv.ts";
import { type AnyRule, complaintsOfRule, ruleFacts } from "./rule-row.ts";

/** The kinds that travel as CSV. */
export type CsvKind = Extract<RuleKind, "permit" | "list-entry">;

/** So many complaints are told; whoever has more of them has one trouble. */
const complaintsMax = 100;

const columns: Readonly<Record<CsvKind, readonly string[]>> = {
  permit: [
    "permit_id",
    "plates",
    "holder",
    "kind",
    "valid_from",
    "valid_until",
    "pool_id",
    "lanes",
    "zones",
    "revoked",
  ],
  "list-entry": ["list", "plate", "reason", "valid_until", "removed"],
};
const needed: Readonly<Record<CsvKind, readonly string[]>> = {
  permit: ["permit_id", "plates", "valid_from", "valid_until"],
  "list-entry": ["list", "plate", "reason"],
};

/** Rules as a CSV that can be taken back. */
export const rulesCsv = <K extends CsvKind>(kind: K, bodies: readonly RuleBody[K][]): string =>
  csvText(
    columns[kind],
    bodies.map((body) => columns[kind].map((word) => cellOf(Object(body)[word]))),
  );

const cellOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(" | ");
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
};

/**
 * Reads rules from a CSV, whole: either every row, or every complaint with its line (`line 12: plates`).
 *
 * A day alone is the facility's: `valid_from` its beginning, `valid_until` its end. What a row cannot say (the hours of
 * a permit) stays as it is kept.
 *
 * @param timezone the facility's
 * @param kept what is kept under an id
 */
export function readRulesCsv(
  kind: CsvKind,
  text: string,
  timezone: string,
  kept: ReadonlyMap<string, { readonly body: unknown }>,
): { readonly rules: readonly AnyRule[] } | { readonly complaints: readonly Complaint[] } {
  const read = readCsv(text);
  if (read.kind === "complaint")
    return { complaints: [{ path: `line ${read.line}`, message: read.message }] };
  const heading = headComplaints(kind, read.words);
  if (read.rows.length > importRowsMax)
    heading.push({ path: "line 1", message: `at most ${importRowsMax} rows at once` });
  if (heading.length > 0) return { complaints: heading };

  const rules: AnyRule[] = [];
  const complaints: Complaint[] = [];
  const lineOfId = new Map<string, number>();
  for (const row of read.rows) {
    const written = kind === "permit" ? permitOf(row, timezone, kept) : listEntryOf(row, timezone);
    const checked = ruleBodies[kind].safeParse(written);
    const say = ({ path, message }: Complaint): void =>
      void complaints.push({ path: `line ${row.line}${path === "" ? "" : `: ${path}`}`, message });
    if (!checked.success) {
      complaintsOf(checked.error).forEach(say);
      continue;
    }
    const rule = { kind, body: checked.data } as AnyRule;
    complaintsOfRule(rule).forEach(say);
    const { rule_id: id } = ruleFacts(rule);
    const earlier = lineOfId.get(id);
    if (earlier !== undefined) say({ path: "", message: `is the same ${kind} as line ${earlier}` });
    lineOfId.set(id, row.line);
    rules.push(rule);
  }
  if (complaints.length > 0) return { complaints: complaints.slice(0, complaintsMax) };
  return { rules };
}

function headComplaints(kind: CsvKind, words: readonly string[]): Complaint[] {
  const missing = needed[kind].filter((word) => !words.includes(word));
  const unknown = words.filter((word) => !columns[kind].includes(word));
  return [
    ...missing.map((word) => ({ path: "line 1", message: `names no column ${word}` })),
    ...unknown.map((word) => ({
      path: "line 1",
      message: `names the column "${word}"; known are ${columns[kind].join(", ")}`,
    })),
  ];
}

function permitOf(
  { cells }: CsvRow,
  timezone: string,
  kept: ReadonlyMap<string, { readonly body: unknown }>,
): unknown {
  const { windows, outside_windows, anti_passback } = Object(
    kept.get(cells["permit_id"] ?? "")?.body,
  ) as Partial<RuleBody["permit"]>;
  return stripped({
    permit_id: cells["permit_id"],
    plates: wordsOf(cells["plates"])?.map(normalisePlate),
    holder: cells["holder"],
    kind: cells["kind"],
    valid_from: momentOf(cells["valid_from"], timezone, "begin"),
    valid_until: momentOf(cells["valid_until"], timezone, "end"),
    pool_id: cells["pool_id"],
    lanes: wordsOf(cells["lanes"]),
    zones: wordsOf(cells["zones"]),
    revoked: yesOf(cells["revoked"]),
    windows,
    outside_windows,
    anti_passback,
  });
}

const listEntryOf = ({ cells }: CsvRow, timezone: string): unknown =>
  stripped({
    list: cells["list"]?.toLowerCase(),
    plate: normalisePlate(cells["plate"] ?? ""),
    reason: cells["reason"],
    valid_until: momentOf(cells["valid_until"], timezone, "end"),
    removed: yesOf(cells["removed"]),
  });

/** An empty cell says nothing. */
const stripped = (cells: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(
    Object.entries(cells).filter(([, value]) => value !== undefined && value !== ""),
  );

const wordsOf = (cell: string | undefined): string[] | undefined => {
  const words = (cell ?? "")
    .split(/[,;|]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
  return words.length === 0 ? undefined : words;
};

/** @returns the word itself where it is neither, so that the contract complains about it */
function yesOf(cell: string | undefined): unknown {
  const word = (cell ?? "").toLowerCase();
  if (["", "no", "false", "0"].includes(word)) return undefined;
  return ["yes", "true", "1"].includes(word) ? true : cell;
}

/** A moment with its offset stays as it is written. @returns the text itself where it is none */
function momentOf(
  cell: string | undefined,
  timezone: string,
  edge: "begin" | "end",
): string | undefined {
  if (cell === undefined || cell === "") return undefined;
  const at = civilMoment(cell, timezone);
  if (at === undefined || /(Z|[+-]\d\d:?\d\d)$/.test(cell.slice(10))) return cell;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(cell);
  return isoOf(isDay && edge === "end" ? nextMidnight(cell, timezone) : at);
}

function nextMidnight(day: string, timezone: string): Instant {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  return civilMoment(next, timezone) as Instant;
}
