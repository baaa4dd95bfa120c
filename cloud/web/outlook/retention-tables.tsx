import type {
  ArchiveFileTold,
  RetentionReport,
  RetentionRule,
} from "@gatehouse/shared/contracts/retention";
import { countText, dayText, minuteText, shortHash, unknown } from "../format.ts";
import { DataTable } from "../frame/data-table.tsx";
import { retentionWords as words } from "./retention-words.ts";

/** Tables and what becomes of their rows. */
export function RuleTable({
  caption,
  rules,
}: {
  readonly caption: string;
  readonly rules: readonly RetentionRule[];
}) {
  return (
    <DataTable
      caption={caption}
      columns={[
        {
          key: "table",
          title: words.table,
          value: (row) => row.table,
          show: (row) => <code>{row.table}</code>,
        },
        { key: "act", title: words.act, value: (row) => words.acts[row.act] },
        {
          key: "before",
          title: words.before,
          value: (row) => row.before,
          show: (row) => (row.before === null ? unknown : dayText(row.before)),
        },
        { key: "reason", title: words.reason, value: (row) => words.reasons[row.reason] },
      ]}
      rows={rules}
      keyOf={({ table, act }) => `${table} ${act}`}
    />
  );
}

/** What was taken out, the newest first. */
export function LogTable({
  log,
  timezone,
}: {
  readonly log: RetentionReport["log"];
  readonly timezone: string;
}) {
  return (
    <DataTable
      caption={words.log}
      columns={[
        {
          key: "at",
          title: words.at,
          value: (row) => row.at,
          show: (row) => minuteText(row.at, timezone),
        },
        {
          key: "table",
          title: words.table,
          value: (row) => row.table,
          show: (row) => <code>{row.table}</code>,
        },
        { key: "act", title: words.act, value: (row) => words.logActs[row.act] ?? row.act },
        {
          key: "rows",
          title: words.rows,
          kind: "number",
          value: (row) => row.rows,
          show: (row) => countText(row.rows),
        },
        {
          key: "through",
          title: words.through,
          value: (row) => row.through,
          show: (row) => throughText(row.through),
        },
      ]}
      rows={log}
      keyOf={({ at, table, act, through }) => `${at} ${table} ${act} ${through}`}
      empty={words.nothingTaken}
    />
  );
}

/** A moment, a line's place `1/2400`, or a file's hash. */
function throughText(through: string): string {
  if (/^\d{4}-\d\d-\d\d/.test(through)) return dayText(through.slice(0, 10));
  return /^[0-9a-f]{64}$/.test(through) ? shortHash(through) : through;
}

/** The newest files of the archive. */
export function ArchiveTable({
  files,
  timezone,
}: {
  readonly files: readonly ArchiveFileTold[];
  readonly timezone: string;
}) {
  return (
    <DataTable
      caption={words.archive}
      columns={[
        {
          key: "lines",
          title: words.span,
          value: (row) => row.first_seq,
          show: (row) => `${row.epoch}/${row.first_seq}–${row.last_seq}`,
        },
        {
          key: "first_at",
          title: words.period,
          value: (row) => row.first_at,
          show: (row) => (row.first_at === null ? unknown : minuteText(row.first_at, timezone)),
        },
        {
          key: "bytes",
          title: words.size,
          kind: "number",
          value: (row) => row.bytes,
          show: (row) => `${countText(Math.ceil(row.bytes / 1000))} kB`,
        },
        {
          key: "sha256",
          title: words.file,
          value: (row) => row.sha256,
          show: (row) => <code title={row.sha256}>{shortHash(row.sha256)}</code>,
        },
      ]}
      rows={files}
      keyOf={({ sha256 }) => sha256}
      empty={words.noFiles}
    />
  );
}
