import { AccountingConfig } from "@gatehouse/shared/contracts/till-config";
import type { Instant } from "@gatehouse/shared/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datevHead, datevRows, datevTrouble } from "../../../src/domain/money/datev.ts";
import { captureEntry, chargeEntry, refundEntry } from "../../../src/domain/money/entry.ts";
import type { Entry } from "../../../src/domain/money/entry.ts";
import { decimal, type JournalEntry, journalRows } from "../../../src/domain/money/journal.ts";
import { taxInside } from "../../../src/domain/money/tax.ts";

const rules = AccountingConfig.parse({});
// A quarter past midnight in Berlin: the day before in UTC.
const at = Date.parse("2026-05-31T22:15:00Z") as Instant;
const journalOf = ({ kind, lines }: Entry, receipt: string | null = null): JournalEntry => ({
  entryId: "00000000-0000-7000-8000-00000000abcd",
  at,
  kind,
  currency: "EUR",
  paymentId: null,
  sessionId: "s-1",
  shiftId: null,
  receipt,
  lines,
});
const rowsOf = (entry: Entry, more = rules, receipt: string | null = null): string[][] =>
  datevRows(journalOf(entry, receipt), "Europe/Berlin", more)
    .trimEnd()
    .split("\r\n")
    .map((row) => row.split(";"));
/** The columns that matter: amount, S or H, account, contra account, tax key, day, voucher, text. */
const seen = (rows: string[][]) =>
  rows.map((row) => [0, 1, 6, 7, 8, 9, 10, 13].map((column) => row[column]));

describe("a DATEV batch", () => {
  test("begins with its header and its 125 columns", () => {
    const span = { from: "2026-05-01", to: "2026-05-31", createdAt: at };
    const [head, columns, rest] = datevHead(span, "EUR", rules).split("\r\n");
    expect(head).toBe(
      '"EXTF";700;21;"Buchungsstapel";13;20260531221500000;;"RE";"";"";1001;1;20260101;4;20260501;20260531;' +
        '"Gatehouse";"";1;0;0;"EUR";;"";;;"";;;"";""',
    );
    expect(columns?.split(";")).toHaveLength(125);
    expect(rest).toBe("");
  });

  test("has a charge as one gross amount on the revenue account of its rate, on the facility's day", () => {
    const entry = chargeEntry("s-1", [taxInside(1190, 190_000), taxInside(107, 70_000)]);
    expect(seen(rowsOf(entry))).toEqual([
      ["11,90", '"S"', "1410", "8400", "", "0106", '"00000000abcd"', '"charge s-1"'],
      ["1,07", '"S"', "1410", "8300", "", "0106", '"00000000abcd"', '"charge s-1"'],
    ]);
    expect(rowsOf(entry)[0]).toHaveLength(125);
  });

  test("names the receipt, gives back from the accounts of refunds, and takes numbers and keys from the configuration", () => {
    const taken = captureEntry("drawer", "till-1", "s-1", 350);
    expect(seen(rowsOf(taken, rules, "till-1-42"))).toEqual([
      ["3,50", '"S"', "1000", "1410", "", "0106", '"till-1-42"', '"capture till-1"'],
    ]);
    const own = AccountingConfig.parse({
      accounts: { drawer: "1001", refunds: "8790" },
      tax_keys: { "19": "3" },
      account_digits: 5,
    });
    const back = refundEntry("drawer", "till-1", [taxInside(119, 190_000)]);
    expect(seen(rowsOf(back, own))[0]?.slice(0, 5)).toEqual([
      "1,19",
      '"S"',
      "87900",
      "10010",
      '"0003"',
    ]);
  });

  test("lies in one business year and in a currency with two digits", () => {
    const july = AccountingConfig.parse({ year_begins: 7 });
    expect(datevTrouble({ from: "2026-06-30", to: "2026-07-01" }, "EUR", july)).toMatch(
      /one business year/,
    );
    expect(datevTrouble({ from: "2026-07-01", to: "2027-06-30" }, "EUR", july)).toBeUndefined();
    expect(datevTrouble({ from: "2026-01-01", to: "2026-01-02" }, "KWD", rules)).toMatch(/KWD/);
  });

  test("moves on every account what the books moved there, whatever the entry", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(amounts, fc.boolean(), (parts, isRefund) => {
        const shares = parts.map((part, index) =>
          taxInside(part, [190_000, 70_000, 0][index % 3] ?? 0),
        );
        const entry = isRefund
          ? refundEntry("card-clearing", "t-1", shares)
          : chargeEntry("s-1", shares);
        const sum = rowsOf(entry).reduce(
          (total, row) => total + Number(row[0]?.replace(",", "")),
          0,
        );
        expect(sum).toBe(parts.reduce((total, part) => total + part, 0));
      }),
    );
  });
});

test("the journal as CSV has a row for each line, quoted where it must be", () => {
  const entry = captureEntry("drawer", 'till "1", north', "=s-1", 350);
  expect(journalRows(journalOf(entry, "till-1-42"), "Europe/Berlin")).toBe(
    '2026-06-01,00:15,00000000-0000-7000-8000-00000000abcd,0,capture,drawer,"till ""1"", north",3.50,,EUR,,till-1-42,,s-1,\r\n' +
      "2026-06-01,00:15,00000000-0000-7000-8000-00000000abcd,1,capture,receivable,'=s-1,,3.50,EUR,,till-1-42,,s-1,\r\n",
  );
});

test.each([
  [5, "EUR", "0.05"],
  [1250, "EUR", "12.50"],
  [1250, "JPY", "1250"],
  [1250, "KWD", "1.250"],
])("%i minor units of %s are %s", (minor, currency, text) => {
  expect(decimal(minor, currency, ".")).toBe(text);
});
