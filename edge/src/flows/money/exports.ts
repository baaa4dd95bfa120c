import type { BooksExportPart, BooksExportRequest } from "@gatehouse/shared/contracts/books-export";
import type { AccountingConfig } from "@gatehouse/shared/contracts/till-config";
import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Instant } from "@gatehouse/shared/time";
import { daysFrom } from "../../domain/calendar.ts";
import { datevHead, datevRows, datevTrouble } from "../../domain/money/datev.ts";
import {
  journalColumns,
  type JournalEntry,
  journalObject,
  journalRows,
} from "../../domain/money/journal.ts";
import type { Reader } from "../../store/book.ts";
import type { PostingRow } from "../../store/books.ts";
import { type JournalPlace, postingsAfter, receiptNameOf } from "../../store/journal.ts";
import { type Refusal, refusal } from "../desk.ts";

export interface ExportsDeps {
  readonly book: Reader;
  readonly clock: Clock;
  readonly timezone: string;
  readonly currency: string;
  readonly facilityId: string;
  readonly accounting: AccountingConfig;
}

/** Lines of the books that one part holds at most, so that no lane waits for a bookkeeper. */
const partLines = 2000;

/** Hands the journal to bookkeepers, part by part: what has been read stays read, so that a year needs no memory. */
export class BooksExport {
  readonly #deps: ExportsDeps;

  constructor(deps: ExportsDeps) {
    this.#deps = deps;
  }

  /** The next part of an export; the parts in their order are the file. */
  part(request: BooksExportRequest): BooksExportPart | Refusal {
    const { book, timezone, currency, accounting } = this.#deps;
    const { from, to, format } = request;
    const days = daysFrom(from, to, timezone);
    if (days === undefined)
      return refusal("bad-days", "Write two days in their order, for example 2026-01-01.");
    const trouble = format === "datev" ? datevTrouble(request, currency, accounting) : undefined;
    if (trouble !== undefined) return refusal("not-for-datev", trouble);
    const place = placeOf(request.after, days.start);
    if (place === undefined) return refusal("bad-place", "This is no place in the journal.");
    const rows = postingsAfter(book, place, days.end, partLines + 1);
    const isLast = rows.length <= partLines;
    const entries = entriesOf(book, isLast ? rows : wholeEntries(rows));
    const last = entries.at(-1);
    const next = isLast || last === undefined ? null : placeText(last);
    const isFirst = request.after === undefined;
    return { text: this.#text(request, entries, { isFirst, isLast: next === null }), next };
  }

  #text(
    { from, to, format }: BooksExportRequest,
    entries: readonly JournalEntry[],
    { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
  ): string {
    const { clock, timezone, currency, accounting, facilityId } = this.#deps;
    if (format === "csv")
      return (
        (isFirst ? `${journalColumns}\r\n` : "") +
        entries.map((each) => journalRows(each, timezone)).join("")
      );
    if (format === "datev") {
      const head = datevHead({ from, to, createdAt: clock.now() }, currency, accounting);
      const rows = entries.map((each) => datevRows(each, timezone, accounting));
      return (isFirst ? head : "") + rows.join("");
    }
    const head = JSON.stringify({ facility_id: facilityId, currency, from, to, entries: [] });
    const texts = entries.map((each) => JSON.stringify(journalObject(each)));
    const comma = isFirst || texts.length === 0 ? "" : ",\n";
    return `${isFirst ? `${head.slice(0, -2)}\n` : comma}${texts.join(",\n")}${isLast ? "\n]}\n" : ""}`;
  }
}

/** Lines without the entry that the page may have cut. */
function wholeEntries(rows: readonly PostingRow[]): PostingRow[] {
  const cut = rows.at(-1)?.entryId;
  return rows.filter(({ entryId }) => entryId !== cut);
}

function entriesOf(book: Reader, rows: readonly PostingRow[]): JournalEntry[] {
  const entries: (JournalEntry & { lines: PostingRow[] })[] = [];
  for (const row of rows) {
    const last = entries.at(-1);
    if (last?.entryId === row.entryId) last.lines.push(row);
    else {
      const { entryId, at, kind, currency, paymentId, sessionId, shiftId } = row;
      const receipt = paymentId === null ? null : (receiptNameOf(book, paymentId) ?? null);
      const about = { kind, currency, paymentId, sessionId, shiftId, receipt };
      entries.push({ entryId, at: at as Instant, ...about, lines: [row] });
    }
  }
  return entries;
}

const placeText = ({ at, entryId }: JournalEntry): string => `${at}:${entryId}`;

/** After the last line of the entry that a place names; before everything where it names none. */
function placeOf(text: string | undefined, start: number): JournalPlace | undefined {
  if (text === undefined) return { at: start, entryId: "", line: 0 };
  const [, at, entryId] = /^(\d{1,16}):(.{1,64})$/.exec(text) ?? [];
  if (at === undefined || entryId === undefined) return undefined;
  return { at: Math.max(Number(at), start), entryId, line: Number.MAX_SAFE_INTEGER };
}
