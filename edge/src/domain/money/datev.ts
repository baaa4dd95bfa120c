import type { AccountingConfig } from "@gatehouse/shared/contracts/till-config";
import { currencyDigits } from "@gatehouse/shared/currency";
import type { Instant } from "@gatehouse/shared/time";
import { wallClock } from "../calendar.ts";
import { accountNumber, taxKey } from "./account-numbers.ts";
import { datevColumns } from "./datev-columns.ts";
import { decimal, type JournalEntry, type JournalLine } from "./journal.ts";

/*
 * DATEV's format for batches of postings (EXTF 700, category 21, version 13, developer.datev.de): one row an amount
 * with its account and contra account. Text is in quotes, decimals have commas, lines end in CR LF, the file is in
 * Windows-1252.
 */

/** Civil days (ISO) of a batch; they lie in one business year. */
export interface DatevSpan {
  readonly from: string;
  readonly to: string;
  readonly createdAt: Instant;
}

/** The two lines that begin a batch. */
export function datevHead(
  { from, to, createdAt }: DatevSpan,
  currency: string,
  rules: AccountingConfig,
): string {
  const day = (iso: string): string => iso.replaceAll("-", "");
  const created = new Date(createdAt).toISOString().replaceAll(/\D/g, "");
  const { adviser_number, client_number, account_digits } = rules;
  const batch = [quoted("EXTF"), 700, 21, quoted("Buchungsstapel"), 13, created];
  const origin = ["", quoted("RE"), '""', '""'];
  const begin = day(yearBegin(from, rules.year_begins));
  const client = [adviser_number, client_number, begin, account_digits];
  const content = [day(from), day(to), quoted("Gatehouse"), '""', 1, 0, 0, quoted(currency)];
  const reserved = ["", '""', "", "", '""', "", "", '""', '""'];
  const head = [...batch, ...origin, ...client, ...content, ...reserved];
  return `${head.join(";")}\r\n${datevColumns.join(";")}\r\n`;
}

/** First day of the business year that a day lies in. */
export function yearBegin(day: string, month: number): string {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < month ? 1 : 0);
  return `${year}-${String(month).padStart(2, "0")}-01`;
}

/** Why a batch cannot be written, in a sentence; undefined when it can. */
export function datevTrouble(
  { from, to }: Pick<DatevSpan, "from" | "to">,
  currency: string,
  { year_begins }: AccountingConfig,
): string | undefined {
  if (currencyDigits(currency) > 2)
    return `DATEV has no amounts in ${currency}: export csv or json.`;
  if (yearBegin(from, year_begins) !== yearBegin(to, year_begins))
    return "A DATEV batch lies in one business year: export each year for itself.";
  return undefined;
}

/** The rows of an entry: its debits against its credits, amount by amount. */
export function datevRows(entry: JournalEntry, timezone: string, rules: AccountingConfig): string {
  const [, month = "", day = ""] = wallClock(entry.at, timezone).slice(0, 10).split("-");
  return pairsOf(withTax(entry.lines))
    .map(({ debit, credit, minor }) => {
      const row = Array<string>(datevColumns.length).fill("");
      const key = taxKey(debit, rules) ?? taxKey(credit, rules);
      const amount = decimal(minor, entry.currency, ",");
      row[0] = amount.includes(",") ? amount : `${amount},00`;
      row[1] = quoted("S");
      row[2] = quoted(entry.currency);
      row[6] = accountNumber(debit, rules);
      row[7] = accountNumber(credit, rules);
      row[8] = key === undefined ? "" : quoted(key.padStart(4, "0"));
      row[9] = `${day}${month}`;
      row[10] = quoted(voucherOf(entry));
      row[13] = quoted(textOf(entry, debit, credit));
      row[113] = "0";
      return `${row.join(";")}\r\n`;
    })
    .join("");
}

/**
 * Revenue (and what was given back of it) with the tax of its rate: the account of a rate calculates the tax itself.
 * Tax without revenue keeps a line of its own.
 */
function withTax(lines: readonly JournalLine[]): JournalLine[] {
  const isNet = ({ account }: JournalLine): boolean =>
    account === "revenue" || account === "refunds";
  const rest = lines.filter(({ account }) => account !== "tax");
  const taxes = lines.filter(({ account }) => account === "tax");
  const taken = new Set<JournalLine>();
  const gross = rest.map((line) => {
    if (!isNet(line)) return line;
    const own = taxes.filter((tax) => tax.ratePpm === line.ratePpm && !taken.has(tax));
    for (const tax of own) taken.add(tax);
    return { ...line, minor: own.reduce((sum, { minor }) => sum + minor, line.minor) };
  });
  return [...gross, ...taxes.filter((tax) => !taken.has(tax))].filter(({ minor }) => minor !== 0);
}

interface Pair {
  readonly debit: JournalLine;
  readonly credit: JournalLine;
  readonly minor: number;
}

/** Debits and credits sum to the same, so that going through both in their order leaves nothing over. */
function pairsOf(lines: readonly JournalLine[]): Pair[] {
  const credits = lines
    .filter(({ minor }) => minor < 0)
    .map((line) => ({ line, left: -line.minor }));
  const pairs: Pair[] = [];
  for (const debit of lines.filter(({ minor }) => minor > 0)) {
    let left = debit.minor;
    for (const credit of credits) {
      const minor = Math.min(left, credit.left);
      if (minor === 0) continue;
      pairs.push({ debit, credit: credit.line, minor });
      left -= minor;
      credit.left -= minor;
    }
  }
  return pairs;
}

/** Belegfeld 1: the receipt, else the end of the entry's own id; 36 signs of a few kinds. */
const voucherOf = ({ receipt, entryId }: JournalEntry): string =>
  (receipt ?? entryId.slice(-12)).replaceAll(/[^\w$&%*+\-/]/g, "-").slice(-36);

/** Buchungstext has 60 signs. */
const textOf = ({ kind }: JournalEntry, debit: JournalLine, credit: JournalLine): string =>
  [kind, debit.subject ?? credit.subject ?? ""].join(" ").trim().slice(0, 60);

const quoted = (text: string): string =>
  `"${text.replaceAll(/\p{Cc}/gu, " ").replaceAll('"', '""')}"`;
