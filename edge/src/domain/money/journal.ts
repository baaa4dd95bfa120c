import { quotedCell, safeText } from "@gatehouse/shared/csv-cell";
import { currencyDigits } from "@gatehouse/shared/currency";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import { wallClock } from "../calendar.ts";
import type { Account } from "./chart.ts";

/** One entry of the books as it is handed to a bookkeeper. */
export interface JournalEntry {
  readonly entryId: string;
  readonly at: Instant;
  readonly kind: string;
  readonly currency: string;
  readonly paymentId: string | null;
  readonly sessionId: string | null;
  readonly shiftId: string | null;
  /** Number of the receipt of its payment; null where there is none. */
  readonly receipt: string | null;
  readonly lines: readonly JournalLine[];
}

export interface JournalLine {
  readonly account: Account;
  readonly subject: string | null;
  /** A debit is above zero. */
  readonly minor: number;
  readonly ratePpm: number | null;
}

/** What stays the same when columns are added: new ones come at the end. */
export const journalColumns =
  "date,time,entry_id,line,kind,account,subject,debit,credit,currency,tax_percent,receipt,payment_id,session_id,shift_id";

/** The rows of an entry as CSV (RFC 4180), civil time of the facility, decimals with a point. */
export function journalRows(entry: JournalEntry, timezone: string): string {
  const [date = "", time = ""] = wallClock(entry.at, timezone).split(" ");
  return entry.lines
    .map(({ account, subject, minor, ratePpm }, index) => {
      const amount = decimal(Math.abs(minor), entry.currency, ".");
      return [
        date,
        time,
        entry.entryId,
        String(index),
        entry.kind,
        account,
        subject,
        minor > 0 ? amount : "",
        minor < 0 ? amount : "",
        entry.currency,
        ratePpm === null ? "" : String(ratePpm / 10_000),
        entry.receipt,
        entry.paymentId,
        entry.sessionId,
        entry.shiftId,
      ]
        .map((value) => quotedCell(safeText(value ?? "")))
        .join(",");
    })
    .map((row) => `${row}\r\n`)
    .join("");
}

/** An entry as plain JSON: amounts are minor units. */
export const journalObject = (entry: JournalEntry) => ({
  entry_id: entry.entryId,
  at: isoOf(entry.at),
  kind: entry.kind,
  currency: entry.currency,
  receipt: entry.receipt,
  payment_id: entry.paymentId,
  session_id: entry.sessionId,
  shift_id: entry.shiftId,
  lines: entry.lines.map(({ account, subject, minor, ratePpm }) => ({
    account,
    subject,
    minor,
    rate_ppm: ratePpm,
  })),
});

/** Minor units with the currency's own number of digits: 1250 EUR is "12.50". */
export function decimal(minor: number, currency: string, point: "." | ","): string {
  const digits = currencyDigits(currency);
  const text = String(minor).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}${point}${text.slice(-digits)}`;
}
